import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { indexGraph, type TopologyGraph } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { LEVELS, type Level } from '../../server/src/topology/layout/metrics.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { FADED, type Focus, litBy } from '../../server/src/topology/scene/focus.ts';
import type { Item, Scene } from '../../server/src/topology/scene/scene.ts';
import { editing } from '../ide/editing.ts';
import { topologyOf } from '../support/topology.ts';
import { textFaults, wireFaults } from './faults.ts';
import { groupOf, isText, overlapping, WIDEST } from './support.ts';

function graphOf(text: string): TopologyGraph {
  const { workspace, uri } = editing(text);
  const graph = topologyOf(workspace, uri)?.graph;
  assert.ok(graph);
  return graph;
}

const sceneOf = (graph: TopologyGraph, level: Level, layer: 'all' | 'network', focus?: Focus): Scene =>
  drawScene(graph, layoutGraph(graph, { level, layer }), { measure: 'memory', look: WIDEST, focus });

const estate = (networks: number): string => `site s
switch tor-[a,b] at s { trunk n-[1..${networks}] }
cluster c at s {
  features live-migration
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries n-[1..${networks}] }
  host h-[1..8] { nic nic[1..2] 10 Gbps; cpu 1 x 16 cores 2 GHz; memory 64 GiB }
  runs v-[1..8] on each h-[1..8]
}
${Array.from({ length: networks }, (_, n) => `network n-${n + 1} at s { vlan ${10 + n}; subnet 10.0.${n}.0/24 }`).join('\n')}
vm v-[1..8] { vcpu 2; memory 8 GiB; nic n-1 }
`;

const dots = (items: readonly Item[]): number =>
  items.filter((i) => i.t === 'rect' && i.w === 7 && i.fill?.startsWith('owner')).length;
const rings = (items: readonly Item[], stroke: 'critical' | 'warning'): number =>
  items.filter((i) => i.t === 'rect' && i.w === 11 && i.stroke === stroke).length;

/** Marks lie on the wires that they are about, in whatever order those come into sight. */
const onWires = ({ groups }: Scene): readonly Item[] =>
  groups.filter(({ key }) => key.startsWith('wire:')).flatMap(({ items }) => items);

describe('VLANs in the network layer', () => {
  test('are lanes with a dot on every riser that carries them', () => {
    const scene = sceneOf(graphOf(estate(3)), 'card', 'network');
    assert.equal(dots(onWires(scene)), 8 * 2 * 3);
    const words = scene.groups
      .filter(({ key }) => /lanes\/\d+$/.test(key))
      .flatMap(({ items }) => items.filter(isText));
    for (const word of ['10', 'n-1', '10.0.0.0/24'])
      assert.ok(
        words.some(({ text }) => text === word),
        word,
      );
    assert.ok(
      words.some(({ text }) => text === '8/253' || text === '8/254'),
      words.map(({ text }) => text).join(' '),
    );
  });

  test('have their names, and their prefixes, below each other', () => {
    const text = estate(3)
      .replaceAll('n-3', 'a-network-with-quite-a-long-name')
      .replaceAll('n-[1..3]', 'n-[1..2], a-network-with-quite-a-long-name');
    const words = groupOf(sceneOf(graphOf(text), 'card', 'network'), 'cluster:c/lanes/0').items.filter(isText);
    const at = (is: (words: string) => boolean) => new Set(words.filter(({ text }) => is(text)).map(({ x }) => x));
    assert.equal(at((word) => /^(n-\d|a-net.*)$/.test(word)).size, 1);
    assert.equal(at((word) => word.endsWith('/24')).size, 1);
  });

  test('one that a switch does not let through is a ring where it is needed', () => {
    const text = estate(3).replace(
      'switch tor-[a,b] at s { trunk n-[1..3] }',
      'switch tor-a at s { trunk n-[1..3] }\nswitch tor-b at s { trunk n-[1..2] }',
    );
    const marks = onWires(sceneOf(graphOf(text), 'card', 'network'));
    assert.equal(rings(marks, 'critical'), 8);
    assert.equal(dots(marks), 8 * 2 * 3 - 8);
  });

  test('lie clear of what was found on the uplinks that cross them', () => {
    const graph = graphOf(estate(3));
    const badge = { errors: 1, warnings: 0, infos: 0, findings: ['f'] };
    const links = graph.links.map((link) => (link.kind === 'uplink' ? { ...link, badge } : link));
    const found = { ...graph, links };
    const layout = layoutGraph(found, { level: 'card', layer: 'network' });
    const scene = drawScene(found, layout, { measure: 'network', look: WIDEST });
    const circles = onWires(scene).filter((item) => item.t === 'rect' && item.r !== undefined && item.w >= 7);
    assert.ok(circles.length > dots(circles), 'something is said on the uplinks');
    for (const [a, b] of overlapping(circles, (item) => (item.t === 'rect' ? item : assert.fail()), 0.5))
      assert.fail(JSON.stringify([a, b]));
  });

  test('of more than eight the picked one and those with findings are shown, and how many more there are', () => {
    const graph = graphOf(estate(12));
    const words = (focus?: Focus) =>
      groupOf(sceneOf(graph, 'card', 'network', focus), 'cluster:c/lanes/0')
        .items.filter(isText)
        .map(({ text }) => text);
    assert.ok(words().includes('4 more networks') && !words().includes('n-12'));
    assert.ok(words({ kind: 'network', id: 'network:n-12' }).includes('n-12'));
  });

  test('lie on nothing, however many there are', () => {
    for (const networks of [1, 2, 8, 9, 30]) {
      const graph = graphOf(estate(networks));
      const layout = layoutGraph(graph, { level: 'card', layer: 'network' });
      const scene = drawScene(graph, layout, { measure: 'cpu', look: WIDEST });
      assert.deepEqual([...wireFaults(layout), ...textFaults(layout, scene, 1)], [], `${networks}`);
    }
  });

  test('where no uplink says to which switch it leads, hosts have risers of their own', () => {
    const scene = sceneOf(
      graphOf(estate(2).replace(' to tor-a; uplink nic2 to tor-b', '; uplink nic2')),
      'card',
      'network',
    );
    assert.equal(dots(onWires(scene)), 0);
    assert.equal(dots(scene.groups.filter(({ key }) => /lanes\/\d+$/.test(key)).flatMap(({ items }) => items)), 8 * 2);
  });
});

