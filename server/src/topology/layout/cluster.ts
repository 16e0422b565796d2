import type { ClusterNode, Link } from '../graph.ts';
import { type PlacedHost, placeHost, placeRow, poolHeight, type RowPlan, rowsOf } from './host-rows.ts';
import { lanesHeight } from './lanes.ts';
import type { Box, Wire } from './layout-types.ts';
import { isOverview, isWired, type Level, METRICS, type Overrides, RACK_LABEL, RAIL } from './metrics.ts';
import { netBuilder } from './nets.ts';
import { portAt, VM_H, VM_W, vmPlaces } from './open.ts';
import { planTiers, routeTiers, type TierNet, type TierPlan, type TierRow } from './tiers.ts';

/** A cluster laid out at its own origin. */
export interface PlacedCluster {
  readonly w: number;
  readonly h: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  /** Where the wires of a hub enter, from the cluster's left, by hub and side (`id|a`); only where hosts have stubs of their own. */
  readonly entries: ReadonlyMap<string, number>;
}

/** What is known of a cluster before its final width: rows of hosts and the wires between them. */
export interface ClusterPlan {
  readonly cluster: ClusterNode;
  /** That of its hosts, where they are not expanded themselves. */
  readonly level: Level;
  /** Its level is its own, not that of the layout. */
  readonly own: boolean;
  readonly collapsed: boolean;
  readonly overrides: Overrides;
  readonly columns: number;
  readonly rows: readonly RowPlan[];
  readonly nets: readonly TierNet[];
  readonly tiers: TierPlan;
  readonly gutter: number;
  /** Room for VLANs above each row of hosts; 0 where none are shown. */
  readonly lanes: number;
  /** Least width. */
  readonly width: number;
  /** Height, which does not depend on the width. */
  readonly height: number;
  /** Height if each row were as high as most are: what the VMs on a host do not change. */
  readonly nominal: number;
}

/** The level of a cluster: expanded, it shows tiles at least. */
export function clusterLevel(id: string, level: Level, overrides: Overrides): Level {
  const small = isOverview(level) || level === 'chip' || level === 'label';
  return small && overrides.get(id) === 'expanded' ? 'tile' : level;
}

/** `links` are those that start at hosts of the cluster; `hubOf` says on which end of the picture a hub stands. */
export function planCluster(
  cluster: ClusterNode,
  around: Level,
  links: readonly Link[],
  hubOf: (id: string) => 'above' | 'below' | undefined,
  overrides: Overrides,
  withLanes = false,
): ClusterPlan {
  const level = clusterLevel(cluster.id, around, overrides);
  const m = METRICS[level];
  const collapsed = overrides.get(cluster.id) === 'collapsed';
  const { columns, rows } = collapsed ? { columns: 1, rows: [] } : rowsOf(cluster, level);
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
  const nets = builder.nets();
  const tiers = planTiers(
    rows.map((r) => r.ids),
    nets,
  );
  const lanes = Math.max(tiers.left, tiers.right);
  const gutter = m.clusterPad + Math.max(0, lanes - 1) * RAIL;
  const wide = frameColumns(Math.max(columns, Math.min(m.minColumns, level === 'chip' ? 6 : 3)));
  const plan = {
    cluster,
    level,
    own: level !== around,
    collapsed,
    overrides,
    columns,
    rows,
    nets,
    tiers,
    gutter,
    lanes: withLanes && isWired(level) ? lanesHeight(links, cluster.hosts) : 0,
    width: 0,
    height: 0,
    nominal: m.clusterHeader + rows.filter((r) => !r.racks).length * (NOMINAL[level] ?? m.hostH) + m.clusterPad,
  };
  const uniform = wide * m.hostW + (wide - 1) * m.gap;
  const opened = Math.max(0, ...rows.map((row) => placeRow(plan, row, m.hostW).w));
  const width = 2 * gutter + Math.max(uniform, opened);
  const placed = place({ ...plan, width }, width, 0);
  const sized = { ...plan, width, height: placed.h };
  placements.set(sized, new Map([[`${width} ${placed.h}`, placed]]));
  return sized;
}

const NOMINAL: Readonly<Partial<Record<Level, number>>> = { card: 260, open: 440 };

/** A frame is three columns wide, or four, six and so on: most hosts that are added leave it as it is. */
const frameColumns = (columns: number): number =>
  columns <= 4 ? columns : ([6, 8, 12, 20].find((step) => columns <= step) ?? columns);

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
  const { cluster, level, columns, gutter } = plan;
  const m = METRICS[level];
  const inner = width - 2 * gutter;
  const fit = Math.floor((inner + m.gap) / Math.max(columns, m.minColumns)) - m.gap;
  const rigid = isWired(level) || plan.rows.some((r) => r.hosts.some((h) => plan.overrides.get(h.id) === 'expanded'));
  const hostW = rigid ? m.hostW : Math.max(m.hostW, Math.min(Math.floor(m.hostW * 1.6), fit));
  const placedRows = plan.rows.map((row) => placeRow(plan, row, hostW));
  const rows = placedRows.map(
    ({ h, hosts }, r): TierRow => ({
      h: h + (hosts.length > 0 ? plan.lanes : 0),
      nodes: hosts.map((p) => ({ id: p.host.id, x: gutter + p.x, w: p.w, dy: plan.lanes, h: p.h })),
      ...(plan.rows[r]?.racks ? { below: 5 } : {}),
    }),
  );
  const open = new Map(placedRows.flatMap((r) => r.hosts).flatMap((p) => (p.level === 'open' ? [[p.host.id, p]] : [])));
  const tiers = open.size > 0 ? withPorts(plan, open) : plan.tiers;
  const routed = routeTiers(rows, tiers, {
    width,
    labelRoom: 11,
    gap: m.gap,
    trunkAt: 9,
    inset: stubInset(plan, m.hostW),
  });
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
  let bottom = top + routed.height;
  const wiredBelow = routed.wires.some((w) => w.key.endsWith('|u'));
  const pooled = cluster.pool.length > 0 && !plan.collapsed;
  if (pooled) {
    const y = bottom + (rows.length > 0 ? m.gap : 0);
    const id = `${cluster.id}/pool`;
    const spread = level === 'open' || plan.overrides.get(id) === 'expanded';
    const h = poolHeight(cluster, inner, spread);
    const box: Box = { id, kind: 'vm-pool', parent: cluster.id, x: gutter, y, w: inner, h };
    boxes.push(spread && level !== 'open' ? { ...box, level: 'open' } : box);
    if (spread) {
      for (const vm of vmPlaces(cluster.pool, inner))
        boxes.push({ ...VM_BOX, id: vm.id, parent: id, x: gutter + vm.x, y: y + 28 + vm.y });
    }
    bottom = y + h;
  } else if (cluster.hosts.length === 0) bottom = top + 6;
  const natural = plan.collapsed ? top : bottom + (wiredBelow && !pooled ? 0 : m.clusterPad);
  const h = Math.max(natural, height);
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
  return { w: width, h, boxes: [frame, ...boxes], wires, entries: routed.exits };
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
