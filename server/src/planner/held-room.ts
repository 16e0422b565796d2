import type { Aim } from './aim.ts';
import { carry } from './carry.ts';
import type { Chance } from './chance.ts';
import { Ejection } from './eject.ts';
import { HARD, NEAR } from './rule-tables.ts';
import type { State } from './state.ts';

export interface HeldRoomOptions {
  /** What each unit of a transient resource costs that is held away from home, at first and in the end. */
  readonly grip: readonly [number, number];
  /** What each unit costs that is above a limit, at first and in the end. */
  readonly price: readonly [number, number];
  /** What each place costs where something lacks what it needs near it, at first and in the end. */
  readonly need: readonly [number, number];
}

/** Times that what cannot be pressed out is driven out at a higher price, and hosts that are tried for each unit. */
const ROUNDS = 20;
const DRIVES = 12;
const MOST_SCALE = 10_000;
/** What is above this share of a limit has its price, so that little is left to press out. */
const MARGIN = 0.998;
/** Share of a search after which limits are walls again. */
const OPEN_UNTIL = 0.7;

/**
 * Room of transient resources: what leaves a host goes on holding it there, so each host takes in only what it had free
 * at the start, and a search that fills that with moves of little use can never make the useful ones. So for most of a
 * search limits may be exceeded at a price, and to be away has one too, which falls (Lagrangian relaxation); in the end
 * limits are walls, and what is above them is pressed out.
 */
export class HeldRoom {
  readonly #state: State;
  readonly #options: HeldRoomOptions;
  readonly #limit: Float64Array;
  readonly #transient: readonly number[];
  /** By host and resource: how many times the price is that of an average host. */
  readonly #scale: Float64Array;
  #grip: number;
  #price: number;
  #need: number;
  readonly #mayBreak: Float64Array;
  #isOpen = true;

  /** Undefined if no resource is transient. */
  static of(state: State, options: HeldRoomOptions): HeldRoom | undefined {
    return state.full === state.load ? undefined : new HeldRoom(state, options);
  }

