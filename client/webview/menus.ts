import type { PanelCommand } from '../../server/src/protocol/messages.ts';
import { endsOfLink } from '../../server/src/topology/scene/ways.ts';
import { linksAt } from './cables.ts';
import { pickUp } from './carry.ts';
import { isPossible, SCALES } from './drawing.ts';
import { copy, drawFile, save } from './export.ts';
import { canFail, failIdOfThing, openLinksOf, openMembers, toggleFailed } from './failing.ts';
import type { ViewHost } from './host.ts';
import { linkOf, spotted } from './link.ts';
import { previewPlanOf, waiting } from './plan.ts';
import { type MenuItem, openMenu } from './render/menu.ts';
import { type Thing, thingCalled } from './things.ts';
import { linksOf } from './walk.ts';
import { walkLinks } from './walk-links.ts';
import { openZoomMenu } from './zoom-menu.ts';

/** What can be done with a node or VM. */
function nodeItems(host: ViewHost, id: string, at?: { readonly x: number; readonly y: number }): MenuItem[] {
  const { graph, mode, failed } = host.state();
  const thing = graph && thingCalled(graph, id);
  if (!thing) return [];
  const found = host.findings(id).length;
  return [
    { label: 'Go to text', key: 'F12', run: () => host.reveal(id) },
    ...(found === 0
      ? []
      : [
          {
            label: found === 1 ? 'Show its finding' : `Show its ${found} findings`,
            key: 'Space',
            run: () => open(host, id),
          },
          ...(hasPlan(host, id)
            ? [{ label: 'Preview the moves that mend it', key: 'P', run: () => void previewPlanOf(host, id) }]
            : []),
          { label: 'Quick fixes…', key: 'Ctrl+.', run: () => host.fix(id) },
        ]),
    {
      label: 'Show its figures',
      key: 'I',
      run: () => host.dispatch({ type: 'card', card: { node: id, stays: true } }),
    },
    ...(thing.vm && mode === 'picture'
      ? [{ ...waiting(host, 'Move to another host…'), key: 'M', apart: true, run: () => pickUp(host, id) }]
      : []),
    ...(canFail(thing)
      ? [
          {
            ...waiting(host, 'What if it fails'),
            key: 'X',
            apart: true,
            checked: failed.includes(failIdOfThing(thing)),
            run: () => toggleFailed(host, id),
          },
        ]
      : []),
    ...(thing.links ? linkItems(host, thing, at) : []),
    ...(graph && mode === 'picture' && !thing.links && linksOf(graph, id).length > 0
      ? [{ label: 'Go to its links', key: 'L', apart: true, run: () => walkLinks(host, id) }]
      : []),
    ...(graph && linksAt(graph, id).length > 0
      ? [{ ...waiting(host, 'What if a link of it fails…'), key: 'Shift+X', run: () => openLinksOf(host, id, at) }]
      : []),
    ...(mode === 'picture' ? [{ label: 'Zoom to it', key: 'F', apart: true, run: () => host.fitTo(id) }] : []),
    ...(mode === 'picture' ? foldItems(host, thing) : []),
    ...(mode === 'table' ? [{ label: 'Show in the picture', apart: true, run: () => showInPicture(host, id) }] : []),
  ];
}

/** The ends of a link, the members of a bundle, and what if one of them fails. */
function linkItems(host: ViewHost, { id, kind }: Thing, at?: { readonly x: number; readonly y: number }): MenuItem[] {
  const { graph, mode } = host.state();
  const go = (end: string) => () => {
    host.select(end);
    host.lookAt(end);
  };
  return [
    ...(kind === 'bundle'
      ? [
          { ...waiting(host, 'What if one of them fails…'), key: 'Shift+X', run: () => openLinksOf(host, id, at) },
          { label: 'Show the links in it…', apart: true, run: () => openMembers(host, id, at) },
        ]
      : []),
    ...(graph && mode === 'picture' ? (endsOfLink(graph, id) ?? []) : []).map((end, index) => ({
      label: `Go to ${(graph && thingCalled(graph, end)?.name) ?? end}`,
      ...(index === 1 ? { key: 'Enter' } : {}),
      apart: index === 0 && kind === 'link',
      run: go(end),
    })),
  ];
}

/** Collapsing and expanding, as far as there is something in it. */
function foldItems(host: ViewHost, { id, kind }: Thing): MenuItem[] {
  const now = host.state().overrides.get(id);
  const to = (how: 'collapsed' | 'expanded' | undefined) => () => host.dispatch({ type: 'override', node: id, how });
  const canCollapse = kind === 'site' || kind === 'cluster' || kind === 'array';
  const canExpand = kind === 'cluster' || kind === 'host';
  return [
    ...(canCollapse && now !== 'collapsed' ? [{ label: 'Collapse', key: 'C', run: to('collapsed') }] : []),
    ...(canCollapse && now === 'collapsed' ? [{ label: 'Show what is inside', key: 'C', run: to(undefined) }] : []),
    ...(canExpand && now !== 'expanded' ? [{ label: 'Expand', key: 'E', run: to('expanded') }] : []),
    ...(canExpand && now === 'expanded' ? [{ label: 'Draw like the others', key: 'E', run: to(undefined) }] : []),
  ];
}

/** The keys C and E: what the menu of a node says for them. */
export function foldByKey(host: ViewHost, id: string, key: string): void {
  const { graph } = host.state();
  const thing = graph && thingCalled(graph, id);
  if (thing)
    foldItems(host, thing)
      .find((item) => item.key === key)
      ?.run();
}

