import { type Course, partOf, UNWATCHED } from '../base/course.ts';
import { finish, type Steps } from '../base/steps.ts';
import { anneal, typicalChange } from './anneal.ts';
import { carry } from './carry.ts';
import { Chance } from './chance.ts';
import { descend } from './descend.ts';
import { everyOrder } from './every-order.ts';
import { explain, SMALL } from './explain.ts';
import { fewestMoves } from './fewest.ts';
import { anyFit, overcrowded, shortages } from './fit.ts';
import { LevelAim } from './level-aim.ts';
import { afterMoves, orderMoves, shortened } from './order.ts';
import type { Level, Move, Problem, SearchOptions, Solution } from './problem.ts';
import { emptyHosts, ruinAndRecreate } from './ruin.ts';
import { State } from './state.ts';
import { trim } from './trim.ts';
import { compareValues, valuesOf } from './values.ts';
import { Wrongs } from './wrongs.ts';

const WORK = 1_500_000;
/** Levels that are reached by moving as little as can be; all others are worth moves. */
const PRICES: ReadonlySet<Level> = new Set(['moves', 'data', 'sessions', 'teams']);
/** Prices of a move that are tried to find one at which few enough are made, and what is few enough before some go back. */
const PRICES_TRIED = 4;
const LEAST_PRICE = 1e-4;
const ENOUGH = 1.3;
/** Units away from home times units that move, where a search that was ended takes moves back. */
const MOST_TAKEN_BACK = 1_000_000;
const SEED = 20_121;

/** The best plan that was found for a problem. The same problem and the same work give the same plan. */
export function solve(problem: Problem, options: SearchOptions = {}): Solution {
  return finish(solveInSteps(problem, options));
}

interface Candidate {
  readonly assignment: Int32Array;
  readonly moves: readonly Move[];
}

/**
 * The same, in steps. First what must be, by the fewest moves if the work allows to be sure of it, else by descent, large
 * neighbourhoods and, on small estates, by trying every assignment. Then what else is worth moves, by descent, annealing
 * and large neighbourhoods; and moves that gain nothing are taken back. See docs/planner.md.
 */
export function* solveInSteps(problem: Problem, options: SearchOptions = {}): Steps<Solution> {
  const { work = WORK, course = UNWATCHED } = options;
  const state = new State(problem);
  const before = valuesOf(problem, problem.units.home);
  const start: Candidate = { assignment: problem.units.home.slice(), moves: [] };
  // What only must be is mostly done then; the rest is for what cannot be mended, and is spread.
  const half = isWorthMore(problem, true) ? 0.5 : 0.8;
  const mended = yield* mend(state, work * 0.5, partOf(course, 0, half));
  const { outcome } = mended;
  let best: Candidate = mended.found ?? start;
  if (isWorthMore(problem, mended.found !== undefined) && !course.isStopped()) {
    const improved = yield* improve(state, best, work * 0.5, partOf(course, half, 1));
    if (isBetter(problem, improved, best) && (!mended.found || meets(problem, improved))) best = improved;
  }
  const isFound = mended.found !== undefined;
  const isFinal = isFound && outcome === 'optimal' && best === mended.found && !isWorthMore(problem, true);
  const after = valuesOf(problem, best.assignment);
  return {
    outcome: isFound ? (isFinal ? 'optimal' : 'found') : outcome,
    assignment: best.assignment,
    moves: best.moves,
    before,
    after,
    obstruction: isFound || course.isStopped() ? undefined : yield* explain(problem, mended, course),
    work: mended.work,
  };
}

interface Mended {
  readonly outcome: Solution['outcome'];
  readonly found: Candidate | undefined;
  /** An assignment would do, but no order of steps to it was found. */
  readonly isStuck: boolean;
  /** Units that wait for each other, where that is proven. */
  readonly waiting: readonly number[];
  readonly work: number;
}

/** Brings what must be to nothing. */
function* mend(state: State, work: number, course: Course): Steps<Mended> {
  const without = { found: undefined, isStuck: false, waiting: [] };
  if (shortages(state).length > 0 || overcrowded(state).length > 0)
    return { outcome: 'impossible', ...without, work: state.unitCount };
  const fewest = yield* fewestMoves(state, work * 0.5, partOf(course, 0, 0.5));
  if (fewest.outcome === 'impossible') return { outcome: 'impossible', ...without, work: fewest.work };
  if (fewest.outcome !== 'gave-up') return { ...without, outcome: fewest.outcome, found: fewest, work: fewest.work };
  let spent = fewest.work;
  let isStuck = fewest.unordered !== undefined;
  const aim = new LevelAim(state);
  const wrongs = new Wrongs(state);
  let found: Candidate | undefined;
  const accept = function* (): Steps<void> {
    yield* trim(state, aim);
    if (wrongs.all().length > 0 || aim.away > (state.problem.mostMoves ?? aim.away)) return;
    const { moves, isWhole } = yield* orderMoves(state, state.at);
    const candidate = { assignment: state.at.slice(), moves };
    if (!isWhole) isStuck = true;
    else if (!found || isBetter(state.problem, candidate, found)) found = candidate;
  };
  spent += yield* descend(state, aim, work * 0.2, partOf(course, 0.5, 0.7));
  yield* accept();
  if (!course.isStopped()) {
    yield* ruinAndRecreate(state, aim, new Chance(SEED), work * 0.15, partOf(course, 0.7, 0.8));
    spent += work * 0.15;
    yield* accept();
  }
  if (!found && state.unitCount * state.hostCount <= SMALL && !course.isStopped()) {
    goHome(state, aim);
    const fit = yield* anyFit(state, work * 0.5, partOf(course, 0.8, 0.88));
    spent += fit.work;
    if (fit.outcome === 'impossible') return { outcome: 'impossible', ...without, work: spent };
    if (fit.outcome === 'found') {
      for (const [unit, host] of fit.assignment.entries()) carry(state, aim, unit, host);
      yield* accept();
      yield* ruinAndRecreate(state, aim, new Chance(SEED), work * 0.15, partOf(course, 0.88, 0.9));
      yield* accept();
    }
  }
  goHome(state, aim);
  if (!found && isStuck && !course.isStopped()) {
    const orders = yield* everyOrder(state, work, partOf(course, 0.9, 1));
    spent += orders.work;
    if (orders.outcome === 'impossible')
      return { outcome: 'impossible', found, waiting: orders.waiting, isStuck, work: spent };
    if (orders.outcome === 'found') {
      const moves = yield* shortened(state, orders.moves);
      found = { assignment: afterMoves(state.home, moves), moves };
    }
  }
  return { ...without, outcome: found ? 'found' : 'gave-up', found, isStuck: !found && isStuck, work: spent };
}

