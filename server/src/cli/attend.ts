import type { Course } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import type { Io } from './io.ts';

/** Milliseconds of work between two looks at whether somebody has pressed Ctrl+C. */
const SLICE = 40;

export interface Attended<T> {
  readonly value: T;
  /** Somebody has pressed Ctrl+C. */
  readonly wasStopped: boolean;
}

/**
 * Does long work to its end, and tells on a terminal how far it is. The first Ctrl+C asks it to come to its end with the
 * best so far, the second one ends the process.
 */
export async function attend<T>(io: Io, what: string, start: (course: Course) => Steps<T>): Promise<Attended<T>> {
  let wasStopped = false;
  let share = 0;
  let doing = '';
  let line = '';
  const say = (): void => {
    const now = wasStopped ? 'stopping with what is best so far; Ctrl+C again ends at once' : doing;
    const next = `${what}: ${Math.floor(share * 100)} %${now === '' ? '' : `, ${now}`}`;
    if (next !== line) io.status?.(next);
    line = next;
  };
  let ignore: (() => void) | undefined = io.onInterrupt?.(() => {
    wasStopped = true;
    ignore?.();
    ignore = undefined;
    say();
  });
  const steps = start({
    isStopped: () => wasStopped,
    report: (now, what = doing) => {
      share = Math.max(share, now);
      doing = what;
    },
  });
  try {
    for (;;) {
      const until = performance.now() + SLICE;
      do {
        const { done, value } = steps.next();
        if (done) return { value, wasStopped };
      } while (performance.now() < until);
      say();
      await new Promise((go) => setImmediate(go));
    }
  } finally {
    ignore?.();
    io.status?.(undefined);
  }
}
