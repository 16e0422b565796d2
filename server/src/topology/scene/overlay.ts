import { linkById } from '../bundles.ts';
import { indexGraph, type MeasureId, type TopologyGraph } from '../graph.ts';
import type { Layout, Point } from '../layout/layout-types.ts';
import { textWidth } from '../text.ts';
import { flowsOf } from './flows.ts';
import { boxesOf, placeOf, vmBox } from './hit.ts';
import { countPill, flowsAt, headData, wayData } from './planned.ts';
import { box as boxPath, type Item, path, type Rect, rect } from './scene.ts';
import { type Matches, veil } from './veil.ts';
import { type Area, endsOfLink, waysOf } from './ways.ts';

/** What a person has done to the picture. Ids of nodes, or of VMs in them. */
export interface Marks {
  readonly measure: MeasureId;
  readonly selected?: string | undefined;
  readonly hovered?: string | undefined;
  /** Keyboard focus; drawn only while the picture has the keyboard. */
  readonly focused?: string | undefined;
  /** The text cursor is inside this node. */
  readonly caret?: string | undefined;
  /** Filtered: everything else fades. */
  readonly found?: Matches | undefined;
  /** Where a VM that is being moved would come to stand, and whether it may. */
  readonly target?: { readonly id: string; readonly isBarred: boolean } | undefined;
}

/** Matching VMs that are lit one by one; of more, their hosts say enough. */
const MOST_LIT = 400;

/** Marks over the picture: veil, selection with its paths, hover, focus, text cursor. `scale`: pixels on screen of one of the picture. */
export function drawOverlay(graph: TopologyGraph, layout: Layout, marks: Marks, scale: number): Item[] {
  const items: Item[] = [];
  const at = (id: string | undefined): Area | undefined =>
    id === undefined ? undefined : placeOf(graph, layout, marks.measure, id);
  if (marks.found)
    items.push(
      ...veil(layout, marks.found),
      ...litVms(graph, layout, marks.measure, marks.found),
      ...litLinks(graph, layout, marks.found),
    );
  const wayOf = (id: string | undefined): string =>
    id === undefined ? '' : waysOf(graph, layout, id).map(lineData).join('');
  const along = {
    hovered: marks.hovered === marks.selected ? '' : wayOf(marks.hovered),
    selected: wayOf(marks.selected),
    focused: wayOf(marks.focused),
    caret: wayOf(marks.caret),
  };
  if (along.caret) items.push(path(along.caret, { stroke: 'strong', width: 1.5, round: true }));
  if (along.hovered) items.push(path(along.hovered, { stroke: 'text', width: Math.max(2, 2 / scale), round: true }));
  if (along.selected) {
    for (const end of endsOfLink(graph, marks.selected ?? '') ?? []) {
      const box = end.startsWith('site:') ? undefined : at(end);
      if (box) items.push(ring(box, 0, 'focus', Math.max(1, 1 / scale)));
    }
    items.push(path(along.selected, { stroke: 'focus', width: Math.max(3, 3 / scale), round: true }));
  }
  if (along.focused) {
    // Both edges of the way, so that what it carries is still seen between them.
    const width = Math.max(8, 8 / scale);
    items.push(path(along.focused, { stroke: 'focus', width, round: true, opacity: 0.45 }));
    items.push(path(along.focused, { stroke: 'focus', width: Math.max(2, 2 / scale), round: true, dash: '6 4' }));
  }
  const hovered = along.hovered ? undefined : at(marks.hovered);
  if (hovered && marks.hovered !== marks.selected) items.push(ring(hovered, 0.5, 'text', 1 / scale));
  const selected = along.selected ? undefined : at(marks.selected);
  if (selected && marks.selected !== undefined) {
    const standsOn = indexGraph(graph).vmHolder.get(marks.selected) ?? marks.selected;
    for (const way of litPaths(graph, layout, standsOn)) {
      items.push(path(lineData(way), { stroke: 'focus', width: 2, round: true }));
    }
    // A tint over a whole site would say nothing.
    if (!marks.selected.startsWith('site:')) {
      items.push(
        rect(selected.x, selected.y, selected.w, selected.h, { r: radius(selected), fill: 'tint', opacity: 0.07 }),
      );
    }
    items.push(ring(selected, 0, 'focus', Math.max(1, 2 / scale)));
  }
  const near = marks.selected ?? marks.hovered;
  if (graph.plan && near !== undefined) items.push(...litFlows(graph, layout, marks.measure, near, scale));
  const caret = at(marks.caret);
  if (caret) {
    const h = Math.min(24, caret.h - 2);
    const w = Math.max(2, 3 / Math.max(1, scale));
    items.push(rect(caret.x - w / 2, caret.y + Math.min(10, (caret.h - h) / 2), w, h, { r: 1, fill: 'strong' }));
  }
  const focused = along.focused ? undefined : at(marks.focused);
  if (focused) items.push(ring(focused, -3 / scale, 'focus', 2 / scale));
  const target = at(marks.target?.id);
  if (target && marks.target)
    items.push({
      ...ring(target, -2 / scale, marks.target.isBarred ? 'critical' : 'focus', 3 / scale),
      ...(marks.target.isBarred ? { dash: '6 4' } : {}),
    });
  return items;
}

