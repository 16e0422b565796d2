import type { Problem } from '../language/problem.ts';
import type { Located } from './declaration.ts';
import type { Place } from './place.ts';

/** A mistake in what statements mean together, at its place. */
export interface MeaningProblem {
  readonly place: Place;
  readonly problem: Problem;
  /** Problems with the same key are one mistake seen at several places. */
  readonly key: string | undefined;
  readonly related?: readonly { readonly located: Located; readonly message: string }[];
}
