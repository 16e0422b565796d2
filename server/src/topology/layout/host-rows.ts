import type { ClusterNode, HostNode, VmCell } from '../graph.ts';
import type { Box } from './layout-types.ts';
import {
  CARD_HEAD,
  CARD_LEAST,
  cardHeight,
  columnsFor,
  isWired,
  type Level,
  METRICS,
  type Overrides,
  RACK_LABEL,
  shapeOf,
} from './metrics.ts';
import { OPEN_HEAD, openHeight, openTop, openWidth, VM_H, VM_W, vmColumns, vmPlaces, vmsHeight } from './open.ts';

/** A row of a cluster: hosts, or the names of the racks that the hosts below stand in. */
export interface RowPlan {
  readonly ids: readonly string[];
  readonly hosts: readonly HostNode[];
  /** The slot that each host stands in; one after the other when absent. */
  readonly slots?: readonly number[];
  readonly racks?: readonly { readonly id: string; readonly first: number; readonly count: number }[];
}

/** Rows of hosts with room for so many in each; `columns` of them share its width. */
export interface RowsPlan {
  readonly columns: number;
  readonly slots: number;
  readonly rows: readonly RowPlan[];
}

export interface PlacedHost {
  readonly host: HostNode;
  readonly level: Level;
  readonly x: number;
  readonly w: number;
  readonly h: number;
}

export interface PlacedRow {
  readonly w: number;
  readonly h: number;
  readonly hosts: readonly PlacedHost[];
  readonly racks: readonly { readonly id: string; readonly x: number; readonly w: number }[];
}

interface Rows {
  readonly level: Level;
  readonly overrides: Overrides;
  readonly cluster: ClusterNode;
}

const rowOf = (hosts: readonly HostNode[], slots?: readonly number[]): RowPlan => ({
  ids: hosts.map((h) => h.id),
  hosts,
  ...(slots ? { slots } : {}),
});

/** The hosts of a cluster in rows, with room for one more in the last; those of a rack together under its name. `wish`: about so many beside each other. */
export function rowsOf(cluster: ClusterNode, level: Level, wish?: number): RowsPlan {
  const count = cluster.hosts.length;
  const { columns, slots } = wish === undefined ? columnsFor(level, count) : shapeOf(count, wish);
  if (!cluster.hosts.some((h) => h.rack)) return { columns, slots, rows: inRows(cluster.hosts, slots) };
  const racks = racksOf(cluster);
  // As many whole racks beside each other as there is room for, and room for a host more in each row of them.
  const size = Math.max(...racks.map((r) => r.hosts.length));
  let wide = size < columns ? Math.floor(columns / size) * size : columns;
  for (;;) {
    const found = rackRows(cluster, wide);
    if (found.every((group) => group.hosts.length % wide !== 0))
      return { columns: wide, slots: wide, rows: rowsIn(found, wide) };
    wide += 1;
  }
}

/** So many beside each other in each row. */
export const inRows = (hosts: readonly HostNode[], slots: number): RowPlan[] =>
  Array.from({ length: Math.ceil(hosts.length / slots) }, (_, r) => rowOf(hosts.slice(r * slots, (r + 1) * slots)));

/** Hosts in the slots they are given, counted from row to row. */
export function inSlots(hosts: readonly HostNode[], at: readonly number[], slots: number): RowPlan[] {
  const rows = Math.floor((at[at.length - 1] ?? -1) / slots) + 1;
  return Array.from({ length: rows }, (_, r) => {
    const own = hosts.flatMap((host, i) => {
      const slot = (at[i] ?? 0) - r * slots;
      return slot >= 0 && slot < slots ? [{ host, slot }] : [];
    });
    return rowOf(
      own.map((o) => o.host),
      own.map((o) => o.slot),
    );
  });
}

interface RackGroup {
  readonly racks: { readonly id: string; readonly first: number; readonly count: number }[];
  readonly hosts: HostNode[];
}

/** Racks that stand beside each other where so many hosts have room in a row. */
function rackRows(cluster: ClusterNode, slots: number): readonly RackGroup[] {
  const groups: RackGroup[] = [];
  for (const rack of racksOf(cluster)) {
    const last = groups[groups.length - 1];
    const group = last && last.hosts.length + rack.hosts.length <= slots ? last : { racks: [], hosts: [] };
    if (group !== last) groups.push(group);
    group.racks.push({ id: rack.id, first: group.hosts.length, count: Math.min(slots, rack.hosts.length) });
    group.hosts.push(...rack.hosts);
  }
  return groups;
}

const rowsIn = (groups: readonly RackGroup[], slots: number): readonly RowPlan[] =>
  groups.flatMap((group) => [{ ids: [], hosts: [], racks: group.racks }, ...inRows(group.hosts, slots)]);

/** The same with a given number of slots. */
export const rackRowsOf = (cluster: ClusterNode, slots: number): readonly RowPlan[] =>
  rowsIn(rackRows(cluster, slots), slots);

/** The racks of a cluster in the order of its hosts; none where the design states none. */
function racksOf(cluster: ClusterNode): readonly { readonly id: string; readonly hosts: readonly HostNode[] }[] {
  const racks: { id: string; hosts: HostNode[] }[] = [];
  if (!cluster.hosts.some((h) => h.rack)) return racks;
  for (const host of cluster.hosts) {
    const id = host.rack?.id ?? '';
    const last = racks[racks.length - 1];
    if (last?.id === id) last.hosts.push(host);
    else racks.push({ id, hosts: [host] });
  }
  return racks;
}

