import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spawnLayout } from '../../server/src/lsp/spawn-layout.node.ts';
import { workerRouter } from '../../server/src/topology/layout/router.ts';

test('the built layout worker places and routes a block', async () => {
  const router = workerRouter({
    spawn: () => spawnLayout(new URL('../../dist/layout-worker.js', import.meta.url)),
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
