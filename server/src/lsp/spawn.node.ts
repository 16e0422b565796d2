import { Worker } from 'node:worker_threads';
import { threadPort, type WorkerPort } from '../base/worker-port.ts';

/** Starts a script as a thread, with the role that it is to have where it has several. */
export const spawnWorker = <Request, Response>(script: URL, role?: string): WorkerPort<Request, Response> =>
  threadPort(new Worker(script, { workerData: role }));
