import type { ClusterNode, Link } from '../graph.ts';
import type { Box, Wire } from './layout-types.ts';
import { CARD_HEAD, cardHeight, columnsFor, type Level, METRICS, RAIL } from './metrics.ts';
import { netBuilder } from './nets.ts';
import { planTiers, routeTiers, type TierPlan, type TierRow } from './tiers.ts';

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
  readonly level: Level;
  readonly columns: number;
  readonly rows: readonly (readonly string[])[];
  readonly tiers: TierPlan;
  readonly gutter: number;
  /** Least width. */
  readonly width: number;
  /** Height, which does not depend on the width. */
  readonly height: number;
}

const POOL_H = 74;

/** `links` are those that start at hosts of the cluster; `hubOf` says on which end of the picture a hub stands. */
export function planCluster(
  cluster: ClusterNode,
  level: Level,
  links: readonly Link[],
  hubOf: (id: string) => 'above' | 'below' | undefined,
): ClusterPlan {
  const m = METRICS[level];
  const columns = columnsFor(level, cluster.hosts.length);
  const rows: string[][] = [];
  cluster.hosts.forEach((host, i) => {
    const row = Math.floor(i / columns);
    rows[row] = [...(rows[row] ?? []), host.id];
  });
  const builder = netBuilder();
  if (level === 'card') {
    const hosts = new Set(cluster.hosts.map((h) => h.id));
    for (const link of links) {
      const outside = hubOf(link.to);
      if (!outside || !hosts.has(link.from)) continue;
      const { kind, side, to: hub } = link;
      builder.add({ key: `${hub}|${side}`, kind, side, hub, outside }, { id: link.from }, link.id);
    }
  }
  const tiers = planTiers(rows, builder.nets());
  const lanes = Math.max(tiers.left, tiers.right);
  const gutter = m.clusterPad + Math.max(0, lanes - 1) * RAIL;
  const wide = Math.max(columns, Math.min(m.minColumns, level === 'chip' ? 6 : 3));
  const width = 2 * gutter + wide * m.hostW + (wide - 1) * m.gap;
  const plan = { cluster, level, columns, rows, tiers, gutter, width, height: 0 };
  return { ...plan, height: placeCluster(plan, width).h };
}

/** Places a planned cluster in the width it was given, at least `plan.width`; `height` stretches its frame. */
export function placeCluster(plan: ClusterPlan, width: number, height = 0): PlacedCluster {
  const { cluster, level, columns, gutter } = plan;
  const m = METRICS[level];
  const inner = width - 2 * gutter;
  const fit = Math.floor((inner + m.gap) / Math.max(columns, m.minColumns)) - m.gap;
  const hostW = level === 'card' ? m.hostW : Math.max(m.hostW, Math.min(Math.floor(m.hostW * 1.25), fit));
  const byId = new Map(cluster.hosts.map((h) => [h.id, h]));
  const rows = plan.rows.map((ids): TierRow => {
    const heights = ids.map((id) =>
      level === 'card' ? cardHeight(byId.get(id)?.vms.filter((v) => !v.off).length ?? 0) : m.hostH,
    );
    const h = Math.max(level === 'card' ? CARD_HEAD : m.hostH, ...heights);
    return { h, nodes: ids.map((id, i) => ({ id, x: gutter + i * (hostW + m.gap), w: hostW, dy: 0, h })) };
  });
  const routed = routeTiers(rows, plan.tiers, { width, labelRoom: 11, gap: m.gap, trunkAt: 9, inset: hostW / 2 - 9 });
  const top = m.clusterHeader;
  const boxes: Box[] = [{ id: cluster.id, kind: 'cluster', x: 0, y: 0, w: width, h: 0 }];
  rows.forEach((row, r) => {
    for (const n of row.nodes) {
      boxes.push({
        id: n.id,
        kind: 'host',
        parent: cluster.id,
        x: n.x,
        y: top + (routed.rowY[r] ?? 0),
        w: n.w,
        h: n.h,
      });
    }
  });
  let bottom = top + routed.height;
  const wiredBelow = routed.wires.some((w) => w.key.endsWith('|u'));
  if (cluster.pool.length > 0) {
    const y = bottom + (rows.length > 0 ? m.gap : 0);
    boxes.push({ id: `${cluster.id}/pool`, kind: 'vm-pool', parent: cluster.id, x: gutter, y, w: inner, h: POOL_H });
    bottom = y + POOL_H;
  } else if (cluster.hosts.length === 0) bottom = top + 6;
  const natural = bottom + (wiredBelow && cluster.pool.length === 0 ? 0 : m.clusterPad);
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
  const frame = { ...boxes[0], id: cluster.id, kind: 'cluster' as const, x: 0, y: 0, w: width, h };
  return { w: width, h, boxes: [frame, ...boxes.slice(1)], wires, entries: routed.exits };
}
