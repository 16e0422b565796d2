import type { Aim } from './aim.ts';
import { carry } from './carry.ts';
import type { Chance } from './chance.ts';
import type { State } from './state.ts';

/** What else a move costs, and whether there is room for it, where room is held by what has left. */
export interface Holding {
  moveChange(unit: number, from: number, to: number): number;
  fits(unit: number, host: number): boolean;
}

/** Share of units, the largest, that are put where others have to give way. */
const LARGE = 0.15;
/** Units that give way at most, and hosts that are tried for one. */
const MOST_EVICTED = 8;
const TRIES = 10;

/**
 * Puts a large unit on a host where others give way until it fits: home if they can, else anywhere. Where the large ones
 * are decides how good an assignment can get, and single moves settle that too early, since small ones fill what they
 * would need (ejection chains, F. Glover 1996).
 */
export class Ejection {
  readonly large: readonly number[];
  readonly #state: State;
  readonly #aim: Aim;
  readonly #chance: Chance;
  readonly #held: Holding | undefined;
  readonly #done: { readonly unit: number; readonly from: number }[] = [];

  constructor(state: State, aim: Aim, chance: Chance, held: Holding | undefined) {
    this.#state = state;
    this.#aim = aim;
    this.#chance = chance;
    this.#held = held;
    const sizes = sizesOf(state);
    const sorted = Array.from(state.movable).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
    this.large = sorted.slice(0, Math.ceil(sorted.length * LARGE));
  }

  /** What it changes, if that is not more than `most`; else undefined, and nothing has changed. */
  try(unit: number, to: number, most: number): number | undefined {
    const state = this.#state;
    if (state.at[unit] === to || !state.isAllowed(unit, to)) return undefined;
    this.#done.length = 0;
    let change = 0;
    let price = 0;
    const go = (one: number, host: number) => {
      const from = state.at[one] ?? -1;
      if (this.#held) price += this.#held.moveChange(one, from, host);
      change += this.#aim.moveChange(one, host);
      carry(state, this.#aim, one, host);
      this.#done.push({ unit: one, from });
    };
    while (!this.#fits(unit, to)) {
      const victim = this.#done.length < MOST_EVICTED ? this.#victim(to) : -1;
      const host = victim < 0 ? -1 : this.#refuge(victim, to);
      if (host < 0) return this.#undo();
      go(victim, host);
    }
    for (let blocked = state.blockedBy(unit, to); blocked >= 0; blocked = state.blockedBy(unit, to)) {
      const victim = this.#done.length < MOST_EVICTED ? this.#blocker(unit, to, blocked) : -1;
      const host = victim < 0 ? -1 : this.#refuge(victim, state.at[victim] ?? -1);
      if (host < 0) return this.#undo();
      go(victim, host);
    }
    go(unit, to);
    return change + price <= most ? change : this.#undo();
  }

  #fits(unit: number, to: number): boolean {
    return this.#held ? this.#held.fits(unit, to) : this.#state.fits(unit, to);
  }

  /** A unit on a host, best one that is away from home: what never left gives no room back where room is held. */
  #victim(host: number): number {
    const { movable, at, home } = this.#state;
    const start = this.#chance.below(movable.length);
    let other = -1;
    for (let k = 0; k < movable.length; k++) {
      const unit = movable[(start + k) % movable.length] ?? 0;
      if (at[unit] !== host) continue;
      if (home[unit] !== host) return unit;
      if (other < 0) other = unit;
    }
    return this.#held ? -1 : other;
  }

  /** Of a rule that forbids a unit to go to a host, a unit that would have to leave before: one like it there, or what needs it here. */
  #blocker(unit: number, to: number, blocked: number): number {
    const { rules, problem, at } = this.#state;
    const number = rules.ruleOf[blocked] ?? 0;
    const rule = problem.rules[number];
    const needsIt = rule?.kind === 'near' && (rules.weight[blocked] ?? 0) < 0;
    if (!rule || !(rule.kind === 'apart' || needsIt)) return -1;
    const place = rule.placeOf[needsIt ? (at[unit] ?? 0) : to];
    const { members } = rule;
    const start = this.#chance.below(members.length);
    for (let k = 0; k < members.length; k++) {
      const other = members[(start + k) % members.length] ?? 0;
      const host = at[other] ?? -1;
      if (other !== unit && host >= 0 && rule.placeOf[host] === place) return other;
    }
    return -1;
  }

  #refuge(unit: number, from: number): number {
    const state = this.#state;
    const home = state.home[unit] ?? -1;
    const isGood = (host: number) =>
      host !== from && state.isAllowed(unit, host) && this.#fits(unit, host) && state.keepsRules(unit, host);
    if (home >= 0 && isGood(home)) return home;
    for (let k = 0; k < TRIES; k++) {
      const host = state.open[this.#chance.below(state.open.length)] ?? 0;
      if (isGood(host)) return host;
    }
    return -1;
  }

  #undo(): undefined {
    for (let last = this.#done.pop(); last; last = this.#done.pop())
      carry(this.#state, this.#aim, last.unit, last.from);
    return undefined;
  }
}

/** The largest part of an average host that a unit takes, over all resources that have limits. */
function sizesOf({ width, unitCount, hostCount, demand, problem }: State): Float64Array {
  const { capacity } = problem.hosts;
  const mean = new Float64Array(width);
  for (let at = 0; at < capacity.length; at++)
    mean[at % width] = (mean[at % width] ?? 0) + (capacity[at] ?? 0) / hostCount;
  const sizes = new Float64Array(unitCount);
  for (let unit = 0; unit < unitCount; unit++)
    for (let r = 0; r < width; r++)
      sizes[unit] = Math.max(sizes[unit] ?? 0, (demand[unit * width + r] ?? 0) / (mean[r] || Number.POSITIVE_INFINITY));
  return sizes;
}
