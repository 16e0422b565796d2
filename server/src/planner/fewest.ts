import { type Course, partOf, UNWATCHED } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import { orderMoves } from './order.ts';
import type { Move } from './problem.ts';
import type { State } from './state.ts';
import { type Wrong, Wrongs } from './wrongs.ts';

export type Fewest =
  | {
      readonly outcome: 'optimal' | 'found';
      readonly assignment: Int32Array;
      readonly moves: readonly Move[];
      readonly work: number;
    }
  /** Every way was tried. */
  | { readonly outcome: 'impossible'; readonly work: number }
  /** There may be a way, but not within the work allowed; or there is one to which no order of steps was found. */
  | { readonly outcome: 'gave-up'; readonly unordered: Int32Array | undefined; readonly work: number };

/** Share of the work that one number of moves may use. */
const SHARE_OF_DEPTH = 0.4;
/** Work to look for cheaper moves once there is a plan. */
const WORK_TO_IMPROVE = 120_000;
/** Work between two steps: a few milliseconds. */
const WORK_OF_STEP = 4_000;
/** Hosts weighed for one unit in large estates; beyond this many only the emptiest. */
const MOST_TARGETS = 10;

/**
 * The fewest moves after which nothing is wrong that must not be, and of those the ones that copy least. Moves are sought
 * in rising number: something leaves what is too full, to where there is room, or to where something else then has to give
 * way: a swap, a chain. That misses nothing, since what is wrong stays so unless one of its units moves (iterative
 * deepening, R. Korf 1985). `state` is at the start of the plan, and is so again afterwards.
 */
export function* fewestMoves(state: State, work: number, course: Course = UNWATCHED): Steps<Fewest> {
  const dive = new Dive(state);
  const wrong = dive.wrongs.all();
  let spent = 0;
  if (wrong.length === 0) return { outcome: 'optimal', assignment: state.at.slice(), moves: [], work: 0 };
  const least = dive.leastMoves(wrong);
  if (least === Number.POSITIVE_INFINITY) return { outcome: 'impossible', work: dive.counted };
  const mostMoves = Math.min(state.movable.length, state.problem.mostMoves ?? Number.POSITIVE_INFINITY);
  let isCut = mostMoves < state.movable.length;
  for (let depth = least; depth <= mostMoves; depth++) {
    const budget = Math.min(work * SHARE_OF_DEPTH, work - spent);
    dive.begin(budget, partOf(course, spent / work, (spent + budget) / work));
    yield* dive.down(depth);
    spent += budget - dive.left;
    if (dive.best) {
      const { assignment, moves } = dive.best;
      const isSure = !isCut && !dive.isCut && !dive.unordered;
      return { outcome: isSure ? 'optimal' : 'found', assignment, moves, work: spent };
    }
    isCut ||= dive.isCut;
    if (spent >= work || course.isStopped()) return { outcome: 'gave-up', unordered: dive.unordered, work: spent };
  }
  if (isCut || dive.unordered) return { outcome: 'gave-up', unordered: dive.unordered, work: spent };
  return { outcome: 'impossible', work: spent };
}

interface Option {
  readonly unit: number;
  readonly to: number;
  readonly excess: number;
  readonly rank: number;
  readonly fullness: number;
}

class Dive {
  readonly wrongs: Wrongs;
  best: { readonly assignment: Int32Array; readonly moves: readonly Move[]; readonly cost: number } | undefined;
  /** An assignment with nothing wrong to which no order of steps was found. */
  unordered: Int32Array | undefined;
  left = 0;
  counted = 0;
  /** Some ways were left out. */
  isCut = false;
  readonly #state: State;
  readonly #isMoved: Uint8Array;
  readonly #targets: readonly Int32Array[];
  readonly #costOf: Float64Array;
  readonly #mostTargets: number;
  /** Rank of the unit taken last out of what is wrong; those before it are not taken any more. */
  readonly #lastOut = new Map<number, number>();
  #cost = 0;
  #sinceStep = 0;
  #budget = 0;
  #course = UNWATCHED;

