import { finish, type Steps } from '../../base/steps.ts';
import { type Link, type SiteNode, type TopologyGraph, UNPLACED_ID } from '../graph.ts';
import { type BlockProblem, blockProblem, type LinkRouter, type RoutedBlock, type Routes } from './block.ts';
import { type ClusterCache, contextOf, linksBySite } from './context.ts';
import { type Box, type LabelSlot, type Layout, moveBox, moveLabel, moveWire, type Wire } from './layout-types.ts';
import { isOverview, type Layer, type Level, MARGIN, METRICS, NO_OVERRIDES, type Overrides } from './metrics.ts';
import { type PlacedSite, placeSite, planSite } from './site.ts';
import { placeSquares, squaresWidth } from './squares.ts';
import { siteStructure, type View } from './structure.ts';
import { trayHeight } from './tray.ts';
import { gridOf, routeWan } from './wan.ts';

export interface LayoutOptions {
  readonly level: Level;
  readonly layer: Layer;
  /** Blocks that were placed and routed beforehand; a site without one gets tiers and rails. */
  readonly routes?: Routes;
  /** Kept from picture to picture by who draws many: a site whose structure is the same is not laid out again. */
  readonly cache?: LayoutCache;
  /** Nodes that a person collapsed or expanded; they keep that at every level. */
  readonly overrides?: Overrides;
}

/** Sites by their structure. */
export type LayoutCache = Map<string, SitePlace>;

interface SitePlace {
  readonly width: number;
  readonly place: (width: number) => PlacedSite;
}

/** Structures kept; the oldest go first. */
const MOST_KEPT = 64;

/**
 * Where everything of a graph stands at one level. A function of the graph's structure alone: which nodes there are, their order, names and links.
 * Loads and findings move nothing.
 */
export function layoutGraph(graph: TopologyGraph, options: LayoutOptions): Layout {
  return finish(layoutInSteps(graph, options));
}

/** The same, site by site, for one who may not stop for long. */
export function* layoutInSteps(graph: TopologyGraph, options: LayoutOptions): Steps<Layout> {
  const { level, layer, routes, overrides = NO_OVERRIDES } = options;
  const links = linksBySite(graph);
  const wans = graph.links.filter((l) => l.kind === 'wan');
  const plans: SitePlace[] = [];
  for (const site of graph.sites) {
    const own = links.get(site.id) ?? [];
    const block = routes?.get(site.id);
    plans.push(keptPlan(options.cache, site, own, { level, layer, overrides }, block));
    yield;
  }
  const grid = gridOf(
    graph.sites.map((s) => s.id),
    wans,
  );
  const colW: number[] = [];
  plans.forEach((p, i) => {
    const col = grid.cells[i]?.col ?? 0;
    colW[col] = Math.max(colW[col] ?? 0, p.width);
  });
  const placed: PlacedSite[] = [];
  for (const [i, p] of plans.entries()) {
    placed.push(p.place(colW[grid.cells[i]?.col ?? 0] ?? p.width));
    yield;
  }
  const rowH: number[] = [];
  placed.forEach((p, i) => {
    const row = grid.cells[i]?.row ?? 0;
    rowH[row] = Math.max(rowH[row] ?? 0, p.h);
  });
  const at = (list: readonly number[], n: number, gap: number): number =>
    list.slice(0, n).reduce((sum, v) => sum + v + gap, MARGIN);
  const boxes: Box[] = [];
  const wires: Wire[] = [];
  const labels: LabelSlot[] = [];
  const groups = new Map<string, string>();
  const frames: Box[] = [];
  placed.forEach((p, i) => {
    const cell = grid.cells[i] ?? { row: 0, col: 0 };
    const x = at(colW, cell.col, grid.gapX) + grid.leftLanes;
    const y = at(rowH, cell.row, grid.gapY);
    // Sites of one row are equally high.
    const moved = movedTo(p, x, y, rowH[cell.row] ?? p.h);
    const frame = moved.boxes[0];
    if (frame) frames.push(frame);
    boxes.push(...moved.boxes);
    wires.push(...moved.wires);
    labels.push(...moved.labels);
    for (const [cluster, group] of p.groups) groups.set(cluster, group);
  });
  const wan = routeWan(frames, grid, wans);
  let width = at(colW, colW.length, grid.gapX) - grid.gapX + grid.leftLanes + grid.rightLanes + MARGIN;
  let height = at(rowH, rowH.length, grid.gapY) - grid.gapY + grid.bottomLanes + MARGIN;
  if (graph.sites.length === 0) height = MARGIN;
  if (graph.unplaced.length > 0) {
    width = Math.max(width, 520);
    const h = trayHeight(graph, level);
    boxes.push({ id: UNPLACED_ID, kind: 'tray', x: MARGIN, y: height, w: width - 2 * MARGIN, h });
    height += h + MARGIN;
  }
  return {
    level,
    layer,
    width,
    height,
    boxes,
    wires: [...wires, ...wan.wires],
    labels: [...labels, ...wan.labels],
    groups,
  };
}