  private constructor(state: State, options: HeldRoomOptions) {
    this.#state = state;
    this.#options = options;
    this.#limit = state.limit.slice();
    this.#transient = Array.from(state.isTransient.keys()).filter((r) => state.isTransient[r] === 1);
    this.#scale = scalesOf(state);
    this.#grip = options.grip[0];
    this.#price = options.price[0];
    this.#need = options.need[0];
    this.#mayBreak = state.mayBreak.slice();
    for (let rule = 0; rule < state.rules.count; rule++)
      if (state.rules.kind[rule] === NEAR) state.mayBreak[rule] = Number.POSITIVE_INFINITY;
    for (let host = 0; host < state.hostCount; host++)
      for (const r of this.#transient) state.limit[host * state.width + r] = Number.POSITIVE_INFINITY;
  }

  /** Takes notice of how far the search is. True when walls have just been put up. */
  turn(share: number, aim: Aim, chance: Chance): boolean {
    if (!this.#isOpen) return false;
    const { grip, price, need } = this.#options;
    this.#grip = grip[0] * (grip[1] / grip[0]) ** share;
    this.#price = price[0] * (price[1] / price[0]) ** share;
    this.#need = need[0] * (need[1] / need[0]) ** share;
    if (share < OPEN_UNTIL) return false;
    this.close(aim, chance);
    return true;
  }

  /** Puts the walls up again. What is above a limit is pressed out of its host: home, where it is held anyway, or elsewhere. */
  close(aim: Aim, chance: Chance): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#grip = 0;
    this.#price = 0;
    this.#need = 0;
    const state = this.#state;
    state.limit.set(this.#limit);
    state.mayBreak.set(this.#mayBreak);
    for (let isDone = false; !isDone; ) {
      isDone = true;
      for (const unit of state.movable) {
        const host = state.at[unit] ?? -1;
        if (host < 0 || host === state.home[unit] || !this.#isWrong(unit, host)) continue;
        const to = this.#wayOut(unit, host, aim);
        if (to >= 0) carry(state, aim, unit, to);
        else if (!this.#swapOut(unit, host, aim)) continue;
        isDone = false;
      }
    }
    if (this.#isExceeded()) this.#drive(aim, chance);
    if (this.#isExceeded()) this.#startAnew(aim);
  }

  #isExceeded(): boolean {
    const { full, broken } = this.#state;
    if (full.some((own, at) => own > (this.#limit[at] ?? 0))) return true;
    return broken.some((own, rule) => own > (this.#mayBreak[rule] ?? 0));
  }

  #isWrong(unit: number, host: number): boolean {
    return this.#isExceededBy(unit, host) || this.#lacksAnything(unit, host);
  }

  /** Whether a unit needs something near it that is not there. */
  #lacksAnything(unit: number, host: number): boolean {
    const { rules, counts } = this.#state;
    for (let i = rules.start[unit] ?? 0; i < (rules.start[unit + 1] ?? 0); i++) {
      const rule = rules.ruleOf[i] ?? 0;
      if (rules.kind[rule] !== NEAR || (rules.weight[i] ?? 0) < 0 || !rules.isBinding[rule]) continue;
      const place = rules.places[(rules.mapAt[rule] ?? 0) + host] ?? -1;
      const of = (rules.countsAt[rule] ?? 0) + (rules.placeCount[rule] ?? 0) + place;
      if (place >= 0 && counts[of] === 0) return true;
    }
    return false;
  }

  /** Puts what is on a host that is too full where others have to give way, at first only where that costs little. */
  #drive(aim: Aim, chance: Chance): void {
    const state = this.#state;
    const ejection = new Ejection(state, aim, chance, undefined);
    let most = 1;
    for (let round = 0; round < ROUNDS && this.#isExceeded(); round++) {
      most *= 4;
      for (const unit of state.movable) {
        for (let k = 0; k < DRIVES; k++) {
          const host = state.at[unit] ?? -1;
          if (host < 0 || host === state.home[unit] || !this.#isWrong(unit, host)) break;
          const to = k === 0 ? (state.home[unit] ?? -1) : (state.open[chance.below(state.open.length)] ?? -1);
          if (to >= 0) ejection.try(unit, to, most);
        }
      }
    }
  }

  /** What cannot be pressed out: everything goes home, and from there again to where it was, as far as it fits. */
  #startAnew(aim: Aim): void {
    const state = this.#state;
    const target = state.at.slice();
    for (const [unit, home] of state.home.entries()) carry(state, aim, unit, home);
    for (let isDone = false; !isDone; ) {
      isDone = true;
      for (const unit of state.movable) {
        const to = target[unit] ?? -1;
        if (to === state.at[unit] || !state.fits(unit, to) || !state.keepsRules(unit, to)) continue;
        carry(state, aim, unit, to);
        isDone = false;
      }
    }
  }

  #isExceededBy(unit: number, host: number): boolean {
    const { full, width, demand, kindOf, unitCount } = this.#state;
    return this.#transient.some((r) => {
      const own = demand[((kindOf[host] ?? 0) * unitCount + unit) * width + r] ?? 0;
      return own > 0 && (full[host * width + r] ?? 0) > (this.#limit[host * width + r] ?? 0);
    });
  }

  /** Lets a unit change places with another one that fits, the one that costs least. */
  #swapOut(unit: number, from: number, aim: Aim): boolean {
    const state = this.#state;
    const found: { readonly other: number; readonly change: number }[] = [];
    for (const other of state.movable) {
      const to = state.at[other] ?? -1;
      if (to < 0 || to === from || !state.isAllowed(unit, to) || !state.isAllowed(other, from)) continue;
      if (state.fitsSwap(unit, other)) found.push({ other, change: aim.swapChange(unit, other) });
    }
    found.sort((a, b) => a.change - b.change || a.other - b.other);
    for (const { other } of found) {
      const to = state.at[other] ?? -1;
      if (!state.swap(unit, other)) continue;
      aim.moved(unit, from, to);
      aim.moved(other, to, from);
      return true;
    }
    return false;
  }

  #wayOut(unit: number, from: number, aim: Aim): number {
    const state = this.#state;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let to = 0; to < state.hostCount; to++) {
      if (to === from || !state.isAllowed(unit, to) || !state.fits(unit, to) || !state.keepsRules(unit, to)) continue;
      const change = aim.moveChange(unit, to);
      if (change >= least) continue;
      least = change;
      best = to;
    }
    return best;
  }

  /** Whether a host has room for a unit within the limits that hold in the end. */
  fits(unit: number, host: number): boolean {
    const { full, width, demand, kindOf, unitCount, home } = this.#state;
    if (!this.#state.fits(unit, host)) return false;
    if (home[unit] === host) return true;
    return this.#transient.every((r) => {
      const own = demand[((kindOf[host] ?? 0) * unitCount + unit) * width + r] ?? 0;
      return own === 0 || (full[host * width + r] ?? 0) + own <= (this.#limit[host * width + r] ?? 0);
    });
  }

  moveChange(unit: number, from: number, to: number): number {
    const { home, width, demand, kindOf, unitCount } = this.#state;
    const start = home[unit] ?? -1;
    let sum = this.#need > 0 ? this.#need * this.#state.ruleChange(unit, to, HARD) : 0;
    for (const r of this.#transient) {
      const own = demand[((kindOf[to] ?? 0) * unitCount + unit) * width + r] ?? 0;
      if (from === start) sum += this.#grip * own;
      else if (to === start) sum -= this.#grip * own;
      if (to !== start) sum += this.#over(to * width + r, own);
      if (from >= 0 && from !== start) {
        const left = demand[((kindOf[from] ?? 0) * unitCount + unit) * width + r] ?? 0;
        sum += this.#over(from * width + r, -left);
      }
    }
    return sum;
  }

  swapChange(a: number, b: number): number {
    const { at, home, width, demand, kindOf, unitCount } = this.#state;
    const [from, to] = [at[a] ?? 0, at[b] ?? 0];
    const [homeA, homeB] = [home[a] ?? -1, home[b] ?? -1];
    let sum = 0;
    if (this.#need > 0 && this.#state.twinClass[a] !== this.#state.twinClass[b])
      sum = this.#need * (this.#state.ruleChange(a, to, HARD) + this.#state.ruleChange(b, from, HARD));
    for (const r of this.#transient) {
      const [kindFrom, kindTo] = [(kindOf[from] ?? 0) * unitCount, (kindOf[to] ?? 0) * unitCount];
      const ownA = demand[(kindTo + a) * width + r] ?? 0;
      const ownB = demand[(kindFrom + b) * width + r] ?? 0;
      if (from === homeA) sum += this.#grip * ownA;
      else if (to === homeA) sum -= this.#grip * ownA;
      if (to === homeB) sum += this.#grip * ownB;
      else if (from === homeB) sum -= this.#grip * ownB;
      const leftA = from === homeA ? 0 : (demand[(kindFrom + a) * width + r] ?? 0);
      const leftB = to === homeB ? 0 : (demand[(kindTo + b) * width + r] ?? 0);
      sum += this.#over(from * width + r, (from === homeB ? 0 : ownB) - leftA);
      sum += this.#over(to * width + r, (to === homeA ? 0 : ownA) - leftB);
    }
    return sum;
  }

  #over(at: number, added: number): number {
    const before = (this.#state.full[at] ?? 0) - (this.#limit[at] ?? 0) * MARGIN;
    const after = before + added;
    return this.#price * (this.#scale[at] ?? 1) * ((after > 0 ? after : 0) - (before > 0 ? before : 0));
  }
}

/** A host that takes in little takes little more: its price is that of an average host times how much less it takes in. */
function scalesOf({ limit, full, home, at, width, hostCount, unitCount, demand, kindOf }: State): Float64Array {
  const free = limit.map((own, gauge) => Math.max(0, own - (full[gauge] ?? 0)));
  // What came in counts as room that there was.
  for (let unit = 0; unit < unitCount; unit++) {
    const host = at[unit] ?? -1;
    if (host < 0 || host === home[unit]) continue;
    for (let r = 0; r < width; r++)
      free[host * width + r] =
        (free[host * width + r] ?? 0) + (demand[((kindOf[host] ?? 0) * unitCount + unit) * width + r] ?? 0);
  }
  const mean = new Float64Array(width);
  for (let gauge = 0; gauge < free.length; gauge++)
    mean[gauge % width] = (mean[gauge % width] ?? 0) + (free[gauge] ?? 0) / hostCount;
  return free.map((own, gauge) => Math.min(MOST_SCALE, Math.max(1, (mean[gauge % width] ?? 0) / (own || 1))));
}
