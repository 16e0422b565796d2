import type { SwitchNode } from '../graph.ts';
import { arrayMinWidth } from './array.ts';
import type { RoutedBlock } from './block.ts';
import { flow, type SiteContext, stepUp, stretch } from './context.ts';
import { arrayRow, coreRow, coreRowWidth, type DeviceRow, splitArrays, switchRow, switchRowWidth } from './devices.ts';
import { type Box, type LabelSlot, moveBox, moveLabel, moveWire, type Wire } from './layout-types.ts';
import { LABEL_ROOM, METRICS } from './metrics.ts';
import { netBuilder } from './nets.ts';
import { type PlacedPod, type PodPlan, placePod, planPod } from './pod.ts';
import { planTiers, routeTiers, type TierNet, type TierNode, type TierRow } from './tiers.ts';

const GAP = 12;
const TRUNK = 8;

export interface PlacedSite {
  readonly w: number;
  readonly h: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly labels: readonly LabelSlot[];
  readonly groups: ReadonlyMap<string, string>;
}

export interface SitePlan {
  readonly ctx: SiteContext;
  readonly shelves: readonly (readonly PodPlan[])[];
  readonly width: number;
}

const gutter = (lanes: number): number => (lanes === 0 ? 0 : TRUNK + lanes * 7 + 3);

/** Widths first: pods on shelves of a stepped width. */
export function planSite(ctx: SiteContext): SitePlan {
  const pods = ctx.parts.pods;
  const rough = pods.map((pod) => planPod(ctx, pod));
  const area = rough.reduce((sum, p) => sum + p.width * p.nominal, 0);
  const target = stepUp(Math.sqrt(area * 1.9), ctx.level === 'chip' ? 560 : 740, 1.25);
  const only = pods[0];
  const plans = only && pods.length === 1 ? [planPod(ctx, only, target)] : rough;
  const shelves = flow(plans, (p) => p.width, GAP, target);
  const widest = Math.max(0, ...shelves.map((s) => s.reduce((sum, p) => sum + p.width + GAP, -GAP)));
  const m = METRICS[ctx.level];
  const sides = sidesOf(ctx, shelves);
  const devices = Math.max(
    switchRowWidth(ctx.parts.fabrics.length, ctx.level),
    ctx.parts.arrays.length > 0 ? arrayMinWidth(ctx.level) : 0,
    ...coreTiers(ctx).map((tier) => coreRowWidth(tier.length, ctx.level)),
    240,
  );
  return { ctx, shelves, width: 2 * m.sitePad + Math.max(widest, devices) + sides };
}

/** Room that the gutters of a site may need: that of every shared array in a row of its own. */
function sidesOf(ctx: SiteContext, shelves: readonly (readonly PodPlan[])[], block?: RoutedBlock): number {
  const { left, right } = siteTiers(
    ctx,
    shelves,
    block,
    ctx.parts.arrays.map((id) => [id]),
  ).plan;
  return gutter(left) + gutter(right);
}

/** Cores by tier, the uppermost first: a core stands below the ones it leads to. */
function coreTiers(ctx: SiteContext): string[][] {
  const cores = new Set(ctx.parts.cores);
  const upper = new Map<string, string[]>();
  for (const l of ctx.deviceLinks)
    if (cores.has(l.from) && cores.has(l.to)) upper.set(l.from, [...(upper.get(l.from) ?? []), l.to]);
  const depth = (id: string, seen: ReadonlySet<string>): number => {
    if (seen.has(id)) return 0;
    const next = new Set(seen).add(id);
    return Math.max(0, ...(upper.get(id) ?? []).map((u) => 1 + depth(u, next)));
  };
  const tiers: string[][] = [];
  for (const id of ctx.parts.cores) {
    const d = depth(id, new Set());
    tiers[d] = [...(tiers[d] ?? []), id];
  }
  return tiers.filter((t) => t.length > 0);
}

const foot = (id: string): string => `${id}^`;

