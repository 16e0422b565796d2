import type { WorkerPort } from '../topology/layout/router.ts';

/** Starts the layout worker. The script may lie on another origin, which only a worker's own import may cross. */
export function spawnLayout(script: string): WorkerPort {
  const start = new Blob([`importScripts(${JSON.stringify(script)});`], { type: 'text/javascript' });
  const url = URL.createObjectURL(start);
  const worker = new Worker(url);
  return {
    post: (request) => worker.postMessage(request),
    onMessage: (receive) => worker.addEventListener('message', ({ data }) => receive(data)),
    onFailure: (failed) => worker.addEventListener('error', failed),
    terminate: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
