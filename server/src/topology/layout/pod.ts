import type { ArrayNode, ClusterNode, SwitchNode } from '../graph.ts';
import { arrayMinWidth } from './array.ts';
import { type ClusterPlan, type PlacedCluster, placeCluster, planCluster } from './cluster.ts';
import { flow, type SiteContext, stepUp, stretch } from './context.ts';
import { arrayRow, type DeviceRow, splitArrays, switchRow, switchRowWidth } from './devices.ts';
import { type Box, type LabelSlot, moveBox, moveWire, type Wire } from './layout-types.ts';
import { LABEL_ROOM } from './metrics.ts';
import { netBuilder } from './nets.ts';
import type { Pod } from './pods.ts';
import { clusterStructure } from './structure.ts';
import { planTiers, routeTiers, type TierNet, type TierPlan, type TierRow } from './tiers.ts';

/** Plans of clusters kept; the oldest go first. */
const MOST_KEPT = 1_000;

const GAP = 12;
const TRUNK = 8;
/** About what lies between two rows of clusters, and what switches and arrays take. */
const ROW = 30;
const DEVICES = 160;

export interface PodPlan {
  readonly pod: Pod;
  readonly rows: readonly (readonly ClusterPlan[])[];
  readonly width: number;
  /** Height as its clusters have it nominally. */
  readonly nominal: number;
}

/** A pod at its own origin. */
export interface PlacedPod {
  readonly id: string;
  readonly w: number;
  readonly h: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly labels: readonly LabelSlot[];
  /** Where the wires of hubs outside the pod leave it at the bottom, by hub and side. */
  readonly exits: ReadonlyMap<string, number>;
}

const some = <T extends { readonly id: string }>(all: readonly T[], ids: readonly string[]): T[] =>
  ids.flatMap((id) => all.find((n) => n.id === id) ?? []);

const gutter = (lanes: number): number => (lanes === 0 ? 0 : TRUNK + lanes * 7 + 3);

const known = new WeakMap<SiteContext, Map<string, readonly TierNet[]>>();

/** Nets of a pod. */
function netsOf(ctx: SiteContext, pod: Pod): readonly TierNet[] {
  const byPod = known.get(ctx) ?? new Map<string, readonly TierNet[]>();
  known.set(ctx, byPod);
  const nets = byPod.get(pod.id) ?? collectNets(ctx, pod);
  byPod.set(pod.id, nets);
  return nets;
}

function collectNets(ctx: SiteContext, pod: Pod): readonly TierNet[] {
  const builder = netBuilder();
  const inside = new Set([...pod.switches, ...pod.fabrics, ...pod.arrays]);
  for (const id of pod.clusters) {
    for (const { id: link, to: hub, kind, side } of ctx.clusterLinks.get(id) ?? []) {
      const key = `${hub}|${side}`;
      const outside = inside.has(hub) ? {} : { outside: 'below' as const };
      builder.add({ key, kind, side, hub, ...outside }, { id }, link);
    }
  }
  for (const { id, from, to, kind, side } of ctx.deviceLinks) {
    if (!inside.has(from) || !inside.has(to) || kind === 'trunk') continue;
    builder.add({ key: `${from}|${side}`, kind, side, hub: from }, { id: to }, id);
  }
  return builder.nets();
}

/** A cluster that is built as it was keeps its plan. */
function keptCluster(ctx: SiteContext, cluster: ClusterNode): ClusterPlan {
  const { level, layer, overrides, kept } = ctx;
  const links = ctx.clusterLinks.get(cluster.id) ?? [];
  const make = (): ClusterPlan => planCluster(cluster, level, links, ctx.hubOf, overrides, layer === 'network');
  if (!kept) return make();
  const structure = clusterStructure(cluster, links, ctx);
  const key = `${level} ${layer} ${cluster.id}`;
  const known = kept.get(key);
  if (known?.structure === structure) return known.plan;
  const plan = make();
  kept.delete(key);
  kept.set(key, { structure, plan });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return plan;
}

/** The pod's clusters in rows no wider than `target`, or than a share of its own area when no target is given. */
export function planPod(ctx: SiteContext, pod: Pod, target?: number): PodPlan {
  const plans = pod.clusters.flatMap((id) => {
    const cluster = ctx.clusters.get(id);
    return cluster ? [keptCluster(ctx, cluster)] : [];
  });
  const area = plans.reduce((sum, p) => sum + p.width * p.nominal, 0);
  const goal = Math.max(target ?? stepUp(Math.sqrt(area * 1.3), 480), ...plans.map((p) => p.width));
  const rows = flow(plans, (p) => p.width, GAP, goal);
  const sides = sidesOf(ctx, pod, rows);
  const clusters = Math.max(0, ...rows.map((r) => r.reduce((sum, p) => sum + p.width + GAP, -GAP)));
  const arrays = pod.arrays.length > 0 ? arrayMinWidth(ctx.level) : 0;
  const switches = Math.max(
    switchRowWidth(pod.switches.length, ctx.level),
    switchRowWidth(pod.fabrics.length, ctx.level),
  );
  const width = Math.max(clusters, switches, arrays) + sides;
  const nominal = rows.reduce((sum, r) => sum + Math.max(...r.map((p) => p.nominal)) + ROW, DEVICES);
  return { pod, rows, width, nominal };
}

/** Room that the gutters of a pod may need: that of every array in a row of its own. */
function sidesOf(ctx: SiteContext, pod: Pod, rows: readonly (readonly ClusterPlan[])[]): number {
  const { left, right } = tierPlan(
    ctx,
    pod,
    rows,
    pod.arrays.map((id) => [id]),
  ).tiers;
  return gutter(left) + gutter(right);
}

