import type * as lsp from 'vscode-languageserver';
import type { Documents } from './documents.ts';

/** Tells a client, once after each answer, that the answer may be another now. */
export interface Nudge {
  /** To be called when an answer is begun: what changes from now on is told. */
  answered(): void;
}

/** `gathering`: milliseconds in which changes are gathered, for what is read and not watched letter by letter. */
export function nudgeOnce(connection: lsp.Connection, documents: Documents, method: string, gathering: number): Nudge {
  let isShown = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  documents.onChanged(() => {
    if (!isShown) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      isShown = false;
      void connection.sendNotification(method);
    }, gathering);
  });
  connection.onShutdown(() => clearTimeout(timer));
  return {
    answered: () => {
      clearTimeout(timer);
      timer = undefined;
      isShown = true;
    },
  };
}
