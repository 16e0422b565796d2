import type { ForwardedMethod, FromWebview, ToWebview } from '../../server/src/protocol/messages.ts';
import type { DiagramAction } from '../../server/src/protocol/topology.ts';

/** The line to whoever shows the view, and a place for what must outlive a reload. Tests have one of their own. */
export interface Channel {
  readonly post: (message: FromWebview | DiagramAction) => void;
  readonly onMessage: (receive: (message: ToWebview) => void) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** Set by the editor; may be called once. */
  var acquireVsCodeApi: (() => EditorApi) | undefined;
}

/** The channel to the editor. Throws where there is none. */
export function editorChannel(): Channel {
  const api = globalThis.acquireVsCodeApi?.();
  if (!api) throw new Error('this page runs in the topology panel of an editor');
  return {
    post: (message) => api.postMessage(message),
    onMessage: (receive) => {
      window.addEventListener('message', (event: MessageEvent<ToWebview>) => receive(event.data));
    },
    getState: () => api.getState(),
    setState: (state) => api.setState(state),
  };
}

/** Questions to the language server by way of the editor; the answer may be a failure. */
export function asker(channel: Channel): {
  readonly ask: (method: ForwardedMethod, params: object) => Promise<unknown>;
  readonly receive: (message: ToWebview) => void;
} {
  let last = 0;
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  return {
    ask: (method, params) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        channel.post({ type: 'ask', id: last, method, params });
      }),
    receive: (message) => {
      if (message.type !== 'answer' && message.type !== 'failure') return;
      const entry = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === 'answer') entry?.resolve(message.result);
      else entry?.reject(new Error(message.message));
    },
  };
}

/** Runs the work once at a time; what is asked for meanwhile is done once afterwards. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let isRunning = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work();
    }
    isRunning = false;
  };
}
