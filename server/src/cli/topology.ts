import { Worker } from 'node:worker_threads';
import type { TopologyGraph } from '../topology/graph.ts';
import type { Routes } from '../topology/layout/block.ts';
import { routeGraph } from '../topology/layout/layout.ts';
import { type LayoutPort, workerRouter } from '../topology/layout/router.ts';

/** Links as the layout engine routes them; sites that take too long, or all without the engine, keep plain rails. */
export async function routesOf(graph: TopologyGraph): Promise<Routes> {
  const router = workerRouter({ spawn: spawnLayout });
  try {
    return await routeGraph(graph, router);
  } finally {
    router.dispose();
  }
}

function spawnLayout(): LayoutPort {
  const isBundle = import.meta.url.endsWith('.js');
  const script = isBundle ? './layout-worker.js' : '../topology/layout/worker.ts';
  const worker = new Worker(new URL(script, import.meta.url));
  worker.unref();
  return {
    post: (request) => worker.postMessage(request),
    onMessage: (receive) => {
      worker.on('message', receive);
    },
    onFailure: (failed) => {
      worker.on('error', failed);
      worker.on('exit', failed);
    },
    terminate: () => void worker.terminate(),
  };
}
