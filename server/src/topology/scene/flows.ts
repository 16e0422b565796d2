import { indexGraph, type MeasureId, type TopologyGraph } from '../graph.ts';
import { vmsShown } from '../layout/host-rows.ts';
import type { Box, Layout, Point } from '../layout/layout-types.ts';
import { cardForm, isOverview, METRICS } from '../layout/metrics.ts';
import { ghostArea } from './ghosts.ts';
import { boxesOf, looseBox, vmBox } from './hit.ts';

/** VMs that a plan takes from one place to another, drawn as one way. */
export interface Flow {
  readonly vms: readonly string[];
  /** What they leave: a host, a cluster as a whole, the tray; empty for what is new. */
  readonly from: string;
  readonly to: string;
  /** Cluster of the host that it ends at. */
  readonly cluster: string;
  /** They move in the step that the picture is of. */
  readonly isNow: boolean;
  /** From what they leave to the border of the host, with an arrow there. */
  readonly path: readonly Point[];
  /** What they leave is not in sight: only the arrow is drawn. */
  readonly isStub?: boolean;
  /** A bend of `path` between two ends, where it is no line with corners. */
  readonly bend?: Point;
  /** How many come in at this end, where that is more than one; absent where another way says it for all. */
  readonly count?: number;
}

/** Height of a count beside an arrow. */
const SLOT = 15;
/** How far from a row of hosts ways run along it. */
const ROW_GAP = 4;

interface Way {
  readonly from: string;
  readonly to: string;
  readonly vms: string[];
  isNow: boolean;
}

const known = new WeakMap<TopologyGraph, { layout: Layout; measure: MeasureId; flows: readonly Flow[] }>();

/** The ways of the VMs that a plan moves, through the gaps between hosts; in an overview as bends from square to square. */
export function flowsOf(graph: TopologyGraph, layout: Layout, measure: MeasureId): readonly Flow[] {
  const before = known.get(graph);
  if (before?.layout === layout && before.measure === measure) return before.flows;
  const flows = graph.plan ? flowsIn(graph, layout, measure) : [];
  known.set(graph, { layout, measure, flows });
  return flows;
}

function flowsIn(graph: TopologyGraph, layout: Layout, measure: MeasureId): readonly Flow[] {
  const { plan } = graph;
  if (!plan) return [];
  const { parents } = indexGraph(graph);
  const boxes = boxesOf(layout);
  const isStep = plan.step < plan.steps;
  const now = new Set(plan.moves.filter(({ step }) => isStep && step === plan.step).map(({ vm }) => vm));
  const ways = new Map<string, Way>();
  for (const site of graph.sites)
    for (const cluster of site.clusters)
      for (const host of cluster.hosts) {
        const box = boxes.get(host.id);
        if (!box) continue;
        const apart = isListed(graph, layout, box);
        for (const { id, from } of host.vms) {
          if (from === undefined) continue;
          const key = `${from} ${host.id}${apart ? ` ${id}` : ''}`;
          const way = ways.get(key) ?? { from, to: host.id, vms: [], isNow: false };
          ways.set(key, way);
          way.vms.push(id);
          way.isNow ||= now.has(id);
        }
      }
  const list = [...ways.values()];
  const clusterOf = ({ to }: Way): string => parents.get(to) ?? '';
  if (isOverview(layout.level)) return list.flatMap((way) => bent(way, clusterOf(way), boxes));
  const byCluster = new Map<string, Way[]>();
  for (const way of list) byCluster.set(clusterOf(way), [...(byCluster.get(clusterOf(way)) ?? []), way]);
  return [...byCluster].flatMap(([cluster, own]) => routed(graph, layout, measure, cluster, own));
}

/** Whether each VM of a host has a row or a card of its own. */
function isListed(graph: TopologyGraph, layout: Layout, box: Box): boolean {
  const level = box.level ?? layout.level;
  const node = indexGraph(graph).nodes.get(box.id);
  if (level !== 'card' || node?.kind !== 'host') return level === 'open';
  return cardForm(vmsShown(node), box.h).rows === vmsShown(node);
}

