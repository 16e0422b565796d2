import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { LEVELS } from '../../server/src/topology/layout/metrics.ts';
import { placeOf, vmAt } from '../../server/src/topology/scene/hit.ts';
import { editing } from '../ide/editing.ts';
import { topologyOf } from '../support/topology.ts';
import { draw, groupOf, isText, overlapping, textArea } from './support.ts';

const text = `site s
switch tor-[a,b] at s
array vmax at s { ports 2 x 16 Gbps to fab-a; datastore gold { capacity 10 TiB } }
switch fab-[a,b] at s { type fc }
cluster prod at s {
  failover 1 host
  mount gold
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web }
  host esx-[1..4] { nic nic[1..2] 10 Gbps; hba h[1..2] 16 Gbps; path h1 to fab-a; path h2 to fab-b; cpu 1 x 16 cores 2 GHz; memory 64 GiB }
  runs small-[1..8] on each esx-[1..4]
  runs big on esx-1
}
network web at s { vlan 10 }
vm small-[1..8] { vcpu 2; memory 10 GiB; demand cpu 10 % net 100 Mbps; nic web; disk 10 GiB on gold }
vm big { vcpu 8; memory 66 GiB; demand cpu 10 % net 100 Mbps; nic web; disk 10 GiB on gold }
`;

function after(failed: readonly string[]): TopologyGraph {
  const { workspace, uri } = editing(text);
  const graph = topologyOf(workspace, uri, { failed })?.graph;
  assert.ok(graph);
  return graph;
}

const FAILURES = [
  'host:prod/esx-1',
  'switch:tor-a',
  'array:vmax',
  'datastore:vmax/gold',
  'site:s',
  'cluster:prod',
  'switch:fab-a',
];

const wordsOf = (graph: TopologyGraph, key: string): string[] =>
  groupOf(draw(graph, { level: 'card', layer: 'all' }, 'memory').scene, key)
    .items.filter(isText)
    .map((item) => item.text);

describe('a failure in the picture', () => {
  test('the failed host is struck out and says where its VMs went', () => {
    const words = wordsOf(after(['host:prod/esx-1']), 'host:prod/esx-1');
    for (const word of ['failed', '3 VMs to restart', 'went to', 'no place']) assert.ok(words.includes(word), word);
    assert.ok(words.some((word) => /^esx-[234]$/.test(word)));
  });

  test('who takes VMs over says how many and how much, and its gauges show what came', () => {
    const graph = after(['host:prod/esx-1']);
    const [to] = graph.failure?.moves.map((move) => move.to) ?? [];
    assert.ok(to);
    const { scene } = draw(graph, { level: 'card', layer: 'all' }, 'memory');
    const { items } = groupOf(scene, to);
    assert.ok(items.some((item) => isText(item) && /^\d VMs?, \d+\u202fGiB$/.test(item.text)));
    assert.ok(items.some((item) => item.fill === 'gain'));
    assert.ok(groupOf(scene, 'flow:rail:cluster:prod').items.length > 0);
  });

  test('who does not see it is told', () => {
    const graph = after(['host:prod/esx-1']);
    const { scene } = draw(graph, { level: 'card', layer: 'all' }, 'memory');
    assert.match(groupOf(scene, 'host:prod/esx-1').node?.label ?? '', /^esx-1, host, failed, 0 VMs, 3 VMs were here/);
    const [to] = graph.failure?.moves.map((move) => move.to) ?? [];
    assert.match(groupOf(scene, to ?? '').node?.label ?? '', /VMs?, \d VMs? restarted here/);
  });

  test('what has no place lies in the tray, with what each host has for it', () => {
    const words = wordsOf(after(['host:prod/esx-1']), 'unplaced');
    assert.ok(words.includes('1 VM without a place') && words.includes('big'));
    assert.ok(words.some((word) => word.endsWith('GiB short')));
  });

  test('what lies there is taken hold of where it is told of', () => {
    const graph = after(['host:prod/esx-1']);
    const [lost] = graph.failure?.stranded ?? [];
    assert.ok(lost);
    for (const level of ['tile', 'card', 'square'] as const) {
      const layout = layoutGraph(graph, { level, layer: 'all' });
      const tray = layout.boxes.find(({ kind }) => kind === 'tray');
      const place = placeOf(graph, layout, 'memory', lost.vm);
      assert.ok(tray && place && place.w < tray.w && place.h < tray.h, level);
      const vm = vmAt(graph, layout, 'memory', tray, place.x + 10, place.y + place.h / 2);
      assert.equal(vm?.id, lost.vm, level);
      assert.equal(vmAt(graph, layout, 'memory', tray, tray.x + 2, tray.y + 2), undefined, level);
    }
  });

  test('what has lost its disks stays on its host, down', () => {
    const words = wordsOf(after(['array:vmax']), 'host:prod/esx-2');
    assert.equal(words.filter((word) => word === 'down').length, 2);
  });

  test('paths that are left alone are marked at once', () => {
    const only = (failed: readonly string[]) =>
      after(failed).links.filter((link) => link.only && link.kind === 'uplink').length;
    assert.equal(only([]), 0);
    assert.equal(only(['switch:tor-a']), 4);
    assert.equal(only(['host:prod/esx-2>switch:tor-b']), 1);
  });

  test('an array on one fabric of two has an only path and one that is missing', () => {
    const graph = after([]);
    assert.deepEqual(
      graph.links.filter(({ only }) => only).map(({ id }) => id),
      ['switch:fab-a>array:vmax'],
    );
    assert.deepEqual(
      graph.missing.map(({ from, text: words }) => [from, words]),
      [['array:vmax', 'no path on fab-b']],
    );
  });

  test('no words lie on others, at any level, whatever fails', () => {
    for (const failed of FAILURES) {
      const graph = after([failed]);
      for (const level of LEVELS) {
        const { scene } = draw(graph, { level, layer: 'all' }, 'memory');
        const texts = scene.groups.flatMap((group) => group.items.filter(isText));
        for (const [a, b] of overlapping(texts, textArea, 0.5))
          assert.fail(`${failed}, ${level}: ${a.text} on ${b.text}`);
      }
    }
  });

  test('what stands keeps its place when something fails, and when it is restored', () => {
    const plain = layoutGraph(after([]), { level: 'tile', layer: 'all' });
    for (const failed of FAILURES) {
      const { boxes } = layoutGraph(after([failed]), { level: 'tile', layer: 'all' });
      const places = new Map(boxes.map((box) => [box.id, box]));
      for (const box of plain.boxes) assert.deepEqual(places.get(box.id), box, `${failed}: ${box.id}`);
    }
  });
});
