import { type Course, UNWATCHED } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import { everyOrder, lackingAt } from './every-order.ts';
import { fewestMoves } from './fewest.ts';
import { anyFit, overcrowded, shortages } from './fit.ts';
import { barTo } from './make-problem.ts';
import type { Constraint, Obstacle, Obstruction, Problem, Solution, Wait } from './problem.ts';
import { withHosts, withoutReasons, withoutReserves, withoutResource, withRules } from './relax.ts';
import { APART } from './rule-tables.ts';
import { State } from './state.ts';
import { Wrongs } from './wrongs.ts';

/** Work of one question whether there is a way. */
const WORK_OF_QUESTION = 60_000;
/** Numbers of added hosts that are tried. */
const MOST_TRIALS = 3;
/** Rules and reasons that are looked at one by one. */
const MOST_ONE_BY_ONE = 40;
/** Size, in units times hosts, to which an estate is small enough to try every assignment. */
export const SMALL = 2_000;

type Answer = 'found' | 'impossible' | 'gave-up';

/** Whether there is a way for what must be, as far as some work tells. `inOrder`: one with an order of steps to it. */
function* isThereAWay(problem: Problem, work: number, inOrder: boolean, course: Course): Steps<Answer> {
  const state = new State(problem);
  if (shortages(state).length > 0 || overcrowded(state).length > 0) return 'impossible';
  const fewest = yield* fewestMoves(state, work, course);
  if (fewest.outcome === 'optimal' || fewest.outcome === 'found') return 'found';
  if (fewest.outcome === 'impossible') return 'impossible';
  if (inOrder) return (yield* everyOrder(state, work, course)).outcome;
  if (state.unitCount * state.hostCount > SMALL) return 'gave-up';
  return (yield* anyFit(state, work, course)).outcome;
}

/** What stands in the way of what must be, and the least that would have to be added. */
export function* explain(
  problem: Problem,
  { outcome, isStuck, waiting }: Failure,
  { isStopped }: Course,
): Steps<Obstruction> {
  // How far this is, nobody knows.
  const course = { ...UNWATCHED, isStopped };
  const state = new State(problem);
  const short = shortages(state);
  // Where only the order is in the way, nothing forbids an assignment.
  const isForbidden = outcome === 'impossible' && !isStuck;
  const { core, isSmallest } = isForbidden ? yield* coreOf(problem, course) : { core: [], isSmallest: false };
  const { model } = problem;
  const least = Math.max(1, ...short.map(({ amount, perHost }) => (perHost > 0 ? Math.ceil(amount / perHost) : 1)));
  let hostsNeeded: number | undefined;
  for (let count = least; model !== undefined && count < least + MOST_TRIALS; count++) {
    const answer = yield* isThereAWay(withHosts(problem, model, count), WORK_OF_QUESTION * 3, isStuck, course);
    if (answer !== 'found') continue;
    hostsNeeded = count;
    break;
  }
  const waits = waitsOf(state, waiting);
  return { core, isSmallest, isStuck, waits, obstacles: obstaclesOf(state), short, hostsNeeded };
}

/** How a search failed. */
interface Failure {
  readonly outcome: Solution['outcome'];
  readonly isStuck: boolean;
  readonly waiting: readonly number[];
}

/** Of units that wait for each other, one step of each that another of them forbids, or else what cannot move. */
function waitsOf(state: State, waiting: readonly number[]): Wait[] {
  const wrongs = new Wrongs(state);
  return waiting.map((unit): Wait => {
    let step: Wait['step'];
    for (const to of state.hostsFor(unit)) {
      const constraint = blockAt(state, unit, to);
      if (!constraint) continue;
      const isInTheWay = (other: number) =>
        constraint.kind === 'rule'
          ? state.problem.rules[constraint.rule]?.members.includes(other)
          : state.at[other] === to && wrongs.amount(other, to, constraint.resource) > 0;
      const own = { to, constraint, for: waiting.filter((other) => other !== unit && isInTheWay(other)) };
      if (!step || (step.for.length === 0 && own.for.length > 0)) step = own;
    }
    return { unit, step };
  });
}

/** What forbids a step as hosts and rules are now. */
function blockAt(state: State, unit: number, to: number): NonNullable<Wait['step']>['constraint'] | undefined {
  if (!state.fits(unit, to)) return { kind: 'limit', host: to, resource: lackingAt(state, unit, to) };
  const blocked = state.blockedBy(unit, to);
  return blocked < 0 ? undefined : { kind: 'rule', rule: state.rules.ruleOf[blocked] ?? 0 };
}

interface Core {
  readonly core: readonly Constraint[];
  readonly isSmallest: boolean;
}

/**
 * Constraints that forbid it together: one after the other is left out, and stays out if it is impossible all the same
 * (deletion filter, J. Chinneck and E. Dravnieks 1991). What remains is needed, as far as each question was answered.
 */
