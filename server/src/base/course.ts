/** Long work on its way: it tells how far it is, and is told when to come to its end. */
export interface Course {
  /** Asked now and then. True: come to an end soon, with the best so far. Once true it stays so. */
  readonly isStopped: () => boolean;
  /** How far it is, 0 to 1 and never less than before; and what is being done, where that is another thing now. */
  readonly report: (share: number, doing?: string) => void;
}

/** Work that goes on to its end, and nobody looks at. */
export const UNWATCHED: Course = { isStopped: () => false, report: () => undefined };

/** A part of some work, from one share of it to another. */
export function partOf({ isStopped, report }: Course, from: number, to: number): Course {
  return { isStopped, report: (share, doing) => report(from + (to - from) * Math.min(1, Math.max(0, share)), doing) };
}

/** Work of which nobody knows how often it has to be begun anew. */
export interface Attempts {
  /** The next attempt: it has nine tenths of what is left. */
  readonly next: () => Course;
}

/** Attempts of which each goes on from the share that the one before has come to. */
export function attemptsOf(course: Course): Attempts {
  let reached = 0;
  const told: Course = {
    isStopped: course.isStopped,
    report: (share, doing) => {
      reached = Math.max(reached, share);
      course.report(reached, doing);
    },
  };
  return { next: () => partOf(told, reached, reached + (1 - reached) * 0.9) };
}
