import type { SwitchNode } from '../graph.ts';
import { arrayMinWidth } from './array.ts';
import type { RoutedBlock } from './block.ts';
import { flow, type SiteContext, stretch } from './context.ts';
import { arrayRow, coreRow, coreRowWidth, type DeviceRow, splitArrays, switchRow, switchRowWidth } from './devices.ts';
import { type HeldPod, type HeldRow, type HeldSite, heldRows, splitAsBefore } from './held.ts';
import { type Box, type LabelSlot, moveBox, moveLabel, moveWire, type Wire } from './layout-types.ts';
import { LABEL_ROOM, METRICS } from './metrics.ts';
import { netBuilder } from './nets.ts';
import { ASPECT } from './pack.ts';
import { type PlacedPod, type PodPlan, placePod, planKeptPod, planPod } from './pod.ts';
import { freshCell } from './pod-rows.ts';
import type { Pod } from './pods.ts';
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
  readonly held?: HeldSite;
  /** How much wider it would have to be. */
  readonly lacks?: number;
  /** The area that its clusters ask for by themselves. */
  readonly need: number;
}

/** A pod on a shelf; where it stood before, it is not further left. */
interface ShelfPod {
  readonly plan: PodPlan;
  readonly x?: number;
}

interface Shelf {
  readonly key: string;
  readonly pods: readonly ShelfPod[];
}

export interface SitePlan {
  readonly ctx: SiteContext;
  readonly shelves: readonly Shelf[];
  readonly width: number;
  readonly held?: HeldSite;
}

const gutter = (lanes: number): number => (lanes === 0 ? 0 : TRUNK + lanes * 7 + 3);

/** Shapes that pods are tried in, as width over height. */
const ASPECTS = [ASPECT, 1, 0.7];
const TARGETS = 12;

/** Pods on shelves, in shapes in which all of them together need the smallest picture in the shape of a screen. */
export function planSite(ctx: SiteContext): SitePlan {
  const { pods } = ctx.parts;
  let best: { readonly size: number; readonly shelves: readonly (readonly PodPlan[])[] } = { size: 0, shelves: [] };
  for (const aspect of pods.length === 1 ? [ASPECT] : ASPECTS) {
    const plans = pods.map((pod) => planPod(ctx, pod, aspect));
    const least = Math.max(0, ...plans.map((p) => p.width));
    const most = plans.reduce((sum, p) => sum + p.width + GAP, -GAP);
    for (let i = 0; i <= TARGETS && plans.length > 0; i++) {
      const shelves = flow(plans, (p) => p.width, GAP, Math.ceil(least * (most / least) ** (i / TARGETS)));
      const width = Math.max(...shelves.map((s) => s.reduce((sum, p) => sum + p.width + GAP, -GAP)));
      const height = shelves.reduce((sum, s) => sum + Math.max(...s.map((p) => p.height)) + GAP, 0);
      const size = Math.max(width / ASPECT, height);
      if (best.shelves.length === 0 || size < best.size * 0.98) best = { size, shelves };
    }
  }
  return sized(
    ctx,
    best.shelves.map((row, i): Shelf => ({ key: shelfKey(i), pods: row.map((plan) => ({ plan })) })),
  );
}

const shelfKey = (n: number): string => `shelf ${n}`;

/** The site as it was before, as far as what it holds has room there; undefined where its clusters are parted in another way. */
export function planKeptSite(ctx: SiteContext, held: HeldSite, block?: RoutedBlock): SitePlan | undefined {
  const stood: { pod: Pod; before: HeldPod }[] = [];
  const come: Pod[] = [];
  for (const pod of ctx.parts.pods) {
    const before = podBefore(ctx, pod, held);
    if (before === 'parted') return undefined;
    if (before) stood.push({ pod, before });
    else come.push(pod);
  }
  if (new Set(stood.map((s) => s.before)).size < stood.length) return undefined;
  const shelves = [...held.rows.keys()].flatMap((key): Shelf[] => {
    const pods = stood
      .filter(({ before }) => before.row === key)
      .toSorted((a, b) => a.before.x - b.before.x)
      .map(({ pod, before }): ShelfPod => ({ plan: planKeptPod(ctx, pod, before), x: before.x }));
    return pods.length > 0 ? [{ key, pods }] : [];
  });
  let last = Math.max(-1, ...shelves.map((s) => Number(s.key.split(' ')[1])));
  const more = flow(
    come.map((pod) => planPod(ctx, pod, ASPECT)),
    (p) => p.width,
    GAP,
    held.w,
  ).map((row): Shelf => ({ key: shelfKey(++last), pods: row.map((plan) => ({ plan })) }));
  const all = [...shelves, ...more];
  const plan = { ctx, shelves: all, width: Math.max(held.w, deviceWidth(ctx, all)), held };
  const { lacks = 0 } = placeSite(plan, plan.width, block);
  return lacks > 0 ? { ...plan, width: plan.width + lacks } : plan;
}

