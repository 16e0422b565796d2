import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BlockProblem, RoutedBlock } from '../../server/src/topology/layout/block.ts';
import { solveBlock } from '../../server/src/topology/layout/elk.ts';
import { blockProblems, layoutGraph, routeGraph } from '../../server/src/topology/layout/layout.ts';
import {
  type LayoutPort,
  type WorkerRequest,
  type WorkerResponse,
  workerRouter,
} from '../../server/src/topology/layout/router.ts';
import { randomGraph } from './graphs/random.ts';
import { overlap } from './support.ts';

const problem = (names: readonly [string, string, string]): BlockProblem => ({
  nodes: names.map((id, i) => ({ id, w: 160, h: i === 2 ? 6 : 34, foot: i === 2 })),
  edges: [
    { from: names[0], to: names[1], links: ['l1'] },
    { from: names[1], to: names[2], links: ['l2'] },
  ],
});

const block = (p: BlockProblem): RoutedBlock => ({
  w: 160,
  h: 100,
  nodes: p.nodes.map((n, i) => ({ id: n.id, x: 0, y: i * 40, w: n.w, h: n.h })),
  edges: p.edges.map((e) => ({
    ...e,
    path: [
      { x: 80, y: 34 },
      { x: 80, y: 40 },
    ],
  })),
});

/** Workers that answer when told to, and a clock that runs when told to. */
function fakes() {
  const workers: { requests: WorkerRequest[]; reply: (r: WorkerResponse) => void; fail: () => void; ended: boolean }[] =
    [];
  const timers: (() => void)[] = [];
  const spawn = (): LayoutPort => {
    const worker = { requests: [] as WorkerRequest[], reply: (_: WorkerResponse) => {}, fail: () => {}, ended: false };
    workers.push(worker);
    return {
      post: (request) => worker.requests.push(request),
      onMessage: (receive) => {
        worker.reply = receive;
      },
      onFailure: (failed) => {
        worker.fail = failed;
      },
      terminate: () => {
        worker.ended = true;
      },
    };
  };
  const after = (_: number, run: () => void): (() => void) => {
    timers.push(run);
    return () => timers.splice(timers.indexOf(run), 1);
  };
  return { workers, timers, router: workerRouter({ spawn, after }) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the router', () => {
  test('starts no worker before the first block', () => assert.equal(fakes().workers.length, 0));

  test('answers a block of the same structure from what it keeps, under the new names', async () => {
    const { workers, router } = fakes();
    const first = router.route(problem(['a', 'b', 'c']));
    await turn();
    const request = workers[0]?.requests[0];
    assert.ok(request);
    workers[0]?.reply({ id: request.id, block: block(request.problem) });
    assert.equal((await first)?.nodes[0]?.id, 'a');
    const second = await router.route(problem(['x', 'y', 'z']));
    assert.deepEqual(
      second?.nodes.map((n) => n.id),
      ['x', 'y', 'z'],
    );
    assert.deepEqual(
      second?.edges.map((e) => `${e.from}>${e.to}`),
      ['x>y', 'y>z'],
    );
    assert.equal(workers[0]?.requests.length, 1);
  });

  test('ends a worker that is late, gives nothing, and starts another for the next block', async () => {
    const { workers, timers, router } = fakes();
    const late = router.route(problem(['a', 'b', 'c']));
    await turn();
    timers[0]?.();
    assert.equal(await late, undefined);
    assert.equal(workers[0]?.ended, true);
    const next = router.route(problem(['a', 'b', 'c']));
    await turn();
    const request = workers[1]?.requests[0];
    assert.ok(request);
    workers[1]?.reply({ id: request.id, block: block(request.problem) });
    assert.ok(await next);
  });

  test('gives nothing when the worker dies or the engine fails', async () => {
    const { workers, router } = fakes();
    const first = router.route(problem(['a', 'b', 'c']));
    await turn();
    workers[0]?.fail();
    assert.equal(await first, undefined);
    const second = router.route(problem(['a', 'b', 'c']));
    await turn();
    workers[1]?.reply({ id: workers[1].requests[0]?.id ?? 0, error: 'no' });
    assert.equal(await second, undefined);
  });

  test('two questions of one structure at once are one', async () => {
    const { workers, router } = fakes();
    const both = [router.route(problem(['a', 'b', 'c'])), router.route(problem(['x', 'y', 'z']))];
    await turn();
    const request = workers[0]?.requests[0];
    assert.ok(request);
    workers[0]?.reply({ id: request.id, block: block(request.problem) });
    assert.deepEqual(
      (await Promise.all(both)).map((b) => b?.nodes[0]?.id),
      ['a', 'x'],
    );
    assert.equal(workers[0]?.requests.length, 1);
  });
});

