import { type Course, UNWATCHED } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import { carry } from './carry.ts';
import type { Chance } from './chance.ts';
import type { LevelAim } from './level-aim.ts';
import type { State } from './state.ts';

/** Units taken off in one go. */
const MOST_RUINED = 12;
/** Costs of so many steps before are what a step may be as bad as. */
const MEMORY = 30;
const WORK_OF_STEP = 4_000;
/** Turns for each unit that moves, and the least, without anything better before there is nothing left to find. */
const TURNS_OF_UNIT = 25;
const LEAST_TURNS = 200;

/**
 * Large neighbourhoods: takes a few units off that have something to do with each other (of one or two hosts, of one rule,
 * those away from home), and puts them back one by one, always the one that would lose most by waiting (regret). P. Shaw
 * (1998); ruin and recreate after G. Schrimpf et al. (2000). What is no worse than some steps before is kept (late
 * acceptance, E. Burke and Y. Bykov 2008), and in the end the best. Where units are few, all that there is to find is found long before
 * the work is used up: it ends when nothing better came for many turns.
 */
export function* ruinAndRecreate(
  state: State,
  aim: LevelAim,
  chance: Chance,
  work: number,
  course: Course = UNWATCHED,
): Steps<void> {
  if (state.movable.length === 0 || state.open.length === 0) return;
  const recreate = new Recreate(state, aim);
  const memory = new Float64Array(MEMORY);
  let cost = 0;
  let bestCost = 0;
  const best = state.at.slice();
  let sinceStep = 0;
  let lastGain = 0;
  const patience = Math.max(LEAST_TURNS, TURNS_OF_UNIT * state.movable.length);
  for (let turn = 0; recreate.work < work && turn - lastGain < patience; turn++) {
    const before = recreate.work;
    const units = chosen(state, chance);
    const change = recreate.tryWith(units, (found) => cost + found <= Math.max(memory[turn % MEMORY] ?? 0, cost));
    cost += change;
    memory[turn % MEMORY] = cost;
    if (cost < bestCost - 1e-9 * Math.abs(bestCost)) {
      bestCost = cost;
      lastGain = turn;
      best.set(state.at);
    }
    sinceStep += recreate.work - before;
    if (sinceStep > WORK_OF_STEP) {
      sinceStep = 0;
      yield;
      course.report(recreate.work / work);
      if (course.isStopped()) break;
    }
  }
  if (bestCost < cost) for (const [unit, host] of best.entries()) carry(state, aim, unit, host);
}

/** Empties hosts that cost something as long as what runs there finds room elsewhere, the emptiest first. */
export function* emptyHosts(state: State, aim: LevelAim, course: Course = UNWATCHED): Steps<void> {
  const recreate = new Recreate(state, aim);
  const { activation } = state.problem.hosts;
  const tried = new Set<number>();
  for (;;) {
    const hosts = Array.from(state.open).filter(
      (host) => (activation[host] ?? 0) > 0 && aim.runningOn(host) > 0 && !tried.has(host),
    );
    if (hosts.length === 0) return;
    hosts.sort((a, b) => aim.runningOn(a) - aim.runningOn(b) || (activation[b] ?? 0) - (activation[a] ?? 0) || a - b);
    const [host = 0] = hosts;
    tried.add(host);
    const units = Array.from(state.movable).filter((unit) => state.at[unit] === host);
    if (units.length === aim.runningOn(host)) recreate.tryWith(units, (found) => found < 0, host);
    yield;
    course.report(tried.size / state.open.length);
    if (course.isStopped()) return;
  }
}

function chosen(state: State, chance: Chance): number[] {
  const { movable, at, home, rules } = state;
  const seed = movable[chance.below(movable.length)] ?? 0;
  const kind = chance.below(4);
  const other = at[movable[chance.below(movable.length)] ?? 0] ?? -1;
  const own = at[seed] ?? -1;
  const rule = rules.ruleOf[rules.start[seed] ?? 0] ?? -1;
  const hasRule = rules.start[seed] !== rules.start[seed + 1];
  const members = hasRule ? new Set(state.problem.rules[rule]?.members) : undefined;
  const near = Array.from(movable).filter((unit) => {
    const host = at[unit] ?? -1;
    if (host < 0 || unit === seed) return true;
    if (kind === 0 && members) return members.has(unit);
    return kind === 1 ? host !== home[unit] : host === own || host === other;
  });
  const count = Math.min(near.length, 2 + chance.below(MOST_RUINED - 1));
  for (let k = 0; k < count; k++) {
    const swap = k + chance.below(near.length - k);
    [near[k], near[swap]] = [near[swap] ?? 0, near[k] ?? 0];
  }
  return near.slice(0, count);
}

class Recreate {
  work = 0;
  readonly #state: State;
  readonly #aim: LevelAim;

  constructor(state: State, aim: LevelAim) {
    this.#state = state;
    this.#aim = aim;
  }

  /** Takes units off and puts them back as well as it can; undone if one finds no host, or if the change is not wanted. */
  tryWith(units: readonly number[], isWanted: (change: number) => boolean, without = -1): number {
    const state = this.#state;
    const aim = this.#aim;
    const before = units.map((unit) => state.at[unit] ?? -1);
    aim.isRuined = true;
    let change = 0;
    for (const unit of units) {
      if ((state.at[unit] ?? -1) < 0) continue;
      change += aim.moveChange(unit, -1);
      carry(state, aim, unit, -1);
    }
    const waiting = new Set(units);
    let gained = 0;
    while (waiting.size > 0) {
      const next = this.#mostUrgent(waiting, without);
      if (!next) break;
      waiting.delete(next.unit);
      change += next.change;
      if (before[units.indexOf(next.unit)] === -1) gained++;
      carry(state, aim, next.unit, next.host);
    }
    aim.isRuined = false;
    const isWhole = [...waiting].every((unit) => before[units.indexOf(unit)] === -1);
    // What ran nowhere and now does outweighs whatever else changes.
    if (isWhole && gained > 0) return 0;
    if (isWhole && isWanted(change)) return change;
    for (const unit of units) carry(state, aim, unit, -1);
    for (const [k, unit] of units.entries()) carry(state, aim, unit, before[k] ?? -1);
    return 0;
  }

  /** Of the units that wait, the one that has only one host left, or whose second best is worst beside its best. */
  #mostUrgent(waiting: ReadonlySet<number>, without: number) {
    const state = this.#state;
    let found: { readonly unit: number; readonly host: number; readonly change: number } | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const unit of waiting) {
      let [first, second, host] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1];
      for (let to = 0; to < state.hostCount; to++) {
        if (to === without || !state.isAllowed(unit, to)) continue;
        this.work++;
        if (!state.fits(unit, to) || !state.keepsRules(unit, to)) continue;
        const change = this.#aim.moveChange(unit, to);
        if (change < first) {
          second = first;
          first = change;
          host = to;
        } else if (change < second) second = change;
      }
      if (host < 0) continue;
      const regret = second - first;
      if (regret > most || !found) {
        most = regret;
        found = { unit, host, change: first };
      }
    }
    return found;
  }
}