/** The pod that this one was before. */
function podBefore(ctx: SiteContext, pod: Pod, held: HeldSite): HeldPod | 'parted' | undefined {
  const old = new Set(pod.clusters.flatMap((id) => ctx.heirs.get(id) ?? []));
  const found = held.pods.filter((p) => [...p.frames.keys()].some((id) => old.has(id)));
  return found.length > 1 ? 'parted' : found[0];
}

function sized(ctx: SiteContext, shelves: readonly Shelf[]): SitePlan {
  const widest = Math.max(0, ...shelves.map((s) => s.pods.reduce((sum, { plan }) => sum + plan.width + GAP, -GAP)));
  const around = 2 * METRICS[ctx.level].sitePad + sidesOf(ctx, shelves);
  return { ctx, shelves, width: Math.max(widest + around, deviceWidth(ctx, shelves)) };
}

/** What switches and arrays need. */
function deviceWidth(ctx: SiteContext, shelves: readonly Shelf[]): number {
  const devices = Math.max(
    switchRowWidth(ctx.parts.fabrics.length, ctx.level),
    ctx.parts.arrays.length > 0 ? arrayMinWidth(ctx.level) : 0,
    ...coreTiers(ctx).map((tier) => coreRowWidth(tier.length, ctx.level)),
    240,
  );
  return 2 * METRICS[ctx.level].sitePad + devices + sidesOf(ctx, shelves);
}

