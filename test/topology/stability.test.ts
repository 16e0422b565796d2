import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HostNode, TopologyGraph, VmCell } from '../../server/src/topology/graph.ts';
import { blockProblems, type LayoutCache, layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import { LEVELS, levelFor } from '../../server/src/topology/layout/metrics.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { estateGraph } from './graphs/estate.ts';
import { randomGraph } from './graphs/random.ts';
import { thousandGraph } from './graphs/thousand.ts';
import { WIDEST } from './support.ts';

/** The graph with one host changed. */
const withHost = (graph: TopologyGraph, id: string, change: (host: HostNode) => HostNode): TopologyGraph => ({
  ...graph,
  sites: graph.sites.map((s) => ({
    ...s,
    clusters: s.clusters.map((c) => ({ ...c, hosts: c.hosts.map((h) => (h.id === id ? change(h) : h)) })),
  })),
});

const places = (layout: Layout): ReadonlyMap<string, string> =>
  new Map(layout.boxes.map((b) => [b.id, `${b.x} ${b.y} ${b.w} ${b.h}`]));

const moved = (before: Layout, after: Layout): string[] => {
  const now = places(after);
  return [...places(before)].filter(([id, place]) => now.has(id) && now.get(id) !== place).map(([id]) => id);
};

const HOST = 'host:prod/prod-08';
const vm: VmCell = { id: 'vm:new', name: 'new', cpu: 4e9, memory: 2 ** 33 };

describe('the picture keeps still', () => {
  test('the same graph gives the same picture', () => {
    for (const level of LEVELS) {
      const scenes = [estateGraph(), estateGraph()].map((g) =>
        drawScene(g, layoutGraph(g, { level, layer: 'all' }), { measure: 'cpu', look: WIDEST }),
      );
      assert.deepEqual(scenes[0], scenes[1]);
    }
  });

  test('a VM more, a load that grows or a finding moves nothing at all', () => {
    const before = estateGraph();
    const edits: readonly ((h: HostNode) => HostNode)[] = [
      (h) => ({ ...h, vms: [...h.vms, vm] }),
      (h) => ({
        ...h,
        gauges: { ...h.gauges, cpu: { value: 1, capacity: 1, share: 1.3, state: 'stated', class: 'over' } },
      }),
      (h) => ({ ...h, badge: { errors: 1, warnings: 2, infos: 0, findings: [] } }),
    ];
    for (const level of LEVELS) {
      for (const edit of edits) {
        const after = withHost(before, HOST, edit);
        assert.deepEqual(
          moved(layoutGraph(before, { level, layer: 'all' }), layoutGraph(after, { level, layer: 'all' })),
          [],
          level,
        );
      }
    }
  });

  test('only the groups of the edited host, and of what sums over it, are drawn anew', () => {
    const before = estateGraph();
    const after = withHost(before, HOST, (h) => ({ ...h, vms: [...h.vms, vm] }));
    const groups = [before, after].map(
      (g) =>
        new Map(
          drawScene(g, layoutGraph(g, { level: 'tile', layer: 'all' }), { measure: 'cpu', look: WIDEST }).groups.map(
            (x) => [x.key, JSON.stringify(x)],
          ),
        ),
    );
    const changed = [...(groups[1] ?? [])].filter(([key, text]) => groups[0]?.get(key) !== text).map(([key]) => key);
    assert.deepEqual(changed.sort(), ['cluster:prod', HOST, 'site:leeds'].sort());
  });

  test('a host more in one cluster moves no host of another', () => {
    const before = estateGraph();
    const after: TopologyGraph = {
      ...before,
      sites: before.sites.map((s) => ({
        ...s,
        clusters: s.clusters.map((c) =>
          c.name === 'prod'
            ? { ...c, hosts: [...c.hosts, { ...(c.hosts[0] as HostNode), id: 'host:prod/prod-23', name: 'prod-23' }] }
            : c,
        ),
      })),
    };
    for (const level of ['square', 'chip', 'tile', 'card'] as const) {
      const hosts = moved(
        layoutGraph(before, { level, layer: 'all' }),
        layoutGraph(after, { level, layer: 'all' }),
      ).filter((id) => id.startsWith('host:'));
      assert.deepEqual(hosts, [], level);
    }
  });

  test('a layout from the cache is the layout from scratch', () => {
    const cache: LayoutCache = new Map();
    const graphs = [
      estateGraph(),
      thousandGraph(),
      withHost(estateGraph(), HOST, (h) => ({ ...h, vms: [] })),
      ...Array.from({ length: 10 }, (_, i) => randomGraph(i)),
      estateGraph(),
    ];
    for (const level of LEVELS) {
      for (const graph of graphs)
        assert.deepEqual(
          layoutGraph(graph, { level, layer: 'all', cache }),
          layoutGraph(graph, { level, layer: 'all' }),
        );
    }
  });

  test('hosts stand in the order of the text at every level', () => {
    const graph = thousandGraph();
    const wanted = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts.map((h) => h.id)));
    for (const level of LEVELS) {
      const { boxes } = layoutGraph(graph, { level, layer: 'all' });
      assert.deepEqual(
        boxes
          .filter((b) => b.kind === 'host')
          .map((b) => b.id)
          .sort(),
        [...wanted].sort(),
      );
    }
  });
});

describe('levels', () => {
  test('the level follows the width of a host, and stays within 8 % of a border', () => {
    assert.deepEqual(
      [4, 12, 28, 64, 96, 140].map((px) => levelFor(px)),
      ['dot', 'square', 'chip', 'label', 'tile', 'card'],
    );
    assert.equal(levelFor(140, 'tile'), 'tile');
    assert.equal(levelFor(152, 'tile'), 'card');
    assert.equal(levelFor(131, 'card'), 'card');
    assert.equal(levelFor(129, 'card'), 'tile');
  });
});

describe('blocks', () => {
  test('spines that all lead to the same leaves run in rails; no engine is asked', () => {
    assert.equal(blockProblems(thousandGraph()).size, 0);
    assert.equal(blockProblems(estateGraph()).size, 0);
  });
});
