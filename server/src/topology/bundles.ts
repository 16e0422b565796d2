import {
  type Badge,
  indexGraph,
  type Link,
  type LinkKind,
  nameIn,
  type Severity,
  type TopologyGraph,
} from './graph.ts';

/** Links of one kind from all hosts of a cluster, or of a site, to one device: what is drawn as one line where hosts are small. */
export interface Bundle {
  /** `cluster:prod>switch:tor-a`. */
  readonly id: string;
  readonly kind: LinkKind;
  readonly from: string;
  readonly to: string;
  /** At least two. */
  readonly links: readonly Link[];
}

const known = new WeakMap<TopologyGraph, ReadonlyMap<string, Bundle>>();

/** The bundles of a graph by id; made once for a graph. */
export function bundlesOf(graph: TopologyGraph): ReadonlyMap<string, Bundle> {
  const before = known.get(graph);
  if (before) return before;
  const { parents } = indexGraph(graph);
  const found = new Map<string, { id: string; kind: LinkKind; from: string; to: string; links: Link[] }>();
  const add = (from: string | undefined, link: Link): void => {
    if (from === undefined) return;
    const id = `${from}>${link.to}`;
    const bundle = found.get(id) ?? { id, kind: link.kind, from, to: link.to, links: [] };
    bundle.links.push(link);
    found.set(id, bundle);
  };
  for (const link of graph.links) {
    if (!link.from.startsWith('host:')) continue;
    const cluster = parents.get(link.from);
    add(cluster, link);
    add(cluster === undefined ? undefined : parents.get(cluster), link);
  }
  for (const [id, { from, to, links }] of found) {
    // A site whose links all come from one cluster has no bundle beside that one's.
    const isWhole = links.every((link) => found.get(`${parents.get(link.from)}>${to}`)?.links.length === links.length);
    if (links.length < 2 || (from.startsWith('site:') && isWhole)) found.delete(id);
  }
  known.set(graph, found);
  return found;
}

const links = new WeakMap<TopologyGraph, ReadonlyMap<string, Link>>();

export function linkById(graph: TopologyGraph, id: string): Link | undefined {
  const before = links.get(graph) ?? new Map(graph.links.map((link) => [link.id, link]));
  links.set(graph, before);
  return before.get(id);
}

/** The links behind an id of a link or a bundle; none where it is neither. */
export function linksBehind(graph: TopologyGraph, id: string): readonly Link[] {
  const link = linkById(graph, id);
  return link ? [link] : (bundlesOf(graph).get(id)?.links ?? []);
}

/** The smallest link or bundle that holds some links; undefined where they have nothing in common. */
export function holding(graph: TopologyGraph, ids: readonly string[]): string | undefined {
  const [first, ...others] = ids;
  if (first === undefined || others.length === 0) return first;
  const { parents } = indexGraph(graph);
  const link = linkById(graph, first);
  const cluster = link && parents.get(link.from);
  const site = cluster === undefined ? undefined : parents.get(cluster);
  for (const from of [cluster, site]) {
    const bundle = link && from !== undefined ? bundlesOf(graph).get(`${from}>${link.to}`) : undefined;
    const inside = new Set(bundle?.links.map(({ id }) => id));
    if (bundle && ids.every((id) => inside.has(id))) return bundle.id;
  }
  return undefined;
}

/**
 * What a graph has of a link that a text names: a cluster that is stretched over sites starts one in each, and a bundle of one is that link.
 * Undefined where it has none.
 */
export function linkNamed(graph: TopologyGraph, id: string): string | undefined {
  if (linkById(graph, id) || bundlesOf(graph).has(id)) return id;
  const [from = '', to] = id.split('>');
  if (to === undefined) return graph.links.find((link) => link.kind === 'wan' && link.id.startsWith(`${id}#`))?.id;
  const { parents } = indexGraph(graph);
  const isFrom = (node: string | undefined): boolean => node === from || node?.startsWith(`${from}@`) === true;
  const all = graph.links.filter((link) => {
    const cluster = parents.get(link.from);
    return link.to === to && (isFrom(cluster) || (cluster !== undefined && isFrom(parents.get(cluster))));
  });
  return holding(
    graph,
    all.map((link) => link.id),
  );
}

const KINDS: Readonly<Record<LinkKind, string>> = {
  uplink: 'uplink',
  fabric: 'path',
  mount: 'path',
  trunk: 'trunk',
  wan: 'WAN line',
};

/** What a link is called: `uplink`, `path`, `trunk`, `WAN line`; a mount without a path is one, too. */
export const kindOfLink = ({ kind, speed }: Pick<Link, 'kind' | 'speed'>): string =>
  kind === 'mount' && speed === 0 ? 'mount' : KINDS[kind];

/** `esx-01 to tor-a`, or the name that the text gives it. */
export function linkName(
  graph: TopologyGraph | undefined,
  { from, to, kind, name }: Pick<Link, 'from' | 'to' | 'kind' | 'name'>,
): string {
  if (kind === 'wan' && name !== undefined) return name;
  const nodes = graph && indexGraph(graph).nodes;
  const nameOf = (id: string): string => nodes?.get(id)?.name ?? nameIn(id);
  return `${nameOf(from)} to ${nameOf(to)}`;
}

/** Findings of links together, each counted once; undefined where there are none. */
export function badgeOver(graph: TopologyGraph, links: readonly Link[]): Badge | undefined {
  const badges = links.flatMap(({ badge }) => badge ?? []);
  const [first] = badges;
  if (!first || badges.length === 1) return first;
  const { findings } = indexGraph(graph);
  const keys = [...new Set(badges.flatMap((badge) => badge.findings))];
  const of = (severity: Severity): readonly string[] => keys.filter((key) => findings.get(key)?.severity === severity);
  const [errors, warnings, infos] = [of('error'), of('warning'), of('info')];
  return {
    errors: errors.length,
    warnings: warnings.length,
    infos: infos.length,
    findings: [...errors, ...warnings, ...infos],
  };
}
