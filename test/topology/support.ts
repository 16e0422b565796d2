import Flatbush from 'flatbush';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { type LayoutOptions, layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import type { Look } from '../../server/src/topology/scene/gauge.ts';
import type { Group, Item, Scene, Text } from '../../server/src/topology/scene/scene.ts';
import { faceOf, textWidth } from '../../server/src/topology/text.ts';
import { estateGraph } from './graphs/estate.ts';
import { randomGraph } from './graphs/random.ts';
import { smallGraph } from './graphs/small.ts';
import { thousandGraph } from './graphs/thousand.ts';

export const WIDEST: Look = { contrast: false, face: faceOf(1) };

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export const overlap = (a: Area, b: Area, by = 0): boolean =>
  a.x + by < b.x + b.w && b.x + by < a.x + a.w && a.y + by < b.y + b.h && b.y + by < a.y + a.h;

export const inside = (a: Area, b: Area, slack = 0): boolean =>
  a.x >= b.x - slack && a.y >= b.y - slack && a.x + a.w <= b.x + b.w + slack && a.y + a.h <= b.y + b.h + slack;

/** What a text covers in a face of this width over the widest one: from the top of its capitals to its baseline. */
export function textArea(t: Text, em = 1): Area {
  const w = textWidth(t.text, t.size, t.bold) * em;
  const x = t.anchor === 'end' ? t.x - w : t.anchor === 'middle' ? t.x - w / 2 : t.x;
  return { x, y: t.y - t.size * 0.72, w, h: t.size * 0.72 };
}

export const isText = (item: Item): item is Text => item.t === 'text';

export const draw = (
  graph: TopologyGraph,
  options: LayoutOptions,
  measure: 'cpu' | 'memory' | 'findings' = 'cpu',
): { layout: Layout; scene: Scene } => {
  const layout = layoutGraph(graph, options);
  return { layout, scene: drawScene(graph, layout, { measure, look: WIDEST }) };
};

export const groupOf = (scene: Scene, key: string): Group => {
  const group = scene.groups.find((g) => g.key === key);
  if (!group) throw new Error(`the scene has no ${key}`);
  return group;
};

/** Pictures that every rule of geometry is held to. */
export const PICTURES: readonly (readonly [name: string, graph: TopologyGraph])[] = [
  ['4 hosts', smallGraph()],
  ['34 hosts', estateGraph()],
  ['1 000 hosts', thousandGraph()],
  ...Array.from({ length: 24 }, (_, i) => [`random ${i + 1}`, randomGraph(i + 1)] as const),
];

/** A tree of areas that finds those which reach into another one. */
function treeOf(areas: readonly Area[]): Flatbush {
  const tree = new Flatbush(areas.length);
  for (const { x, y, w, h } of areas) tree.add(x, y, x + w, y + h);
  tree.finish();
  return tree;
}

const near = (tree: Flatbush, { x, y, w, h }: Area): number[] => tree.search(x, y, x + w, y + h).sort((a, b) => a - b);

/** Pairs of items that overlap by more than so much. */
export function* overlapping<T>(items: readonly T[], areaOf: (item: T) => Area, by = 0): Generator<readonly [T, T]> {
  if (items.length < 2) return;
  const areas = items.map((item) => areaOf(item));
  const tree = treeOf(areas);
  for (const [i, item] of items.entries())
    for (const j of near(tree, areas[i] as Area))
      if (j > i && overlap(areas[i] as Area, areas[j] as Area, by)) yield [item, items[j] as T];
}

/** Pairs of one item of each list that overlap by more than so much. */
export function* meeting<T extends { readonly area: Area }, U extends { readonly area: Area }>(
  items: readonly T[],
  others: readonly U[],
  by = 0,
): Generator<readonly [T, U]> {
  if (items.length === 0 || others.length === 0) return;
  const tree = treeOf(others.map(({ area }) => area));
  for (const item of items)
    for (const j of near(tree, item.area))
      if (overlap(item.area, (others[j] as U).area, by)) yield [item, others[j] as U];
}
