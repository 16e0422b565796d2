import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spawnWorker } from '../../server/src/lsp/spawn.node.ts';
import { workerRouter } from '../../server/src/topology/layout/router.ts';

test('the built layout worker places and routes a block', async () => {
  const router = workerRouter({
    spawn: () => spawnWorker(new URL('../../dist/layout-worker.js', import.meta.url)),
    deadline: 30_000,
  });
  try {
    const block = await router.route({
      nodes: [
        { id: 'core', w: 100, h: 40, foot: false },
        { id: 'tor', w: 100, h: 40, foot: false },
      ],
      edges: [{ from: 'core', to: 'tor', links: ['core-tor'] }],
    });
    const [core, tor] = block?.nodes ?? [];
    assert.ok(core && tor && core.y + core.h < tor.y, 'the upper one stands above the lower one');
    assert.ok((block?.edges[0]?.path.length ?? 0) >= 2, 'the link has a path');
  } finally {
    router.dispose();
  }
});

test('a layout that does not end is cut, and the next block gets a fresh worker', async () => {
  let cut: (() => void) | undefined;
  const router = workerRouter({
    spawn: () => spawnWorker(new URL('../../dist/layout-worker.js', import.meta.url)),
    // The first deadline passes when the test says so.
    after: (_, run) => {
      cut ??= run;
      return () => undefined;
    },
  });
  const nodes = Array.from({ length: 900 }, (_, i) => ({ id: `n${i}`, w: 100, h: 40, foot: false }));
  const edges = Array.from({ length: 3_000 }, (_, i) => ({
    from: `n${(i * 7) % 450}`,
    to: `n${450 + ((i * 13) % 450)}`,
    links: [`l${i}`],
  }));
  try {
    const runaway = router.route({ nodes, edges });
    await new Promise((resolve) => setTimeout(resolve, 50));
    cut?.();
    assert.equal(await runaway, undefined);
    const block = await router.route({
      nodes: nodes.slice(0, 2),
      edges: [{ from: 'n0', to: 'n1', links: ['l'] }],
    });
    assert.equal(block?.nodes.length, 2);
  } finally {
    router.dispose();
  }
});
