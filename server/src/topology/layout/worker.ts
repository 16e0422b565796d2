/**
 * Entry of the layout worker, a thread of Node or a worker of a browser: one script for both, since the engine is most of
 * the package. The engine takes a worker without a `document` for its own and would overwrite the handler below: the
 * bundle defines one away.
 */
import { solveBlock } from './elk.ts';
import type { WorkerRequest, WorkerResponse } from './router.ts';

/** A thread's port to its parent, and what Node has to get at it without an import that browsers would not know. */
interface ThreadPort {
  on(event: 'message', receive: (request: WorkerRequest) => void): void;
  postMessage(response: WorkerResponse): void;
}

interface Scope {
  readonly process?: { getBuiltinModule?(name: string): { readonly parentPort: ThreadPort | null } | undefined };
  onmessage: ((event: { readonly data: WorkerRequest }) => void) | null;
  postMessage(response: WorkerResponse): void;
}

const scope = globalThis as unknown as Scope;
const parent = scope.process?.getBuiltinModule?.('node:worker_threads')?.parentPort;

async function answer({ id, problem }: WorkerRequest): Promise<WorkerResponse> {
  try {
    return { id, block: await solveBlock(problem) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

if (parent) parent.on('message', async (request) => parent.postMessage(await answer(request)));
else scope.onmessage = async ({ data }) => scope.postMessage(await answer(data));
