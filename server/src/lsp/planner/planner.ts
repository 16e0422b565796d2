import type * as lsp from 'vscode-languageserver';
import type { Workspace } from '../../ide/workspace.ts';
import type { Background } from '../background.ts';
import { cancelled } from '../feature.ts';
import type { PlannerPort, PlannerResponse } from './messages.ts';
import { type QuestionAnswer, type QuestionName, type QuestionParams, stepsTo } from './questions.ts';
import { changesSince, isSame, type Texts, textsAround } from './texts.ts';

/** Who waits for an answer. */
export interface Watch {
  /** Nobody waits any more. */
  readonly giveUp: lsp.CancellationToken;
  /** The best so far is wanted. */
  readonly stop: lsp.CancellationToken;
  /** How far it is, 0 to 1 and never less than before, also where it is begun anew since a text has changed. */
  readonly report: (share: number, doing: string | undefined) => void;
}

export interface PlannerOptions {
  readonly workspace: Workspace;
  readonly background: Background;
  /** @throws where there can be no worker */
  readonly spawn: () => PlannerPort;
  /** Calls back after every change of a text. */
  readonly onChanged: (listener: () => void) => void;
  /** A design with more VMs is not even begun with on this thread. */
  readonly fewVms?: number;
  /** Milliseconds for a worker to say that it has started. */
  readonly patience?: number;
}

const PATIENCE = 20_000;
/** Milliseconds that a worker is kept without a question: the next one mostly comes soon, or after long. */
const IDLE = 60_000;
/** With more VMs each step of a proof would be felt on this thread. */
const FEW_VMS = 1_000;
/** Milliseconds in which most plans for few VMs are made, and no worker has to start. */
const SOON = 100;

type Outcome =
  | Extract<PlannerResponse, { readonly type: 'answer' | 'dropped' | 'error' }>
  /** `early`: it never started. */
  | { readonly type: 'failed'; readonly early: boolean };

/**
 * Answers questions that take a search and a proof in a worker, which has the texts and whatever follows from them once
 * more, so that what a person types never waits. It is started when it is needed and let go when it is not; what is done
 * soon is done here, and so is everything where no worker can be started. One question after the other. Both ways lead to
 * the same answer, that of the texts as they are when it is given.
 */
export class Planner {
  readonly #options: PlannerOptions;
  #canSpawn = true;
  #port: PlannerPort | undefined;
  /** What the worker has. */
  #known: Texts | undefined;
  #isReady = false;
  #ids = 0;
  #last: Promise<unknown> = Promise.resolve();
  #waiting: { readonly id: number; readonly settle: (outcome: Outcome) => void; readonly watch: Watch } | undefined;
  #checkTexts: (() => void) | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PlannerOptions) {
    this.#options = options;
    options.onChanged(() => this.#checkTexts?.());
  }

  /**
   * The answer to a question about the designs of a file.
   *
   * @throws ResponseError once nobody waits for it any more
   */
  async ask<Name extends QuestionName>(
    name: Name,
    params: QuestionParams<Name>,
    watch: Watch,
  ): Promise<QuestionAnswer<Name>> {
    const rising = onlyRising(watch);
    if (!this.#canSpawn) return await this.#here(name, params, rising);
    if (this.#isSmall(params.uri ?? '')) {
      const soon = await this.#soon(name, params, rising);
      if (soon) return soon.value;
    }
    const answer = this.#last.then(() => this.#there(name, params, rising));
    this.#last = answer.catch(() => undefined);
    return await answer;
  }

  /** Lets the worker go. */
  dispose(): void {
    clearTimeout(this.#idle);
    const waiting = this.#waiting;
    this.#port?.terminate();
    this.#port = undefined;
    this.#known = undefined;
    this.#isReady = false;
    waiting?.settle({ type: 'failed', early: false });
  }

  #isSmall(uri: string): boolean {
    const { workspace, fewVms = FEW_VMS } = this.#options;
    return workspace.projectsOf(uri).every(({ design }) => design.members('vm').size <= fewVms);
  }

  async #here<Name extends QuestionName>(name: Name, params: QuestionParams<Name>, watch: Watch) {
    const { workspace, background } = this.#options;
    return await background.run(() => stepsTo(name, workspace, params, courseOf(watch)), watch.giveUp);
  }

