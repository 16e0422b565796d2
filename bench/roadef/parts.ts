import { type Course, partOf, UNWATCHED } from '../../server/src/base/course.ts';
import type { Steps } from '../../server/src/base/steps.ts';
import type { Aim } from '../../server/src/planner/aim.ts';
import { anneal } from '../../server/src/planner/anneal.ts';
import type { Chance } from '../../server/src/planner/chance.ts';
import type { State } from '../../server/src/planner/state.ts';

export interface PartsOptions {
  /** Moves and swaps weighed in all, and in each part for each of its hosts. */
  readonly work: number;
  readonly workOfHost: number;
  /** Hosts of a part, the fewest and the most. */
  readonly least: number;
  readonly most: number;
  readonly hot: number;
  readonly cold: number;
  /** What a host costs that might be spared: the more, the more often it is in a part. Not below 0. */
  readonly lossOf: (host: number) => number;
  readonly course?: Course;
}

/** What a host without any loss counts, as a share of the largest loss: it may have what another one needs. */
const BASE = 0.3;

/**
 * Anneals a few hosts at a time while all others stay as they are, and keeps what is better: a part is hot enough for its
 * large units to change places, and small enough that all the rest finds together again in little work (P. Shaw 1998: large
 * neighbourhoods). For what is good already; `anneal` as a whole brings it there.
 */
export function* annealParts(state: State, aim: Aim, chance: Chance, options: PartsOptions): Steps<void> {
  const { open } = state;
  const { least, most, workOfHost, lossOf, hot, cold, course = UNWATCHED } = options;
  if (state.movable.length === 0 || open.length < 2) return;
  for (let done = 0; done < options.work && !course.isStopped(); ) {
    const count = Math.min(open.length, least + chance.below(most - least + 1));
    const work = Math.min(count * workOfHost, options.work - done);
    const among = chosen(open, count, lossOf, chance);
    const part = partOf(course, done / options.work, (done + work) / options.work);
    yield* anneal(state, aim, chance, { work, hot, cold, among, course: part });
    done += work;
  }
}

/** So many hosts, each with a chance that grows with its loss. */
function chosen(open: Int32Array, count: number, lossOf: (host: number) => number, chance: Chance): Int32Array {
  const weights = Float64Array.from(open, lossOf);
  const base = weights.reduce((most, loss) => Math.max(most, loss), 0) * BASE || 1;
  for (const k of weights.keys()) weights[k] = (weights[k] ?? 0) + base;
  let sum = weights.reduce((all, weight) => all + weight, 0);
  const hosts = new Int32Array(count);
  for (let n = 0; n < count; n++) {
    let left = chance.share() * sum;
    let k = 0;
    while (k < open.length - 1 && (weights[k] === 0 || left >= (weights[k] ?? 0))) left -= weights[k++] ?? 0;
    hosts[n] = open[k] ?? 0;
    sum -= weights[k] ?? 0;
    weights[k] = 0;
  }
  return hosts;
}