describe('routing a graph', () => {
  const graph = Array.from({ length: 40 }, (_, i) => randomGraph(i + 1)).find((g) => blockProblems(g).size === 1);

  test('an edit meanwhile is not kept waiting; what was being routed is there the next time', async () => {
    assert.ok(graph);
    const { workers, router } = fakes();
    let overtake = (): void => undefined;
    const edit = new Promise<void>((resolve) => {
      overtake = resolve;
    });
    const first = routeGraph(graph, router, edit);
    await turn();
    overtake();
    assert.equal((await first).size, 0, 'rails until then');
    const request = workers[0]?.requests[0];
    assert.ok(request);
    const second = routeGraph(graph, router);
    workers[0]?.reply({ id: request.id, block: block(request.problem) });
    assert.equal((await second).size, 1);
    assert.equal(workers[0]?.requests.length, 1, 'nothing is routed twice');
  });

  test('a block that takes too long is left out, and the rest of the picture stands', async () => {
    assert.ok(graph);
    const { workers, timers, router } = fakes();
    const routes = routeGraph(graph, router);
    await turn();
    timers[0]?.();
    assert.equal((await routes).size, 0);
    assert.equal(workers[0]?.ended, true);
    const layout = layoutGraph(graph, { level: 'card', layer: 'all', routes: await routes });
    for (const site of graph.sites)
      for (const s of site.switches)
        assert.ok(
          layout.boxes.some((b) => b.id === s.id),
          s.id,
        );
  });
});

describe('the engine', () => {
  test('places and routes the blocks of random sites; no link of a block passes over one of its nodes', async () => {
    let solved = 0;
    for (let seed = 1; seed <= 12; seed += 1) {
      const graph = randomGraph(seed);
      const routes = new Map<string, RoutedBlock>();
      for (const [site, p] of blockProblems(graph)) routes.set(site, await solveBlock(p));
      for (const b of routes.values()) {
        solved += 1;
        for (const edge of b.edges) {
          for (let i = 1; i < edge.path.length; i += 1) {
            const [p, q] = [edge.path[i - 1], edge.path[i]];
            if (!p || !q) continue;
            assert.ok(p.x === q.x || p.y === q.y, 'right angles');
            const area = {
              x: Math.min(p.x, q.x),
              y: Math.min(p.y, q.y),
              w: Math.abs(p.x - q.x),
              h: Math.abs(p.y - q.y),
            };
            for (const n of b.nodes)
              assert.ok(!overlap(area, n, 1), `seed ${seed}: ${edge.from}>${edge.to} over ${n.id}`);
          }
        }
      }
      const { boxes } = layoutGraph(graph, { level: 'card', layer: 'all', routes });
      for (const [site, b] of routes) {
        for (const n of b.nodes.filter((x) => x.h > 6)) assert.equal(boxes.find((x) => x.id === n.id)?.parent, site);
      }
    }
    assert.ok(solved > 5, `${solved} blocks`);
  });

  test('a block of an older state of the site is not used', () => {
    const graph = randomGraph(1);
    const routes = new Map(
      graph.sites.map((s) => [
        s.id,
        { w: 10, h: 10, nodes: [{ id: 'switch:gone', x: 0, y: 0, w: 160, h: 34 }], edges: [] },
      ]),
    );
    assert.deepEqual(
      layoutGraph(graph, { level: 'card', layer: 'all', routes }).boxes,
      layoutGraph(graph, { level: 'card', layer: 'all' }).boxes,
    );
  });
});
