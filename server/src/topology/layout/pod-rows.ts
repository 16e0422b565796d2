import type { ClusterNode } from '../graph.ts';
import { type ClusterPlan, type ClusterView, planCluster, planKept } from './cluster.ts';
import { type ClusterCache, flow, type SiteContext } from './context.ts';
import type { HeldFrame, HeldPod } from './held.ts';
import { pack } from './pack.ts';
import type { Pod } from './pods.ts';
import { clusterStructure } from './structure.ts';

/** Plans of clusters kept; the oldest go first. */
const MOST_KEPT = 1_000;

export const POD_GAP = 12;

/** A cluster in a row of its pod. */
export interface Cell {
  readonly plan: ClusterPlan;
  readonly structure: string;
  /** Where it stood and how wide it was: it is neither further left nor narrower. */
  readonly x?: number;
  readonly w?: number;
}

export interface CellRow {
  readonly key: string;
  readonly cells: readonly Cell[];
}

const viewOf = (ctx: SiteContext, cluster: ClusterNode): ClusterView => ({
  level: ctx.level,
  links: ctx.clusterLinks.get(cluster.id) ?? [],
  hubOf: ctx.hubOf,
  overrides: ctx.overrides,
  withLanes: ctx.layer === 'network',
});

const structures = new WeakMap<SiteContext, Map<string, string>>();

/** What a cluster's plan follows from, as a text. */
function structureOf(ctx: SiteContext, cluster: ClusterNode): string {
  const known = structures.get(ctx) ?? new Map<string, string>();
  structures.set(ctx, known);
  const structure = known.get(cluster.id) ?? clusterStructure(cluster, ctx.clusterLinks.get(cluster.id) ?? [], ctx);
  known.set(cluster.id, structure);
  return structure;
}

/** Plans of one layout, where none are kept from others. */
const own = new WeakMap<SiteContext, ClusterCache>();

/** A cluster laid out by itself; one that is built as it was keeps its plan. `wish`: about so many hosts beside each other. */
export function freshCell(ctx: SiteContext, cluster: ClusterNode, wish?: number): Cell {
  const { level, layer } = ctx;
  const kept = ctx.kept ?? own.get(ctx) ?? new Map();
  own.set(ctx, kept);
  const view = viewOf(ctx, cluster);
  const structure = structureOf(ctx, cluster);
  const key = `${level} ${layer} ${cluster.id} ${wish ?? ''}`;
  const known = kept.get(key);
  if (known?.structure === structure) return { plan: known.plan, structure };
  const plan = planCluster(cluster, view, wish);
  kept.delete(key);
  kept.set(key, { structure, plan });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return { plan, structure };
}

export const clustersOf = (ctx: SiteContext, pod: Pod): ClusterNode[] =>
  pod.clusters.flatMap((id) => ctx.clusters.get(id) ?? []);

const rowKey = (n: number): string => `clusters ${n}`;

/** Clusters in rows that fill them. */
export const freshRows = (
  ctx: SiteContext,
  cells: readonly Cell[],
  shape: { readonly row: number; readonly around: number; readonly aspect: number },
): readonly CellRow[] =>
  pack(
    cells.map(({ plan }) => plan),
    { ...shape, gap: POD_GAP },
  ).map((list, i) => ({
    key: rowKey(i),
    cells: list.map(({ cluster, columns }) => freshCell(ctx, cluster, columns)),
  }));

/** Clusters where they stood, each with the room that it has there; new ones in gaps, or in a row of their own below. */
export function keptRows(ctx: SiteContext, pod: Pod, held: HeldPod): readonly CellRow[] {
  const standing = new Map<string, { cluster: ClusterNode; frame: HeldFrame }[]>();
  const come: ClusterNode[] = [];
  for (const cluster of clustersOf(ctx, pod)) {
    const frame = held.frames.get(ctx.heirs.get(cluster.id) ?? '');
    if (frame) standing.set(frame.row, [...(standing.get(frame.row) ?? []), { cluster, frame }]);
    else come.push(cluster);
  }
  const rows = [...held.rows].flatMap(([key, row]) => {
    const list = (standing.get(key) ?? []).toSorted((a, b) => a.frame.x - b.frame.x);
    if (list.length === 0) return [];
    const right = held.w - row.right;
    const cells = list.map(({ cluster, frame }, i): Cell => {
      const next = list[i + 1];
      const room = { w: (next ? next.frame.x - POD_GAP : right) - frame.x, h: row.h };
      return { ...keptCell(ctx, cluster, frame, room), x: frame.x, w: frame.w };
    });
    return [{ key, cells, right, h: row.h, left: row.left }];
  });
  let last = Math.max(-1, ...rows.map((r) => Number(r.key.split(' ')[1])));
  const more: Cell[] = [];
  for (const cluster of come) {
    const cell = freshCell(ctx, cluster);
    const row = rows.find((r) => r.h >= cell.plan.height && gapFor(cell.plan.width, r) !== undefined);
    const x = row && gapFor(cell.plan.width, row);
    if (row && x !== undefined)
      row.cells = [...row.cells, { ...cell, x, w: cell.plan.width }].toSorted((a, b) => (a.x ?? 0) - (b.x ?? 0));
    else more.push(cell);
  }
  return [
    ...rows.map(({ key, cells }) => ({ key, cells })),
    ...flow(more, (c) => c.plan.width, POD_GAP, held.w).map((cells) => ({ key: rowKey(++last), cells })),
  ];
}

/** Left of the first gap in a row that is so wide. */
function gapFor(
  w: number,
  row: { readonly cells: readonly Cell[]; readonly left: number; readonly right: number },
): number | undefined {
  let x = row.left;
  for (const cell of row.cells) {
    if ((cell.x ?? 0) - POD_GAP - x >= w) return x;
    x = (cell.x ?? 0) + Math.max(cell.w ?? 0, cell.plan.width) + POD_GAP;
  }
  return row.right - x >= w ? x : undefined;
}

function keptCell(ctx: SiteContext, cluster: ClusterNode, frame: HeldFrame, room: { w: number; h: number }): Cell {
  const view = viewOf(ctx, cluster);
  const structure = structureOf(ctx, cluster);
  if (structure === frame.structure) return { plan: frame.plan, structure };
  return { plan: planKept(cluster, view, frame, room), structure };
}
