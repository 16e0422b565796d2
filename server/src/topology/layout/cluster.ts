import type { ClusterNode, Link } from '../graph.ts';
import type { HeldHosts, Room } from './held.ts';
import {
  type PlacedHost,
  type PlacedRow,
  placeHost,
  placeRow,
  poolHeight,
  type RowPlan,
  type RowsPlan,
  rowsOf,
} from './host-rows.ts';
import { arrangements, heldHosts, keptHeights } from './kept-hosts.ts';
import { LANE, lanesHeight } from './lanes.ts';
import type { Box, Wire } from './layout-types.ts';
import {
  CARD_ROW,
  CARD_STRETCH,
  isOverview,
  isWired,
  type Level,
  leastColumns,
  METRICS,
  type Overrides,
  RACK_LABEL,
  RAIL,
  STRETCH,
} from './metrics.ts';
import { netBuilder } from './nets.ts';
import { portAt, VM_H, VM_W, vmPlaces } from './open.ts';
import { planTiers, routeTiers, type TierNet, type TierPlan, type TierResult, type TierRow } from './tiers.ts';

/** A cluster laid out at its own origin. */
export interface PlacedCluster {
  readonly w: number;
  readonly h: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  /** Where the wires of a hub enter, from the cluster's left, by hub and side (`id|a`); only where hosts have stubs of their own. */
  readonly entries: ReadonlyMap<string, number>;
  readonly hosts: HeldHosts;
}

/** What is known of a cluster before its final width: rows of hosts and the wires between them. */
export interface ClusterPlan extends RowsPlan {
  readonly cluster: ClusterNode;
  /** That of its hosts, where they are not expanded themselves. */
  readonly level: Level;
  /** Its level is its own, not that of the layout. */
  readonly own: boolean;
  readonly collapsed: boolean;
  readonly overrides: Overrides;
  /** VMs more on each host, and hosts more in its last row, that there is room for. */
  readonly spare: number;
  /** What it keeps from the layout before, and how high it may become. */
  readonly kept?: { readonly hosts: HeldHosts; readonly hostW?: number; readonly h: number };
  readonly nets: readonly TierNet[];
  readonly tiers: TierPlan;
  readonly gutter: number;
  /** Room for VLANs above each row of hosts; 0 where none are shown. */
  readonly lanes: number;
  /** Least width. */
  readonly width: number;
  /** Height, which does not depend on the width. */
  readonly height: number;
}

/** The level of a cluster: expanded, it shows tiles at least. */
function clusterLevel(id: string, level: Level, overrides: Overrides): Level {
  const small = isOverview(level) || level === 'chip' || level === 'label';
  return small && overrides.get(id) === 'expanded' ? 'tile' : level;
}

/** What a plan of a cluster follows from besides its hosts. */
export interface ClusterView {
  readonly level: Level;
  /** Those that start at hosts of the cluster. */
  readonly links: readonly Link[];
  /** On which end of the picture a hub stands. */
  readonly hubOf: (id: string) => 'above' | 'below' | undefined;
  readonly overrides: Overrides;
  /** VLANs are shown. */
  readonly withLanes?: boolean;
}

/** A cluster with room for a host more, and a VM more on each. `wish`: about so many hosts beside each other. */
export function planCluster(cluster: ClusterNode, view: ClusterView, wish?: number): ClusterPlan {
  const base = baseOf(cluster, view);
  const { level } = base;
  const m = METRICS[level];
  const rows = base.collapsed ? NO_ROWS : rowsOf(cluster, level, wish);
  const usual = widthOf(Math.max(rows.columns, leastColumns(level)), m.hostW, m.gap);
  const width = Math.max(usual, widthOf(rows.slots, m.least, m.gap));
  return sized({ ...base, ...rows, ...wiredRows(rows.rows, base), spare: 1 }, width);
}

/**
 * A cluster in the frame that it had: its hosts keep their slots, new ones take free ones. What needs more room than the frame has takes it
 * inside as far as that goes, then where nobody is, and else grows, with room for more again.
 */