/** The ways of a plan that begin or end at a node, or that a VM takes. */
function litFlows(graph: TopologyGraph, layout: Layout, measure: MeasureId, id: string, scale: number): Item[] {
  const flows = flowsAt(graph, flowsOf(graph, layout, measure), id);
  if (flows.length === 0) return [];
  const width = 2.5 / Math.min(1, scale);
  return [
    path(flows.map(wayData).join(''), { stroke: 'strong', width: width * 0.8, round: true }),
    path(flows.map((flow) => headData(flow, width * 3)).join(''), { fill: 'strong' }),
    ...flows.flatMap((flow) => countPill(flow, (words) => textWidth(words, 10, true))),
  ];
}

const lineData = (way: readonly Point[]): string => way.map((p, i) => `${i === 0 ? 'M' : 'L'}${p.x} ${p.y}`).join('');

const radius = (a: Area): number => (a.w < 20 || a.h < 24 ? 1 : 4);

const ring = (a: Area, inset: number, stroke: 'text' | 'focus' | 'critical', width: number): Rect =>
  rect(a.x + inset, a.y + inset, a.w - 2 * inset, a.h - 2 * inset, {
    r: radius(a) + Math.max(0, -inset),
    stroke,
    width,
  });

/** Rings around VMs that were found in their hosts. */
function litVms(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  { ids }: { readonly ids: ReadonlySet<string> },
): Item[] {
  const { vmHolder } = indexGraph(graph);
  const hosts = boxesOf(layout);
  let data = '';
  let count = 0;
  for (const id of ids) {
    const host = hosts.get(vmHolder.get(id) ?? '');
    const area = host?.kind === 'host' ? vmBox(graph, layout, measure, host, id) : undefined;
    if (!area) continue;
    count += 1;
    if (count > MOST_LIT) return [];
    data += boxPath(area.x, area.y, area.w, area.h);
  }
  return data ? [path(data, { stroke: 'strong', width: 1 })] : [];
}

/** The ways of links that were found. */
function litLinks(graph: TopologyGraph, layout: Layout, { ids }: { readonly ids: ReadonlySet<string> }): Item[] {
  const found = [...ids].filter((id) => linkById(graph, id)).slice(0, MOST_LIT);
  const data = found.flatMap((id) => waysOf(graph, layout, id)).map(lineData);
  return data.length > 0 ? [path([...new Set(data)].join(''), { stroke: 'strong', width: 2, round: true })] : [];
}

/** Everything a node hangs on, from its edge to the edge of the picture. */
export function litPaths(graph: TopologyGraph, layout: Layout, id: string): readonly (readonly Point[])[] {
  const { parents } = indexGraph(graph);
  const chain = new Set<string>([id]);
  const cluster = parents.get(id);
  if (cluster !== undefined && layout.groups.has(cluster)) chain.add(cluster);
  for (const member of [...chain]) {
    const group = layout.groups.get(member);
    if (group !== undefined) chain.add(group);
  }
  const reached = new Set(
    graph.links.filter((l) => l.from === id || (layout.groups.has(id) && parents.get(l.from) === id)).map((l) => l.to),
  );
  const ways: (readonly Point[])[] = [];
  for (const wire of layout.wires) {
    if (wire.hub === id) {
      for (const s of wire.spokes) ways.push(s.path);
      continue;
    }
    for (const s of wire.spokes) {
      const own = chain.has(s.id) && (reached.has(wire.hub) || s.id === id);
      // One step further: from the switch to its core, from the fabric to its arrays.
      const next = reached.has(s.id) && !chain.has(wire.hub) && wire.kind === 'trunk';
      const onward =
        reached.has(wire.hub) &&
        !chain.has(s.id) &&
        wire.kind === 'fabric' &&
        wire.inside === undefined &&
        isDevice(s.id);
      if (own || next || onward) ways.push(s.path);
    }
  }
  return ways;
}

const isDevice = (id: string): boolean => id.startsWith('array:') || id.startsWith('pool:');
