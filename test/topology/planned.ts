import assert from 'node:assert/strict';
import { withPlan } from '../../server/src/topology/build/plan.ts';
import { gaugeOf, type HostNode, type TopologyGraph, type VmCell } from '../../server/src/topology/graph.ts';

/** A graph in which VMs have moved: `moves` from host to host by their names, one VM each. */
export function moved(
  graph: TopologyGraph,
  moves: readonly (readonly [from: string, to: string])[],
  done = moves.length,
): TopologyGraph {
  const hosts = new Map(hostsOf(graph).map((host) => [host.name, { ...host, vms: [...host.vms] }]));
  const told: { vm: string; name: string; to: string; step: number }[] = [];
  moves.forEach(([from, to], index) => {
    const [source, target] = [hosts.get(from), hosts.get(to)];
    const vm = source?.vms.find(({ id }) => !told.some((one) => one.vm === id));
    assert.ok(source && target && vm, `${from} to ${to}`);
    told.push({ vm: vm.id, name: vm.name, to: target.id, step: index + 1 });
    if (index >= done) return;
    source.vms = source.vms.filter((one) => one !== vm);
    target.vms.push(vm);
    hosts.set(from, reckoned(source));
    hosts.set(to, reckoned(target));
  });
  const after = {
    ...graph,
    sites: graph.sites.map((s) => ({
      ...s,
      clusters: s.clusters.map((c) => ({ ...c, hosts: c.hosts.map((h) => hosts.get(h.name) ?? h) })),
    })),
  };
  return withPlan(graph, after, {
    id: 'plan-1',
    title: 'Move some',
    moves: told,
    steps: moves.length,
    step: done,
    costs: [],
    hosts: [],
    findings: { added: [], gone: [] },
  });
}

/** Loads that follow from the VMs, as far as this test needs them. */
function reckoned<T extends HostNode & { vms: VmCell[] }>(host: T): T {
  const gauges = { ...host.gauges };
  for (const measure of ['cpu', 'memory'] as const) {
    const gauge = gauges[measure];
    if (!gauge) continue;
    const value = host.vms.reduce((sum, vm) => sum + ((measure === 'cpu' ? vm.cpu : vm.memory) ?? 0), 0);
    gauges[measure] = gaugeOf(value, gauge.capacity, { warn: 0.75, err: 0.9 });
  }
  return { ...host, gauges };
}

const hostsOf = (graph: TopologyGraph): readonly HostNode[] =>
  graph.sites.flatMap(({ clusters }) => clusters.flatMap(({ hosts }) => hosts));
