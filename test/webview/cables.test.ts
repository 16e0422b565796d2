import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksAt, linkWords, nameOfFailed } from '../../client/webview/cables.ts';
import { failIdOf } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { linksNear } from '../../server/src/topology/scene/ways.ts';
import { smallGraph } from '../topology/graphs/small.ts';

const graph = smallGraph();
const layout = layoutGraph(graph, { level: 'card', layer: 'all' });

test('the links of a node are its cables, in words that name the other end', () => {
  const links = linksAt(graph, 'host:prod/esx-01');
  assert.deepEqual(
    links.map((link) => linkWords(graph, link, 'host:prod/esx-01').split(' · ')[0]),
    ['tor-a', 'vmax', 'tor-b', 'vmax'],
  );
  const [first] = links;
  assert.ok(first);
  assert.match(linkWords(graph, first), /^esx-01 to tor-a · /);
  assert.equal(
    linkWords(graph, { ...first, count: 2, speed: 10e9, failed: true }, first.to).slice(0, 20),
    'esx-01 · 2 × 10 Gbps',
  );
  assert.match(linkWords(graph, { ...first, failed: true }), / · failed$/);
});

test('what is mounted without a path is no cable', () => {
  const [first] = linksAt(graph, 'host:prod/esx-01');
  assert.ok(first);
  const mount = { ...graph, links: [{ ...first, kind: 'mount' as const, speed: 0 }] };
  assert.deepEqual(linksAt(mount, 'host:prod/esx-01'), []);
});

test('a link is found along its whole way, and only there', () => {
  for (const wire of layout.wires)
    for (const { path, links } of wire.spokes)
      for (const [i, to] of path.entries()) {
        const from = path[i - 1] ?? to;
        const near = linksNear(layout, (from.x + to.x) / 2, (from.y + to.y) / 2, 2);
        for (const id of links) assert.ok(near.includes(id), `${id} at ${from.x} ${from.y}`);
      }
  assert.deepEqual(linksNear(layout, -50, -50, 4), []);
});

test('what fails has a name, whether a node or a link, in the picture or not', () => {
  assert.equal(nameOfFailed(graph, 'host:prod/esx-01'), 'esx-01');
  assert.equal(nameOfFailed(graph, 'host:prod/esx-01/nic-a'), 'link esx-01 to tor-a');
  assert.equal(nameOfFailed(undefined, 'host:prod/esx-01>switch:tor-a'), 'link esx-01 to tor-a');
  assert.equal(nameOfFailed(undefined, 'wan:line'), 'line');
  assert.equal(nameOfFailed(graph, 'cluster:prod>switch:tor-a'), 'links prod to tor-a');
});

test('a line between several sites fails as a whole', () => {
  const [link] = graph.links;
  assert.ok(link);
  assert.equal(failIdOf({ ...link, kind: 'wan', id: 'wan:ring#a-b' }), 'wan:ring');
  assert.equal(failIdOf(link), link.id);
});
