import {
  type ClusterNode,
  type Gauge,
  type Gauges,
  type HostNode,
  indexGraph,
  type LeftVm,
  type PlanMove,
  type PlanNote,
  type SiteNode,
  type TopologyGraph,
  type VmCell,
} from '../graph.ts';

/** What is known of a plan beside the two graphs: its moves are told from them where it states none. */
export type PlanFacts = Omit<PlanNote, 'added' | 'moves'> & { readonly moves: readonly Omit<PlanMove, 'from'>[] };

/**
 * The picture of a design after a plan, or after some of its steps, told apart from the one before it: what has moved is marked and
 * stands last, what has left stays as a shape, gauges say what they were.
 */
export function withPlan(before: TopologyGraph, after: TopologyGraph, facts: PlanFacts): TopologyGraph {
  const [old, now] = [indexGraph(before), indexGraph(after)];
  const moves: readonly PlanMove[] =
    facts.moves.length > 0
      ? facts.moves.map((move) => ({ ...move, ...fromOf(old.vmHolder.get(move.vm)) }))
      : movedBetween(before, after);
  const sources = new Set(moves.map(({ from }) => from));
  const arriving = new Map<string, Set<string>>();
  for (const { vm, to } of moves) arriving.set(to, (arriving.get(to) ?? new Set()).add(vm));
  const added: string[] = [];
  const host = (node: HostNode): HostNode => {
    const known = old.nodes.get(node.id);
    const was = known?.kind === 'host' ? known : undefined;
    if (!was) added.push(node.id);
    const ran = new Set(was?.vms.map(({ id }) => id));
    const runs = new Set(node.vms.map(({ id }) => id));
    const left = (was?.vms ?? []).flatMap((vm): LeftVm[] => {
      if (runs.has(vm.id)) return [];
      const { badge: _, ...ghost } = vm;
      const to = now.vmHolder.get(vm.id);
      return [to === undefined ? ghost : { ...ghost, to }];
    });
    const came = node.vms
      .filter(({ id }) => !ran.has(id))
      .map((vm): VmCell => ({ ...vm, from: old.vmHolder.get(vm.id) ?? '' }));
    const gauges = withBefore(node.gauges, was?.gauges);
    const coming = [...(arriving.get(node.id) ?? [])].filter((id) => !ran.has(id)).length;
    const takesPart = left.length + came.length + coming > 0 || sources.has(node.id);
    if (was && !takesPart && gauges === node.gauges) return node;
    return {
      ...node,
      vms: came.length > 0 ? [...node.vms.filter(({ id }) => ran.has(id)), ...came] : node.vms,
      gauges,
      ...(left.length > 0 ? { left } : {}),
      ...(takesPart ? { most: (was?.vms ?? []).filter(({ off }) => !off).length + Math.max(coming, came.length) } : {}),
      ...(was ? {} : { added: true }),
    };
  };
  const cluster = (node: ClusterNode): ClusterNode => {
    const was = old.nodes.get(node.id);
    const hosts = node.hosts.map(host);
    const gauges = withBefore(node.gauges, was?.kind === 'cluster' ? was.gauges : undefined);
    if (gauges === node.gauges && hosts.every((own, index) => own === node.hosts[index])) return node;
    return { ...node, hosts, gauges };
  };
  const site = (node: SiteNode): SiteNode => ({ ...node, clusters: node.clusters.map(cluster) });
  const sites = after.sites.map(site);
  return { ...after, sites, plan: { ...facts, moves, added } };
}

const fromOf = (from: string | undefined): Pick<PlanMove, 'from'> => (from === undefined ? {} : { from });

/** VMs that stand elsewhere than before, or are new on a host, all in one step. */
function movedBetween(before: TopologyGraph, after: TopologyGraph): readonly PlanMove[] {
  const [old, now] = [indexGraph(before), indexGraph(after)];
  return after.sites
    .flatMap(({ clusters }) => clusters.flatMap(({ hosts }) => hosts))
    .flatMap(({ id: to, vms }) =>
      vms.flatMap(({ id: vm, name }) => {
        const from = old.vmHolder.get(vm);
        return from === to || !now.vmHolder.has(vm) ? [] : [{ vm, name, to, step: 1, ...fromOf(from) }];
      }),
    );
}

/** Gauges with the share that each had, where that was another one. The same object where none had. */
function withBefore(now: Gauges, was: Gauges | undefined): Gauges {
  const gauges: Record<string, Gauge> = {};
  let isOther = false;
  for (const [measure, gauge] of Object.entries(now)) {
    const before = was?.[measure as keyof Gauges];
    const isKnown = before && before.state !== 'unknown' && gauge.state !== 'unknown';
    const isChanged = isKnown && Math.abs(before.share - gauge.share) > 1e-9;
    isOther ||= isChanged === true;
    gauges[measure] = isChanged ? { ...gauge, was: before.share } : gauge;
  }
  return isOther ? gauges : now;
}