/** In an overview: from the middle of a square to the edge of another, bent away from the names above. */
function bent(way: Way, cluster: string, boxes: ReadonlyMap<string, Box>): readonly Flow[] {
  const [a, b] = [boxes.get(way.from), boxes.get(way.to)];
  if (!a || !b || a.kind !== 'host') return [];
  const [from, to] = [middle(a), middle(b)];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.max(1, Math.hypot(dx, dy));
  const out = Math.min(30, Math.max(a.w, far * 0.16));
  // Below where it goes across, to the right where it goes up or down.
  const sign = Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 1 : -1) : dy > 0 ? -1 : 1;
  const bend = { x: (from.x + to.x) / 2 - (dy / far) * out * sign, y: (from.y + to.y) / 2 + (dx / far) * out * sign };
  const [bx, by] = [to.x - bend.x, to.y - bend.y];
  const last = Math.max(1, Math.hypot(bx, by));
  const tip = { x: to.x - (bx / last) * (b.w / 2), y: to.y - (by / last) * (b.h / 2) };
  const { vms, isNow } = way;
  return [{ vms, isNow, from: way.from, to: way.to, cluster, path: [from, tip], bend, count: vms.length }];
}

const middle = (b: Box): Point => ({ x: b.x + b.w / 2, y: b.y + b.h / 2 });

/** One end of a way: which side of its host, and how far down. */
interface End {
  readonly box: Box;
  readonly side: -1 | 1;
  y: number;
}

function routed(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  cluster: string,
  ways: readonly Way[],
): readonly Flow[] {
  const boxes = boxesOf(layout);
  const { parents } = indexGraph(graph);
  const frame = boxes.get(cluster);
  if (!frame) return [];
  const hosts = layout.boxes.filter((b) => b.kind === 'host' && b.parent === cluster);
  const order = new Map(hosts.map((b, index) => [b.id, index]));
  const tops = [...new Set(hosts.map((b) => b.y))].sort((a, b) => a - b);
  const gap = METRICS[hosts[0]?.level ?? layout.level].gap;
  const ends = ways.flatMap((way) => {
    const to = boxes.get(way.to);
    if (!to) return [];
    const near = parents.get(way.from) === cluster ? boxes.get(way.from) : undefined;
    const pool = way.from === cluster ? looseBox(layout, cluster) : undefined;
    const side: -1 | 1 = near && middle(near).x < middle(to).x ? -1 : near || pool ? 1 : -1;
    const back: -1 | 1 = near && middle(near).x < middle(to).x ? 1 : near && middle(near).x > middle(to).x ? -1 : 1;
    const target: End = { box: to, side, y: arrivalAt(graph, layout, measure, to, way.vms) };
    const source: End | undefined = near && {
      box: near,
      side: back,
      y: departureAt(graph, layout, measure, near, way.vms),
    };
    return [{ way, target, source, pool }];
  });
  const counts = spread(graph, layout, ends);
  return ends.map(({ way, target, source, pool }, index): Flow => {
    const lane = ((order.get(way.from) ?? 0) % 3) - 1;
    const { vms, isNow, from, to } = way;
    const path = source
      ? between(source, target, { hosts, frame, tops, gap, lane })
      : pool
        ? fromPool(pool, target, gap)
        : stub(target, gap);
    const count = counts[index];
    return {
      vms,
      from,
      to,
      cluster,
      isNow,
      path,
      ...(source || pool ? {} : { isStub: true }),
      ...(count === undefined ? {} : { count }),
    };
  });
}

/** Ends at one side of a host stand below each other; where that is too many, one stands for all and says how many they are. */
function spread(
  graph: TopologyGraph,
  layout: Layout,
  ends: readonly { readonly way: Way; readonly target: End }[],
): readonly (number | undefined)[] {
  const counts: (number | undefined)[] = ends.map(({ way }) => (way.vms.length > 1 ? way.vms.length : undefined));
  const sides = new Map<string, number[]>();
  ends.forEach(({ target }, index) => {
    if (isListed(graph, layout, target.box)) return;
    const key = `${target.box.id} ${target.side}`;
    sides.set(key, [...(sides.get(key) ?? []), index]);
  });
  for (const list of sides.values()) {
    const first = ends[list[0] ?? -1]?.target.box;
    if (!first || list.length < 2) continue;
    const { y, h } = roomOf(first, layout);
    const fitting = Math.floor(h / SLOT);
    if (list.length > fitting) {
      const all = list.reduce((sum, index) => sum + (ends[index]?.way.vms.length ?? 0), 0);
      list.forEach((index, place) => {
        const end = ends[index];
        if (end) end.target.y = Math.round(y + h / 2);
        counts[index] = place === list.length - 1 ? all : undefined;
      });
      continue;
    }
    const sorted = [...list].sort((a, b) => (ends[a]?.target.y ?? 0) - (ends[b]?.target.y ?? 0) || a - b);
    const start = y + (h - sorted.length * SLOT) / 2 + SLOT / 2;
    sorted.forEach((index, place) => {
      const end = ends[index];
      if (end) end.target.y = Math.round(start + place * SLOT);
    });
  }
  return counts;
}

