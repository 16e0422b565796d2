import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import {
  type Box,
  isGrouping,
  type Layout,
  type Point,
  type Wire,
} from '../../server/src/topology/layout/layout-types.ts';
import { isOverview } from '../../server/src/topology/layout/metrics.ts';
import type { Group, Scene, Text } from '../../server/src/topology/scene/scene.ts';
import { type Area, inside, isText, meeting, overlapping, textArea } from './support.ts';

/** What is wrong with a picture as geometry, each in a sentence; nothing where all is well. `em`: the face's width over the widest one. */
export function* faultsOf(graph: TopologyGraph, layout: Layout, scene: Scene, em: number): Generator<string> {
  yield* boxFaults(graph, layout);
  yield* wireFaults(layout);
  yield* textFaults(layout, scene, em);
}

const show = (b: Box | Area): string =>
  `${'id' in b ? b.id : ''} (${b.x}, ${b.y}, ${Math.round(b.w * 10) / 10} × ${b.h})`;

/** Boxes are whole pixels, inside what holds them and inside the picture, never on a sibling; every node of the graph has one at most. */
function* boxFaults(graph: TopologyGraph, layout: Layout): Generator<string> {
  const byId = new Map(layout.boxes.map((b) => [b.id, b]));
  if (byId.size !== layout.boxes.length) yield 'a node has two boxes';
  const siblings = new Map<string, Box[]>();
  for (const b of layout.boxes) {
    if (![b.x, b.y, b.w, b.h].every(Number.isInteger)) yield `${show(b)} is not on whole pixels`;
    if (b.w <= 0 || b.h <= 0) yield `${show(b)} is empty`;
    const parent = b.parent === undefined ? undefined : byId.get(b.parent);
    if (b.parent !== undefined && !(parent && inside(b, parent)))
      yield `${show(b)} leaves ${parent ? show(parent) : b.parent}`;
    if (parent?.collapsed) yield `${show(b)} is in ${show(parent)}, which is collapsed`;
    if (!inside(b, { x: 0, y: 0, w: layout.width, h: layout.height })) yield `${show(b)} leaves the picture`;
    // It stands around its devices.
    if (b.kind === 'tier') continue;
    const list = siblings.get(b.parent ?? '');
    if (list) list.push(b);
    else siblings.set(b.parent ?? '', [b]);
  }
  for (const list of siblings.values())
    for (const [a, b] of overlapping(list, (x) => x)) yield `${show(a)} and ${show(b)} overlap`;
  for (const site of graph.sites) {
    if (byId.get(site.id)?.collapsed) continue;
    for (const cluster of site.clusters) {
      if (!byId.has(cluster.id)) yield `${cluster.id} has no place`;
      if (byId.get(cluster.id)?.collapsed) continue;
      for (const host of cluster.hosts) if (!byId.has(host.id)) yield `${host.id} has no place`;
    }
  }
}

export interface Piece {
  readonly wire: Wire;
  readonly area: Area;
}

/** Horizontal and vertical pieces of every wire, a pixel thick. */
export function* pieces(layout: Layout): Generator<Piece> {
  for (const wire of layout.wires) {
    for (const { path } of wire.spokes) {
      for (let i = 1; i < path.length; i += 1) {
        const a = path[i - 1] as Point;
        const b = path[i] as Point;
        yield {
          wire,
          area: {
            x: Math.min(a.x, b.x) - 0.5,
            y: Math.min(a.y, b.y) - 0.5,
            w: Math.abs(a.x - b.x) + 1,
            h: Math.abs(a.y - b.y) + 1,
          },
        };
      }
    }
  }
}

