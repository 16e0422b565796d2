import type { WorkerPort } from '../base/worker-port.ts';

/**
 * Starts a script as a worker, with the role that it is to have where it has several. The script may lie on another origin,
 * which only a worker's own import may cross. @throws where the browser allows no worker, or it is not known where the script lies
 */
export function spawnWorker<Request, Response>(script: string, role = ''): WorkerPort<Request, Response> {
  const start = new Blob([`importScripts(${JSON.stringify(new URL(script, self.location.href).href)});`], {
    type: 'text/javascript',
  });
  const url = URL.createObjectURL(start);
  const worker = new Worker(url, { name: role });
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
