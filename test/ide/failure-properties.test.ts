import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HostNode, indexGraph, type TopologyGraph } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { random } from '../support/random.ts';
import { randomCompute } from '../support/random-compute.ts';
import { randomStorage } from '../support/random-storage.ts';
import { randomTopology } from '../support/random-topology.ts';
import { topologyOf } from '../support/topology.ts';
import { textFaults, wireFaults } from '../topology/faults.ts';
import { WIDEST } from '../topology/support.ts';
import { editing } from './editing.ts';

const DESIGNS = [randomCompute, randomStorage, randomTopology];
const FAILABLE = new Set(['host', 'cluster', 'switch', 'fabric', 'array', 'datastore', 'site']);

/** Random designs with things of theirs that fail. */
function* failures(): Generator<{
  at: string;
  before: TopologyGraph;
  after: TopologyGraph;
  failed: readonly string[];
}> {
  for (const [kind, design] of DESIGNS.entries()) {
    for (let seed = 1; seed <= 8; seed++) {
      const { below } = random(seed * 7 + kind);
      const { workspace, uri } = editing(design(seed));
      const before = topologyOf(workspace, uri)?.graph;
      if (!before) continue;
      const nodes = [...indexGraph(before).nodes.values()].filter((node) => FAILABLE.has(node.kind));
      const links = before.links.map(({ id }) => id);
      for (let n = 0; n < 4; n++) {
        const ids = n === 3 && links.length > 0 ? links : nodes.map(({ id }) => id);
        const failed = Array.from({ length: 1 + below(2) }, () => ids[below(ids.length)] ?? '');
        const after = topologyOf(workspace, uri, { failed })?.graph;
        assert.ok(after);
        yield { at: `${design.name} ${seed}: ${failed}`, before, after, failed };
      }
      assert.equal(topologyOf(workspace, uri)?.graph, before, 'asking without is the undo');
    }
  }
}

const ALL = [...failures()];

const hostsIn = (graph: TopologyGraph): readonly HostNode[] =>
  graph.sites.flatMap(({ clusters }) => clusters.flatMap(({ hosts }) => hosts));

function placesOf(graph: TopologyGraph): Map<string, string[]> {
  const places = new Map<string, string[]>();
  const put = (vm: string, at: string): void => void places.set(vm, [...(places.get(vm) ?? []), at]);
  for (const host of hostsIn(graph)) for (const vm of host.vms) put(vm.id, host.id);
  for (const site of graph.sites)
    for (const cluster of site.clusters) for (const vm of cluster.pool) put(vm.id, cluster.id);
  for (const vm of graph.unplaced) put(vm.id, 'nowhere');
  return places;
}

test('every VM is in one place after a failure: where it was, where it went, with its host, or nowhere', () => {
  for (const { at, before, after } of ALL) {
    const [old, now] = [placesOf(before), placesOf(after)];
    const { moves = [], shifts = [], stranded = [] } = after.failure ?? {};
    const went = new Map([...moves, ...shifts].map((move) => [move.vm, move]));
    const down = new Set(stranded.map(({ vm }) => vm));
    const off = new Set(
      hostsIn(after)
        .flatMap((host) => (host.failed ? (host.left ?? []) : []))
        .map(({ id }) => id),
    );
    for (const [vm, [from]] of old) {
      const places = now.get(vm) ?? [];
      const move = went.get(vm);
      if (move) assert.deepEqual([move.from, places], [from, [move.to]], `${at}: ${vm}`);
      else if (down.has(vm)) assert.deepEqual(places, ['nowhere'], `${at}: ${vm}`);
      else assert.deepEqual(places, off.has(vm) ? [] : [from], `${at}: ${vm}`);
    }
    for (const vm of down) assert.ok(!went.has(vm), `${at}: ${vm} is down, and moves`);
  }
});

test('nothing moves to what has failed, or to a host that is full then', () => {
  for (const { at, before, after } of ALL) {
    const hosts = new Map(hostsIn(after).map((host) => [host.id, host]));
    const old = new Map(hostsIn(before).map((host) => [host.id, host]));
    for (const { to } of after.failure?.moves ?? []) {
      const host = hosts.get(to);
      assert.ok(host && !host.failed, `${at}: ${to}`);
      const memory = host.gauges.memory;
      const was = old.get(to)?.gauges.memory?.share ?? 0;
      if (memory && memory.state === 'stated')
        assert.ok(memory.share <= Math.max(1, was) + 1e-6, `${at}: ${to} ${memory.share}`);
    }
  }
});

test('a cluster whose failover of one host holds has room for the VMs of each of them', () => {
  let held = 0;
  for (const { at, before, after, failed } of ALL) {
    const [id, ...more] = failed;
    const index = indexGraph(before);
    const cluster = index.nodes.get(index.parents.get(id ?? '') ?? '');
    if (more.length > 0 || cluster?.kind !== 'cluster' || cluster.pool.length > 0) continue;
    const { failover } = cluster;
    if (failover?.state !== 'holds' || failover.label !== 'N+1') continue;
    held++;
    assert.deepEqual(after.failure?.stranded.filter(({ room }) => room).map(({ name }) => name) ?? [], [], at);
  }
  assert.ok(held > 0, 'there was one');
});

test('what is said to have come is found, and is drawn where nothing lies on anything', () => {
  for (const { at, after } of ALL) {
    for (const { key } of after.failure?.findings.added ?? [])
      assert.ok(
        after.findings.some((note) => note.key === key),
        `${at}: ${key}`,
      );
    for (const level of ['tile', 'card'] as const) {
      const layout = layoutGraph(after, { level, layer: 'all' });
      const scene = drawScene(after, layout, { measure: 'memory', look: WIDEST });
      assert.deepEqual([...wireFaults(layout), ...textFaults(layout, scene, 1)], [], `${at}, ${level}`);
    }
  }
});
