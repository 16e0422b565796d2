import { type HostNode, type Link, type SiteNode, type TopologyGraph, UNPLACED_ID, type VmCell } from '../graph.ts';
import { type BlockProblem, blockProblem, type LinkRouter, type RoutedBlock, type Routes } from './block.ts';
import { contextOf, linksBySite } from './context.ts';
import { networksOn } from './lanes.ts';
import { type Box, type LabelSlot, type Layout, moveBox, moveLabel, moveWire, type Wire } from './layout-types.ts';
import {
  CARD_ROWS,
  isOverview,
  type Layer,
  type Level,
  MARGIN,
  METRICS,
  NO_OVERRIDES,
  type Overrides,
} from './metrics.ts';
import { type PlacedSite, placeSite, planSite } from './site.ts';
import { placeSquares, squaresWidth } from './squares.ts';
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

interface View {
  readonly level: Level;
  readonly layer: Layer;
  readonly overrides: Overrides;
}

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
  const { level, layer, routes, overrides = NO_OVERRIDES } = options;
  const links = linksBySite(graph);
  const wans = graph.links.filter((l) => l.kind === 'wan');
  const plans = graph.sites.map((site) => {
    const own = links.get(site.id) ?? [];
    const block = routes?.get(site.id);
    return keptPlan(options.cache, site, own, { level, layer, overrides }, block);
  });
  const grid = gridOf(
    graph.sites.map((s) => s.id),
    wans,
  );
  const colW: number[] = [];
  plans.forEach((p, i) => {
    const col = grid.cells[i]?.col ?? 0;
    colW[col] = Math.max(colW[col] ?? 0, p.width);
  });
  const placed = plans.map((p, i) => p.place(colW[grid.cells[i]?.col ?? 0] ?? p.width));
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
    const all = p.boxes.map((b, k) => moveBox(k === 0 ? { ...b, h: rowH[cell.row] ?? b.h } : b, x, y));
    const frame = all[0];
    if (frame) frames.push(frame);
    boxes.push(...all);
    wires.push(...p.wires.map((w) => moveWire(w, x, y)));
    labels.push(...p.labels.map((l) => moveLabel(l, x, y)));
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

function keptPlan(
  cache: LayoutCache | undefined,
  site: SiteNode,
  links: readonly Link[],
  view: View,
  block: RoutedBlock | undefined,
): SitePlace {
  if (!cache) return planOf(site, links, view, block);
  const key = structureOf(site, links, view, block);
  const known = cache.get(key);
  cache.delete(key);
  const plan = known ?? once(planOf(site, links, view, block));
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

/** Everything of a site that its layout depends on. */
function structureOf(site: SiteNode, links: readonly Link[], view: View, block: RoutedBlock | undefined): string {
  const { level, layer, overrides } = view;
  const parts: string[] = [level, layer, site.id, overrides.get(site.id) ?? '', block ? JSON.stringify(block) : ''];
  for (const c of site.clusters) {
    const isPoolOpen = level === 'open' || overrides.get(`${c.id}/pool`) === 'expanded';
    parts.push('c', c.id, c.name, overrides.get(c.id) ?? '', c.pool.length > 0 ? 'p' : '');
    if (isPoolOpen) for (const vm of c.pool) parts.push(vm.id);
    for (const h of c.hosts) {
      const isOpen = level === 'open' || overrides.get(h.id) === 'expanded';
      if (layer === 'network') parts.push(String(h.carries ?? ''));
      parts.push(h.id, h.rack?.id ?? '', isOpen ? openStructure(h) : '');
      if (level === 'card') parts.push(String(Math.min(CARD_ROWS + 1, countOn([...h.vms, ...(h.left ?? [])]))));
    }
  }
  for (const s of site.switches) parts.push('s', s.kind, s.id);
  for (const a of site.arrays) {
    parts.push('a', a.kind, a.id, String(a.gauges.length), overrides.get(a.id) ?? '');
    for (const d of a.datastores) parts.push(d.id);
  }
  if (!isOverview(level))
    for (const l of links)
      parts.push(l.id, l.kind, l.from, l.to, l.side, layer === 'network' ? String(networksOn([l])) : '');
  return parts.join('\n');
}

const openStructure = (host: HostNode): string =>
  JSON.stringify([host.vms.map((v) => v.id), host.ports?.map((p) => [p.name, p.kind, p.to])]);

const countOn = (vms: readonly VmCell[]): number => vms.reduce((n, v) => n + (v.off ? 0 : 1), 0);

function planOf(site: SiteNode, links: readonly Link[], view: View, block: RoutedBlock | undefined): SitePlace {
  const { level, layer, overrides } = view;
  if (overrides.get(site.id) === 'collapsed') return collapsedSite(site, level);
  if (isOverview(level))
    return { width: squaresWidth(site, level, overrides), place: (w) => placeSquares(site, level, overrides, w) };
  const ctx = contextOf(site, links, level, layer, overrides);
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

/** Routes every block of a graph. Sites whose block could not be routed in time are left out. */
export async function routeGraph(graph: TopologyGraph, router: LinkRouter): Promise<Routes> {
  const entries = await Promise.all(
    [...blockProblems(graph)].map(async ([site, problem]) => [site, await router.route(problem)] as const),
  );
  return new Map(entries.flatMap(([site, block]) => (block ? [[site, block] as const] : [])));
}
