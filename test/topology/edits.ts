import type { ClusterNode, HostNode, Link, SiteNode, TopologyGraph, VmCell } from '../../server/src/topology/graph.ts';
import type { Box, Layout } from '../../server/src/topology/layout/layout-types.ts';

/** An edit inside one container: the graph after it, and the container. */
export interface Edit {
  readonly graph: TopologyGraph;
  readonly inside: string;
}

/** A choice below `count`. */
type Choose = (count: number) => number;

const newVm = (n: number): VmCell => ({ id: `vm:new-${n}`, name: `new-${n}`, cpu: 4e9, memory: 2 ** 33 });

const replaced = <T>(list: readonly T[], old: T, by: readonly T[]): readonly T[] =>
  list.flatMap((item) => (item === old ? by : [item]));

function withCluster(graph: TopologyGraph, old: ClusterNode, by: ClusterNode, links = graph.links): TopologyGraph {
  const sites = graph.sites.map((s) => ({ ...s, clusters: replaced(s.clusters, old, [by]) }));
  return { ...graph, links, sites };
}

interface At {
  readonly graph: TopologyGraph;
  readonly cluster: ClusterNode;
  readonly host: HostNode;
  readonly choose: Choose;
  readonly n: number;
}

const hosts =
  (change: (at: At) => readonly HostNode[]) =>
  (at: At): Edit => ({
    graph: withCluster(at.graph, at.cluster, { ...at.cluster, hosts: change(at) }),
    inside: at.cluster.id,
  });
const host = (change: (at: At) => HostNode) => hosts((at) => replaced(at.cluster.hosts, at.host, [change(at)]));

/** A host like another, wired as that one is. */
function addHost({ graph, cluster, host: like, choose, n }: At, vms: readonly VmCell[]): Edit {
  const added: HostNode = { ...like, id: `${like.id}-new-${n}`, name: `${like.name}-new-${n}`, vms, left: [] };
  const links = graph.links.flatMap((l): Link[] =>
    l.from === like.id ? [l, { ...l, id: `${l.id}-new-${n}`, from: added.id }] : [l],
  );
  const list = replaced(cluster.hosts, like, choose(2) === 0 ? [like, added] : [added, like]);
  return { graph: withCluster(graph, cluster, { ...cluster, hosts: list }, links), inside: cluster.id };
}

/** What people do inside a cluster. */
const CLUSTER_EDITS: Readonly<Record<string, (at: At) => Edit>> = {
  'a VM more': host(({ host: h, n }) => ({ ...h, vms: [...h.vms, newVm(n)] })),
  'a VM less': host(({ host: h, choose }) => ({ ...h, vms: h.vms.toSpliced(choose(h.vms.length + 1), 1) })),
  'a VM that is off': host(({ host: h }) => ({ ...h, vms: h.vms.map((v, i) => (i === 0 ? { ...v, off: true } : v)) })),
  'a VM moved': hosts(({ cluster, host: from, choose }) => {
    const to = cluster.hosts[choose(cluster.hosts.length)] as HostNode;
    const vm = from.vms[0];
    if (!vm || to === from) return cluster.hosts;
    return cluster.hosts.map((h) =>
      h === from ? { ...h, vms: h.vms.slice(1) } : h === to ? { ...h, vms: [...h.vms, vm] } : h,
    );
  }),
  'a larger VM': host(({ host: h }) => ({
    ...h,
    vms: h.vms.map((v, i) => (i === 0 ? { ...v, cpu: 9e9, memory: 2 ** 36 } : v)),
    gauges: { ...h.gauges, cpu: { value: 3, capacity: 2, share: 1.5, state: 'stated', class: 'over' } },
  })),
  'a finding': host(({ host: h }) => ({ ...h, badge: { errors: 1, warnings: 0, infos: 0, findings: [] } })),
  'a host with another name': host(({ host: h, n }) => ({ ...h, name: `${h.name}-of-another-name-${n}` })),
  'a host more': (at) => addHost(at, []),
  'a host more with its VMs': (at) =>
    addHost(
      at,
      at.host.vms.map((v) => ({ ...v, id: `${v.id}-new-${at.n}` })),
    ),
  'a host less': ({ graph, cluster, host: gone }) => ({
    graph: withCluster(
      graph,
      cluster,
      { ...cluster, hosts: replaced(cluster.hosts, gone, []) },
      graph.links.filter((l) => l.from !== gone.id),
    ),
    inside: cluster.id,
  }),
  'a network more': ({ graph, cluster }) => {
    const ids = new Set(cluster.hosts.map((h) => h.id));
    const more = <T extends { readonly carries?: readonly number[] }>(x: T): T =>
      x.carries ? { ...x, carries: [...x.carries, 900] } : x;
    const links = graph.links.map((l) => (ids.has(l.from) ? more(l) : l));
    return {
      graph: withCluster(graph, cluster, { ...cluster, hosts: cluster.hosts.map(more) }, links),
      inside: cluster.id,
    };
  },
};

