import type { ClusterNode, Link, SiteNode, TopologyGraph } from '../graph.ts';
import type { ClusterPlan } from './cluster.ts';
import { type HeldSite, heirs } from './held.ts';
import type { Layer, Level, Overrides } from './metrics.ts';
import { type PodBefore, partsOf, type SiteParts } from './pods.ts';

/** Plans of clusters with the structure they were made of, by level, layer and id. */
export type ClusterCache = Map<string, { readonly structure: string; readonly plan: ClusterPlan }>;

/** A site with its links sorted by what they start from; what the parts of its layout share. */
export interface SiteContext {
  readonly site: SiteNode;
  readonly level: Level;
  readonly layer: Layer;
  readonly overrides: Overrides;
  readonly parts: SiteParts;
  /** Links of a cluster's hosts, by cluster. */
  readonly clusterLinks: ReadonlyMap<string, readonly Link[]>;
  /** Links between switches, fabrics and arrays of the site. */
  readonly deviceLinks: readonly Link[];
  readonly clusters: ReadonlyMap<string, ClusterNode>;
  /** On which end of a pod a hub stands; undefined for what the layer does not show. */
  readonly hubOf: (id: string) => 'above' | 'below' | undefined;
  readonly kept?: ClusterCache;
  /** What the layout before has placed, and for each cluster the one before whose place it takes. */
  readonly held?: HeldSite;
  readonly heirs: ReadonlyMap<string, string>;
}

const sorted = new WeakMap<TopologyGraph, ReadonlyMap<string, readonly Link[]>>();

/** The links that belong to each site, each in the order of the graph. */
export function linksBySite(graph: TopologyGraph): ReadonlyMap<string, readonly Link[]> {
  const known = sorted.get(graph) ?? sortLinks(graph);
  sorted.set(graph, known);
  return known;
}

/** Of things that links start from alone: an index of all VMs would take longer than the layout after an edit. */
function sortLinks(graph: TopologyGraph): ReadonlyMap<string, readonly Link[]> {
  const bySite = new Map<string, Link[]>();
  const siteOf = new Map<string, Link[]>();
  for (const site of graph.sites) {
    const own: Link[] = [];
    bySite.set(site.id, own);
    siteOf.set(site.id, own);
    for (const cluster of site.clusters) {
      siteOf.set(cluster.id, own);
      for (const host of cluster.hosts) siteOf.set(host.id, own);
    }
    for (const node of site.switches) siteOf.set(node.id, own);
    for (const array of site.arrays) {
      siteOf.set(array.id, own);
      for (const store of array.datastores) siteOf.set(store.id, own);
    }
  }
  for (const link of graph.links) if (link.kind !== 'wan') siteOf.get(link.from)?.push(link);
  return bySite;
}

/** What a layer shows of a site. */
export function contextOf(
  whole: SiteNode,
  links: readonly Link[],
  level: Level,
  layer: Layer,
  overrides: Overrides,
  kept?: ClusterCache,
  held?: HeldSite,
): SiteContext {
  const showsNet = layer === 'all' || layer === 'network';
  const showsSan = layer === 'all' || layer === 'storage';
  const site: SiteNode = {
    ...whole,
    switches: whole.switches.filter((s) => (s.kind === 'fabric' ? showsSan : showsNet)),
    arrays: showsSan ? whole.arrays : [],
  };
  const hubs = new Map<string, 'above' | 'below'>();
  for (const s of site.switches) hubs.set(s.id, s.kind === 'fabric' ? 'below' : 'above');
  for (const a of site.arrays) hubs.set(a.id, 'below');
  const clusterOf = new Map<string, string>();
  for (const cluster of site.clusters) {
    clusterOf.set(cluster.id, cluster.id);
    for (const host of cluster.hosts) clusterOf.set(host.id, cluster.id);
  }
  const clusterLinks = new Map<string, Link[]>();
  const deviceLinks: Link[] = [];
  for (const link of links) {
    if (!hubs.has(link.to)) continue;
    const cluster = clusterOf.get(link.from);
    if (cluster === undefined) {
      if (hubs.has(link.from)) deviceLinks.push(link);
      continue;
    }
    const list = clusterLinks.get(cluster);
    if (list) list.push(link);
    else clusterLinks.set(cluster, [link]);
  }
  const heirOf = heirs(
    held?.clusters ?? [],
    site.clusters.map((c) => c.id),
  );
  return {
    site,
    level,
    layer,
    overrides,
    parts: partsOf(site, links, held && podsBefore(site, held, heirOf)),
    clusterLinks,
    deviceLinks,
    clusters: new Map(site.clusters.map((c) => [c.id, c])),
    hubOf: (id) => hubs.get(id),
    ...(kept ? { kept } : {}),
    ...(held ? { held } : {}),
    heirs: heirOf,
  };
}

/** The pods of before with what is left of them. */
const podsBefore = (site: SiteNode, { pods }: HeldSite, heirOf: ReadonlyMap<string, string>): readonly PodBefore[] =>
  pods.map(({ frames, rows }) => ({
    clusters: site.clusters.map((c) => c.id).filter((id) => frames.has(heirOf.get(id) ?? '')),
    devices: [...rows].flatMap(([key, row]) => (key.startsWith('clusters') ? [] : row.ids)),
  }));

/** Rounds a width up to a step, so that small changes inside leave the frame where it is. */
export function stepUp(value: number, from: number, factor = 1.3): number {
  let step = from;
  while (step < value) step = Math.round(step * factor);
  return step;
}

/** Splits items into rows no wider than `target`, keeping their order. */
export function flow<T>(items: readonly T[], widthOf: (item: T) => number, gap: number, target: number): T[][] {
  const rows: T[][] = [];
  let used = 0;
  for (const item of items) {
    const w = widthOf(item);
    const row = rows[rows.length - 1];
    if (row && used + gap + w <= target) {
      row.push(item);
      used += gap + w;
    } else {
      rows.push([item]);
      used = w;
    }
  }
  return rows;
}

/** What the last of a row gains so that the row ends where the others do; nothing where that would leave it mostly empty. */
export const stretch = (used: number, room: number, count = 2): number =>
  count === 1 || used >= room * 0.6 ? Math.max(0, room - used) : 0;