  constructor(state: State) {
    const { problem, unitCount } = state;
    this.#state = state;
    this.wrongs = new Wrongs(state);
    this.#isMoved = new Uint8Array(unitCount);
    this.#targets = Array.from({ length: unitCount }, (_, unit) => Int32Array.from(state.hostsFor(unit)));
    const { data, sessions } = problem.units;
    const sum = (list: Float64Array) => list.reduce((total, own) => total + own, 0) || 1;
    const [allData, allSessions] = [sum(data), sum(sessions)];
    this.#costOf = Float64Array.from(
      { length: unitCount },
      (_, unit) =>
        (problem.order.includes('data') ? (data[unit] ?? 0) / allData : 0) +
        (problem.order.includes('sessions') ? (1e-6 * (sessions[unit] ?? 0)) / allSessions : 0),
    );
    this.#mostTargets = state.hostCount * unitCount > 1_000 ? MOST_TARGETS : state.hostCount;
  }

  begin(work: number, course: Course): void {
    this.left = work;
    this.#budget = work;
    this.#course = course;
    this.isCut = false;
  }

  #count(work: number): void {
    this.left -= work;
    this.counted += work;
    this.#sinceStep += work;
  }

  /** Tries every way to come to an end in so many moves. */
  *down(remaining: number): Steps<void> {
    const all = this.wrongs.all();
    this.#count(1 + (this.#state.load.length >> 5));
    if (all.length === 0) {
      yield* this.#record();
      return;
    }
    if (remaining === 0 || this.leastMoves(all) > remaining) return;
    const wrong = this.#narrowest(all);
    for (const { unit, to, rank } of this.#options(wrong, remaining)) {
      if (this.#sinceStep >= WORK_OF_STEP) {
        this.#sinceStep = 0;
        yield;
        this.#course.report(1 - this.left / this.#budget);
        if (this.#course.isStopped()) this.left = 0;
      }
      if (this.left <= 0) {
        this.isCut = true;
        return;
      }
      const cost = this.#costOf[unit] ?? 0;
      if (this.best && this.#cost + cost >= this.best.cost) continue;
      const from = this.#state.at[unit] ?? -1;
      const last = this.#lastOut.get(wrong.key);
      this.#state.put(unit, to);
      this.#isMoved[unit] = 1;
      this.#cost += cost;
      this.#lastOut.set(wrong.key, rank);
      yield* this.down(remaining - 1);
      if (last === undefined) this.#lastOut.delete(wrong.key);
      else this.#lastOut.set(wrong.key, last);
      this.#cost -= cost;
      this.#isMoved[unit] = 0;
      this.#state.put(unit, from);
    }
  }

  *#record(): Steps<void> {
    const { at } = this.#state;
    const { moves, isWhole, work } = yield* orderMoves(this.#state, at);
    this.#count(10 + work);
    if (!isWhole) {
      this.unordered ??= at.slice();
      return;
    }
    if (!this.best) this.left = Math.min(this.left, WORK_TO_IMPROVE);
    this.best = { assignment: at.slice(), moves, cost: this.#cost };
  }

  /** What leaves the fewest choices. */
  #narrowest(all: readonly Wrong[]): Wrong {
    let best = all[0] as Wrong;
    let fewest = Number.POSITIVE_INFINITY;
    for (const wrong of all) {
      let choices = 0;
      for (const unit of wrong.units)
        if (!this.#isMoved[unit]) choices += wrong.units.length > 1 ? 1 : (this.#targets[unit]?.length ?? 0) / 8;
      if (choices < fewest) {
        fewest = choices;
        best = wrong;
      }
    }
    return best;
  }

  /** Moves that are needed at the very least: from each host as many of its largest as bring its fullest gauge down. */
  leastMoves(all: readonly Wrong[]): number {
    const { load } = this.#state;
    const byHost = new Map<number, number>();
    let units = 0;
    let rules = 0;
    for (const { key, host, resource, units: own } of all) {
      if (host < 0) {
        if (own.every((unit) => this.#isMoved[unit])) return Number.POSITIVE_INFINITY;
        if (own.length === 1) units++;
        else rules = 1;
        continue;
      }
      let excess = (load[key] ?? 0) - (this.wrongs.limit[key] ?? 0);
      let count = 0;
      for (const unit of own) {
        if (excess <= 0) break;
        this.#count(1);
        if (this.#isMoved[unit]) continue;
        excess -= this.wrongs.amount(unit, host, resource);
        count++;
      }
      if (excess > 0) return Number.POSITIVE_INFINITY;
      byHost.set(host, Math.max(byHost.get(host) ?? 0, count));
    }
    let sum = 0;
    for (const count of byHost.values()) sum += count;
    // Units that must leave, and members of broken rules, may be among those that relieve a host.
    return Math.max(sum, units, rules);
  }

  /** Moves that could end what is wrong, those first that fill nothing too much, and of them the largest to the emptiest host. */
  #options(wrong: Wrong, remaining: number): Option[] {
    const { load } = this.#state;
    const options: Option[] = [];
    for (let rank = (this.#lastOut.get(wrong.key) ?? -1) + 1; rank < wrong.units.length; rank++) {
      const unit = wrong.units[rank] ?? 0;
      if (this.#isMoved[unit]) continue;
      if (remaining === 1 && wrong.host >= 0) {
        const amount = this.wrongs.amount(unit, wrong.host, wrong.resource);
        if ((load[wrong.key] ?? 0) - amount > (this.wrongs.limit[wrong.key] ?? 0)) break;
      }
      const own: Option[] = [];
      for (const to of this.#targets[unit] ?? []) {
        this.#count(1);
        if (to === this.#state.at[unit]) continue;
        const { excess, fullness } = this.#weigh(unit, to);
        if (excess === 0 || remaining > 1) own.push({ unit, to, excess, rank, fullness });
      }
      own.sort((a, b) => a.excess - b.excess || a.fullness - b.fullness || a.to - b.to);
      if (own.length > this.#mostTargets) this.isCut = true;
      options.push(...own.slice(0, this.#mostTargets));
    }
    return options.sort(
      (a, b) =>
        Math.min(a.excess, 1) - Math.min(b.excess, 1) ||
        a.rank - b.rank ||
        a.excess - b.excess ||
        a.fullness - b.fullness ||
        a.to - b.to,
    );
  }

  /** How many gauges would be too full with a unit there, and how full the fullest of them. */
  #weigh(unit: number, to: number): { readonly excess: number; readonly fullness: number } {
    const { load, width } = this.#state;
    let excess = this.#state.keepsRules(unit, to) ? 0 : 1;
    let fullness = 0;
    for (let r = 0; r < width; r++) {
      const amount = this.wrongs.amount(unit, to, r);
      if (amount === 0) continue;
      const after = (load[to * width + r] ?? 0) + amount;
      const most = this.wrongs.limit[to * width + r] ?? 0;
      if (after > most) excess++;
      if (most < Number.POSITIVE_INFINITY) fullness = Math.max(fullness, most > 0 ? after / most : 1);
    }
    return { excess, fullness };
  }
}
