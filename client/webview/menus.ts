import type { ViewHost } from './host.ts';
import { type MenuItem, openMenu } from './render/menu.ts';
import { thingsOf } from './things.ts';

/** What can be done with a node or VM. */
export function nodeItems(host: ViewHost, id: string): MenuItem[] {
  const { graph, mode } = host.state();
  const thing = graph && thingsOf(graph).get(id);
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
          { label: 'Quick fixes…', key: 'Ctrl+.', run: () => host.fix(id) },
        ]),
    ...(mode === 'picture' ? [{ label: 'Zoom to it', key: 'F', apart: true, run: () => host.fitTo(id) }] : []),
    ...(mode === 'table' ? [{ label: 'Show in the picture', apart: true, run: () => showInPicture(host, id) }] : []),
  ];
}

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
export function viewItems(host: ViewHost): MenuItem[] {
  const state = host.state();
  const isPicture = state.mode === 'picture';
  const from = state.selected ?? state.focused;
  return [
    { label: 'Fit', key: '0', disabled: !isPicture, run: host.fitAll },
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
  ];
}

/** Opens the menu of a node. */
export function openNodeMenu(host: ViewHost, id: string, at?: { readonly x: number; readonly y: number }): void {
  const { graph } = host.state();
  const items = nodeItems(host, id);
  const area = host.areaOf(id);
  const spot = at ?? (area ? { x: area.x, y: area.y + area.h } : { x: 40, y: 60 });
  if (graph && items.length > 0) openMenu(host.root, thingsOf(graph).get(id)?.name ?? '', spot, items);
}

/** Opens the menu of the view below its button. */
export function openViewMenu(host: ViewHost, button: HTMLElement): void {
  const { right, bottom } = button.getBoundingClientRect();
  openMenu(host.root, 'More', { x: right, y: bottom + 2 }, viewItems(host));
}