function siteTiers(
  ctx: SiteContext,
  shelves: readonly (readonly PodPlan[])[],
  block?: RoutedBlock,
  arrayIds?: readonly (readonly string[])[],
) {
  const { parts } = ctx;
  const tiers = block ? [block.nodes.filter((n) => n.h <= 6).map((n) => foot(n.id))] : coreTiers(ctx);
  const rowIds = [
    ...tiers,
    ...shelves.map((s) => s.flatMap((p) => [...p.pod.switches, p.pod.id])),
    ...(parts.fabrics.length > 0 ? [parts.fabrics] : []),
    ...(arrayIds ?? (parts.arrays.length > 0 ? [parts.arrays] : [])),
  ];
  const builder = netBuilder();
  for (const { id, from, to, kind, side } of ctx.deviceLinks) {
    if (kind !== 'trunk') builder.add({ key: `${from}|${side}`, kind, side, hub: from }, { id: to }, id);
    else if (!block) builder.add({ key: `${to}|${side}`, kind, side, hub: to, centred: true }, { id: from }, id);
    else if (!parts.cores.includes(from)) {
      builder.add({ key: foot(from), kind, side, hub: foot(from), centred: true }, { id: from }, id);
    }
  }
  const shared = new Set([...parts.fabrics, ...parts.arrays]);
  for (const plan of shelves.flat()) {
    for (const cluster of plan.pod.clusters) {
      for (const link of ctx.clusterLinks.get(cluster) ?? []) {
        if (!shared.has(link.to)) continue;
        const { kind, side, to: hub } = link;
        builder.add({ key: `${hub}|${side}`, kind, side, hub }, { id: plan.pod.id, silent: true }, link.id);
      }
    }
  }
  const nets = builder.nets();
  return { rowIds, tiers, nets, plan: planTiers(rowIds, nets) };
}

