import type { ClusterNode } from '../graph.ts';
import { type HeldHosts, heirs, type Room, slotsOf } from './held.ts';
import { inRows, inSlots, leastHeight, type PlacedRow, type RowPlan, rackRowsOf, withHeight } from './host-rows.ts';
import { type Level, METRICS } from './metrics.ts';

interface Rows {
  readonly level: Level;
  readonly rows: readonly RowPlan[];
  readonly kept?: { readonly hosts: HeldHosts; readonly h: number };
}

/** Ways in which the hosts can stand, those that move least first. */
export function* arrangements(
  cluster: ClusterNode,
  level: Level,
  held: HeldHosts,
  width: number,
  room: Room,
): Generator<{ rows: readonly RowPlan[]; slots: number; hostW: number }> {
  const m = METRICS[level];
  const { hosts } = cluster;
  const { slots, hostW } = held;
  const slotsIn = (w: number, hostW = m.hostW): number =>
    Math.max(1, Math.floor((w - 2 * held.gutter + m.gap) / (hostW + m.gap)));
  const denser = level === 'open' ? slots : Math.max(slots, slotsIn(width));
  const wider = Math.max(denser, slotsIn(room.w));
  if (hosts.some((h) => h.rack)) {
    for (const n of new Set([slots, denser, wider]))
      yield { rows: rackRowsOf(cluster, n), slots: n, hostW: n === slots ? hostW : 0 };
    return;
  }
  const before = new Map<string, number>();
  held.rows.forEach((row, r) => {
    row.ids.forEach((id, i) => {
      if (id !== undefined) before.set(id, r * slots + i);
    });
  });
  const heirOf = heirs(
    [...before.keys()],
    hosts.map((h) => h.id),
  );
  const wishes = hosts.map((h) => before.get(heirOf.get(h.id) ?? ''));
  const rows = Math.max(1, held.rows.length);
  const same = slotsOf(wishes, rows * slots);
  if (same) yield { rows: inSlots(hosts, same, slots), slots, hostW };
  const densest = slotsIn(width, m.least);
  if (rows === 1 && level !== 'open' && hosts.length <= densest)
    yield { rows: inRows(hosts, densest), slots: densest, hostW: 0 };
  const more = slotsOf(wishes, (rows + 1) * slots);
  if (more) yield { rows: inSlots(hosts, more, slots), slots, hostW };
  for (const n of new Set([denser, wider])) if (n > slots) yield { rows: inRows(hosts, n), slots: n, hostW: 0 };
}

/** Hosts as they were placed, for the next layout. */
export const heldHosts = (plan: Rows, placed: readonly PlacedRow[]): HeldHosts['rows'] =>
  plan.rows.flatMap((row, r) => {
    if (row.racks) return [];
    const ids: (string | undefined)[] = [];
    row.hosts.forEach((host, i) => {
      ids[row.slots?.[i] ?? i] = host.id;
    });
    return [{ h: placed[r]?.h ?? 0, ids: Array.from(ids) }];
  });

/** Rows in the heights they had, or as they need while the frame has room; where it has none, cards show less. */
export function keptHeights(plan: Rows, natural: readonly PlacedRow[], rest: number): readonly PlacedRow[] {
  const { kept, level, rows } = plan;
  if (!kept) return natural;
  let r = 0;
  const before = rows.map((row) => (row.racks ? undefined : kept.hosts.rows[r++]?.h));
  const least = natural.map(leastHeight);
  const heights = natural.map((row, i) => Math.max(least[i] ?? 0, before[i] ?? row.h));
  let room = kept.h - rest - heights.reduce((sum, h) => sum + h, 0);
  natural.forEach((row, i) => {
    const more = Math.min(Math.max(0, row.h - (heights[i] ?? 0)), Math.max(0, room));
    heights[i] = (heights[i] ?? 0) + more;
    room -= more;
  });
  // The highest give first.
  while (room < 0) {
    const over = heights.map((h, i) => (h > (least[i] ?? 0) ? h : 0));
    const top = Math.max(...over);
    if (top === 0 || over.length === 0) break;
    const i = over.indexOf(top);
    const next = Math.max(least[i] ?? 0, ...over.filter((h) => h < top), top + room);
    room += top - next;
    heights[i] = next;
  }
  return natural.map((row, i) => withHeight(row, level, heights[i] ?? row.h));
}