const hasPlan = (host: ViewHost, id: string): boolean =>
  host.findings(id).some(({ fixes }) => fixes.some((fix) => fix.id === 'plan'));

function open(host: ViewHost, id: string): void {
  host.dispatch({ type: 'select', node: id });
  host.dispatch({ type: 'open', node: id });
}

function showInPicture(host: ViewHost, id: string): void {
  host.dispatch({ type: 'mode', mode: 'picture' });
  host.dispatch({ type: 'want', node: id });
  host.focus();
}

/** The rarer things, behind the button at the end of the toolbar. */
function viewItems(host: ViewHost, at: { readonly x: number; readonly y: number }): MenuItem[] {
  const state = host.state();
  const isPicture = state.mode === 'picture';
  const from = state.selected ?? state.focused;
  const chosen = state.graph && from !== undefined ? thingCalled(state.graph, from) : undefined;
  return [
    { label: 'Fit', key: '0', disabled: !isPicture, run: host.fitAll },
    { label: 'Zoom to …', key: 'Z', disabled: !isPicture, run: () => openZoomMenu(host) },
    { label: 'Tidy up', key: 'R', disabled: !isPicture, run: host.tidy },
    {
      label: 'Zoom to selection',
      key: 'F',
      disabled: !isPicture || from === undefined,
      run: () => from !== undefined && host.fitTo(from),
    },
    {
      label: 'Small map',
      checked: state.minimap,
      disabled: !isPicture,
      run: () => host.dispatch({ type: 'minimap', shown: !state.minimap }),
    },
    {
      ...waiting(host, 'What if the selection fails'),
      key: 'X',
      apart: true,
      ...(from === undefined || !canFail(chosen) ? { disabled: true } : {}),
      checked: chosen !== undefined && state.failed.includes(failIdOfThing(chosen)),
      run: () => from !== undefined && toggleFailed(host, from),
    },
    {
      label: state.graph?.time ? 'Growth over time' : 'Growth over time: the design says no as-of',
      key: 'G',
      disabled: !state.graph?.time,
      checked: state.hasSlider,
      run: () => toggleTimeline(host),
    },
    { label: 'Copy picture', apart: true, run: () => void copy(host) },
    { label: 'Export as SVG…', run: () => void save(host, 'svg') },
    { label: 'Export as PNG…', run: () => sizes(host, at) },
    { label: 'Copy link to this view', apart: true, run: () => copyLink(host) },
    { label: 'Open another panel', run: () => host.post({ type: 'another', view: viewOf(host) }) },
    {
      label: 'Stay with this design',
      checked: state.isLocked,
      run: () => {
        host.dispatch({ type: 'lock', isLocked: !state.isLocked });
        host.post({ type: 'lock', isLocked: !state.isLocked });
      },
    },
  ];
}

/** The menu of sizes of a PNG. */
function sizes(host: ViewHost, at: { readonly x: number; readonly y: number }): void {
  const drawing = drawFile(host);
  if (!drawing) return;
  const items = SCALES.map((scale) => ({
    label: `${scale} × · ${Math.round(drawing.w * scale)} × ${Math.round(drawing.h * scale)} pixels`,
    disabled: !isPossible(drawing, scale),
    run: () => void save(host, 'png', scale),
  }));
  openMenu(host.floor(), 'Size of the PNG', at, items);
}

const copyLink = (host: ViewHost): void => host.post({ type: 'copyLink', view: viewOf(host) });

/** This view in words of a link. */
function viewOf(host: ViewHost): string {
  const state = host.state();
  return linkOf(state, state.camera && spotted(state.camera, host.layoutAt, host.view()));
}

/** What the palette asks for. */
export function runCommand(host: ViewHost, command: PanelCommand): void {
  switch (command) {
    case 'copyLink':
      copyLink(host);
      break;
    case 'exportSvg':
      void save(host, 'svg');
      break;
    case 'exportPng':
      sizes(host, { x: host.root.clientWidth, y: 38 });
      break;
    case 'copyPicture':
      void copy(host);
      break;
    case 'toggleTable':
      toggleTable(host);
      break;
    case 'find':
      host.focusSearch();
  }
}

/** Shows the months ahead, or goes back to today. */
export function toggleTimeline(host: ViewHost): void {
  const { graph, hasSlider } = host.state();
  if (graph?.time) host.dispatch({ type: 'slider', shown: !hasSlider });
  else host.announce('The design says no as-of: there is no day to look ahead from');
}

export function toggleTable(host: ViewHost): void {
  host.dispatch({ type: 'mode', mode: host.state().mode === 'table' ? 'picture' : 'table' });
  host.focus();
}

/** Opens the menu of a node. */
export function openNodeMenu(host: ViewHost, id: string, at?: { readonly x: number; readonly y: number }): void {
  const { graph } = host.state();
  const items = nodeItems(host, id, at);
  const area = host.areaOf(id);
  const spot = at ?? (area ? { x: area.x, y: area.y + area.h } : { x: 40, y: 60 });
  if (graph && items.length > 0) openMenu(host.floor(), thingCalled(graph, id)?.name ?? '', spot, items);
}

/** Opens the menu of the view below its button. */
export function openViewMenu(host: ViewHost, button: HTMLElement): void {
  const { right, bottom } = button.getBoundingClientRect();
  const at = { x: right, y: bottom + 2 };
  openMenu(host.floor(), 'More', at, viewItems(host, at));
}