/** Wires run at right angles, over no node, from edge to edge. */
export function* wireFaults(layout: Layout): Generator<string> {
  const byId = new Map(layout.boxes.map((b) => [b.id, b]));
  const clusterOf = (b: Box): string | undefined => {
    for (let up: Box | undefined = b; up; up = up.parent === undefined ? undefined : byId.get(up.parent))
      if (up.kind === 'cluster') return up.id;
    return undefined;
  };
  for (const wire of layout.wires) {
    for (const spoke of wire.spokes) {
      if (spoke.path.some((p, i) => i > 0 && p.x !== spoke.path[i - 1]?.x && p.y !== spoke.path[i - 1]?.y))
        yield `${wire.key} has a slanted piece`;
      for (const p of spoke.path)
        if (!inside({ ...p, w: 0, h: 0 }, { x: 0, y: 0, w: layout.width, h: layout.height }))
          yield `${wire.key} leaves the picture`;
      const box = byId.get(spoke.id);
      const end = spoke.path[spoke.path.length - 1];
      if (!box || !end) continue;
      const touches =
        (end.y === box.y || end.y === box.y + box.h || end.x === box.x || end.x === box.x + box.w) &&
        inside({ ...end, w: 0, h: 0 }, box);
      if (!touches) yield `${wire.key} ends at ${end.x}, ${end.y}, not at ${show(box)}`;
    }
  }
  const solid = layout.boxes.flatMap((b) =>
    isGrouping(b.kind) || b.kind === 'datastore' || b.kind === 'vm' ? [] : [{ box: b, area: b, cluster: clusterOf(b) }],
  );
  for (const [piece, over] of meeting([...pieces(layout)], solid, 1)) {
    const { wire } = piece;
    // Sites hold the wires between what stands in them; a cluster its own wiring.
    if (over.box.kind === 'site' && wire.kind !== 'wan') continue;
    if (wire.inside !== undefined ? over.box.id === wire.inside || over.cluster !== wire.inside : isInCluster(over.box))
      continue;
    yield `${wire.key} passes over ${show(over.box)} at ${show(piece.area)}`;
  }
}

/** What stands in a cluster is covered by its frame, as far as wires outside are concerned. */
const isInCluster = (b: Box): boolean => b.kind === 'host' || b.kind === 'vm-pool';

/** Texts stay in the box they belong to, cross the edge of no box and no wire, and overlap no other text. */
export function* textFaults(layout: Layout, scene: Scene, em: number): Generator<string> {
  const boxes = new Map(layout.boxes.map((b) => [b.id, b]));
  const texts = scene.groups.flatMap((group) =>
    group.items
      .filter(isText)
      .filter((t) => t.text !== '')
      .map((item) => ({ item, group, area: textArea(item, em) })),
  );
  const says = (t: { item: Text; group: Group }): string => `"${t.item.text}" of ${t.group.key}`;
  for (const t of texts) {
    const box = boxes.get(t.group.key);
    const home = box ?? t.group;
    if (!inside(t.area, home, 0.5)) yield `${says(t)} at ${show(t.area)} leaves ${show(home)}`;
    if (!inside(t.area, { x: 0, y: 0, w: scene.width, h: scene.height })) yield `${says(t)} leaves the picture`;
  }
  for (const [a, b] of overlapping(texts, (t) => t.area, 0.5)) yield `${says(a)} and ${says(b)} overlap`;
  // Clusters and arrays have no frame in the overview.
  const isBare = (b: Box): boolean => b.kind === 'cluster' || b.kind === 'array' || b.kind === 'pool';
  const framed = layout.boxes.filter(
    (b) => !(isOverview(layout.level) && isBare(b) && b.level === undefined) && !isGrouping(b.kind),
  );
  const boxed = framed.map((box) => ({ box, area: box }));
  for (const [text, { box }] of meeting(texts, boxed, 0.5))
    if (!inside(text.area, box, 0.5)) yield `${says(text)} at ${show(text.area)} crosses the edge of ${show(box)}`;
  // The mark of an only path stands on its link.
  for (const [text, { wire }] of meeting(texts, [...pieces(layout)], 0.5))
    if (!(text.item.text === '1' && text.group.key === `wire:${wire.key}`))
      yield `${says(text)} at ${show(text.area)} is crossed by ${wire.key}`;
}
