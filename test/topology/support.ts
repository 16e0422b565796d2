import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { type LayoutOptions, layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import type { Look } from '../../server/src/topology/scene/gauge.ts';
import type { Group, Item, Scene, Text } from '../../server/src/topology/scene/scene.ts';
import { faceOf, textWidth } from '../../server/src/topology/text.ts';
import { estateGraph, randomGraph, smallGraph, thousandGraph } from './fixtures.ts';

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

const CELL = 128;

/** Pairs of items that overlap, found in the cells of a grid: each pair in the cell where its overlap begins. */
export function* overlapping<T>(items: readonly T[], areaOf: (item: T) => Area, by = 0): Generator<readonly [T, T]> {
  const cells = new Map<string, { item: T; area: Area }[]>();
  const cell = (v: number): number => Math.floor(v / CELL);
  for (const item of items) {
    const area = areaOf(item);
    for (let cx = cell(area.x); cx <= cell(area.x + area.w); cx++) {
      for (let cy = cell(area.y); cy <= cell(area.y + area.h); cy++) {
        const key = `${cx} ${cy}`;
        const known = cells.get(key);
        const entry = { item, area };
        if (known) known.push(entry);
        else cells.set(key, [entry]);
      }
    }
  }
  for (const [key, list] of cells) {
    for (const [i, a] of list.entries()) {
      for (const b of list.slice(i + 1)) {
        if (!overlap(a.area, b.area, by)) continue;
        const from = `${cell(Math.max(a.area.x, b.area.x))} ${cell(Math.max(a.area.y, b.area.y))}`;
        if (from === key) yield [a.item, b.item];
      }
    }
  }
}