const levelOf = (host: HostNode, { level, overrides }: Rows): Level =>
  overrides.get(host.id) === 'expanded' ? 'open' : level;

/**
 * A row at its own left. Cards of a row are equally high, open hosts as wide as their VMs need. `spare`: so many VMs more than there are have room on
 * each host, and as many hosts in the row.
 */
export function placeRow(
  plan: Rows & { readonly rows: readonly RowPlan[]; readonly slots: number; readonly spare: number },
  row: RowPlan,
  hostW: number,
): PlacedRow {
  const { level, spare } = plan;
  const m = METRICS[level];
  if (row.racks) {
    const next = plan.rows[plan.rows.indexOf(row) + 1];
    const below = next ? placeRow(plan, next, hostW) : { w: 0, hosts: [] };
    const racks = row.racks.flatMap(({ id, first, count }) => {
      const from = below.hosts[first];
      const to = below.hosts[Math.min(first + count, below.hosts.length) - 1];
      return from && to ? [{ id, x: from.x, w: to.x + to.w - from.x }] : [];
    });
    return { w: below.w, h: RACK_LABEL, hosts: [], racks };
  }
  // At the open level all hosts of a cluster are as wide as the one with most VMs needs.
  const most = Math.max(0, ...plan.cluster.hosts.map((h) => h.vms.length));
  const wide = level === 'open' ? Math.max(hostW, openWidth(vmColumns(most + spare))) : hostW;
  const hosts: PlacedHost[] = [];
  let x = 0;
  let slot = 0;
  row.hosts.forEach((host, i) => {
    const own = levelOf(host, plan);
    for (const at = row.slots?.[i] ?? slot; slot < at; slot++) x += wide + m.gap;
    const w =
      own === 'open' ? Math.max(level === 'open' ? wide : 0, openWidth(vmColumns(host.vms.length + spare))) : hostW;
    const h =
      own === 'open'
        ? openHeight(host, w, spare)
        : own === 'card'
          ? Math.max(cardHeight(vmsShown(host)), cardHeight(vmsShown(host) + spare))
          : m.hostH;
    hosts.push({ host, level: own, x, w, h });
    x += w + m.gap;
    slot += 1;
  });
  // Hosts that are open do not stand closer together.
  const isRigid = hosts.some((p) => p.level === 'open');
  if (spare > 0 && isRigid) for (const at = Math.min(plan.slots, slot + 1); slot < at; slot++) x += wide + m.gap;
  const highest = (open: boolean): number =>
    Math.max(0, ...hosts.filter((p) => (p.level === 'open') === open).map((p) => p.h));
  const closed = Math.max(level === 'card' ? CARD_HEAD : 0, highest(false));
  const opened = highest(true);
  return {
    w: Math.max(0, x - m.gap),
    h: Math.max(closed, opened, level === 'open' ? 0 : m.hostH),
    hosts: hosts.map((p) => ({ ...p, h: p.level === 'open' ? opened : closed })),
    racks: [],
  };
}

/** VMs that a card of a host has to show: those that run on it, and those that did before what is supposed. */
export const vmsShown = ({ vms, left = [], most = 0 }: HostNode): number =>
  Math.max(most, running(vms) + running(left));

function running(vms: readonly VmCell[]): number {
  let count = 0;
  for (const vm of vms) if (!vm.off) count += 1;
  return count;
}

/** The row in another height: cards and open hosts fill it where they are all that stands in it. */
export const withHeight = (row: PlacedRow, level: Level, h: number): PlacedRow =>
  h === row.h
    ? row
    : {
        ...row,
        h,
        hosts:
          isWired(level) && row.hosts.every((p) => p.level === level) ? row.hosts.map((p) => ({ ...p, h })) : row.hosts,
      };

/** The least height of a row: cards can say how many VMs more there are. */
export const leastHeight = (row: PlacedRow): number =>
  row.hosts.length > 0 && row.hosts.every((p) => p.level === 'card') ? Math.min(row.h, CARD_LEAST) : row.h;

/** The box of a host, and those of its VMs where it is open. */
export function placeHost(p: PlacedHost, parent: string, dx: number, y: number, own: boolean): readonly Box[] {
  const { host, level, w, h } = p;
  const x = dx + p.x;
  const isOpen = level === 'open';
  const box: Box = { id: host.id, kind: 'host', parent, x, y, w, h, ...(own || isOpen ? { level } : {}) };
  if (!isOpen) return [box];
  const top = y + openTop(host) + OPEN_HEAD;
  return [
    box,
    ...vmPlaces(host.vms, w).map(
      (vm): Box => ({ id: vm.id, kind: 'vm', parent: host.id, x: x + vm.x, y: top + vm.y, w: VM_W, h: VM_H }),
    ),
  ];
}

const POOL_H = 74;

/** VMs placed on a cluster: cells in one strip, or a card for each. */
export const poolHeight = (cluster: ClusterNode, w: number, spread: boolean, spare = 0): number =>
  spread ? 28 + vmsHeight(cluster.pool.length + spare, w) + 8 : POOL_H;
