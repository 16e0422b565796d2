import { Worker } from 'node:worker_threads';
import type { WorkerPort } from '../base/worker-port.ts';

/**
 * Starts a script as a thread, with the role that it is to have where it has several. The thread ends with the process, and
 * does not keep it alive.
 */
export function spawnWorker<Request, Response>(script: URL, role?: string): WorkerPort<Request, Response> {
  const worker = new Worker(script, { workerData: role });
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
