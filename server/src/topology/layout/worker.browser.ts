/**
 * Entry of the layout worker in a browser. The engine takes a worker without a `document` for its own and would overwrite the handler below:
 * the bundle defines one away.
 */
import { solveBlock } from './elk.ts';
import type { WorkerRequest, WorkerResponse } from './router.ts';

interface WorkerScope {
  onmessage: ((event: { readonly data: WorkerRequest }) => void) | null;
  postMessage(response: WorkerResponse): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = async ({ data: { id, problem } }) => {
  try {
    scope.postMessage({ id, block: await solveBlock(problem) });
  } catch (error) {
    scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
