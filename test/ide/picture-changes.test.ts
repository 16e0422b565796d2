import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange, changeBetween } from '../../server/src/topology/changes.ts';
import { indexGraph, type TopologyGraph } from '../../server/src/topology/graph.ts';
import { random } from '../support/random.ts';
import { randomCompute } from '../support/random-compute.ts';
import { randomStorage } from '../support/random-storage.ts';
import { randomTopology } from '../support/random-topology.ts';
import { topologyOf } from '../support/topology.ts';
import { editing } from './editing.ts';

const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** Random pictures of random designs, each after an edit, a failure or another day than the one before. */
function* pictures(design: (seed: number) => string, seed: number): Generator<TopologyGraph> {
  const { below, next, pick } = random(seed);
  const { workspace, uri } = editing(design(seed));
  for (let step = 0; step < 8; step++) {
    const text = workspace.text(uri) ?? '';
    const lines = text.split('\n');
    const at = below(lines.length);
    const kind = next();
    if (kind < 0.3) lines.splice(at, 1);
    else if (kind < 0.5) lines.splice(at, 0, pick(lines));
    else if (kind < 0.8) lines[at] = lines[at]?.replace(/\d+/, (n) => String(Number(n) + 1)) ?? '';
    if (kind < 0.8) workspace.replaceText(uri, lines.join('\n'));
    const graph = topologyOf(workspace, uri)?.graph;
    assert.ok(graph);
    yield graph;
    const ids = [...indexGraph(graph).nodes.keys()];
    if (kind >= 0.8 && ids.length > 0) {
      const failed = topologyOf(workspace, uri, { failed: [pick(ids)] })?.graph;
      const later = topologyOf(workspace, uri, { at: { day: 21_000 + below(400) } })?.graph;
      assert.ok(failed && later);
      yield failed;
      yield later;
    }
  }
}

for (const design of [randomCompute, randomStorage, randomTopology]) {
  test(`${design.name}: what changes, told from picture to picture, ends in the picture of the text`, () => {
    for (let seed = 1; seed <= 12; seed++) {
      let before: TopologyGraph | undefined;
      let shown: unknown;
      for (const graph of pictures(design, seed)) {
        const change = changeBetween(before, graph);
        if (change) shown = applyChange(shown, sent(change));
        assert.deepEqual(shown, sent(graph), `seed ${seed}`);
        before = graph;
      }
    }
  });
}

test('a VM that grows costs its cell and the figures around it, not the picture', () => {
  const { workspace, uri } = editing(randomTopology(5, { hosts: 40, sites: 4 }));
  const before = topologyOf(workspace, uri)?.graph;
  const text = workspace.text(uri) ?? '';
  const after = text.replace(/memory (\d+) GiB/, (_, n) => `memory ${Number(n) + 1} GiB`);
  assert.notEqual(after, text);
  workspace.replaceText(uri, after);
  const graph = topologyOf(workspace, uri)?.graph;
  const [whole, change] = [graph, changeBetween(before, graph)].map((value) => JSON.stringify(value).length);
  assert.ok(whole !== undefined && change !== undefined && change * 10 < whole, `${change} of ${whole}`);
});
