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
  run<T>(start: () => Steps<T>, token: lsp.CancellationToken): Promise<T> {
    const result = this.last.then(() => this.inSlices(start, token));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async inSlices<T>(start: () => Steps<T>, token: lsp.CancellationToken): Promise<T> {
    let steps: Steps<T> | undefined;
    let end: { readonly value: T } | undefined;
    let seen = Number.NaN;
    for (;;) {
      await othersFirst();
      if (token.isCancellationRequested) throw cancelled();
      if (!steps || seen !== this.revision()) steps = start();
      // What becomes of it, such as a megabyte of JSON, takes a slice of its own.
      else if (end) return end.value;
      end = slice(steps);
      seen = this.revision();
    }
  }
}

/** Takes steps for as long as a slice may last; answers what they come to, if they come to their end. */
function slice<T>(steps: Steps<T>): { readonly value: T } | undefined {
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
