import { indexGraph, type TopologyGraph } from '../graph.ts';
import type { Box, Layout, Point } from '../layout/layout-types.ts';
import { box as boxPath, type Item, path, rect } from './scene.ts';

/** What a person has done to the picture. Ids of nodes. */
export interface Marks {
  readonly selected?: string | undefined;
  readonly hovered?: string | undefined;
  /** Keyboard focus; drawn only while the picture has the keyboard. */
  readonly focused?: string | undefined;
  /** The text cursor is inside this node. */
  readonly caret?: string | undefined;
  /** Filtered: everything else fades. */
  readonly found?: ReadonlySet<string> | undefined;
}

/** Marks over the picture: veil, selection with its paths, hover, focus, text cursor. `scale`: pixels on screen of one of the picture. */
export function drawOverlay(graph: TopologyGraph, layout: Layout, marks: Marks, scale: number): Item[] {
  const boxes = new Map(layout.boxes.map((b) => [b.id, b]));
  const items: Item[] = [];
  const at = (id: string | undefined): Box | undefined => (id === undefined ? undefined : boxes.get(id));
  if (marks.found) items.push(veil(layout, marks.found));
  const hovered = at(marks.hovered);
  if (hovered && marks.hovered !== marks.selected) items.push(ring(hovered, 0.5, 'text', 1 / scale));
  const selected = at(marks.selected);
  if (selected) {
    for (const way of litPaths(graph, layout, selected.id)) {
      const data = way.map((p, i) => `${i === 0 ? 'M' : 'L'}${p.x} ${p.y}`).join('');
      items.push(path(data, { stroke: 'focus', width: 2, round: true }));
    }
    // A tint over a whole site would say nothing.
    if (selected.kind !== 'site') {
      items.push(
        rect(selected.x, selected.y, selected.w, selected.h, { r: radius(selected), fill: 'tint', opacity: 0.07 }),
      );
    }
    items.push(ring(selected, 0, 'focus', Math.max(1, 2 / scale)));
  }
  const caret = at(marks.caret);
  if (caret) {
    const h = Math.min(24, caret.h - 2);
    const w = Math.max(2, 3 / Math.max(1, scale));
    items.push(rect(caret.x - w / 2, caret.y + Math.min(10, (caret.h - h) / 2), w, h, { r: 1, fill: 'strong' }));
  }
  const focused = at(marks.focused);
  if (focused) items.push(ring(focused, -3 / scale, 'focus', 2 / scale));
  return items;
}

const radius = (b: Box): number =>
  b.kind === 'site' || b.kind === 'cluster' ? 6 : b.kind === 'host' && b.w < 20 ? 1 : 4;

const ring = (b: Box, inset: number, stroke: 'text' | 'focus', width: number): Item =>
  rect(b.x + inset, b.y + inset, b.w - 2 * inset, b.h - 2 * inset, {
    r: radius(b) + Math.max(0, -inset),
    stroke,
    width,
  });

/** Fades the leaves that were not found. What contains a found one stays. */
function veil(layout: Layout, found: ReadonlySet<string>): Item {
  const keep = new Set<string>();
  const parents = new Map(layout.boxes.map((b) => [b.id, b.parent]));
  for (const id of found) for (let up: string | undefined = id; up !== undefined; up = parents.get(up)) keep.add(up);
  const containers = new Set(layout.boxes.map((b) => b.parent));
  let data = '';
  for (const b of layout.boxes) {
    const parent = b.parent;
    if (keep.has(b.id) || containers.has(b.id) || (parent !== undefined && found.has(parent))) continue;
    data += boxPath(b.x - 1, b.y - 1, b.w + 2, b.h + 2);
  }
  return path(data, { fill: 'bg', opacity: 0.7 });
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