function* coreOf(problem: Problem, course: Course): Steps<Core> {
  let now = problem;
  let isSmallest = true;
  const core: Constraint[] = [];
  function* isNeeded(without: Problem): Steps<boolean> {
    const answer = yield* isThereAWay(without, WORK_OF_QUESTION, false, course);
    if (answer === 'impossible') {
      now = without;
      return false;
    }
    if (answer === 'gave-up') isSmallest = false;
    return true;
  }
  // Many at once first: most of them have nothing to do with it.
  const needsRules = problem.rules.length > 0 && (yield* isNeeded(withRules(now, () => false)));
  const needsReasons = problem.reasons.length > 0 && (yield* isNeeded(withoutReasons(now, () => true)));
  const needsReserves = problem.reserves.length > 0 && (yield* isNeeded(withoutReserves(now)));
  for (let resource = 0; resource < problem.resources.length; resource++)
    if (yield* isNeeded(withoutResource(now, resource))) core.push({ kind: 'resource', resource });
  if (needsRules) {
    const left = new Set(problem.rules.keys());
    const many = problem.rules.length > MOST_ONE_BY_ONE;
    const broken = many ? crowdedRules(problem) : [...left];
    if (many) isSmallest = false;
    const base = now;
    for (const rule of problem.rules.keys()) if (!broken.includes(rule)) left.delete(rule);
    if (many && (yield* isNeeded(withRules(base, (index) => left.has(index)))))
      for (const rule of problem.rules.keys()) left.add(rule);
    now = withRules({ ...now, rules: problem.rules }, (index) => left.has(index));
    for (const rule of broken) {
      const without = withRules({ ...now, rules: problem.rules }, (index) => left.has(index) && index !== rule);
      if (yield* isNeeded(without)) core.push({ kind: 'rule', rule });
      else left.delete(rule);
    }
  }
  if (needsReasons)
    for (let reason = 1; reason <= Math.min(problem.reasons.length, MOST_ONE_BY_ONE); reason++)
      if (yield* isNeeded(withoutReasons(now, (code) => code === reason))) core.push({ kind: 'reason', reason });
  if (needsReserves) for (const reserve of problem.reserves.keys()) core.push({ kind: 'reserve', reserve });
  return { core, isSmallest };
}

/** Rules that are broken, or could not be any fuller. */
function crowdedRules(problem: Problem): number[] {
  const state = new State(problem);
  const { rules, counts, broken } = state;
  return [...problem.rules.keys()].filter((rule) => {
    if ((broken[rule] ?? 0) > 0) return true;
    if (rules.kind[rule] !== APART) return false;
    const from = rules.countsAt[rule] ?? 0;
    const places = counts.subarray(from, from + (rules.placeCount[rule] ?? 0));
    return places.length > 0 && places.every((count) => count >= (rules.bound[rule] ?? 0));
  });
}

/** At each host, why it does not take what would have to leave elsewhere: the commonest reason, and of levels the least. */
function obstaclesOf(state: State): Obstacle[] {
  const wrongs = new Wrongs(state);
  const all = wrongs.all();
  const leavers = [...new Set(all.flatMap(({ units }) => units))];
  const sources = new Set(all.flatMap(({ units }) => units.map((unit) => state.home[unit] ?? -1)));
  const found: Obstacle[] = [];
  for (let host = 0; host < state.hostCount; host++) {
    if (sources.has(host) && sources.size === 1) continue;
    const closed = state.problem.hosts.closed[host] ?? 0;
    if (closed) {
      found.push({ host, constraint: { kind: 'reason', reason: closed }, level: undefined });
      continue;
    }
    const counts = new Map<string, { obstacle: Obstacle; count: number }>();
    for (const unit of leavers) {
      const obstacle = obstacleFor(state, wrongs, unit, host);
      if (!obstacle) continue;
      const key = JSON.stringify(obstacle.constraint);
      const known = counts.get(key);
      const isLess = known && (known.obstacle.level ?? 0) <= (obstacle.level ?? 0);
      counts.set(key, { obstacle: isLess ? known.obstacle : obstacle, count: (known?.count ?? 0) + 1 });
    }
    const [first] = [...counts.values()].sort((a, b) => b.count - a.count);
    if (first) found.push(first.obstacle);
  }
  return found;
}

function obstacleFor(state: State, wrongs: Wrongs, unit: number, host: number): Obstacle | undefined {
  const { problem, width, load, rules } = state;
  if (host === state.at[unit]) return undefined;
  const reason = barTo(problem, unit, host);
  if (reason) return { host, constraint: { kind: 'reason', reason }, level: undefined };
  for (let resource = 0; resource < width; resource++) {
    const amount = wrongs.amount(unit, host, resource);
    const level = (load[host * width + resource] ?? 0) + amount;
    if (amount > 0 && level > (wrongs.limit[host * width + resource] ?? 0))
      return { host, constraint: { kind: 'limit', host, resource }, level };
  }
  if (state.keepsRules(unit, host)) return undefined;
  const rule = Array.from(rules.ruleOf.subarray(rules.start[unit] ?? 0, rules.start[unit + 1] ?? 0)).find(
    (own) => rules.isBinding[own],
  );
  return rule === undefined ? undefined : { host, constraint: { kind: 'rule', rule }, level: undefined };
}