interface Moved {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly labels: readonly LabelSlot[];
}

const moves = new WeakMap<PlacedSite, Moved>();

/** A site at its place; as before where it has stayed. */
function movedTo(p: PlacedSite, x: number, y: number, height: number): Moved {
  const last = moves.get(p);
  if (last && last.x === x && last.y === y && last.height === height) return last;
  const moved = {
    x,
    y,
    height,
    boxes: p.boxes.map((b, k) => moveBox(k === 0 ? { ...b, h: height } : b, x, y)),
    wires: p.wires.map((w) => moveWire(w, x, y)),
    labels: p.labels.map((l) => moveLabel(l, x, y)),
  };
  moves.set(p, moved);
  return moved;
}

function keptPlan(
  cache: LayoutCache | undefined,
  site: SiteNode,
  links: readonly Link[],
  view: View,
  block: RoutedBlock | undefined,
): SitePlace {
  if (!cache) return planOf(site, links, view, block);
  const key = siteStructure(site, links, view, block);
  const known = cache.get(key);
  cache.delete(key);
  const plan = known ?? once(planOf(site, links, view, block, clustersOf(cache)));
  cache.set(key, plan);
  const [oldest] = cache.keys();
  if (cache.size > MOST_KEPT && oldest !== undefined) cache.delete(oldest);
  return plan;
}

/** Remembers the last width it was placed in. */
function once(plan: SitePlace): SitePlace {
  let last: { readonly width: number; readonly placed: PlacedSite } | undefined;
  return {
    width: plan.width,
    place: (width) => {
      if (last?.width !== width) last = { width, placed: plan.place(width) };
      return last.placed;
    },
  };
}

/** Plans of clusters live as long as the sites around them are kept. */
const clusters = new WeakMap<LayoutCache, ClusterCache>();

function clustersOf(cache: LayoutCache): ClusterCache {
  const known = clusters.get(cache) ?? new Map();
  clusters.set(cache, known);
  return known;
}

function planOf(
  site: SiteNode,
  links: readonly Link[],
  view: View,
  block: RoutedBlock | undefined,
  kept?: ClusterCache,
): SitePlace {
  const { level, layer, overrides } = view;
  if (overrides.get(site.id) === 'collapsed') return collapsedSite(site, level);
  if (isOverview(level)) return { width: squaresWidth(site, view), place: (w) => placeSquares(site, view, w) };
  const ctx = contextOf(site, links, level, layer, overrides, kept);
  const plan = planSite(ctx);
  const usable = block && ctx.parts.cores.length > 0 && blockFits(block, ctx.parts.cores) ? block : undefined;
  const width = Math.max(plan.width, usable ? usable.w + 2 * METRICS[level].sitePad : 0);
  return { width, place: (w) => placeSite(plan, w, usable) };
}

/** The header of a site alone. */
function collapsedSite(site: SiteNode, level: Level): SitePlace {
  const h = METRICS[level].siteHeader;
  const frame = { id: site.id, kind: 'site' as const, x: 0, y: 0, h, collapsed: true };
  return {
    width: 460,
    place: (w) => ({ w, h, boxes: [{ ...frame, w }], wires: [], labels: [], groups: new Map() }),
  };
}

/** A block routed for an older state of the site is no longer of use. */
const blockFits = (block: RoutedBlock, cores: readonly string[]): boolean => {
  const placed = block.nodes.filter((n) => n.h > 6);
  return placed.length === cores.length && cores.every((id) => placed.some((n) => n.id === id));
};

/** What has to be placed and routed between switches, by site. */
export function blockProblems(graph: TopologyGraph): ReadonlyMap<string, BlockProblem> {
  const links = linksBySite(graph);
  const problems = new Map<string, BlockProblem>();
  for (const site of graph.sites) {
    const ctx = contextOf(site, links.get(site.id) ?? [], 'card', 'network', NO_OVERRIDES);
    const cores = site.switches.filter((s) => ctx.parts.cores.includes(s.id));
    const feet = ctx.parts.pods.flatMap((p) => p.switches);
    const problem = blockProblem(cores, feet, ctx.deviceLinks);
    if (problem) problems.set(site.id, problem);
  }
  return problems;
}

/**
 * Routes every block of a graph. Sites whose block could not be routed in time are left out, and once `overtaken` comes those that are not
 * routed yet: what is being routed goes on, and is there when it is asked for again.
 */
export async function routeGraph(
  graph: TopologyGraph,
  router: LinkRouter,
  overtaken?: Promise<unknown>,
): Promise<Routes> {
  const routes = new Map<string, RoutedBlock>();
  const all = Promise.all(
    [...blockProblems(graph)].map(async ([site, problem]) => {
      const block = await router.route(problem);
      if (block) routes.set(site, block);
    }),
  );
  await (overtaken ? Promise.race([all, overtaken]) : all);
  return new Map(routes);
}
