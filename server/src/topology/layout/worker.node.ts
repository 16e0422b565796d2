/** Entry of the layout worker in Node: answers each request on the port of its parent. */
import { parentPort } from 'node:worker_threads';
import { solveBlock } from './elk.ts';
import type { WorkerRequest, WorkerResponse } from './router.ts';

parentPort?.on('message', async ({ id, problem }: WorkerRequest) => {
  const answer = (response: WorkerResponse): void => parentPort?.postMessage(response);
  try {
    answer({ id, block: await solveBlock(problem) });
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