export function planKept(
  cluster: ClusterNode,
  view: ClusterView,
  frame: { readonly w: number; readonly inner: HeldHosts },
  room: Room,
): ClusterPlan {
  const base = baseOf(cluster, view);
  const held = frame.inner;
  for (const { rows, slots, hostW } of base.collapsed
    ? [{ rows: [], slots: 1, hostW: 0 }]
    : arrangements(cluster, base.level, held, frame.w, room)) {
    const wires = wiredRows(rows, base);
    const gutter = Math.max(wires.gutter, held.gutter);
    const kept = { hosts: held, h: room.h, ...(hostW > 0 ? { hostW } : {}) };
    const isOneRow = rows.filter((r) => !r.racks).length === 1;
    const columns = hostW === 0 && isOneRow ? cluster.hosts.length : slots;
    const plan = { ...base, rows, slots, columns, ...wires, gutter, spare: 0, kept };
    const fits = sized(plan, 0, frame.w);
    if (fits.width <= room.w && fits.height <= room.h) return fits;
  }
  // It grows in the shape that it has.
  const m = METRICS[base.level];
  const isFixed = base.level === 'open' || cluster.hosts.some((h) => h.rack);
  const fresh = planCluster(cluster, view, isFixed ? undefined : slotsIn(frame.w, held.gutter, m.hostW, m.gap));
  return { ...fresh, width: Math.max(fresh.width, frame.w) };
}

const slotsIn = (w: number, gutter: number, hostW: number, gap: number): number =>
  Math.max(1, Math.floor((w - 2 * gutter + gap) / (hostW + gap)));

const NO_ROWS: RowsPlan = { columns: 1, slots: 1, rows: [] };

const widthOf = (slots: number, w: number, gap: number): number => slots * (w + gap) - gap;

type Base = ReturnType<typeof baseOf>;

function baseOf(cluster: ClusterNode, { level: around, links, hubOf, overrides, withLanes = false }: ClusterView) {
  const level = clusterLevel(cluster.id, around, overrides);
  const builder = netBuilder();
  if (isWired(level)) {
    const hosts = new Set(cluster.hosts.map((h) => h.id));
    for (const link of links) {
      const outside = hubOf(link.to);
      if (!outside || !hosts.has(link.from)) continue;
      const { kind, side, to: hub } = link;
      builder.add({ key: `${hub}|${side}`, kind, side, hub, outside }, { id: link.from }, link.id);
    }
  }
  return {
    cluster,
    level,
    own: level !== around,
    collapsed: overrides.get(cluster.id) === 'collapsed',
    overrides,
    nets: builder.nets(),
    lanes: withLanes && isWired(level) ? lanesHeight(links, cluster.hosts) : 0,
  };
}

/** What follows from the rows that hosts stand in: wires between them, and the gutters for these. */
function wiredRows(rows: readonly RowPlan[], { level, nets }: Base) {
  const m = METRICS[level];
  const tiers = planTiers(
    rows.map((r) => r.ids),
    nets,
  );
  return {
    tiers,
    gutter: m.clusterPad + Math.max(0, Math.max(tiers.left, tiers.right) - 1) * RAIL,
  };
}

/** The plan with its least width, at least `least`, and its height. */
function sized(plan: Omit<ClusterPlan, 'width' | 'height'>, uniform: number, least = 0): ClusterPlan {
  const m = METRICS[plan.level];
  const loose = { ...plan, width: 0, height: 0 };
  const hostW = plan.kept ? (plan.kept.hostW ?? m.least) : m.hostW;
  const opened = Math.max(0, ...plan.rows.map((row) => placeRow(loose, row, hostW).w));
  const width = Math.max(least, 2 * plan.gutter + Math.max(uniform, opened));
  const placed = place({ ...loose, width }, width, 0);
  const known = { ...loose, width, height: placed.h };
  placements.set(known, new Map([[`${width} ${placed.h}`, placed]]));
  return known;
}

/** Places a planned cluster in the width it was given, at least `plan.width`; `height` stretches its frame. */
export function placeCluster(plan: ClusterPlan, width: number, height = 0): PlacedCluster {
  const known = placements.get(plan) ?? new Map<string, PlacedCluster>();
  placements.set(plan, known);
  const key = `${width} ${height}`;
  const placed = known.get(key) ?? place(plan, width, height);
  known.set(key, placed);
  return placed;
}

