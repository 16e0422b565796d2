import { resolveImport } from '../../ide/import-path.ts';
import { Workspace } from '../../ide/workspace.ts';
import type { PlannerParent, PlannerRequest, TextChanges } from './messages.ts';
import { stepsTo } from './questions.ts';

/** Milliseconds of work between two looks at whether the answer is still wanted. */
const SLICE = 40;

type Ask = Extract<PlannerRequest, { readonly type: 'ask' }>;

/** The worker's end: answers questions about texts that it is sent, of which it keeps what was made of them. */
export function serveQuestions(parent: PlannerParent): void {
  let workspace = new Workspace({ resolve: resolveImport });
  /** The question that is being answered. */
  let current = { id: 0, isStopped: false, isDropped: false };

  const take = ({ isFresh, roots, at, texts, gone }: TextChanges): void => {
    if (isFresh) {
      workspace = new Workspace({ resolve: resolveImport });
      workspace.evaluateAt(at);
      for (const uri of roots) workspace.list(uri);
    }
    for (const uri of gone) workspace.provide(uri, undefined);
    for (const { uri, text } of texts) workspace.provide(uri, text);
  };

  const answer = async ({ id, name, params, changes }: Ask): Promise<void> => {
    const own = { id, isStopped: false, isDropped: false };
    current = own;
    try {
      take(changes);
      let told = { share: 0, doing: undefined as string | undefined };
      let now = told;
      const steps = stepsTo(name, workspace, params, {
        isStopped: () => own.isStopped,
        report: (share, doing = now.doing) => {
          now = { share: Math.max(share, now.share), doing };
        },
      });
      for (;;) {
        const until = performance.now() + SLICE;
        do {
          const { done, value } = steps.next();
          if (done) return parent.post({ type: 'answer', id, value });
        } while (performance.now() < until);
        if (Math.floor(now.share * 100) !== Math.floor(told.share * 100) || now.doing !== told.doing) {
          parent.post({ type: 'progress', id, ...now });
          told = now;
        }
        // A message that has come meanwhile has its turn before a timer.
        await new Promise((go) => setTimeout(go, 0));
        if (own.isDropped) return parent.post({ type: 'dropped', id });
      }
    } catch (error) {
      parent.post({
        type: 'error',
        id,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  };

  parent.onMessage((request) => {
    if (request.type === 'ask') void answer(request);
    else if (request.id === current.id) {
      if (request.type === 'stop') current.isStopped = true;
      else current.isDropped = true;
    }
  });
  parent.post({ type: 'ready' });
}