/** Makes everything better that is worth moves, from a plan on. What cannot be put in order is left out. */
function* improve(state: State, from: Candidate, work: number, course: Course): Steps<Candidate> {
  const { problem } = state;
  let aim = new LevelAim(state);
  for (const [unit, host] of from.assignment.entries()) carry(state, aim, unit, host);
  const emptied = problem.order.includes('balance') ? 0.3 : 0.7;
  yield* descend(state, aim, work * 0.2, partOf(course, 0, 0.1));
  if (problem.order.includes('hosts')) yield* emptyHosts(state, aim, partOf(course, 0.1, emptied));
  const chance = new Chance(SEED);
  if (problem.order.includes('balance') && !course.isStopped()) {
    const own = partOf(course, emptied, 0.8);
    if (problem.mostMoves === undefined) yield* balance(state, aim, chance, work * 0.6, own);
    else aim = yield* balanceWith(state, problem.mostMoves, chance, work * 0.6, own);
  }
  if (!course.isStopped()) yield* ruinAndRecreate(state, aim, chance, work * 0.2, partOf(course, 0.8, 1));
  yield* trim(state, aim);
  const { moves } = yield* orderMoves(state, state.at);
  goHome(state, aim);
  return { assignment: afterMoves(state.home, moves), moves };
}

function* balance(state: State, aim: LevelAim, chance: Chance, work: number, course: Course): Steps<void> {
  const typical = typicalChange(state, aim, chance, aim.weights.balance);
  if (typical > 0) yield* anneal(state, aim, chance, { work, hot: typical, cold: typical * 1e-3, course });
}

/**
 * The same with so many moves at most: each has a price, which rises until there are few enough; of what is still too much,
 * those go back that gain least.
 */
function* balanceWith(state: State, mostMoves: number, chance: Chance, work: number, course: Course): Steps<LevelAim> {
  const start = state.at.slice();
  let worthOfMove = Math.max(state.problem.worthOfMove, LEAST_PRICE);
  let aim = new LevelAim(state, { worthOfMove, mostMoves: undefined });
  for (let round = 0; round < PRICES_TRIED; round++) {
    for (const [unit, host] of start.entries()) carry(state, aim, unit, host);
    aim = new LevelAim(state, { worthOfMove, mostMoves: undefined });
    yield* balance(
      state,
      aim,
      chance,
      work / PRICES_TRIED,
      partOf(course, round / PRICES_TRIED, (round + 1) / PRICES_TRIED),
    );
    yield* trim(state, aim);
    if (aim.away <= mostMoves * ENOUGH || course.isStopped()) break;
    worthOfMove *= 3;
  }
  aim = new LevelAim(state, { worthOfMove: 0, mostMoves: undefined });
  // Ended while nearly everything was on the move: to take that back one by one would take longer than the search.
  if (course.isStopped() && aim.away * state.movable.length > MOST_TAKEN_BACK)
    for (const [unit, host] of start.entries()) carry(state, aim, unit, host);
  while (aim.away > mostMoves) {
    yield;
    let [least, best] = [Number.POSITIVE_INFINITY, -1];
    for (const unit of state.movable) {
      const home = state.home[unit] ?? -1;
      if (home < 0 || state.at[unit] === home || !state.fits(unit, home) || !state.keepsRules(unit, home)) continue;
      const change = aim.moveChange(unit, home);
      if (change < least) [least, best] = [change, unit];
    }
    if (best < 0) {
      for (const [unit, host] of start.entries()) carry(state, aim, unit, host);
      break;
    }
    carry(state, aim, best, state.home[best] ?? -1);
  }
  return new LevelAim(state);
}

function goHome(state: State, aim: LevelAim): void {
  for (const [unit, host] of state.home.entries()) carry(state, aim, unit, host);
}

/** Whether anything is sought that is worth moves, beyond what must be. */
function isWorthMore({ order, must }: Problem, isMended: boolean): boolean {
  return order.some((level) => !PRICES.has(level) && !(isMended && must.includes(level)));
}

function meets(problem: Problem, { assignment }: Candidate): boolean {
  const values = valuesOf(problem, assignment);
  return problem.must.every((level) => values[level] === 0);
}

function isBetter(problem: Problem, a: Candidate, b: Candidate): boolean {
  const [x, y] = [valuesOf(problem, a.assignment), valuesOf(problem, b.assignment)];
  return compareValues(x, y, problem.order) < 0;
}