/** Where ends may stand on a side of a host: beside its VMs. */
function roomOf(b: Box, layout: Layout): { readonly y: number; readonly h: number } {
  const level = b.level ?? layout.level;
  if (level === 'tile') return { y: b.y + 23, h: 46 };
  if (level === 'card' || level === 'open') return { y: b.y + 100, h: Math.max(SLOT, b.h - 108) };
  return { y: b.y, h: b.h };
}

function arrivalAt(graph: TopologyGraph, layout: Layout, measure: MeasureId, b: Box, vms: readonly string[]): number {
  const areas = vms.flatMap((vm) => vmBox(graph, layout, measure, b, vm) ?? []);
  return middleOf(areas, b, layout);
}

function departureAt(graph: TopologyGraph, layout: Layout, measure: MeasureId, b: Box, vms: readonly string[]): number {
  const areas = vms.flatMap((vm) => ghostArea(graph, layout, measure, b, vm) ?? []);
  return middleOf(areas, b, layout);
}

function middleOf(areas: readonly { readonly y: number; readonly h: number }[], b: Box, layout: Layout): number {
  const room = roomOf(b, layout);
  if (areas.length === 0) return Math.round(room.y + room.h / 2);
  const mean = areas.reduce((sum, { y, h }) => sum + y + h / 2, 0) / areas.length;
  return Math.round(Math.min(b.y + b.h - 5, Math.max(b.y + 5, mean)));
}

interface Grid {
  readonly hosts: readonly Box[];
  readonly frame: Box;
  readonly tops: readonly number[];
  readonly gap: number;
  readonly lane: number;
}

const edgeOf = ({ box, side }: End): number => (side < 0 ? box.x : box.x + box.w);

/** From host to host: out into the gap beside it, along a gap between rows where that is another column, and in from the side. */
function between(source: End, target: End, grid: Grid): readonly Point[] {
  const { hosts, frame, tops, gap, lane } = grid;
  const shift = lane * Math.min(2, gap / 4);
  const beside = (end: End): number => edgeOf(end) + end.side * (gap / 2) + shift;
  const [out, into] = [beside(source), beside(target)];
  const start = { x: edgeOf(source), y: source.y };
  const end = { x: edgeOf(target), y: target.y };
  const isFree = (x: number, from: number, to: number): boolean =>
    !hosts.some((b) => x > b.x && x < b.x + b.w && Math.max(from, to) > b.y && Math.min(from, to) < b.y + b.h);
  if (Math.abs(out - into) < 5 && isFree(out, source.y, target.y))
    return corners([start, { x: out, y: start.y }, { x: out, y: end.y }, end]);
  const above = (b: Box): number => b.y - ROW_GAP + shift;
  const isDown = target.box.y > source.box.y;
  const y = isDown ? above(target.box) : above(source.box);
  const isClear = isDown ? isFree(out, source.y, y) : isFree(into, y, target.y);
  if (isClear)
    return corners([start, { x: out, y: start.y }, { x: out, y }, { x: into, y }, { x: into, y: end.y }, end]);
  // Round what stands in the way, along the edge of the cluster.
  const row = tops.indexOf(source.box.y);
  const first = isDown ? (tops[row + 1] ?? target.box.y) - ROW_GAP + shift : above(source.box);
  const second = above(target.box);
  const trunk = frame.x + 4.5 + shift;
  return corners([
    start,
    { x: out, y: start.y },
    { x: out, y: first },
    { x: trunk, y: first },
    { x: trunk, y: second },
    { x: into, y: second },
    { x: into, y: end.y },
    end,
  ]);
}

/** From the VMs of a cluster as a whole, straight through the gap beside the host. */
function fromPool(pool: Box, target: End, gap: number): readonly Point[] {
  const x = Math.min(pool.x + pool.w - 6, Math.max(pool.x + 6, edgeOf(target) + (target.side * gap) / 2));
  const y = pool.y > target.box.y ? pool.y : pool.y + pool.h;
  return corners([
    { x, y },
    { x, y: target.y },
    { x: edgeOf(target), y: target.y },
  ]);
}

/** From elsewhere: only the last piece. */
const stub = (target: End, gap: number): readonly Point[] => [
  { x: edgeOf(target) + target.side * Math.max(5, gap - 3), y: target.y },
  { x: edgeOf(target), y: target.y },
];

/** Without points that are no corners. */
function corners(points: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const [index, p] of points.entries()) {
    const last = kept[kept.length - 1];
    const next = points[index + 1];
    if (last && last.x === p.x && last.y === p.y) continue;
    if (last && next && ((last.x === p.x && p.x === next.x) || (last.y === p.y && p.y === next.y))) continue;
    kept.push(p);
  }
  return kept;
}
