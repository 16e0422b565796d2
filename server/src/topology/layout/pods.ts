import type { Link, SiteNode, SwitchNode } from '../graph.ts';

/** Clusters that share switches, with what only they use. Pods stand beside each other in a site. */
export interface Pod {
  readonly id: string;
  readonly clusters: readonly string[];
  readonly switches: readonly string[];
  readonly fabrics: readonly string[];
  readonly arrays: readonly string[];
}

export interface SiteParts {
  readonly pods: readonly Pod[];
  /** Switches with no host on them: spines, cores, what is outside. */
  readonly cores: readonly string[];
  /** Used by more than one pod. */
  readonly fabrics: readonly string[];
  readonly arrays: readonly string[];
}

/** What stood in one pod before. */
export interface PodBefore {
  readonly clusters: readonly string[];
  readonly devices: readonly string[];
}

/**
 * Groups the members of a site by what they are wired to, in the order of the text. Pods of before may grow together, but are not parted by a wire that
 * went.
 */
export function partsOf(site: SiteNode, links: readonly Link[], before: readonly PodBefore[] = []): SiteParts {
  const clusterOf = new Map<string, string>();
  for (const cluster of site.clusters) {
    clusterOf.set(cluster.id, cluster.id);
    for (const host of cluster.hosts) clusterOf.set(host.id, cluster.id);
  }
  const kind = new Map<string, SwitchNode['kind'] | 'array'>();
  for (const s of site.switches) kind.set(s.id, s.kind);
  for (const a of site.arrays) kind.set(a.id, 'array');

  const leader = new Map<string, string>();
  const find = (id: string): string => {
    const up = leader.get(id);
    return up === undefined || up === id ? id : find(up);
  };
  const usedBy = new Map<string, Set<string>>();
  const use = (hub: string, cluster: string): void => {
    usedBy.set(hub, (usedBy.get(hub) ?? new Set()).add(cluster));
  };
  const wired = new Set<string>();
  for (const link of links) {
    const cluster = clusterOf.get(link.from);
    if (!cluster || !kind.has(link.to)) continue;
    use(link.to, cluster);
    if (kind.get(link.to) !== 'switch') continue;
    wired.add(cluster);
    leader.set(find(cluster), find(link.to));
  }
  for (const { clusters, devices } of before) {
    const first = clusters[0];
    if (first === undefined) continue;
    for (const id of clusters) {
      leader.set(find(id), find(first));
      wired.add(id);
    }
    for (const id of devices) {
      if (usedBy.has(id) || !kind.has(id)) continue;
      use(id, first);
      if (kind.get(id) === 'switch') leader.set(find(id), find(first));
    }
  }
  // An array behind a fabric is used by the fabric's clusters.
  for (const link of links) {
    if (clusterOf.has(link.from) || kind.get(link.to) !== 'array') continue;
    for (const cluster of usedBy.get(link.from) ?? []) use(link.to, cluster);
  }
  const sides = new Map<string, string>();
  for (const link of links) if (!sides.has(link.to)) sides.set(link.to, link.side);
  const bySide = (ids: readonly string[]): string[] => [
    ...ids.filter((id) => sides.get(id) !== 'b'),
    ...ids.filter((id) => sides.get(id) === 'b'),
  ];

  const podOf = new Map<string, string>();
  const groups = new Map<string, string[]>();
  for (const cluster of site.clusters) {
    const key = wired.has(cluster.id) ? find(cluster.id) : '';
    podOf.set(cluster.id, key);
    groups.set(key, [...(groups.get(key) ?? []), cluster.id]);
  }
  const homeOf = (hub: string): string | undefined => {
    const pods = new Set([...(usedBy.get(hub) ?? [])].map((c) => podOf.get(c)));
    return pods.size === 1 ? [...pods][0] : undefined;
  };
  const within = (key: string, ids: readonly string[]): string[] =>
    bySide(ids.filter((id) => homeOf(id) === key || (groups.size === 1 && !homeOf(id))));
  const switches = site.switches.filter((s) => s.kind === 'switch' && usedBy.has(s.id)).map((s) => s.id);
  const fabrics = site.switches.filter((s) => s.kind === 'fabric').map((s) => s.id);
  const arrays = site.arrays.map((a) => a.id);
  const pods = [...groups].map(
    ([key, clusters]): Pod => ({
      id: `pod:${clusters[0] ?? ''}`,
      clusters,
      switches: bySide(switches.filter((id) => [...(usedBy.get(id) ?? [])].some((c) => podOf.get(c) === key))),
      fabrics: within(key, fabrics),
      arrays: within(key, arrays),
    }),
  );
  const placed = new Set(pods.flatMap((p) => [...p.switches, ...p.fabrics, ...p.arrays]));
  return {
    pods,
    cores: site.switches.filter((s) => s.kind !== 'fabric' && !placed.has(s.id)).map((s) => s.id),
    fabrics: bySide(fabrics.filter((id) => !placed.has(id))),
    arrays: arrays.filter((id) => !placed.has(id)),
  };
}
