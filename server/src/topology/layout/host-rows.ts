import type { ClusterNode, HostNode } from '../graph.ts';
import type { Box } from './layout-types.ts';
import { CARD_HEAD, cardHeight, columnsFor, type Level, METRICS, type Overrides, RACK_LABEL } from './metrics.ts';
import { OPEN_HEAD, openHeight, openTop, openWidth, VM_H, VM_W, vmColumns, vmPlaces, vmsHeight } from './open.ts';

/** A row of a cluster: hosts, or the names of the racks that the hosts below stand in. */
export interface RowPlan {
  readonly ids: readonly string[];
  readonly hosts: readonly HostNode[];
  readonly racks?: readonly { readonly id: string; readonly first: number; readonly count: number }[];
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

/** The hosts of a cluster in rows of a fixed number of columns; those of a rack together under its name. */
export function rowsOf(cluster: ClusterNode, level: Level): { columns: number; rows: readonly RowPlan[] } {
  const most = columnsFor(level, cluster.hosts.length);
  const racks = racksOf(cluster);
  const row = (hosts: readonly HostNode[]): RowPlan => ({ ids: hosts.map((h) => h.id), hosts });
  const rows: RowPlan[] = [];
  if (racks.length === 0) {
    for (let i = 0; i < cluster.hosts.length; i += most) rows.push(row(cluster.hosts.slice(i, i + most)));
    return { columns: most, rows };
  }
  // As many whole racks beside each other as there is room for.
  const size = Math.max(...racks.map((r) => r.hosts.length));
  const columns = size < most ? Math.floor(most / size) * size : most;
  let open: { racks: { id: string; first: number; count: number }[]; hosts: HostNode[] } = { racks: [], hosts: [] };
  const close = (): void => {
    if (open.hosts.length === 0) return;
    rows.push({ ids: [], hosts: [], racks: open.racks });
    for (let i = 0; i < open.hosts.length; i += columns) rows.push(row(open.hosts.slice(i, i + columns)));
    open = { racks: [], hosts: [] };
  };
  for (const rack of racks) {
    if (open.hosts.length + rack.hosts.length > columns) close();
    open.racks.push({ id: rack.id, first: open.hosts.length, count: Math.min(columns, rack.hosts.length) });
    open.hosts.push(...rack.hosts);
  }
  close();
  return { columns, rows };
}

/** The racks of a cluster in the order of its hosts; none where the design states none. */
export function racksOf(cluster: ClusterNode): readonly { readonly id: string; readonly hosts: readonly HostNode[] }[] {
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

/** A row at its own left. Cards of a row are equally high, open hosts as wide as their VMs need. */
export function placeRow(plan: Rows & { readonly rows: readonly RowPlan[] }, row: RowPlan, hostW: number): PlacedRow {
  const { level } = plan;
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
  const wide = level === 'open' ? openWidth(Math.max(2, ...plan.cluster.hosts.map((h) => vmColumns(h.vms.length)))) : 0;
  const hosts: PlacedHost[] = [];
  let x = 0;
  for (const host of row.hosts) {
    const own = levelOf(host, plan);
    const w = own === 'open' ? Math.max(wide, openWidth(vmColumns(host.vms.length))) : hostW;
    const h = own === 'open' ? openHeight(host, w) : own === 'card' ? cardHeight(vmsShown(host)) : m.hostH;
    hosts.push({ host, level: own, x, w, h });
    x += w + m.gap;
  }
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
  Math.max(most, vms.filter((vm) => !vm.off).length + left.filter((vm) => !vm.off).length);

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
export const poolHeight = (cluster: ClusterNode, w: number, spread: boolean): number =>
  spread ? 28 + vmsHeight(cluster.pool.length, w) + 8 : POOL_H;
