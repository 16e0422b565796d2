import { type Course, UNWATCHED } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import { alikeKeys } from './alike.ts';
import { type Shortage, TOLERANCE } from './problem.ts';
import { APART, NEAR } from './rule-tables.ts';
import type { State } from './state.ts';
import { goalLimits, Wrongs } from './wrongs.ts';

/**
 * Resources of which all hosts together have too little, whatever runs where: each unit takes at least what it takes where
 * it takes least, and a host that nothing may move to offers no more than what runs there now.
 */
export function shortages(state: State): Shortage[] {
  const { problem, hostCount, unitCount, width, demand, load, home } = state;
  const isHardMust = problem.must.includes('hard');
  const { hosts } = problem;
  const limit = goalLimits(problem);
  const kinds = Math.max(1, demand.length / Math.max(1, unitCount * width));
  const found: Shortage[] = [];
  for (let r = 0; r < width; r++) {
    let need = 0;
    let room = 0;
    for (let unit = 0; unit < unitCount; unit++) {
      if ((home[unit] ?? -1) < 0 && !problem.must.includes('unplaced')) continue;
      let least = Number.POSITIVE_INFINITY;
      for (let kind = 0; kind < kinds; kind++)
        least = Math.min(least, demand[(kind * unitCount + unit) * width + r] ?? 0);
      need += least;
    }
    for (let host = 0; host < hostCount; host++) {
      const at = host * width + r;
      need += hosts.base[at] ?? 0;
      const own = Math.min(limit[at] ?? 0, load[at] ?? 0);
      room +=
        hosts.evacuate[host] && isHardMust
          ? (hosts.base[at] ?? 0)
          : hosts.closed[host] || hosts.evacuate[host]
            ? own
            : (limit[at] ?? 0);
    }
    if (!(need > room * (1 + TOLERANCE))) continue;
    const model = problem.model === undefined ? undefined : problem.model * width + r;
    const perHost = model === undefined ? 0 : Math.max(0, (limit[model] ?? 0) - (hosts.base[model] ?? 0));
    found.push({ resource: r, amount: need - room, perHost });
  }
  return found;
}

/** Rules that keep apart more units than all their places together may have, whatever runs where. */
export function overcrowded({ problem, rules, mostAt, home }: State): number[] {
  const isHardMust = problem.must.includes('hard');
  return [...problem.rules.keys()].filter((index) => {
    const rule = problem.rules[index];
    if (rule?.kind !== 'apart' || rule.force === 'soft' || rule.placeOf.includes(-1)) return false;
    const first = rules.countsAt[index] ?? 0;
    const isHard = rule.force === 'hard' && isHardMust;
    let room = 0;
    for (let place = 0; place < (rules.placeCount[index] ?? 0); place++)
      if (rule.placeOf.includes(place)) room += isHard ? rule.most : (mostAt[first + place] ?? 0);
    for (const [at, unit] of rule.members.entries())
      if ((home[unit] ?? -1) >= 0 || problem.must.includes('unplaced')) room -= rule.weights?.[at] ?? 1;
    return room < 0;
  });
}

export type Fit =
  | { readonly outcome: 'found'; readonly assignment: Int32Array; readonly work: number }
  | { readonly outcome: 'impossible' | 'gave-up'; readonly work: number };

const WORK_OF_STEP = 4_000;

/**
 * Whether there is any assignment with nothing wrong that must not be, however many moves it takes: all movable units are
 * taken off, and put back one by one, always the one that has fewest hosts left, home first (depth-first search with
 * forward checking, R. Haralick and G. Elliott 1980). Small estates only; of larger ones it finds out nothing.
 */
export function* anyFit(state: State, work: number, course: Course = UNWATCHED): Steps<Fit> {
  const { home, limit, mostAt, mayBreak, rules, problem } = state;
  const isHardMust = problem.must.includes('hard');
  const movable = state.movable.filter((unit) => (home[unit] ?? -1) >= 0 || problem.must.includes('unplaced'));
  const walls = { limit: limit.slice(), mostAt: mostAt.slice(), mayBreak: mayBreak.slice() };
  limit.set(goalLimits(problem));
  for (let rule = 0; rule < rules.count; rule++) {
    // What needs others near may be put back before them: it is looked at in the end.
    if (rules.kind[rule] === NEAR) mayBreak[rule] = Number.POSITIVE_INFINITY;
    else if (isHardMust && problem.rules[rule]?.force === 'hard') {
      mayBreak[rule] = 0;
      const first = rules.countsAt[rule] ?? 0;
      if (rules.kind[rule] === APART) mostAt.fill(rules.bound[rule] ?? 0, first, first + (rules.placeCount[rule] ?? 0));
    }
  }
  const wrongs = new Wrongs(state);
  for (const unit of movable) state.put(unit, -1);
  const filler = new Filler(state, movable, wrongs, work, course);
  const outcome = (yield* filler.fill(movable.length)) ? 'found' : filler.left <= 0 ? 'gave-up' : 'impossible';
  const assignment = state.at.slice();
  for (const unit of movable) state.put(unit, home[unit] ?? -1);
  limit.set(walls.limit);
  mostAt.set(walls.mostAt);
  mayBreak.set(walls.mayBreak);
  const spent = work - filler.left;
  return outcome === 'found' ? { outcome, assignment, work: spent } : { outcome, work: spent };
}