/** Places a planned site at its own origin in at least `plan.width`. */
export function placeSite(plan: SitePlan, width: number, block?: RoutedBlock): PlacedSite {
  const { ctx, shelves } = plan;
  const m = METRICS[ctx.level];
  const inner = width - 2 * m.sitePad;
  const arrays = ctx.site.arrays.filter((a) => ctx.parts.arrays.includes(a.id));
  const arrayTiers = splitArrays(arrays, ctx.level, inner - sidesOf(ctx, shelves, block));
  const arrayIds = arrayTiers.map((r) => r.map((a) => a.id));
  const tiers = siteTiers(ctx, shelves, block, arrayIds);
  const spans = (r: number, side: 'a' | 'b'): boolean =>
    tiers.plan.parts.some((p) => p.trunk && p.net.side === side && p.from <= r && p.to > r);
  const left = (r: number): number => (spans(r, 'a') ? gutter(tiers.plan.left) : 0);
  const right = (r: number): number => (spans(r, 'b') ? gutter(tiers.plan.right) : 0);

  const rows: TierRow[] = [];
  const parts: {
    row: number;
    dx: number;
    boxes: readonly Box[];
    wires: readonly Wire[];
    labels: readonly LabelSlot[];
  }[] = [];
  const exits = new Map<string, ReadonlyMap<string, number>>();
  const pushDevices = (device: DeviceRow): void => {
    parts.push({ row: rows.length, dx: 0, boxes: device.boxes, wires: [], labels: [] });
    rows.push(device.row);
  };
  if (block) {
    const dx = Math.max(0, Math.round((inner - block.w) / 2));
    parts.push({ row: 0, dx, boxes: blockBoxes(block, ctx), wires: blockWires(block, ctx), labels: [] });
    rows.push({
      h: block.h,
      nodes: block.nodes
        .filter((n) => n.h <= 6)
        .map((n): TierNode => ({ id: foot(n.id), x: n.x + dx, w: n.w, dy: n.y, h: n.h })),
    });
  } else {
    for (const tier of tiers.tiers) {
      const nodes = tier.flatMap((id): SwitchNode[] => ctx.site.switches.filter((s) => s.id === id));
      pushDevices(coreRow(nodes, ctx.level, left(rows.length), inner - left(rows.length) - right(rows.length)));
    }
  }
  for (const shelf of shelves) {
    const r = rows.length;
    const room = inner - left(r) - right(r);
    const used = shelf.reduce((sum, p) => sum + p.width + GAP, -GAP);
    let x = left(r);
    const nodes: TierNode[] = [];
    shelf.forEach((p, i) => {
      const w = i === shelf.length - 1 ? p.width + stretch(used, room) : p.width;
      const placed: PlacedPod = placePod(ctx, p, w);
      exits.set(p.pod.id, placed.exits);
      parts.push({ row: r, dx: x, boxes: placed.boxes, wires: placed.wires, labels: placed.labels });
      nodes.push({ id: p.pod.id, x, w, dy: 0, h: placed.h });
      for (const b of placed.boxes) {
        if (b.kind === 'switch' && p.pod.switches.includes(b.id))
          nodes.push({ id: b.id, x: x + b.x, w: b.w, dy: b.y, h: b.h });
      }
      x += w + GAP;
    });
    rows.push({ h: Math.max(0, ...nodes.map((n) => n.h)), nodes });
  }
  if (ctx.parts.fabrics.length > 0) {
    const nodes = ctx.parts.fabrics.flatMap((id) => ctx.site.switches.filter((s) => s.id === id));
    pushDevices(switchRow(nodes, ctx.level, left(rows.length), inner - left(rows.length) - right(rows.length)));
  }
  for (const some of arrayTiers) {
    const r = rows.length;
    pushDevices(arrayRow(some, ctx.level, ctx.layer, ctx.overrides, left(r), inner - left(r) - right(r)));
  }
  // The wires of shared storage leave a pod where the pod says so.
  const nets = tiers.nets.map(
    (net): TierNet => ({
      ...net,
      spokes: net.spokes.map((s) => {
        const at = exits.get(s.id)?.get(net.key);
        return at === undefined ? s : { ...s, at };
      }),
    }),
  );
  const routed = routeTiers(rows, planTiers(tiers.rowIds, nets), {
    width: inner,
    labelRoom: LABEL_ROOM,
    gap: GAP,
    trunkAt: TRUNK,
    inset: 12,
    least: 28,
  });
  const ox = m.sitePad;
  const oy = m.siteHeader;
  const y = (row: number): number => oy + (routed.rowY[row] ?? 0);
  const h = oy + routed.height + (rows.length > 0 ? m.sitePad : 0);
  const groups = new Map(shelves.flat().flatMap((p) => p.pod.clusters.map((c) => [c, p.pod.id] as const)));
  return {
    w: width,
    h,
    boxes: [
      { id: ctx.site.id, kind: 'site', x: 0, y: 0, w: width, h },
      ...parts.flatMap((p) =>
        p.boxes.map((b) => moveBox({ ...b, parent: b.parent ?? ctx.site.id }, ox + p.dx, y(p.row))),
      ),
    ],
    wires: [
      ...routed.wires.map((w): Wire => ({ ...moveWire(w, ox, oy), key: `${w.key}|${ctx.site.id}` })),
      ...parts.flatMap((p) => p.wires.map((w) => moveWire(w, ox + p.dx, y(p.row)))),
    ],
    labels: [
      ...routed.labels.map((l) => moveLabel(l, ox, oy)),
      ...parts.flatMap((p) => p.labels.map((l) => moveLabel(l, ox + p.dx, y(p.row)))),
    ],
    groups,
  };
}

const blockBoxes = (block: RoutedBlock, ctx: SiteContext): Box[] =>
  block.nodes
    .filter((n) => n.h > 6)
    .map((n) => ({ ...n, kind: ctx.site.switches.find((s) => s.id === n.id)?.kind ?? 'switch' }));

/** Every link of a block is a net of its own. */
function blockWires(block: RoutedBlock, ctx: SiteContext): Wire[] {
  const feet = new Set(block.nodes.filter((n) => n.h <= 6).map((n) => n.id));
  const sides = new Map(ctx.deviceLinks.map((l) => [l.id, l.side]));
  return block.edges.map((e) => ({
    key: `${e.from}>${e.to}`,
    kind: 'trunk',
    side: sides.get(e.links[0] ?? '') ?? 'a',
    hub: e.from,
    spokes: [{ id: feet.has(e.to) ? foot(e.to) : e.to, links: e.links, path: e.path }],
    joints: [],
  }));
}
