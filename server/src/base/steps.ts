/**
 * Long work in steps: whoever runs it may do something else between two of them. What a step leaves behind is only
 * good as long as nothing that it was computed from changes; whoever runs the steps sees to that.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** All steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
