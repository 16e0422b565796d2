import type { Steps } from '../../server/src/base/steps.ts';
import { anneal, typicalChange } from '../../server/src/planner/anneal.ts';
import { carry } from '../../server/src/planner/carry.ts';
import { Chance } from '../../server/src/planner/chance.ts';
import { State } from '../../server/src/planner/state.ts';
import { costAim } from './costs.ts';
import { type Instance, problemOf } from './instance.ts';
import { annealParts } from './parts.ts';

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
/** Where the large processes go is settled early in a run, for better or worse: so many runs, for so much work each at most. */
const RUNS = 2;
const WORK_OF_RUN = 10_000_000;
/** The rest of the work is for a few machines at a time. */
const PARTS = { workOfHost: 15_000, least: 5, most: 8 } as const;
const HOT_PART = 8;
const COLD_PART = 0.01;

/**
 * An instance of the machine reassignment problem, through the search of plans: `State`, `anneal` and all that they stand
 * on; only the cost is another one. The same instance, work and seed give the same assignment.
 */
export function* reassign(instance: Instance, work: number, seed = 1): Steps<Reassigned> {
  const runs = work > WORK_OF_RUN ? RUNS : 1;
  const workOfRun = Math.min(WORK_OF_RUN, Math.floor(work / runs));
  let best: Reassigned | undefined;
  for (let run = 0; run < runs; run++) {
    const found = yield* once(instance, workOfRun, seed + run);
    if (!best || found.cost < best.cost) best = found;
  }
  const start = best ?? { assignment: instance.start, cost: Number.POSITIVE_INFINITY };
  return runs * workOfRun < work ? yield* inParts(instance, work - runs * workOfRun, seed, start) : start;
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

/** Makes what was found better, a few machines at a time. */
function* inParts(instance: Instance, work: number, seed: number, from: Reassigned): Steps<Reassigned> {
  const state = new State(problemOf(instance));
  const aim = costAim(instance, state);
  const chance = new Chance(seed);
  const typical = typicalChange(state, aim, chance);
  for (const [unit, host] of from.assignment.entries()) carry(state, aim, unit, host);
  const { lossOf } = aim;
  yield* annealParts(state, aim, chance, {
    ...PARTS,
    work,
    hot: typical * HOT_PART,
    cold: typical * COLD_PART,
    lossOf,
  });
  return { assignment: Array.from(state.at), cost: aim.cost };
}
