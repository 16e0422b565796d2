import type { ClusterNode } from '../graph.ts';
import type { ClusterPlan } from './cluster.ts';
import { leastColumns, METRICS, shapeOf } from './metrics.ts';

/** Width over height that a picture should have: that of most screens. */
export const ASPECT = 1.6;
/** Clusters beside each other at most. */
const MOST_BESIDE = 12;
/** Rows of hosts that a cluster gets at most by itself. */
const MOST_ROWS = 12;
/** A cluster gets no rows of which more than this share stays empty. */
const MOST_HOLLOW = 0.3;
const WIDTHS = 16;

interface Shape {
  readonly columns?: number;
  readonly w: number;
  readonly h: number;
}

/** A cluster with the columns it is to have, if these are not its own. */
export interface Packed {
  readonly cluster: ClusterNode;
  readonly columns?: number;
}

/**
 * Clusters in rows, in their order, so that all of them together need the smallest picture of a given width over height: those beside each other get as many
 * columns of hosts as make them about equally high. `gap` lies between clusters, `row` between rows, `around` is the height of all else.
 */
export function pack(
  plans: readonly ClusterPlan[],
  {
    gap,
    row,
    around,
    aspect,
  }: { readonly gap: number; readonly row: number; readonly around: number; readonly aspect: number },
): readonly (readonly Packed[])[] {
  if (plans.length === 0) return [];
  const shapes = plans.map(shapesOf);
  const least = Math.max(...shapes.map((list) => Math.min(...list.map((s) => s.w))));
  const most = Math.max(
    least,
    plans.reduce((sum, p) => sum + p.width + gap, -gap),
  );
  let best: { readonly size: number; readonly rows: readonly (readonly Packed[])[] } | undefined;
  for (let i = 0; i <= WIDTHS; i++) {
    const width = Math.round(least * (most / least) ** (i / WIDTHS));
    const found = rowsWithin(shapes, width, gap, row);
    const size = Math.max(found.w / aspect, found.h + around);
    if (best && size >= best.size * 0.98) continue;
    let first = 0;
    const rows = found.rows.map((list) => {
      const own = list.map((shape, k): Packed => {
        const { cluster } = plans[first + k] as ClusterPlan;
        return shape.columns === undefined ? { cluster } : { cluster, columns: shape.columns };
      });
      first += list.length;
      return own;
    });
    best = { size, rows };
  }
  return best?.rows ?? [];
}

/** The shapes that a cluster can have, by its rows of hosts: the first for one row. One with racks, open hosts or no hosts has its own alone. */
function shapesOf(plan: ClusterPlan): readonly Shape[] {
  const { cluster, level, collapsed, overrides, width, height, rows } = plan;
  const m = METRICS[level];
  const count = cluster.hosts.length;
  const isFixed =
    level === 'open' ||
    collapsed ||
    count === 0 ||
    cluster.hosts.some((h) => h.rack || overrides.get(h.id) === 'expanded');
  if (isFixed) return [{ w: width, h: height }];
  const pool = cluster.pool.length > 0 ? 74 + m.gap : 0;
  const perRow = (height - m.clusterHeader - m.clusterPad - pool) / rows.length;
  const found: Shape[] = [];
  for (let r = 0; r < Math.min(MOST_ROWS, count); r++) {
    const wish = Math.max(leastColumns(level), Math.ceil(count / (r + 1)));
    const { columns, slots } = shapeOf(count, wish);
    const high = Math.ceil(count / (count <= columns ? count : slots));
    const isHollow = high > 1 && high * slots - count > high * slots * MOST_HOLLOW;
    const last = found[r - 1];
    if (isHollow && last) {
      found.push(last);
      continue;
    }
    const beside = Math.max(columns, leastColumns(level));
    const w = 2 * plan.gutter + Math.max(beside * (m.hostW + m.gap), slots * (m.least + m.gap)) - m.gap;
    found.push({ columns: wish, w, h: height + (high - rows.length) * perRow });
  }
  return found;
}

interface Rows {
  readonly w: number;
  readonly h: number;
  readonly rows: readonly (readonly Shape[])[];
}

/** The lowest arrangement in rows no wider than this. */
function rowsWithin(shapes: readonly (readonly Shape[])[], width: number, gap: number, row: number): Rows {
  const best: (Rows | undefined)[] = [{ w: 0, h: -row, rows: [] }];
  for (let end = 1; end <= shapes.length; end++) {
    for (let start = end - 1; start >= Math.max(0, end - MOST_BESIDE); start--) {
      const before = best[start];
      const beside = lowest(shapes.slice(start, end), width, gap);
      if (!beside) break;
      if (!before) continue;
      const h = before.h + row + Math.max(...beside.map((s) => s.h));
      const known = best[end];
      if (known && known.h <= h) continue;
      const w = Math.max(
        before.w,
        beside.reduce((sum, s) => sum + s.w + gap, -gap),
      );
      best[end] = { w, h, rows: [...before.rows, beside] };
    }
  }
  return best[shapes.length] ?? { w: width, h: 0, rows: shapes.map((list) => list.slice(-1)) };
}

/** Clusters beside each other in as few rows of hosts as the width allows; undefined where it allows none. */
function lowest(shapes: readonly (readonly Shape[])[], width: number, gap: number): readonly Shape[] | undefined {
  for (let r = 0; r < MOST_ROWS; r++) {
    const beside = shapes.map((list) => list[Math.min(r, list.length - 1)] as Shape);
    if (beside.reduce((sum, s) => sum + s.w + gap, -gap) <= width) return beside;
  }
  return undefined;
}