/** A plan is placed again in the same width and height as what stands around it is tried. */
const placements = new WeakMap<ClusterPlan, Map<string, PlacedCluster>>();

function place(plan: ClusterPlan, width: number, height: number): PlacedCluster {
  const { cluster, level, gutter } = plan;
  const m = METRICS[level];
  const inner = width - 2 * gutter;
  const hostW = plan.kept?.hostW ?? hostWidth(plan, inner);
  const spread = level === 'open' || plan.overrides.get(`${cluster.id}/pool`) === 'expanded';
  const pooled = cluster.pool.length > 0 && !plan.collapsed;
  const pool = pooled ? poolHeight(cluster, inner, spread, plan.spare) : 0;
  const natural = plan.rows.map((row) => placeRow(plan, row, hostW));
  const first = routeRows(plan, natural, width, hostW);
  // What is not rows: rails, rows of VMs without a host, the frame.
  const rest = heightOf(plan, first, pool) - natural.reduce((sum, r) => sum + r.h, 0);
  const placedRows = keptHeights(plan, natural, rest);
  const routed = placedRows === natural ? first : routeRows(plan, placedRows, width, hostW);
  const top = m.clusterHeader;
  const boxes: Box[] = [];
  placedRows.forEach((row, r) => {
    const y = top + (routed.rowY[r] ?? 0);
    for (const rack of row.racks) {
      boxes.push({
        id: `${cluster.id}/${rack.id}`,
        kind: 'rack',
        parent: cluster.id,
        x: gutter + rack.x,
        y,
        w: rack.w,
        h: RACK_LABEL,
      });
    }
    if (plan.lanes > 0 && row.hosts.length > 0)
      boxes.push({
        id: `${cluster.id}/lanes/${r}`,
        kind: 'lanes',
        parent: cluster.id,
        x: gutter,
        y,
        w: inner,
        h: plan.lanes,
      });
    for (const p of row.hosts) boxes.push(...placeHost(p, cluster.id, gutter, y + plan.lanes, plan.own));
  });
  const bottom = top + routed.height;
  if (pooled) {
    const y = bottom + (placedRows.length > 0 ? m.gap : 0);
    const id = `${cluster.id}/pool`;
    const box: Box = { id, kind: 'vm-pool', parent: cluster.id, x: gutter, y, w: inner, h: pool };
    boxes.push(spread && level !== 'open' ? { ...box, level: 'open' } : box);
    if (spread) {
      for (const vm of vmPlaces(cluster.pool, inner))
        boxes.push({ ...VM_BOX, id: vm.id, parent: id, x: gutter + vm.x, y: y + 28 + vm.y });
    }
  }
  const h = Math.max(heightOf(plan, routed, pool), height);
  // The frame may be stretched to its row: wires to below then run on to the new border.
  const extra = h - top - routed.height;
  const wires = routed.wires.map((wire): Wire => {
    const below = wire.key.endsWith('|u');
    return {
      ...wire,
      key: `${wire.key}|${cluster.id}`,
      inside: cluster.id,
      joints: wire.joints.map((p) => ({ x: p.x, y: p.y + top })),
      spokes: wire.spokes.map((s) => ({
        ...s,
        path: s.path.map((p, i) => ({ x: p.x, y: i === 0 ? (below ? p.y + top + extra : 0) : p.y + top })),
      })),
    };
  });
  const frame: Box = {
    id: cluster.id,
    kind: 'cluster',
    x: 0,
    y: 0,
    w: width,
    h,
    ...(plan.own ? { level } : {}),
    ...(plan.collapsed ? { collapsed: true } : {}),
  };
  const hosts = {
    hostW: openW(placedRows, level) ?? hostW,
    slots: slotsAcross(plan, inner, hostW),
    gutter,
    rows: heldHosts(plan, placedRows),
  };
  return { w: width, h, boxes: [frame, ...boxes], wires, entries: routed.exits, hosts };
}