function tierPlan(
  ctx: SiteContext,
  pod: Pod,
  rows: readonly (readonly ClusterPlan[])[],
  arrayIds: readonly (readonly string[])[] = [pod.arrays],
  at?: (cluster: string, net: string) => number | undefined,
): { tiers: TierPlan; rowIds: string[][] } {
  const rowIds = [
    [...pod.switches],
    ...rows.map((r) => r.map((p) => p.cluster.id)),
    [...pod.fabrics],
    ...arrayIds.map((ids) => [...ids]),
  ].filter((ids) => ids.length > 0);
  const nets = netsOf(ctx, pod);
  return { tiers: planTiers(rowIds, at ? nets.map((net) => entering(net, at)) : nets), rowIds };
}

/** The net with the places where its wires enter clusters that say so. */
const entering = (net: TierNet, at: (cluster: string, net: string) => number | undefined): TierNet => ({
  ...net,
  spokes: net.spokes.map((s) => {
    const x = at(s.id, net.key);
    return x === undefined ? s : { ...s, at: x };
  }),
});

const placements = new WeakMap<PodPlan, Map<number, PlacedPod>>();

/** Places a planned pod in at least `plan.width`. */
export function placePod(ctx: SiteContext, plan: PodPlan, width: number): PlacedPod {
  const byWidth = placements.get(plan) ?? new Map<number, PlacedPod>();
  placements.set(plan, byWidth);
  const placed = byWidth.get(width) ?? place(ctx, plan, width);
  byWidth.set(width, placed);
  return placed;
}

function place(ctx: SiteContext, plan: PodPlan, width: number): PlacedPod {
  const { pod } = plan;
  // Arrays may need several rows; their number follows from the width alone.
  const arrays = some<ArrayNode>(ctx.site.arrays, pod.arrays);
  const arrayTiers = splitArrays(arrays, ctx.level, width - sidesOf(ctx, pod, plan.rows));
  const arrayIds = arrayTiers.map((r) => r.map((a) => a.id));
  const { tiers, rowIds } = tierPlan(ctx, pod, plan.rows, arrayIds);
  const spans = (r: number, side: 'a' | 'b'): boolean =>
    tiers.parts.some((p) => p.trunk && p.net.side === side && p.from <= r && (p.to > r || p.net.outside === 'below'));
  const left = (r: number): number => (spans(r, 'a') ? gutter(tiers.left) : 0);
  const right = (r: number): number => (spans(r, 'b') ? gutter(tiers.right) : 0);

  const rows: TierRow[] = [];
  const boxes: { row: number; boxes: readonly Box[] }[] = [];
  const placed: { row: number; x: number; placed: PlacedCluster; id: string }[] = [];
  const push = (device: DeviceRow): void => {
    boxes.push({ row: rows.length, boxes: device.boxes });
    rows.push(device.row);
  };
  const inner = (r: number): number => width - left(r) - right(r);
  if (pod.switches.length > 0)
    push(switchRow(some<SwitchNode>(ctx.site.switches, pod.switches), ctx.level, left(0), inner(0)));
  // Wires that pass a row of clusters on their way from below are in the gutter; the row's clusters fill what is between.
  const clusterSpan = {
    left: Math.max(...rowIds.map((_, r) => left(r)), 0),
    right: Math.max(...rowIds.map((_, r) => right(r)), 0),
  };
  const alone = plan.rows.length === 1;
  for (const clusters of plan.rows) {
    const r = rows.length;
    const x0 = alone ? left(r) : clusterSpan.left;
    const room = width - x0 - (alone ? right(r) : clusterSpan.right);
    const used = clusters.reduce((sum, p) => sum + p.width + GAP, -GAP);
    const h = Math.max(...clusters.map((p) => p.height));
    let x = x0;
    const nodes = clusters.map((p, i) => {
      const w = i === clusters.length - 1 ? p.width + stretch(used, room, clusters.length) : p.width;
      const cluster = placeCluster(p, w, h);
      placed.push({ row: r, x, placed: cluster, id: p.cluster.id });
      const node = { id: p.cluster.id, x, w, dy: 0, h: cluster.h };
      x += w + GAP;
      return node;
    });
    rows.push({ h, nodes });
  }
  if (pod.fabrics.length > 0) {
    const r = rows.length;
    push(switchRow(some<SwitchNode>(ctx.site.switches, pod.fabrics), ctx.level, left(r), inner(r)));
  }
  for (const some of arrayTiers) {
    const r = rows.length;
    push(arrayRow(some, ctx.level, ctx.layer, ctx.overrides, left(r), inner(r)));
  }
  const entries = new Map(placed.map((p) => [p.id, p.placed.entries]));
  const routed = routeTiers(rows, tierPlan(ctx, pod, plan.rows, arrayIds, (c, net) => entries.get(c)?.get(net)).tiers, {
    width,
    labelRoom: LABEL_ROOM,
    gap: GAP,
    trunkAt: TRUNK,
    inset: 12,
    least: 28,
  });
  const y = (row: number): number => routed.rowY[row] ?? 0;
  return {
    id: pod.id,
    w: width,
    h: routed.height,
    boxes: [
      ...boxes.flatMap((b) => b.boxes.map((box) => moveBox(box, 0, y(b.row)))),
      ...placed.flatMap((p) => p.placed.boxes.map((box) => moveBox(box, p.x, y(p.row)))),
    ],
    wires: [
      ...routed.wires.map((w): Wire => ({ ...w, key: `${w.key}|${pod.id}` })),
      ...placed.flatMap((p) => p.placed.wires.map((w) => moveWire(w, p.x, y(p.row)))),
    ],
    labels: routed.labels,
    exits: routed.exits,
  };
}