/** Datastores of an array. */
const ARRAY_EDITS: Readonly<Record<string, (graph: TopologyGraph, choose: Choose, n: number) => Edit | undefined>> = {
  'a datastore more': (graph, choose, n) =>
    withArray(graph, choose, (a) => [...a, { ...a[0], id: `datastore:new-${n}` }]),
  'a datastore less': (graph, choose) => withArray(graph, choose, (a) => a.slice(1)),
};

type Stores = SiteNode['arrays'][number]['datastores'];

function withArray(
  graph: TopologyGraph,
  choose: Choose,
  change: (stores: Stores) => readonly object[],
): Edit | undefined {
  const all = graph.sites.flatMap((s) => s.arrays).filter((a) => a.datastores.length > 0);
  const array = all[choose(all.length)];
  if (!array) return undefined;
  const by = { ...array, datastores: change(array.datastores) as Stores };
  const sites = graph.sites.map((s) => ({ ...s, arrays: replaced(s.arrays, array, [by]) }));
  return { graph: { ...graph, sites }, inside: array.id };
}

/** One edit of a kind somewhere in the graph; undefined where there is nothing to edit. */
export function edited(graph: TopologyGraph, kind: string, next: () => number, n: number): Edit | undefined {
  const choose: Choose = (count) => Math.floor(next() * count);
  const array = ARRAY_EDITS[kind];
  if (array) return array(graph, choose, n);
  const clusters = graph.sites.flatMap((s) => s.clusters).filter((c) => c.hosts.length > 0);
  const cluster = clusters[choose(clusters.length)];
  const at = cluster?.hosts[choose(cluster.hosts.length)];
  return cluster && at && CLUSTER_EDITS[kind]?.({ graph, cluster, host: at, choose, n });
}

export const EDITS: readonly string[] = [...Object.keys(CLUSTER_EDITS), ...Object.keys(ARRAY_EDITS)];

/** Nodes outside of a container that are not where they were, or not as large; of what holds it the place alone counts. */
export function displaced(before: Layout, after: Layout, inside: string): readonly (readonly [Box, Box])[] {
  const known = new Map(before.boxes.map((b) => [b.id, b]));
  const now = new Map(after.boxes.map((b) => [b.id, b]));
  const up = (b: Box | undefined): Box | undefined => (b?.parent === undefined ? undefined : known.get(b.parent));
  const around = new Set<string>();
  for (let b = up(known.get(inside)); b; b = up(b)) around.add(b.id);
  const isInside = (box: Box): boolean => {
    for (let b: Box | undefined = box; b; b = up(b)) if (b.id === inside) return true;
    return false;
  };
  return before.boxes.flatMap((b) => {
    const then = now.get(b.id);
    if (!then || (b.id !== inside && isInside(b))) return [];
    const isSame =
      b.x === then.x && b.y === then.y && (around.has(b.id) || b.id === inside || (b.w === then.w && b.h === then.h));
    return isSame ? [] : [[b, then] as const];
  });
}
