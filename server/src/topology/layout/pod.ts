import type { ArrayNode, SwitchNode } from '../graph.ts';
import { arrayMinWidth } from './array.ts';
import { type PlacedCluster, placeCluster } from './cluster.ts';
import { type SiteContext, stretch } from './context.ts';
import { arrayRow, type DeviceRow, splitArrays, switchRow, switchRowWidth } from './devices.ts';
import { type HeldFrame, type HeldPod, type HeldRow, heldRows, splitAsBefore } from './held.ts';
import { type Box, type LabelSlot, moveBox, moveWire, type Wire } from './layout-types.ts';
import { LABEL_ROOM } from './metrics.ts';
import { netBuilder } from './nets.ts';
import { type CellRow, clustersOf, freshCell, freshRows, POD_GAP as GAP, keptRows } from './pod-rows.ts';
import type { Pod } from './pods.ts';
import { planTiers, routeTiers, type TierNet, type TierPlan, type TierRow } from './tiers.ts';

const TRUNK = 8;
/** About what lies between two rows of clusters, and what switches and arrays take. */
const ROW = 30;
const DEVICES = 160;

export interface PodPlan {
  readonly pod: Pod;
  readonly rows: readonly CellRow[];
  readonly width: number;
  /** About how high it is. */
  readonly height: number;
  /** What it was before. */
  readonly held?: HeldPod;
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
  /** Without its place. */
  readonly held: Omit<HeldPod, 'x' | 'row'>;
  /** How much wider it would have to be. */
  readonly lacks: number;
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

/** The pod with its clusters in rows that fill a picture of this width over height. */
export function planPod(ctx: SiteContext, pod: Pod, aspect: number): PodPlan {
  const cells = clustersOf(ctx, pod).map((cluster) => freshCell(ctx, cluster));
  const devices = [...pod.switches, ...pod.fabrics, ...pod.arrays].length > 0 ? DEVICES : 0;
  return sized(ctx, pod, freshRows(ctx, cells, { row: ROW, around: devices, aspect }));
}

/** The pod as it was before, as far as what it holds has room there. */
export function planKeptPod(ctx: SiteContext, pod: Pod, held: HeldPod): PodPlan {
  const rows = keptRows(ctx, pod, held);
  const plan = { ...sized(ctx, pod, rows), width: Math.max(held.w, deviceWidth(ctx, pod, rows)), held };
  const { lacks } = placePod(ctx, plan, plan.width);
  return lacks > 0 ? { ...plan, width: plan.width + lacks } : plan;
}

function sized(ctx: SiteContext, pod: Pod, rows: readonly CellRow[]): PodPlan {
  const clusters = Math.max(0, ...rows.map((r) => r.cells.reduce((sum, { plan }) => sum + plan.width + GAP, -GAP)));
  const width = Math.max(clusters + sidesOf(ctx, pod, rows), deviceWidth(ctx, pod, rows));
  const height = rows.reduce((sum, r) => sum + Math.max(...r.cells.map(({ plan }) => plan.height)) + ROW, DEVICES);
  return { pod, rows, width, height };
}

/** What switches and arrays need. */
function deviceWidth(ctx: SiteContext, pod: Pod, rows: readonly CellRow[]): number {
  const arrays = pod.arrays.length > 0 ? arrayMinWidth(ctx.level) : 0;
  const switches = Math.max(
    switchRowWidth(pod.switches.length, ctx.level),
    switchRowWidth(pod.fabrics.length, ctx.level),
  );
  return Math.max(switches, arrays) + sidesOf(ctx, pod, rows);
}

/** Room that the gutters of a pod may need: that of every array in a row of its own. */
function sidesOf(ctx: SiteContext, pod: Pod, rows: readonly CellRow[]): number {
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
  rows: readonly CellRow[],
  arrayIds: readonly (readonly string[])[] = [pod.arrays],
  at?: (cluster: string, net: string) => number | undefined,
): { tiers: TierPlan; rowIds: string[][] } {
  const rowIds = [
    [...pod.switches],
    ...rows.map((r) => r.cells.map(({ plan }) => plan.cluster.id)),
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
  const { pod, held } = plan;
  // Arrays may need several rows; their number follows from the width alone.
  const arrays = some<ArrayNode>(ctx.site.arrays, pod.arrays);
  const arrayTiers =
    splitAsBefore(arrays, held) ?? splitArrays(arrays, ctx.level, width - sidesOf(ctx, pod, plan.rows));
  const arrayIds = arrayTiers.map((r) => r.map((a) => a.id));
  const { tiers, rowIds } = tierPlan(ctx, pod, plan.rows, arrayIds);
  const spans = (r: number, side: 'a' | 'b'): boolean =>
    tiers.parts.some((p) => p.trunk && p.net.side === side && p.from <= r && (p.to > r || p.net.outside === 'below'));
  const left = (r: number, before?: HeldRow): number =>
    Math.max(before?.left ?? 0, spans(r, 'a') ? gutter(tiers.left) : 0);
  const right = (r: number, before?: HeldRow): number =>
    Math.max(before?.right ?? 0, spans(r, 'b') ? gutter(tiers.right) : 0);

  const rows: (TierRow & { readonly key: string; readonly left: number; readonly right: number })[] = [];
  const boxes: { row: number; boxes: readonly Box[] }[] = [];
  const placed: { row: number; x: number; placed: PlacedCluster; id: string }[] = [];
  const frames = new Map<string, HeldFrame>();
  let lacks = 0;
  const push = (key: string, make: (x: number, width: number, least: number) => DeviceRow): void => {
    const r = rows.length;
    const before = held?.rows.get(key);
    const sides = { left: left(r, before), right: right(r, before) };
    const device = make(sides.left, width - sides.left - sides.right, before?.h ?? 0);
    boxes.push({ row: r, boxes: device.boxes });
    rows.push({ ...device.row, key, ...sides, y: before?.y });
  };
  if (pod.switches.length > 0)
    push('switches', (x, w) => switchRow(some<SwitchNode>(ctx.site.switches, pod.switches), ctx.level, x, w));
  // Wires that pass a row of clusters on their way from below are in the gutter; the row's clusters fill what is between.
  const clusterSpan = {
    left: Math.max(...rowIds.map((_, r) => left(r)), 0),
    right: Math.max(...rowIds.map((_, r) => right(r)), 0),
  };
  const alone = plan.rows.length === 1;
  for (const { key, cells } of plan.rows) {
    const r = rows.length;
    const before = held?.rows.get(key);
    const sides = {
      left: Math.max(before?.left ?? 0, alone ? left(r) : clusterSpan.left),
      right: Math.max(before?.right ?? 0, alone ? right(r) : clusterSpan.right),
    };
    const room = width - sides.left - sides.right;
    const used = cells.reduce((sum, { plan: p }) => sum + p.width + GAP, -GAP);
    const h = Math.max(before?.h ?? 0, ...cells.map(({ plan: p }) => p.height));
    let x = sides.left;
    const nodes = cells.map(({ plan: p, structure, ...kept }, i) => {
      x = Math.max(x, kept.x ?? 0);
      const isLast = i === cells.length - 1 && !before;
      const w = isLast ? p.width + stretch(used, room, cells.length) : Math.max(p.width, kept.w ?? 0);
      const cluster = placeCluster(p, w, h);
      const id = p.cluster.id;
      placed.push({ row: r, x, placed: cluster, id });
      frames.set(id, { row: key, x, w, h: cluster.h, structure, plan: p, inner: cluster.hosts });
      const node = { id, x, w, dy: 0, h: cluster.h };
      x += w + GAP;
      return node;
    });
    lacks = Math.max(lacks, x - GAP - (width - sides.right));
    rows.push({ h, nodes, key, ...sides, y: before?.y });
  }
  if (pod.fabrics.length > 0)
    push('fabrics', (x, w) => switchRow(some<SwitchNode>(ctx.site.switches, pod.fabrics), ctx.level, x, w));
  arrayTiers.forEach((list, i) => {
    push(`arrays ${i}`, (x, w, least) => arrayRow(list, ctx.level, ctx.layer, ctx.overrides, x, w, least));
  });
  const entries = new Map(placed.map((p) => [p.id, p.placed.entries]));
  const routed = routeTiers(rows, tierPlan(ctx, pod, plan.rows, arrayIds, (c, net) => entries.get(c)?.get(net)).tiers, {
    width,
    labelRoom: LABEL_ROOM,
    gap: GAP,
    trunkAt: TRUNK,
    inset: 12,
    least: 28,
    height: held?.h,
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
    held: { id: pod.id, w: width, h: routed.height, rows: heldRows(rows, routed.rowY), frames },
    lacks: Math.max(0, lacks),
  };
}