/** How wide hosts are in a frame: they share its width, up to a limit, but leave a free slot where there are several rows. */
function hostWidth(plan: ClusterPlan, inner: number): number {
  const m = METRICS[plan.level];
  const isRigid =
    plan.level === 'open' || plan.rows.some((r) => r.hosts.some((h) => plan.overrides.get(h.id) === 'expanded'));
  if (isRigid) return m.hostW;
  // One or two hosts fill a frame that is made for more: they can still be as narrow as others.
  const isFew = plan.rows.length === 1 && plan.columns < leastColumns(plan.level);
  const most = Math.floor(m.hostW * (isWired(plan.level) && !isFew ? CARD_STRETCH : STRETCH));
  const fit = Math.floor((inner + m.gap) / plan.columns) - m.gap;
  return Math.max(m.least, Math.min(most, fit));
}

const openW = (rows: readonly PlacedRow[], level: Level): number | undefined =>
  level === 'open' ? rows.flatMap((r) => r.hosts)[0]?.w : undefined;

/** Hosts of this width that have room beside each other. */
const slotsAcross = (plan: ClusterPlan, inner: number, hostW: number): number => {
  const { gap } = METRICS[plan.level];
  return Math.max(plan.columns, plan.level === 'open' ? plan.slots : Math.floor((inner + gap) / (hostW + gap)));
};

function routeRows(plan: ClusterPlan, placed: readonly PlacedRow[], width: number, hostW: number): TierResult {
  const rows = placed.map(
    ({ h, hosts }, r): TierRow => ({
      h: h + (hosts.length > 0 ? plan.lanes : 0),
      nodes: hosts.map((p) => ({ id: p.host.id, x: plan.gutter + p.x, w: p.w, dy: plan.lanes, h: p.h })),
      ...(plan.rows[r]?.racks ? { below: 5 } : {}),
    }),
  );
  const open = new Map(placed.flatMap((r) => r.hosts).flatMap((p) => (p.level === 'open' ? [[p.host.id, p]] : [])));
  const tiers = open.size > 0 ? withPorts(plan, open) : plan.tiers;
  const { gap } = METRICS[plan.level];
  return routeTiers(rows, tiers, { width, labelRoom: 11, gap, trunkAt: 9, inset: stubInset(plan, hostW) });
}

/** Height of the frame around routed rows, with room for a rail and a VLAN more in each where there is room for a VM more. */
function heightOf(
  { cluster, level, collapsed, rows, spare, nets, lanes }: ClusterPlan,
  routed: TierResult,
  pool: number,
): number {
  const m = METRICS[level];
  if (collapsed) return m.clusterHeader;
  // Cards that have room for a VM more can spare that much.
  const lane = lanes === 0 ? 0 : level === 'card' ? LANE - CARD_ROW : LANE;
  const rail = nets.length === 0 || level === 'card' ? 0 : RAIL;
  const hostRows = rows.filter((r) => r.hosts.length > 0).length;
  const inside = m.clusterHeader + routed.height + spare * hostRows * (lane + rail);
  if (pool > 0) return inside + (rows.length > 0 ? m.gap : 0) + pool + m.clusterPad;
  if (cluster.hosts.length === 0) return m.clusterHeader + 6 + m.clusterPad;
  return inside + (routed.wires.some((w) => w.key.endsWith('|u')) ? 0 : m.clusterPad);
}

const VM_BOX = { kind: 'vm', w: VM_W, h: VM_H } as const;

/** How far from a host's edge the stubs of a side begin, so that those of both sides meet in its middle, however many there are. */
function stubInset(plan: ClusterPlan, hostW: number): number {
  const most = { a: 0, b: 0 };
  for (const down of [true, false])
    for (const side of ['a', 'b'] as const)
      most[side] = Math.max(most[side], plan.tiers.parts.filter((p) => p.down === down && p.net.side === side).length);
  return Math.max(14, hostW / 2 - 9 - Math.max(0, Math.max(most.a, most.b) - 1) * RAIL);
}

/** The nets with their stubs at the ports of hosts that show them. */
function withPorts(plan: ClusterPlan, open: ReadonlyMap<string, PlacedHost>): TierPlan {
  const nets = plan.nets.map(
    (net): TierNet => ({
      ...net,
      spokes: net.spokes.map((s) => {
        const p = open.get(s.id);
        const near = p && portAt(p.host, net.hub, p.w);
        return near === undefined ? s : { ...s, near };
      }),
    }),
  );
  return planTiers(
    plan.rows.map((r) => r.ids),
    nets,
  );
}
