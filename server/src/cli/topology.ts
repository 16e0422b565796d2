import { Worker } from 'node:worker_threads';
import { threadPort } from '../base/worker-port.ts';
import type { TopologyGraph } from '../topology/graph.ts';
import type { Routes } from '../topology/layout/block.ts';
import { routeGraph } from '../topology/layout/layout.ts';
import { type LayoutPort, workerRouter } from '../topology/layout/router.ts';

/** In milliseconds. Nobody waits at a cursor here, and a busy machine should not draw another picture than an idle one. */
const DEADLINE = 30_000;

/** Links as the layout engine routes them; sites that take too long, or all without the engine, keep plain rails. */
export async function routesOf(graph: TopologyGraph): Promise<Routes> {
  const router = workerRouter({ spawn: spawnLayout, deadline: DEADLINE });
  try {
    return await routeGraph(graph, router);
  } finally {
    router.dispose();
  }
}

function spawnLayout(): LayoutPort {
  const isBundle = import.meta.url.endsWith('.js');
  const script = isBundle ? './layout-worker.js' : '../topology/layout/worker.ts';
  return threadPort(new Worker(new URL(script, import.meta.url)));
}