class Filler {
  left: number;
  readonly #state: State;
  readonly #wrongs: Wrongs;
  readonly #waiting: Set<number>;
  /** Units that are the same in everything, by the first of them. */
  readonly #like: Int32Array;
  readonly #mostAway: number;
  readonly #work: number;
  readonly #course: Course;
  #away = 0;
  #sinceStep = 0;

  constructor(state: State, movable: Int32Array, wrongs: Wrongs, work: number, course: Course) {
    this.#state = state;
    this.#wrongs = wrongs;
    this.left = work;
    this.#work = work;
    this.#course = course;
    this.#waiting = new Set(movable);
    this.#like = likes(state);
    this.#mostAway = state.problem.mostMoves ?? Number.POSITIVE_INFINITY;
  }

  /** Puts everything that waits on some host; false if that cannot be, or the work is used up. */
  *fill(count: number): Steps<boolean> {
    if (count === 0) return this.#wrongs.all().length === 0;
    if (this.#sinceStep > WORK_OF_STEP) {
      this.#sinceStep = 0;
      yield;
      this.#course.report(1 - this.left / this.#work);
      if (this.#course.isStopped()) this.left = 0;
    }
    const state = this.#state;
    let narrowest = -1;
    let hosts: number[] = [];
    for (const unit of this.#waiting) {
      const own = this.#hostsFor(unit);
      if (this.left <= 0 || own.length === 0) return false;
      if (narrowest >= 0 && !this.#comesFirst(unit, own.length, narrowest, hosts.length)) continue;
      narrowest = unit;
      hosts = own;
    }
    const start = state.home[narrowest] ?? -1;
    hosts.sort((a, b) => Number(b === start) - Number(a === start) || this.#roomAt(b) - this.#roomAt(a) || a - b);
    this.#waiting.delete(narrowest);
    for (const host of hosts) {
      const isAway = start >= 0 && host !== start;
      if (isAway && this.#away >= this.#mostAway) continue;
      state.put(narrowest, host);
      this.#away += isAway ? 1 : 0;
      if (!this.#isHopeless() && (yield* this.fill(count - 1))) return true;
      this.#away -= isAway ? 1 : 0;
      state.put(narrowest, -1);
      if (this.left <= 0) break;
    }
    this.#waiting.add(narrowest);
    return false;
  }

  #comesFirst(unit: number, choices: number, other: number, others: number): boolean {
    return choices !== others ? choices < others : this.#sizeOf(unit) > this.#sizeOf(other);
  }

  #sizeOf(unit: number): number {
    const { width, demand } = this.#state;
    let most = 0;
    for (let r = 0; r < width; r++) {
      const limit = this.#state.limit[r] ?? 1;
      if (limit < Number.POSITIVE_INFINITY) most = Math.max(most, (demand[unit * width + r] ?? 0) / limit);
    }
    return most;
  }

  #roomAt(host: number): number {
    const { width, limit, load } = this.#state;
    let least = Number.POSITIVE_INFINITY;
    for (let r = 0; r < width; r++) {
      const most = limit[host * width + r] ?? 0;
      if (most < Number.POSITIVE_INFINITY && most > 0)
        least = Math.min(least, 1 - (load[host * width + r] ?? 0) / most);
    }
    return least;
  }

  #hostsFor(unit: number): number[] {
    const state = this.#state;
    const found: number[] = [];
    const like = this.#like[unit] ?? unit;
    // Of units that are the same in everything, one that was put back earlier never stands after a later one.
    const least = like < unit && state.at[like] !== -1 ? (state.at[like] ?? 0) : -1;
    for (let host = Math.max(0, least); host < state.hostCount; host++) {
      this.left--;
      this.#sinceStep++;
      if (!state.isAllowed(unit, host) || !this.#isGood(unit, host)) continue;
      if (state.fits(unit, host) && state.keepsRules(unit, host)) found.push(host);
    }
    return found;
  }

  #isGood(unit: number, host: number): boolean {
    const { units, hosts, must } = this.#state.problem;
    if (!must.includes('hard') && this.#state.home[unit] === host) return true;
    if (hosts.evacuate[host]) return false;
    const row = units.barRow[unit] ?? -1;
    return row < 0 || !units.bars[row * hosts.count + host];
  }

  /** Whether what waits takes more of a resource than all hosts have left. */
  #isHopeless(): boolean {
    const { width, hostCount, unitCount, load, limit, demand } = this.#state;
    if (demand.length > unitCount * width) return false;
    for (let r = 0; r < width; r++) {
      let room = 0;
      for (let host = 0; host < hostCount; host++) {
        if (this.#state.problem.hosts.closed[host]) continue;
        room += Math.max(0, (limit[host * width + r] ?? 0) - (load[host * width + r] ?? 0));
      }
      for (const unit of this.#waiting) room -= demand[unit * width + r] ?? 0;
      this.left--;
      if (room < 0 && !this.#anyAtClosed()) return true;
    }
    return false;
  }

  /** Units that wait may go back to a host that takes no others. */
  #anyAtClosed(): boolean {
    const { home, problem } = this.#state;
    for (const unit of this.#waiting) if (problem.hosts.closed[home[unit] ?? -1]) return true;
    return false;
  }
}

/** For each unit the last one before it that is the same in everything, or itself. */
function likes(state: State): Int32Array {
  const known = new Map<string, number>();
  const found = Int32Array.from({ length: state.unitCount }, (_, unit) => unit);
  const keys = alikeKeys(state);
  for (const unit of state.movable) {
    const key = keys[unit] ?? '';
    const before = known.get(key);
    if (before !== undefined) found[unit] = before;
    known.set(key, unit);
  }
  return found;
}
