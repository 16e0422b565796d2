import { finish, type Steps } from '../../base/steps.ts';
import { type Link, type SiteNode, type TopologyGraph, UNPLACED_ID } from '../graph.ts';
import { type BlockProblem, blockProblem, type LinkRouter, type RoutedBlock, type Routes } from './block.ts';
import { type ClusterCache, contextOf, linksBySite } from './context.ts';
import { type HeldPicture, type HeldSite, type HeldSitePlace, heirs, heldBy, hold } from './held.ts';
import { type Box, type LabelSlot, type Layout, moveBox, moveLabel, moveWire, type Wire } from './layout-types.ts';
import { isOverview, type Layer, type Level, MARGIN, METRICS, NO_OVERRIDES, type Overrides } from './metrics.ts';
import { type PlacedSite, placeSite, planKeptSite, planSite } from './site.ts';
import { placeSquares, planSquares } from './squares.ts';
import { siteStructure, type View } from './structure.ts';
import { trayHeight } from './tray.ts';
import { type Grid, gridOf, routeWan } from './wan.ts';

export interface LayoutOptions {
  readonly level: Level;
  readonly layer: Layer;
  /** Blocks that were placed and routed beforehand; a site without one gets tiers and rails. */
  readonly routes?: Routes;
  /** Kept from picture to picture by who draws many: a site whose structure is the same is not laid out again. */
  readonly cache?: LayoutCache;
  /** The picture before: what it has placed stays there while there is room. Without one everything is laid out afresh. */
  readonly previous?: Layout | undefined;
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
/** A site of which less is filled is not as high as its row. */
const FULL = 0.6;
/** How much looser a picture that kept its places may become before all of it is laid out afresh. */
const MOST_LOOSE = 1.5;

/**
 * Where everything of a graph stands at one level. A function of the graph's structure, which nodes there are, their order, names and links, and of the
 * picture before, if one is given. Loads and findings move nothing.
 */
export function layoutGraph(graph: TopologyGraph, options: LayoutOptions): Layout {
  return finish(layoutInSteps(graph, options));
}

/** The same, site by site, for one who may not stop for long. */
export function* layoutInSteps(graph: TopologyGraph, options: LayoutOptions): Steps<Layout> {
  const { level, layer, routes, cache, overrides = NO_OVERRIDES } = options;
  const links = linksBySite(graph);
  const wans = graph.links.filter((l) => l.kind === 'wan');
  const before = usable(options.previous, options);
  const parts = graph.sites.map((site): SitePart => {
    const own = links.get(site.id) ?? [];
    const block = routes?.get(site.id);
    const view = { level, layer, overrides };
    return { site, links: own, view, block, structure: siteStructure(site, own, view, block) };
  });
  const tray = graph.unplaced.length > 0 ? trayHeight(graph, level) : 0;
  const around = [tray, ...graph.sites.map((s) => s.id), ...wans.map((l) => `${l.id} ${l.from} ${l.to}`)].join('\n');
  const history = historyOf(options, before);
  const known = history.findLast((l) => isOf(heldBy(l), around, parts));
  // A picture of its own: loads may be others.
  const again = known && heldBy(known);
  if (known && again) return hold({ ...known }, again);
  const heirOf = heirs(
    [...(before?.sites.keys() ?? [])],
    graph.sites.map((s) => s.id),
  );
  const grid = gridOf(
    graph.sites.map((s) => s.id),
    wans,
  );
  const plans: SitePlace[] = [];
  for (const part of parts) {
    plans.push(keptSite(cache, part, before?.sites.get(heirOf.get(part.site.id) ?? '')));
    yield;
  }
  // Sites that came or went leave each of the others in another place of the grid.
  const kept = before?.sites.size === plans.length ? before : undefined;
  let sizes = sizesOf(plans, grid, kept);
  let base = before?.base;
  if (base && sizes.width * sizes.height * base.need > MOST_LOOSE * base.area * sizes.need) {
    const fresh = parts.map((part) => freshSite(cache, part));
    sizes = sizesOf(fresh, grid);
    base = undefined;
  }
  base ??= { area: sizes.width * sizes.height, need: sizes.need };
  yield;
  const { placed, colW, rowH, xs, ys } = sizes;
  let { width, height } = sizes;
  const boxes: Box[] = [];
  const wires: Wire[] = [];
  const labels: LabelSlot[] = [];
  const groups = new Map<string, string>();
  const frames: Box[] = [];
  placed.forEach((p, i) => {
    const { row, col } = grid.cells[i] ?? { row: 0, col: 0 };
    // Sites of one column are equally wide, those of one row equally high, but for such as would be mostly empty.
    const h = p.h < FULL * (rowH[row] ?? 0) ? p.h : (rowH[row] ?? p.h);
    const moved = movedTo(p, xs[col] ?? 0, ys[row] ?? 0, Math.max(colW[col] ?? 0, p.w), h);
    const frame = moved.boxes[0];
    if (frame) frames.push(frame);
    boxes.push(...moved.boxes);
    wires.push(...moved.wires);
    labels.push(...moved.labels);
    for (const [cluster, group] of p.groups) groups.set(cluster, group);
  });
  const wan = routeWan(frames, grid, wans);
  const held: HeldPicture = {
    view: { level, layer, overrides },
    around,
    base,
    width,
    height,
    xs,
    ys,
    rowH,
    sites: new Map(
      parts.map(({ site, structure, block }, i) => {
        const same = before?.sites.get(site.id)?.structure;
        // One text for all pictures of a site that stays as it is.
        const own = same === structure ? same : structure;
        return [site.id, { structure: own, isRouted: block !== undefined, placed: placed[i] as PlacedSite }];
      }),
    ),
  };
  if (tray > 0) {
    width = Math.max(width, 520);
    boxes.push({ id: UNPLACED_ID, kind: 'tray', x: MARGIN, y: height, w: width - 2 * MARGIN, h: tray });
    height += tray + MARGIN;
  }
  const layout: Layout = {
    level,
    layer,
    width,
    height,
    boxes,
    wires: [...wires, ...wan.wires],
    labels: [...labels, ...wan.labels],
    groups,
  };
  history.push(layout);
  if (history.length > MOST_PICTURES) history.shift();
  return hold(layout, held);
}

interface Sizes {
  readonly placed: readonly PlacedSite[];
  readonly colW: readonly number[];
  readonly rowH: readonly number[];
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly need: number;
}

/** Sites in the columns and rows of a grid. */
function sizesOf(plans: readonly SitePlace[], grid: Grid, kept?: HeldPicture): Sizes {
  const colW: number[] = [];
  plans.forEach((p, i) => {
    const col = grid.cells[i]?.col ?? 0;
    colW[col] = Math.max(colW[col] ?? 0, p.width);
  });
  const placed = plans.map((p, i) => p.place(colW[grid.cells[i]?.col ?? 0] ?? p.width));
  const rowH: number[] = [...(kept?.rowH ?? [])];
  placed.forEach((p, i) => {
    const row = grid.cells[i]?.row ?? 0;
    rowH[row] = Math.max(rowH[row] ?? 0, p.h);
  });
  const xs = startsOf(colW, grid.gapX, MARGIN + grid.leftLanes, kept?.xs);
  const ys = startsOf(rowH, grid.gapY, MARGIN, kept?.ys);
  const width = (xs[colW.length] ?? 0) - grid.gapX + grid.rightLanes + MARGIN;
  const height = (ys[rowH.length] ?? 0) - grid.gapY + grid.bottomLanes + MARGIN;
  return {
    placed,
    colW,
    rowH,
    xs,
    ys,
    width: Math.max(width, kept?.width ?? 0),
    height: plans.length === 0 ? MARGIN : Math.max(height, kept?.height ?? 0),
    need: placed.reduce((sum, p) => sum + p.need, 0),
  };
}

/** Where columns or rows of these sizes begin, none before where it did, and where the last one ends with its gap. */
function startsOf(sizes: readonly number[], gap: number, from: number, before: readonly number[] = []): number[] {
  const starts: number[] = [];
  let at = from;
  for (const [i, size] of [...sizes, 0].entries()) {
    if (i < sizes.length) at = Math.max(at, before[i] ?? 0);
    starts.push(at);
    at += size + gap;
  }
  return starts;
}

/** What the picture before has placed, if it is one of the same things shown in the same way. */
function usable(
  previous: Layout | undefined,
  { level, layer, overrides = NO_OVERRIDES }: LayoutOptions,
): HeldPicture | undefined {
  const held = previous && heldBy(previous);
  if (!held || held.view.level !== level || held.view.layer !== layer) return undefined;
  const now = JSON.stringify([...overrides]);
  return held.view.overrides === overrides || JSON.stringify([...held.view.overrides]) === now ? held : undefined;
}

/** Pictures since the last fresh one, so that an edit that is undone gives exactly the picture before it. */
const histories = new WeakMap<LayoutCache, Map<string, Layout[]>>();
const MOST_PICTURES = 32;

function historyOf({ cache, level, layer }: LayoutOptions, before: HeldPicture | undefined): Layout[] {
  if (!cache) return [];
  const all = histories.get(cache) ?? new Map<string, Layout[]>();
  histories.set(cache, all);
  const key = `${level} ${layer}`;
  const history = (before && all.get(key)) ?? [];
  all.set(key, history);
  return history;
}

/** A picture of just these sites. */
const isOf = (picture: HeldPicture | undefined, around: string, parts: readonly SitePart[]): boolean =>
  picture?.around === around &&
  picture.sites.size === parts.length &&
  parts.every(({ site, structure }) => picture.sites.get(site.id)?.structure === structure);

interface SitePart {
  readonly site: SiteNode;
  readonly links: readonly Link[];
  readonly view: View;
  readonly block: RoutedBlock | undefined;
  readonly structure: string;
}

/** The site with everything where it stood, as far as that goes. */
function keptSite(cache: LayoutCache | undefined, part: SitePart, before: HeldSitePlace | undefined): SitePlace {
  if (before?.structure === part.structure) return asPlaced(before.placed);
  const held = before?.placed.held;
  const kept = held && before.isRouted === (part.block !== undefined) ? placeKept(cache, part, held) : undefined;
  return kept ? asPlaced(kept) : freshSite(cache, part);
}

const asPlaced = (placed: PlacedSite): SitePlace => ({ width: placed.w, place: () => placed });

function placeKept(
  cache: LayoutCache | undefined,
  { site, links, view, block }: SitePart,
  held: HeldSite,
): PlacedSite | undefined {
  const { level, layer, overrides } = view;
  if (overrides.get(site.id) === 'collapsed') return undefined;
  if (isOverview(level)) {
    const plan = planSquares(site, view, held);
    return placeSquares(plan, plan.width);
  }
  const ctx = contextOf(site, links, level, layer, overrides, cache && clustersOf(cache), held);
  const routed = blockFor(block, ctx.parts.cores);
  const plan = planKeptSite(ctx, held, routed);
  return plan && placeSite(plan, Math.max(plan.width, blockWidth(routed, level)), routed);
}

interface Moved {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly labels: readonly LabelSlot[];
}

const moves = new WeakMap<PlacedSite, Moved>();

/** A site at its place; as before where it has stayed. */
function movedTo(p: PlacedSite, x: number, y: number, width: number, height: number): Moved {
  const last = moves.get(p);
  if (last && last.x === x && last.y === y && last.width === width && last.height === height) return last;
  const moved = {
    x,
    y,
    width,
    height,
    boxes: p.boxes.map((b, k) => moveBox(k === 0 ? { ...b, w: width, h: height } : b, x, y)),
    wires: p.wires.map((w) => moveWire(w, x, y)),
    labels: p.labels.map((l) => moveLabel(l, x, y)),
  };
  moves.set(p, moved);
  return moved;
}

function freshSite(cache: LayoutCache | undefined, part: SitePart): SitePlace {
  if (!cache) return planOf(part);
  const key = part.structure;
  const known = cache.get(key);
  cache.delete(key);
  const plan = known ?? once(planOf(part, clustersOf(cache)));
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

function planOf({ site, links, view, block }: SitePart, kept?: ClusterCache): SitePlace {
  const { level, layer, overrides } = view;
  if (overrides.get(site.id) === 'collapsed') return collapsedSite(site, level);
  if (isOverview(level)) {
    const plan = planSquares(site, view);
    return { width: plan.width, place: (w) => placeSquares(plan, w) };
  }
  const ctx = contextOf(site, links, level, layer, overrides, kept);
  const plan = planSite(ctx);
  const routed = blockFor(block, ctx.parts.cores);
  return { width: Math.max(plan.width, blockWidth(routed, level)), place: (w) => placeSite(plan, w, routed) };
}

const blockFor = (block: RoutedBlock | undefined, cores: readonly string[]): RoutedBlock | undefined =>
  block && cores.length > 0 && blockFits(block, cores) ? block : undefined;

const blockWidth = (block: RoutedBlock | undefined, level: Level): number =>
  block ? block.w + 2 * METRICS[level].sitePad : 0;

/** The header of a site alone. */
function collapsedSite(site: SiteNode, level: Level): SitePlace {
  const h = METRICS[level].siteHeader;
  const frame = { id: site.id, kind: 'site' as const, x: 0, y: 0, h, collapsed: true };
  return {
    width: 460,
    place: (w) => ({ w, h, boxes: [{ ...frame, w }], wires: [], labels: [], groups: new Map(), need: 0 }),
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