const shop = `site s
team blue
team red
array vmax at s { owner red; protocol fc; ports 2 x 16 Gbps to fab; datastore [gold,silver] { capacity 10 TiB } }
array other at s { ports 2 x 16 Gbps to fab; datastore bronze { capacity 10 TiB } }
switch [tor-a,core] at s
amend switch tor-a { uplink 1 x 40 Gbps to core }
switch fab at s { type fc }
cluster c at s {
  mount gold, silver, bronze
  apart a, b by host
  vswitch vs0 { uplink nic1 to tor-a; carries web }
  host h-1 { owner blue; nic nic1 10 Gbps; hba h1 16 Gbps; path h1 to fab; cpu 1 x 16 cores 2 GHz; memory 64 GiB; runs a, b, x }
  host h-2 { nic nic1 10 Gbps; hba h1 16 Gbps; path h1 to fab; cpu 1 x 16 cores 2 GHz; memory 64 GiB; runs y }
}
network web at s { vlan 10; subnet 10.0.0.0/24 }
app cart { vip 10.0.0.50 on web; vm [a,b] { vcpu 2; memory 8 GiB; nic web; disk 10 GiB on gold } }
vm [x,y] { owner red; vcpu 2; memory 8 GiB; disk 10 GiB on bronze }
`;

describe('a picture that is about one thing', () => {
  const graph = graphOf(shop);
  const lit = (focus: Focus) => litBy(graph, indexGraph(graph), focus);
  const nodes = (focus: Focus) => [...(lit(focus)?.nodes ?? [])].sort();

  test('an application has all that it stands on', () => {
    assert.deepEqual(nodes({ kind: 'app', id: 'app:cart' }), [
      'array:vmax',
      'cluster:c',
      'datastore:vmax/gold',
      'host:c/h-1',
      'site:s',
      'switch:core',
      'switch:fab',
      'switch:tor-a',
    ]);
    assert.ok(lit({ kind: 'app', id: 'app:cart' })?.links.has('switch:fab>array:vmax'));
    assert.ok(!lit({ kind: 'app', id: 'app:cart' })?.links.has('switch:fab>array:other'));
  });

  test('a team has what it owns, and where that runs', () => {
    assert.deepEqual(nodes({ kind: 'team', id: 'team:red' }), [
      'array:vmax',
      'cluster:c',
      'datastore:vmax/gold',
      'datastore:vmax/silver',
      'host:c/h-1',
      'host:c/h-2',
      'site:s',
    ]);
  });

  test('a network has the hosts and switches that carry it', () => {
    assert.deepEqual(nodes({ kind: 'network', id: 'network:web' }), [
      'cluster:c',
      'host:c/h-1',
      'host:c/h-2',
      'site:s',
      'switch:core',
      'switch:tor-a',
    ]);
  });

  test('what the design does not have fades nothing', () => {
    assert.equal(lit({ kind: 'app', id: 'app:none' }), undefined);
    assert.deepEqual(sceneOf(graph, 'card', 'all', { kind: 'app', id: 'app:none' }), sceneOf(graph, 'card', 'all'));
  });

  test('the rest is faded, VMs too close to each other are outlined, addresses stand above', () => {
    const focus: Focus = { kind: 'app', id: 'app:cart' };
    const scene = sceneOf(graph, 'card', 'all', focus);
    assert.ok(groupOf(scene, 'host:c/h-2').items.every(({ opacity }) => (opacity ?? 1) <= FADED));
    const { items } = groupOf(scene, 'host:c/h-1');
    const named = (name: string) => items.find((item) => isText(item) && item.text === name);
    assert.equal(named('x')?.opacity, FADED);
    assert.equal(named('a')?.opacity, undefined);
    assert.ok(items.some((item) => item.t === 'rect' && item.stroke === 'critical' && item.h === 20));
    assert.ok(groupOf(scene, 'site:s').items.some((item) => isText(item) && item.text === 'cart 10.0.0.50 on web'));
  });

  test('it stands where it stood, and no words lie on others, at every level', () => {
    for (const focus of [
      { kind: 'app', id: 'app:cart' },
      { kind: 'team', id: 'team:red' },
    ] as const) {
      for (const level of LEVELS) {
        const layout = layoutGraph(graph, { level, layer: 'all' });
        const scene = drawScene(graph, layout, { measure: 'memory', look: WIDEST, focus });
        assert.deepEqual([...textFaults(layout, scene, 1)], [], `${focus.id} ${level}`);
      }
    }
  });
});