/** Room that the gutters of a site may need: that of every shared array in a row of its own. */
function sidesOf(ctx: SiteContext, shelves: readonly Shelf[], block?: RoutedBlock): number {
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
  shelves: readonly Shelf[],
  block?: RoutedBlock,
  arrayIds?: readonly (readonly string[])[],
) {
  const { parts } = ctx;
  const tiers = block ? [block.nodes.filter((n) => n.h <= 6).map((n) => foot(n.id))] : coreTiers(ctx);
  const rowIds = [
    ...tiers,
    ...shelves.map((s) => s.pods.flatMap(({ plan }) => [...plan.pod.switches, plan.pod.id])),
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
  for (const { plan } of shelves.flatMap((s) => s.pods)) {
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

/** What a plan was placed as last. */
const placements = new WeakMap<SitePlan, { readonly block: RoutedBlock | undefined; readonly placed: PlacedSite }>();

/** Places a planned site at its own origin in at least `plan.width`. */
export function placeSite(plan: SitePlan, width: number, block?: RoutedBlock): PlacedSite {
  const last = placements.get(plan);
  if (last?.placed.w === width && last.block === block) return last.placed;
  const placed = place(plan, width, block);
  placements.set(plan, { block, placed });
  return placed;
}

function place(plan: SitePlan, width: number, block?: RoutedBlock): PlacedSite {
  const { ctx, shelves, held } = plan;
  const m = METRICS[ctx.level];
  const inner = width - 2 * m.sitePad;
  const arrays = ctx.site.arrays.filter((a) => ctx.parts.arrays.includes(a.id));
  const arrayTiers =
    splitAsBefore(arrays, held) ?? splitArrays(arrays, ctx.level, inner - sidesOf(ctx, shelves, block));
  const arrayIds = arrayTiers.map((r) => r.map((a) => a.id));
  const tiers = siteTiers(ctx, shelves, block, arrayIds);
  const spans = (r: number, side: 'a' | 'b'): boolean =>
    tiers.plan.parts.some((p) => p.trunk && p.net.side === side && p.from <= r && p.to > r);
  const sidesAt = (r: number, before: HeldRow | undefined): { left: number; right: number } => ({
    left: Math.max(before?.left ?? 0, spans(r, 'a') ? gutter(tiers.plan.left) : 0),
    right: Math.max(before?.right ?? 0, spans(r, 'b') ? gutter(tiers.plan.right) : 0),
  });

  const rows: (TierRow & { readonly key: string; readonly left: number; readonly right: number })[] = [];
  const parts: {
    row: number;
    dx: number;
    boxes: readonly Box[];
    wires: readonly Wire[];
    labels: readonly LabelSlot[];
  }[] = [];
  const exits = new Map<string, ReadonlyMap<string, number>>();
  const pushDevices = (key: string, make: (x: number, width: number, least: number) => DeviceRow): void => {
    const before = held?.rows.get(key);
    const sides = sidesAt(rows.length, before);
    const device = make(sides.left, inner - sides.left - sides.right, before?.h ?? 0);
    parts.push({ row: rows.length, dx: 0, boxes: device.boxes, wires: [], labels: [] });
    rows.push({ ...device.row, key, ...sides, y: before?.y });
  };
  if (block) {
    const dx = Math.max(0, Math.round((inner - block.w) / 2));
    parts.push({ row: 0, dx, boxes: blockBoxes(block, ctx), wires: blockWires(block, ctx), labels: [] });
    rows.push({
      key: 'block',
      left: 0,
      right: 0,
      h: block.h,
      nodes: block.nodes
        .filter((n) => n.h <= 6)
        .map((n): TierNode => ({ id: foot(n.id), x: n.x + dx, w: n.w, dy: n.y, h: n.h })),
    });
  } else {
    tiers.tiers.forEach((tier, i) => {
      const nodes = tier.flatMap((id): SwitchNode[] => ctx.site.switches.filter((s) => s.id === id));
      pushDevices(`cores ${i}`, (x, w) => coreRow(nodes, ctx.level, x, w));
    });
  }
  const pods: HeldPod[] = [];
  let lacks = 0;
  for (const shelf of shelves) {
    const r = rows.length;
    const before = held?.rows.get(shelf.key);
    const sides = sidesAt(r, before);
    const room = inner - sides.left - sides.right;
    const used = shelf.pods.reduce((sum, { plan: p }) => sum + p.width + GAP, -GAP);
    let x = sides.left;
    const nodes: TierNode[] = [];
    shelf.pods.forEach(({ plan: p, ...kept }, i) => {
      x = Math.max(x, kept.x ?? 0);
      const w = i === shelf.pods.length - 1 && !before ? p.width + stretch(used, room) : p.width;
      const placed: PlacedPod = placePod(ctx, p, w);
      exits.set(p.pod.id, placed.exits);
      pods.push({ ...placed.held, row: shelf.key, x });
      parts.push({ row: r, dx: x, boxes: placed.boxes, wires: placed.wires, labels: placed.labels });
      nodes.push({ id: p.pod.id, x, w, dy: 0, h: placed.h });
      for (const b of placed.boxes) {
        if (b.kind === 'switch' && p.pod.switches.includes(b.id))
          nodes.push({ id: b.id, x: x + b.x, w: b.w, dy: b.y, h: b.h });
      }
      x += w + GAP;
    });
    lacks = Math.max(lacks, x - GAP - (inner - sides.right));
    rows.push({ h: Math.max(before?.h ?? 0, ...nodes.map((n) => n.h)), nodes, key: shelf.key, ...sides, y: before?.y });
  }
  if (ctx.parts.fabrics.length > 0) {
    const nodes = ctx.parts.fabrics.flatMap((id) => ctx.site.switches.filter((s) => s.id === id));
    pushDevices('fabrics', (x, w) => switchRow(nodes, ctx.level, x, w));
  }
  arrayTiers.forEach((list, i) => {
    pushDevices(`arrays ${i}`, (x, w, least) => arrayRow(list, ctx.level, ctx.layer, ctx.overrides, x, w, least));
  });
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
    height: held && held.h - m.siteHeader - (rows.length > 0 ? m.sitePad : 0),
  });
  const ox = m.sitePad;
  const oy = m.siteHeader;
  const y = (row: number): number => oy + (routed.rowY[row] ?? 0);
  const h = oy + routed.height + (rows.length > 0 ? m.sitePad : 0);
  const groups = new Map(
    shelves.flatMap((s) => s.pods).flatMap(({ plan: { pod } }) => pod.clusters.map((c) => [c, pod.id] as const)),
  );
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
    held: {
      w: width,
      h,
      rows: heldRows(rows, routed.rowY),
      clusters: ctx.site.clusters.map((c) => c.id),
      pods,
    },
    lacks: Math.max(0, lacks),
    need: ctx.site.clusters.reduce((sum, cluster) => sum + areaOf(freshCell(ctx, cluster).plan), 0),
  };
}

const areaOf = ({ width, height }: { readonly width: number; readonly height: number }): number => width * height;

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
