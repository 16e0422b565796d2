import type { WorkerPort } from '../../base/worker-port.ts';
import { type BlockProblem, type LinkRouter, type RoutedBlock, rename, structureKey } from './block.ts';

/** What goes to a layout worker, and what comes back. */
export interface WorkerRequest {
  readonly id: number;
  readonly problem: BlockProblem;
}

export type WorkerResponse =
  | { readonly id: number; readonly block: RoutedBlock }
  | { readonly id: number; readonly error: string };

/** A worker that runs `worker.ts`. */
export type LayoutPort = WorkerPort<WorkerRequest, WorkerResponse>;

export interface RouterOptions {
  readonly spawn: () => LayoutPort;
  /** Milliseconds for one block; then the worker is ended and rails stand in. The first one also loads the engine. */
  readonly deadline?: number;
  readonly after?: (milliseconds: number, run: () => void) => () => void;
}

const DEADLINE = 2_000;
/** Solutions kept. A block is some kilobytes. */
const MOST_KEPT = 64;

const timer = (milliseconds: number, run: () => void): (() => void) => {
  const handle = setTimeout(run, milliseconds);
  return () => clearTimeout(handle);
};

/**
 * Routes blocks in a worker that starts with the first one. One at a time: who waits too long gets nothing, and the worker is replaced.
 * Solutions are kept by structure, so that names, loads and findings never cause a new one.
 */
export function workerRouter(options: RouterOptions): LinkRouter & { readonly dispose: () => void } {
  const { spawn, deadline = DEADLINE, after = timer } = options;
  const kept = new Map<string, { readonly problem: BlockProblem; readonly block: RoutedBlock }>();
  const running = new Map<string, Promise<RoutedBlock | undefined>>();
  let port: LayoutPort | undefined;
  let last = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting: { readonly id: number; readonly settle: (block: RoutedBlock | undefined) => void } | undefined;

  const drop = (): void => {
    port?.terminate();
    port = undefined;
    waiting?.settle(undefined);
  };
  const worker = (): LayoutPort => {
    if (port) return port;
    const fresh = spawn();
    port = fresh;
    fresh.onMessage((response) => {
      if (waiting?.id === response.id) waiting.settle('block' in response ? response.block : undefined);
    });
    fresh.onFailure(() => {
      if (port === fresh) drop();
    });
    return fresh;
  };
  const solve = (problem: BlockProblem): Promise<RoutedBlock | undefined> =>
    new Promise((resolve) => {
      last += 1;
      const cancel = after(deadline, () => drop());
      waiting = {
        id: last,
        settle: (block) => {
          waiting = undefined;
          cancel();
          resolve(block);
        },
      };
      try {
        worker().post({ id: last, problem });
      } catch {
        drop();
      }
    });

  return {
    route: async (problem) => {
      const key = structureKey(problem);
      const known = kept.get(key);
      if (known) return rename(known.block, known.problem, problem);
      let solving = running.get(key);
      if (!solving) {
        solving = queue.then(() => solve(problem));
        queue = solving;
        running.set(key, solving);
        const block = await solving;
        running.delete(key);
        if (block) {
          kept.set(key, { problem, block });
          const [oldest] = kept.keys();
          if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
        }
        return block;
      }
      await solving;
      const found = kept.get(key);
      return found && rename(found.block, found.problem, problem);
    },
    dispose: drop,
  };
}
