import type * as lsp from 'vscode-languageserver';
import type { Steps } from '../base/steps.ts';
import { cancelled } from './feature.ts';

/** Milliseconds that work may go on before whoever waits is let through: what a person types must not notice it. */
const SLICE = 8;

/**
 * Work that takes longer than a person should wait for what they type: it is done in slices, and between two of them
 * whatever has come in is answered. One piece of work after the other, so that none sees what another one supposes.
 */
export class Background {
  private readonly revision: () => number;
  private last: Promise<unknown> = Promise.resolve();

  /** `revision` is another number after every change that the work must notice. */
  constructor(revision: () => number) {
    this.revision = revision;
  }

  /**
   * Does work to its end; from the beginning again whenever a text has changed.
   *
   * @throws ResponseError once nobody waits for it any more
   */
  async run<T>(start: () => Steps<T>, token: lsp.CancellationToken): Promise<T> {
    return ((await this.runBriefly(start, token, Number.POSITIVE_INFINITY)) as Ended<T>).value;
  }

  /**
   * The same, unless that takes more than so many milliseconds of work: then it is left, and comes to nothing.
   *
   * @throws ResponseError once nobody waits for it any more
   */
  runBriefly<T>(start: () => Steps<T>, token: lsp.CancellationToken, most: number): Promise<Ended<T> | undefined> {
    const result = this.last.then(() => this.inSlices(start, token, most));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async inSlices<T>(
    start: () => Steps<T>,
    token: lsp.CancellationToken,
    most: number,
  ): Promise<Ended<T> | undefined> {
    let left = most;
    let steps: Steps<T> | undefined;
    let end: Ended<T> | undefined;
    let seen = Number.NaN;
    for (;;) {
      await othersFirst();
      if (token.isCancellationRequested) throw cancelled();
      if (!steps || seen !== this.revision()) steps = start();
      // What becomes of it, such as a megabyte of JSON, takes a slice of its own.
      else if (end) return end;
      if (left <= 0) return undefined;
      const began = performance.now();
      end = slice(steps);
      left -= performance.now() - began;
      seen = this.revision();
    }
  }
}

/** What work came to. */
interface Ended<T> {
  readonly value: T;
}

/** Takes steps for as long as a slice may last; answers what they come to, if they come to their end. */
function slice<T>(steps: Steps<T>): Ended<T> | undefined {
  const until = performance.now() + SLICE;
  do {
    const { done, value } = steps.next();
    if (done) return { value };
  } while (performance.now() < until);
  return undefined;
}

/** Lets messages in that have come meanwhile: a timer's turn is after theirs, in Node as in a web worker. */
function othersFirst(): Promise<void> {
  return new Promise((go) => setTimeout(go, 0));
}
