import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topologyOfProject } from '../../server/src/ide/topology.ts';
import { indexGraph } from '../../server/src/topology/graph.ts';
import { random } from '../support/random.ts';
import { randomCompute } from '../support/random-compute.ts';
import { growingDesign } from '../support/random-growth.ts';
import { randomStorage } from '../support/random-storage.ts';
import { randomTopology } from '../support/random-topology.ts';
import { topologyOf } from '../support/topology.ts';
import { editing } from './editing.ts';

const DESIGNS = { randomCompute, randomStorage, randomTopology, growingDesign };

for (const [name, design] of Object.entries(DESIGNS)) {
  test(`${name}: another day is what a design evaluated on that day is`, () => {
    for (let seed = 1; seed <= 10; seed++) {
      const day = { day: 20_800 + random(seed).below(1_200) };
      const { workspace, uri } = editing(design(seed));
      const today = topologyOf(workspace, uri)?.graph;
      const later = topologyOf(workspace, uri, { at: day })?.graph;
      assert.equal(topologyOf(workspace, uri)?.graph, today, 'and leaves today as it is');
      const other = editing(design(seed));
      other.workspace.evaluateAt(day);
      assert.deepEqual(later, topologyOf(other.workspace, other.uri)?.graph, `seed ${seed}`);
    }
  });

  test(`${name}: a failure is the same whether anything was asked before, and in steps`, () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { below } = random(seed);
      const warm = editing(design(seed));
      const graph = topologyOf(warm.workspace, warm.uri)?.graph;
      const ids = graph ? [...indexGraph(graph).nodes.keys()] : [];
      for (let n = 0; n < 4 && ids.length > 0; n++) {
        const failed = [ids[below(ids.length)] ?? ''];
        const cold = editing(design(seed));
        const project = cold.workspace.projectOf(cold.uri);
        const expected = project && topologyOfProject(project, { failed });
        const steps = topologyOf(warm.workspace, warm.uri, { failed });
        assert.deepEqual(steps?.graph, expected, `seed ${seed}: ${failed}`);
      }
      assert.equal(topologyOf(warm.workspace, warm.uri)?.graph, graph);
    }
  });
}

test('after a failure what it does not touch is the same object, so that nothing of it is sent or drawn again', () => {
  const { workspace, uri } = editing(randomTopology(5, { hosts: 40, sites: 4 }));
  const graph = topologyOf(workspace, uri)?.graph;
  assert.ok(graph);
  const clusters = graph.sites.flatMap((site) => site.clusters);
  const cluster = clusters.find(({ id, hosts }) => id.startsWith('cluster:') && hosts.length > 2);
  const [first] = cluster?.hosts ?? [];
  assert.ok(first);
  const after = topologyOf(workspace, uri, { failed: [first.id] })?.graph;
  assert.ok(after);
  // Badges are put on afterwards, on hosts that have findings.
  const elsewhere = clusters.flatMap((other) => (other === cluster ? [] : other.hosts)).filter(({ badge }) => !badge);
  const now = indexGraph(after).nodes;
  const same = elsewhere.filter((host) => now.get(host.id) === host);
  assert.ok(elsewhere.length > 20);
  assert.deepEqual([same.length, elsewhere.length], [elsewhere.length, elsewhere.length]);
});
