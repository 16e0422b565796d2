/** How a plan is drawn before it is accepted. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withPlan } from '../../server/src/topology/build/plan.ts';
import type { HostNode, TopologyGraph } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Box } from '../../server/src/topology/layout/layout-types.ts';
import { isOverview, LEVELS, type Level } from '../../server/src/topology/layout/metrics.ts';
import { mostChanged } from '../../server/src/topology/measures.ts';
import { flowsOf } from '../../server/src/topology/scene/flows.ts';
import { boxesOf, placeOf, vmAt } from '../../server/src/topology/scene/hit.ts';
import { estateGraph } from './graphs/estate.ts';
import { randomGraph } from './graphs/random.ts';
import { smallGraph } from './graphs/small.ts';
import { moved } from './planned.ts';
import { draw, groupOf, isText, overlapping, textArea } from './support.ts';

const CLOSE: readonly Level[] = LEVELS.filter((level) => !isOverview(level));

const SMALL = moved(smallGraph(), [
  ['esx-01', 'esx-02'],
  ['esx-01', 'esx-04'],
]);

/** Every host of the largest cluster gives one VM to another one, far and near. */
function shuffled(): TopologyGraph {
  const graph = estateGraph();
  const clusters = graph.sites.flatMap((s) => s.clusters);
  const [largest] = [...clusters].sort((a, b) => b.hosts.length - a.hosts.length);
  const names = (largest?.hosts ?? []).filter(({ vms }) => vms.length > 0).map(({ name }) => name);
  return moved(
    graph,
    names
      .map((name, index) => [name, names[(index * 7 + 3) % names.length] ?? name] as const)
      .filter(([a, b]) => a !== b),
  );
}

const MANY = shuffled();

/** Random designs, in each cluster of which some hosts give a VM to another one. */
const RANDOM = Array.from({ length: 10 }, (_, seed) => {
  const graph = randomGraph(seed + 1);
  const moves = graph.sites
    .flatMap(({ clusters }) => clusters)
    .flatMap(({ hosts }) =>
      hosts.flatMap(({ name, vms }, index) => {
        const to = hosts[(index * 3 + 2 + seed) % hosts.length]?.name ?? name;
        return vms.length > 0 && to !== name ? [[name, to] as const] : [];
      }),
    );
  const names = moves.flat();
  const isClear = (name: string): boolean => hostsIn(graph).filter((host) => host.name === name).length === 1;
  return names.every(isClear) && moves.length > 0 ? [moved(graph, moves)] : [];
}).flat();

function hostsIn(graph: TopologyGraph): readonly HostNode[] {
  return graph.sites.flatMap(({ clusters }) => clusters.flatMap(({ hosts }) => hosts));
}

const wordsOf = (graph: TopologyGraph, level: Level, key: string): string[] =>
  groupOf(draw(graph, { level, layer: 'all' }, 'cpu').scene, key)
    .items.filter(isText)
    .map(({ text }) => text);

