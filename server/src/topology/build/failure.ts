import type {
  ClusterNode,
  Failure,
  Gauge,
  Gauges,
  HostNode,
  LeftVm,
  Link,
  SiteNode,
  TopologyGraph,
  VmCell,
} from '../graph.ts';
import { failIdOf, indexGraph } from '../graph.ts';
import { withOnlyPaths } from './redundancy.ts';

/**
 * The picture of a design after a failure, told apart from the one before it: what has failed stays where it stood, arrivals
 * are marked and stand last, gauges say what has come with them.
 */
export function withFailure(
  before: TopologyGraph,
  after: TopologyGraph,
  failure: Failure,
  failed: ReadonlySet<string>,
): TopologyGraph {
  const old = indexGraph(before);
  const now = indexGraph(after);
  const restarts = new Map(failure.moves.map(({ vm, to }) => [vm, to]));
  const came = new Map([...failure.moves, ...failure.shifts].map(({ vm, from }) => [vm, from]));
  const down = new Set(failure.stranded.map(({ vm }) => vm));
  const receivers = new Set([...failure.moves, ...failure.shifts].map(({ to }) => to));
  const oldHost = (id: string): HostNode | undefined => {
    const node = old.nodes.get(id);
    return node?.kind === 'host' ? node : undefined;
  };
  const host = (node: HostNode): HostNode => {
    const was = oldHost(node.id);
    if (failed.has(node.id)) {
      const left = (was?.vms ?? []).map((vm): LeftVm => {
        const to = restarts.get(vm.id);
        return to === undefined ? vm : { ...vm, to };
      });
      return { ...node, vms: [], failed: true, left, gauges: was?.gauges ?? {} };
    }
    const left = (was?.vms ?? []).filter((vm) => down.has(vm.id));
    const stopped = left.length > 0 ? { left } : {};
    if (!receivers.has(node.id)) return left.length > 0 ? { ...node, ...stopped } : node;
    const isArrival = (vm: VmCell): boolean => came.has(vm.id) && !was?.vms.some((known) => known.id === vm.id);
    const vms = [
      ...node.vms.filter((vm) => !isArrival(vm)),
      ...node.vms.filter(isArrival).map((vm) => ({ ...vm, from: came.get(vm.id) ?? '' })),
    ];
    return { ...node, vms, gauges: withGain(node.gauges, was?.gauges), ...stopped };
  };
  const isIdle = (id: string): boolean => {
    const node = now.nodes.get(id);
    return node?.kind === 'host' && node.vms.length === 0;
  };
  const mark = <T extends { readonly id: string }>(node: T): T =>
    failed.has(node.id) ? { ...node, failed: true } : node;
  const cluster = (node: ClusterNode): ClusterNode => {
    const hosts = node.hosts.map(host);
    const was = old.nodes.get(node.id);
    if (hosts.every((own, index) => own === node.hosts[index])) return node;
    const isGone = hosts.length > 0 && hosts.every((own) => own.failed);
    return {
      ...node,
      hosts,
      gauges: was?.kind === 'cluster' ? withGain(node.gauges, was.gauges) : node.gauges,
      ...(isGone ? { failed: true } : {}),
    };
  };
  const site = (node: SiteNode): SiteNode => ({
    ...node,
    clusters: node.clusters.map(cluster),
    switches: node.switches.map(mark),
    arrays: node.arrays.map((array) => mark({ ...array, datastores: array.datastores.map(mark) })),
    ...(failure.failed.includes(node.id) ? { failed: true } : {}),
  });
  return {
    ...after,
    sites: after.sites.map(site),
    links: withOnlyPaths(linksAfter(before.links, after.links, failed), {
      isIdle,
      placeOf: (id) => old.parents.get(id),
    }),
    failure,
  };
}

/** Links of what has failed stay, marked; they carry nothing. */
function linksAfter(before: readonly Link[], after: readonly Link[], failed: ReadonlySet<string>): readonly Link[] {
  const now = new Map(after.map((link) => [link.id, link]));
  const known = new Set(before.map(({ id }) => id));
  const isCut = ({ from, to, ...link }: Link): boolean =>
    failed.has(failIdOf(link)) || failed.has(from) || failed.has(to);
  const cut = (link: Link): Link => {
    const { gauge: _, only: __, ...rest } = link;
    return { ...rest, failed: true };
  };
  return [
    ...before.map((link) => {
      const kept = isCut(link) ? undefined : now.get(link.id);
      // Sides are given out by what there is; what is left keeps its own.
      return kept ? { ...kept, side: link.side } : cut(link);
    }),
    // Mounts whose path was stated over what has failed.
    ...after.filter((link) => !known.has(link.id) && link.kind !== 'mount' && !isCut(link)),
  ];
}

/** What of a load was not there before. */
function withGain(now: Gauges, was: Gauges | undefined): Gauges {
  const gauges: Record<string, Gauge> = {};
  for (const [measure, gauge] of Object.entries(now)) {
    const before = was?.[measure as keyof Gauges];
    const gain = gauge.state === 'unknown' || !before || before.state === 'unknown' ? 0 : gauge.share - before.share;
    gauges[measure] = gain > 1e-9 ? { ...gauge, gain } : gauge;
  }
  return gauges;
}