  async #soon<Name extends QuestionName>(name: Name, params: QuestionParams<Name>, watch: Watch) {
    const { workspace, background } = this.#options;
    return await background.runBriefly(
      () => stepsTo(name, workspace, params, courseOf({ ...watch, report: () => undefined })),
      watch.giveUp,
      SOON,
    );
  }

  async #there<Name extends QuestionName>(
    name: Name,
    params: QuestionParams<Name>,
    watch: Watch,
  ): Promise<QuestionAnswer<Name>> {
    const { workspace } = this.#options;
    clearTimeout(this.#idle);
    try {
      for (;;) {
        if (watch.giveUp.isCancellationRequested) throw cancelled();
        const port = this.#worker();
        if (!port) return await this.#here(name, params, watch);
        const texts = textsAround(workspace, params.uri ?? '');
        const outcome = await this.#once(port, name, params, texts, watch);
        if (outcome.type === 'error') throw new Error(outcome.message);
        if (outcome.type === 'failed' && !outcome.early) throw new Error('the worker that makes plans has ended');
        if (outcome.type === 'failed') this.#canSpawn = false;
        // What was asked of texts that are others by now is asked anew.
        if (outcome.type === 'answer' && isSame(texts, textsAround(workspace, params.uri ?? '')))
          return outcome.value as QuestionAnswer<Name>;
      }
    } finally {
      if (this.#port) this.#letGoLater();
    }
  }

  /** One question to the worker, and what became of it. */
  #once<Name extends QuestionName>(
    port: PlannerPort,
    name: Name,
    params: QuestionParams<Name>,
    texts: Texts,
    watch: Watch,
  ): Promise<Outcome> {
    const { workspace, patience = PATIENCE } = this.#options;
    const id = ++this.#ids;
    const changes = changesSince(this.#known, texts);
    this.#known = texts;
    return new Promise((resolve) => {
      const drop = () => port.post({ type: 'drop', id });
      const subscriptions = [
        watch.giveUp.onCancellationRequested(drop),
        watch.stop.onCancellationRequested(() => port.post({ type: 'stop', id })),
      ];
      // Once it has started it may take as long as it likes.
      const late = setTimeout(() => {
        if (!this.#isReady) this.#failed(port);
      }, patience);
      this.#checkTexts = () => {
        if (!isSame(texts, textsAround(workspace, params.uri ?? ''))) drop();
      };
      this.#waiting = {
        id,
        watch,
        settle: (outcome) => {
          this.#waiting = undefined;
          this.#checkTexts = undefined;
          clearTimeout(late);
          for (const subscription of subscriptions) subscription.dispose();
          resolve(outcome);
        },
      };
      port.post({ type: 'ask', id, name, params, changes });
      if (watch.stop.isCancellationRequested) port.post({ type: 'stop', id });
    });
  }

  #worker(): PlannerPort | undefined {
    if (this.#port || !this.#canSpawn) return this.#port;
    let port: PlannerPort;
    try {
      port = this.#options.spawn();
    } catch {
      this.#canSpawn = false;
      return undefined;
    }
    this.#port = port;
    port.onMessage((response) => this.#receive(port, response));
    port.onFailure(() => this.#failed(port));
    return port;
  }

  #receive(port: PlannerPort, response: PlannerResponse): void {
    if (port !== this.#port) return;
    if (response.type === 'ready') this.#isReady = true;
    else if (response.id !== this.#waiting?.id) return;
    else if (response.type === 'progress') this.#waiting.watch.report(response.share, response.doing);
    else this.#waiting.settle(response);
  }

  #failed(port: PlannerPort): void {
    if (port !== this.#port) return;
    const early = !this.#isReady;
    const waiting = this.#waiting;
    this.#port = undefined;
    this.#known = undefined;
    this.#isReady = false;
    port.terminate();
    waiting?.settle({ type: 'failed', early });
  }

  #letGoLater(): void {
    clearTimeout(this.#idle);
    const idle = setTimeout(() => this.dispose(), IDLE);
    this.#idle = idle;
    // Node does not wait for it; a browser knows nothing else.
    (idle as { unref?: () => void }).unref?.();
  }
}

function courseOf({ stop, report }: Watch) {
  return {
    isStopped: () => stop.isCancellationRequested,
    report: (share: number, doing?: string) => report(share, doing),
  };
}

/** What has gone further is not gone back, and not told twice. */
function onlyRising(watch: Watch): Watch {
  let [last, lastDoing] = [-1, undefined as string | undefined];
  return {
    ...watch,
    report: (share, doing = lastDoing) => {
      const percent = Math.floor(share * 100);
      if (percent <= last && doing === lastDoing) return;
      last = Math.max(last, percent);
      lastDoing = doing;
      watch.report(last / 100, doing);
    },
  };
}