describe('a plan in the picture', () => {
  test('a card says the load before and after, what comes, and what has left for where', () => {
    const left = wordsOf(SMALL, 'card', 'host:prod/esx-01');
    assert.ok(
      left.some((text) => /^CPU \d+\u202f→\u202f\d+\u202f%$/.test(text)),
      left.join(),
    );
    assert.ok(left.includes('−2') && left.includes('to esx-02') && left.includes('to esx-04'), left.join());
    const came = wordsOf(SMALL, 'card', 'host:prod/esx-02');
    assert.ok(came.includes('+1') && came.includes('cart-1'), came.join());
    assert.ok(!wordsOf(SMALL, 'card', 'host:prod/esx-03').some((text) => text.includes('→')));
  });

  test('a tile says both, too, in the widest letters without the unit, which the legend has; its name stays whole', () => {
    const calm = SMALL.sites.map((site) => ({
      ...site,
      clusters: site.clusters.map((c) => ({ ...c, hosts: c.hosts.map(({ badge: _, ...host }) => host) })),
    }));
    for (const graph of [SMALL, { ...SMALL, sites: calm }]) {
      const names = wordsOf(graph, 'tile', 'host:prod/esx-01');
      assert.ok(names.includes('esx-01'), names.join());
    }
    const words = wordsOf({ ...SMALL, sites: calm }, 'tile', 'host:prod/esx-01');
    assert.ok(
      words.some((text) => /^\d+→\d+$/.test(text)),
      words.join(),
    );
  });

  test('what has left is outlined and dashed, in a card and in a tank; bars have a dot where they were', () => {
    for (const level of ['card', 'tile'] as const) {
      const { items } = groupOf(draw(SMALL, { level, layer: 'all' }).scene, 'host:prod/esx-01');
      assert.ok(
        items.some((item) => item.t !== 'text' && item.dash !== undefined && item.fill === undefined),
        level,
      );
    }
    const { items } = groupOf(draw(SMALL, { level: 'chip', layer: 'all' }).scene, 'host:prod/esx-01');
    assert.ok(items.some((item) => item.t === 'path' && item.fill === 'tile' && item.stroke === 'strong'));
  });

  test('who does not see it is told', () => {
    const { scene } = draw(SMALL, { level: 'card', layer: 'all' });
    assert.match(groupOf(scene, 'host:prod/esx-01').node?.label ?? '', /2 VMs moved away, CPU \d+ percent, was 110/);
    assert.match(groupOf(scene, 'host:prod/esx-02').node?.label ?? '', /1 VM moved here/);
  });

  test('each VM that moves has a way, from what it leaves to where it comes', () => {
    for (const graph of [SMALL, MANY])
      for (const level of LEVELS) {
        const layout = layoutGraph(graph, { level, layer: 'all' });
        const flows = flowsOf(graph, layout, 'cpu');
        const shown = flows.flatMap(({ vms }) => vms).sort();
        assert.deepEqual(shown, graph.plan?.moves.map(({ vm }) => vm).sort(), level);
        for (const { path, from, to } of flows) {
          const [a, b] = [boxesOf(layout).get(from), boxesOf(layout).get(to)];
          const [first, last] = [path[0], path[path.length - 1]];
          assert.ok(a && b && first && last);
          const touches = ({ x, y }: { x: number; y: number }, box: Box): boolean =>
            x >= box.x - 1 && x <= box.x + box.w + 1 && y >= box.y - 1 && y <= box.y + box.h + 1;
          assert.ok(touches(first, a) && touches(last, b), `${level}: ${from} to ${to}`);
        }
      }
  });

  test('ways pass over no host, also beside one that is expanded', () => {
    assert.ok(RANDOM.length > 2);
    for (const graph of [SMALL, MANY, ...RANDOM])
      for (const level of CLOSE) {
        const [some] = graph.plan?.moves ?? [];
        const overrides = new Map([[some?.to ?? '', 'expanded' as const]]);
        const layout = layoutGraph(graph, { level, layer: 'all', ...(level === 'tile' ? { overrides } : {}) });
        const hosts = layout.boxes.filter(({ kind }) => kind === 'host');
        for (const { path, from, to } of flowsOf(graph, layout, 'cpu'))
          path.slice(1).forEach((p, index) => {
            const before = path[index] ?? p;
            assert.ok(before.x === p.x || before.y === p.y, 'horizontal or vertical');
            for (const b of hosts) {
              const isOver =
                Math.max(before.x, p.x) > b.x + 0.5 &&
                Math.min(before.x, p.x) < b.x + b.w - 0.5 &&
                Math.max(before.y, p.y) > b.y + 0.5 &&
                Math.min(before.y, p.y) < b.y + b.h - 0.5;
              assert.ok(!isOver, `${level}: ${from} to ${to} passes over ${b.id}`);
            }
          });
      }
  });

  test('what comes from where nothing is drawn has an arrow of its own, that touches no other host', () => {
    const graph = smallGraph();
    const [first] = hostsIn(graph);
    const lost = { id: 'vm:lost', name: 'lost', cpu: 1e9, memory: 2 ** 30 };
    const before = { ...graph, unplaced: [lost] };
    const after = {
      ...graph,
      sites: graph.sites.map((s) => ({
        ...s,
        clusters: s.clusters.map((c) => ({
          ...c,
          hosts: c.hosts.map((h) => (h.name === 'esx-02' ? { ...h, vms: [...h.vms, lost] } : h)),
        })),
      })),
    };
    const facts = { id: 'p', title: '', moves: [], steps: 1, step: 1, costs: [], hosts: [] };
    const planned = withPlan(before, after, { ...facts, findings: { added: [], gone: [] } });
    assert.deepEqual(planned.plan?.moves, [
      { vm: 'vm:lost', name: 'lost', from: 'unplaced', to: 'host:prod/esx-02', step: 1 },
    ]);
    for (const level of CLOSE) {
      const layout = layoutGraph(planned, { level, layer: 'all' });
      const [flow] = flowsOf(planned, layout, 'cpu');
      const start = flow?.path[0];
      const beside = boxesOf(layout).get(first?.id ?? '');
      assert.ok(flow?.isStub && start && beside && start.x > beside.x + beside.w, level);
    }
  });

  test('no words lie on others', () => {
    for (const graph of [SMALL, MANY, ...RANDOM])
      for (const level of LEVELS) {
        const { scene } = draw(graph, { level, layer: 'all' });
        const texts = scene.groups.flatMap((group) => group.items.filter(isText));
        for (const [a, b] of overlapping(texts, textArea, 0.5)) assert.fail(`${level}: ${a.text} on ${b.text}`);
      }
  });

  test('no step moves or enlarges anything', () => {
    const moves = [
      ['esx-01', 'esx-02'],
      ['esx-01', 'esx-02'],
      ['esx-03', 'esx-02'],
    ] as const;
    for (const level of LEVELS) {
      const layouts = [0, 1, 2, 3].map((done) =>
        layoutGraph(moved(smallGraph(), moves, done), { level, layer: 'all' }).boxes.filter(
          ({ kind }) => kind !== 'vm',
        ),
      );
      if (level === 'open') continue;
      for (const boxes of layouts) assert.deepEqual(boxes, layouts[0], level);
    }
  });

  test('the step that is looked at stands out from those before it', () => {
    const graph = moved(
      smallGraph(),
      [
        ['esx-01', 'esx-02'],
        ['esx-01', 'esx-04'],
        ['esx-03', 'esx-02'],
      ],
      2,
    );
    const flows = flowsOf(graph, layoutGraph(graph, { level: 'card', layer: 'all' }), 'cpu');
    assert.deepEqual(
      flows.map(({ to, isNow }) => [to, isNow]),
      [
        ['host:prod/esx-02', false],
        ['host:prod/esx-04', true],
      ],
    );
  });

  test('a VM that has come is found where it is drawn, beside ghosts of others', () => {
    const layout = layoutGraph(SMALL, { level: 'card', layer: 'all' });
    for (const { vm, to } of SMALL.plan?.moves ?? []) {
      const [area, host] = [placeOf(SMALL, layout, 'cpu', vm), boxesOf(layout).get(to)];
      assert.ok(area && host);
      assert.equal(vmAt(SMALL, layout, 'cpu', host, area.x + area.w / 2, area.y + area.h / 2)?.id, vm);
    }
  });

  test('the measure that changes most is told where the one that is shown does not change', () => {
    assert.equal(mostChanged(SMALL, 'cpu'), undefined);
    assert.ok(['cpu', 'memory'].includes(mostChanged(SMALL, 'storage') ?? ''));
    assert.equal(mostChanged(smallGraph(), 'cpu'), undefined);
  });
});
