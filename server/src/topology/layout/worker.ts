/**
 * Entry of the layout worker, a thread of Node or a worker of a browser: one script for both, since the engine is most of
 * the package. The engine takes a worker without a `document` for its own and would overwrite the handler below: the
 * bundle defines one away.
 */
import { parentPort } from '../../base/worker-port.ts';
import { solveBlock } from './elk.ts';
import type { WorkerRequest, WorkerResponse } from './router.ts';

const parent = parentPort<WorkerRequest, WorkerResponse>();

async function answer({ id, problem }: WorkerRequest): Promise<WorkerResponse> {
  try {
    return { id, block: await solveBlock(problem) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parent.onMessage(async (request) => parent.post(await answer(request)));
