/** A worker as seen from who started it: a thread of Node or a worker of a browser. */
export interface WorkerPort<Request, Response> {
  readonly post: (request: Request) => void;
  readonly onMessage: (receive: (response: Response) => void) => void;
  /** The worker could not start, or died. */
  readonly onFailure: (failed: () => void) => void;
  readonly terminate: () => void;
}

/** What is asked of a thread of Node. */
interface Thread {
  postMessage(request: unknown): void;
  on(event: string, listener: (...values: unknown[]) => void): unknown;
  terminate(): unknown;
  unref(): void;
}

/** The port of a thread that ends with the process, and does not keep it alive. */
export function threadPort<Request, Response>(thread: Thread): WorkerPort<Request, Response> {
  thread.unref();
  return {
    post: (request) => thread.postMessage(request),
    onMessage: (receive) => {
      thread.on('message', (response) => receive(response as Response));
    },
    onFailure: (failed) => {
      thread.on('error', () => failed());
      thread.on('exit', () => failed());
    },
    terminate: () => void thread.terminate(),
  };
}

/** Who started a worker, as seen from the worker. */
export interface ParentPort<Request, Response> {
  readonly onMessage: (receive: (request: Request) => void) => void;
  readonly post: (response: Response) => void;
}

/** What Node has to get at a thread's port to its parent, without an import that browsers would not know. */
interface Threads {
  readonly parentPort: {
    on(event: 'message', receive: (request: unknown) => void): void;
    postMessage(response: unknown): void;
  } | null;
  readonly workerData: unknown;
}

interface Scope {
  readonly process?: { getBuiltinModule?(name: string): Threads | undefined };
  readonly name?: string;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(response: unknown): void;
}

const scope = globalThis as unknown as Scope;
const threads = (): Threads | undefined => scope.process?.getBuiltinModule?.('node:worker_threads');

/** The role that whoever started this worker gave it: one script may have several. */
export function workerRole(): unknown {
  const node = threads();
  return node ? node.workerData : scope.name;
}

/** The port of a worker to whoever started it. */
export function parentPort<Request, Response>(): ParentPort<Request, Response> {
  const parent = threads()?.parentPort;
  if (parent)
    return {
      onMessage: (receive) => parent.on('message', (request) => receive(request as Request)),
      post: (response) => parent.postMessage(response),
    };
  return {
    onMessage: (receive) => {
      scope.onmessage = ({ data }) => receive(data as Request);
    },
    post: (response) => scope.postMessage(response),
  };
}
