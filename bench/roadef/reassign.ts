import type { Steps } from '../../server/src/base/steps.ts';
import { anneal, typicalChange } from '../../server/src/planner/anneal.ts';
import { Chance } from '../../server/src/planner/chance.ts';
import { State } from '../../server/src/planner/state.ts';
import { costAim } from './costs.ts';
import { type Instance, problemOf } from './instance.ts';

export interface Reassigned {
  readonly assignment: readonly number[];
  readonly cost: number;
}

/** Temperatures in units of a typical change, and prices of held room in units of the weight of load. */
const HOT = 5;
const COLD = 1e-3;
const GRIP = [1, 0.001] as const;
const PRICE = [1, 4] as const;
/** What each lack costs, in units of a typical change. */
const NEED = [5, 50] as const;
/** Where the large processes go is settled early, for better or worse: more than so much work is for another run. */
const WORK_OF_RUN = 20_000_000;

/**
 * An instance of the machine reassignment problem, through the search of plans: `State`, `anneal` and all that they stand
 * on; only the cost is another one. The same instance, work and seed give the same assignment.
 */
export function* reassign(instance: Instance, work: number, seed = 1): Steps<Reassigned> {
  const runs = Math.max(1, Math.round(work / WORK_OF_RUN));
  let best: Reassigned | undefined;
  for (let run = 0; run < runs; run++) {
    const found = yield* once(instance, Math.floor(work / runs), seed + run);
    if (!best || found.cost < best.cost) best = found;
  }
  return best ?? { assignment: instance.start, cost: Number.POSITIVE_INFINITY };
}

function* once(instance: Instance, work: number, seed: number): Steps<Reassigned> {
  const state = new State(problemOf(instance));
  const aim = costAim(instance, state);
  const chance = new Chance(seed);
  const typical = typicalChange(state, aim, chance);
  const weight = Math.max(...instance.resources.map((resource) => resource.weight));
  yield* anneal(state, aim, chance, {
    work,
    hot: typical * HOT,
    cold: typical * COLD,
    held: {
      grip: [GRIP[0] * weight, GRIP[1] * weight],
      price: [PRICE[0] * weight, PRICE[1] * weight],
      need: [NEED[0] * typical, NEED[1] * typical],
    },
  });
  return { assignment: Array.from(state.at), cost: aim.cost };
}
