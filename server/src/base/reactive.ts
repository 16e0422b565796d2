import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals-core';

/**
 * Values that know what they were computed from. Reading one inside a computation records a dependency, so a change
 * makes exactly what read it stale, and nothing has to say by hand what depends on what.
 */
export { batch, computed, type ReadonlySignal, type Signal, signal, untracked };

/** An object that computed values may be attached to. */
export interface MemoHolder {
  readonly memos: unknown[];
}

let slots = 0;

/**
 * A pure function of one object, remembered on the object and computed again only when something it read has changed.
 * It must not read itself, directly or through others. With `isSame`, an equal result leaves what read it fresh.
 */
export function derive<H extends MemoHolder, T>(
  compute: (holder: H) => T,
  isSame?: (a: T, b: T) => boolean,
): (holder: H) => T {
  const slot = slots++;
  return (holder) => {
    // Pairs of slot and memo: an object has few of the many there are.
    const { memos } = holder;
    for (let at = 0; at < memos.length; at += 2)
      if (memos[at] === slot) return (memos[at + 1] as ReadonlySignal<T>).value;
    let last: { readonly value: T } | undefined;
    const memo = computed(() => {
      const value = compute(holder);
      if (isSame && last && isSame(last.value, value)) return last.value;
      if (isSame) last = { value };
      return value;
    });
    memos.push(slot, memo);
    return memo.value;
  };
}

/** Two lists of the same objects in the same order. For `derive`: what read the list stays fresh. */
export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** A counter that stands for "this has changed". Reading it depends on it. */
export class Version {
  private readonly counter = signal(0);

  read(): void {
    this.counter.value;
  }

  bump(): void {
    this.counter.value = this.counter.peek() + 1;
  }
}

/**
 * Computes a value now and again after every change that reaches it, until the returned function is called. What is
 * kept so is told of changes, instead of having to ask everything it was computed from.
 */
export function keepFresh(compute: () => unknown): () => void {
  return effect(() => {
    compute();
  });
}
