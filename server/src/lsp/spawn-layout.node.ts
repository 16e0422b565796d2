import { Worker } from 'node:worker_threads';
import type { WorkerPort } from '../topology/layout/router.ts';

/** Starts the layout worker as a thread. The thread ends with the process, and does not keep it alive. */
export function spawnLayout(script: URL): WorkerPort {
  const worker = new Worker(script);
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
