import type * as lsp from 'vscode-languageserver';
import { CancellationTokenSource, type WorkDoneProgressReporter } from 'vscode-languageserver';
import type { Service } from '../feature.ts';
import type { QuestionAnswer, QuestionName, QuestionParams } from './questions.ts';

/** Milliseconds after which somebody wonders. */
const UNNOTICED = 500;

export interface Asking {
  /** What the editor shows beside how far it is. */
  readonly title: string;
  /** Where a client wants to be told how far it is. Others that show such things are told, too, if it takes long. */
  readonly workDoneToken?: string | number | undefined;
  /** The best so far is wanted. */
  readonly stop?: lsp.CancellationToken;
  /** Nobody waits any more. */
  readonly giveUp?: lsp.CancellationToken;
}

export interface Told<Answer> {
  readonly answer: Answer;
  /** The person who was shown how far it is has stopped it. */
  readonly wasStopped: boolean;
}

/** Asks the planner, and tells the editor how far it is: from the beginning where it wants that, else once it takes long. */
export async function askPlanner<Name extends QuestionName>(
  { connection, planner, client }: Pick<Service, 'connection' | 'planner' | 'client'>,
  name: Name,
  params: QuestionParams<Name>,
  { title, workDoneToken, stop, giveUp }: Asking,
): Promise<Told<QuestionAnswer<Name>>> {
  const stopping = new CancellationTokenSource();
  const never = new CancellationTokenSource();
  const subscriptions = [stop?.onCancellationRequested(() => stopping.cancel())];
  if (stop?.isCancellationRequested) stopping.cancel();
  let reporter: WorkDoneProgressReporter | undefined;
  let isDone = false;
  let now: { readonly percent: number; readonly doing: string | undefined } = { percent: 0, doing: undefined };
  const begin = (shown: WorkDoneProgressReporter): void => {
    reporter = shown;
    reporter.begin(title, now.percent, now.doing, true);
  };
  if (workDoneToken !== undefined) begin(connection.window.attachWorkDoneProgress(workDoneToken));
  const beginLate = async (): Promise<void> => {
    const shown = await connection.window.createWorkDoneProgress();
    if (isDone) return shown.done();
    begin(shown);
    subscriptions.push(shown.token.onCancellationRequested(() => stopping.cancel()));
  };
  const late =
    workDoneToken === undefined && client().showsProgress
      ? setTimeout(() => void beginLate().catch(() => undefined), UNNOTICED)
      : undefined;
  try {
    const answer = await planner.ask(name, params, {
      stop: stopping.token,
      giveUp: giveUp ?? never.token,
      report: (share, doing) => {
        now = { percent: Math.round(share * 100), doing };
        if (doing === undefined) reporter?.report(now.percent);
        else reporter?.report(now.percent, doing);
      },
    });
    if (!stopping.token.isCancellationRequested) reporter?.report(100);
    return { answer, wasStopped: stopping.token.isCancellationRequested };
  } finally {
    isDone = true;
    clearTimeout(late);
    for (const subscription of subscriptions) subscription?.dispose();
    reporter?.done();
  }
}
