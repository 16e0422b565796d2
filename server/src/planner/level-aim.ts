import type { Aim } from './aim.ts';
import { weightsOf } from './level-weights.ts';
import { Losses } from './losses.ts';
import type { Level, Problem } from './problem.ts';
import { HARD, SOFT } from './rule-tables.ts';
import type { State } from './state.ts';
import { balanceOf, excessOf, isWrongAt, shareAbove } from './values.ts';

/** A dimension may get less balanced only where others gain so many times as much. */
const GUARD = 20;
/** Moves after which sums that were corrected by differences are added up again. */
const REFRESH = 4_096;

/**
 * The levels of a problem as one cost, move by move: each level has a weight that all later ones together hardly reach.
 * That steers a search; what a plan is worth in the end is said by `valuesOf`, level by level. Parts that differ only in
 * levels that do not change cancel out exactly, so that large weights hide no small gains.
 */
export class LevelAim implements Aim {
  readonly weights: Readonly<Record<Level, number>>;
  /** Units that are away from home. */
  away = 0;
  /** While units are taken off to be put back: that they run nowhere costs nothing, so that it hides no small gains. */
  isRuined = false;
  readonly #state: State;
  readonly #mostMoves: number;
  readonly #priceOfMove: number;
  readonly #width: number;
  readonly #hard: Float64Array;
  readonly #error: Float64Array;
  readonly #warn: Float64Array;
  readonly #running: Int32Array;
  readonly #wrong: Uint8Array;
  readonly #moveCost: Float64Array;
  readonly #shares: Float64Array;
  readonly #before: Float64Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #balanced: Float64Array;
  readonly #balanceWeight: Float64Array;
  readonly #balanceAtStart: Float64Array;
  readonly #teams: Int32Array;
  readonly #inReserve: Uint8Array;
  readonly #losses: Losses;
  #balance = 0;
  #sinceRefresh = 0;
  /** What the last weighing of a host found, by level. */
  #newHard = 0;
  #newError = 0;
  #newWarn = 0;

  /** By default with the price and the number of moves that the problem states. */
  constructor(state: State, { worthOfMove, mostMoves }: Pick<Problem, 'worthOfMove' | 'mostMoves'> = state.problem) {
    const { problem } = state;
    const { hosts, units, resources } = problem;
    this.#state = state;
    this.#width = resources.length;
    this.weights = weightsOf(state);
    this.#mostMoves = mostMoves ?? Number.POSITIVE_INFINITY;
    this.#priceOfMove = worthOfMove * this.weights.balance + this.weights.moves;
    this.#hard = new Float64Array(hosts.count);
    this.#error = new Float64Array(hosts.count);
    this.#warn = new Float64Array(hosts.count);
    this.#running = new Int32Array(hosts.count);
    this.#wrong = Uint8Array.from({ length: units.count }, (_, unit) => {
      const home = units.home[unit] ?? -1;
      return home >= 0 && isWrongAt(problem, unit, home) ? 1 : 0;
    });
    const [data, sessions] = [total(units.data), total(units.sessions)];
    this.#moveCost = Float64Array.from(
      { length: units.count },
      (_, unit) =>
        this.#priceOfMove +
        this.weights.data * ((units.data[unit] ?? 0) / data) +
        this.weights.sessions * ((units.sessions[unit] ?? 0) / sessions),
    );
    this.#shares = new Float64Array(hosts.count * this.#width);
    this.#before = new Float64Array(2 * this.#width);
    this.#sum = new Float64Array(this.#width);
    this.#squares = new Float64Array(this.#width);
    this.#balanced = new Float64Array(this.#width);
    this.#balanceWeight = Float64Array.from(resources, ({ balance }) => balance);
    for (let r = 0; r < this.#width; r++)
      for (let host = 0; host < hosts.count; host++)
        if (hosts.balanced[host] && (hosts.capacity[host * this.#width + r] ?? 0) > 0)
          this.#balanced[r] = (this.#balanced[r] ?? 0) + 1;
    this.#balanceAtStart = balanceOf(problem, state.load);
    this.#teams = new Int32Array(units.team.reduce((most, team) => Math.max(most, team + 1), 0));
    this.#losses = new Losses(problem, state.load);
    this.#inReserve = new Uint8Array(hosts.count);
    for (const reserve of problem.reserves) {
      for (const host of reserve.hosts) this.#inReserve[host] = 1;
      for (const lost of reserve.losses) for (const host of lost) this.#inReserve[host] = 1;
    }
    for (const [unit, host] of state.at.entries()) {
      if (host >= 0) this.#running[host] = (this.#running[host] ?? 0) + 1;
      this.#countAway(unit, units.home[unit] ?? -1, host);
    }
    this.#refresh();
  }

  #refresh(): void {
    this.#sinceRefresh = 0;
    this.#sum.fill(0);
    this.#squares.fill(0);
    this.#shares.fill(0);
    for (let host = 0; host < this.#running.length; host++) this.#hostChanged(host);
    this.#balance = this.#balanceWith(-1, -1, -1, -1, -1, -1);
    this.#losses.refresh(this.#state.load);
  }

  /** What is too much on a host without one unit and with another, -1 for none. */
  #weigh(host: number, minus: number, plus: number): void {
    const { load, demand, unitCount, kindOf, problem } = this.#state;
    const { hard, error, warn } = problem.hosts;
    const width = this.#width;
    const kind = (kindOf[host] ?? 0) * unitCount;
    const base = host * width;
    let [tooHard, tooError, tooWarn] = [0, 0, 0];
    for (let r = 0; r < width; r++) {
      let own = load[base + r] ?? 0;
      if (minus >= 0) own -= demand[(kind + minus) * width + r] ?? 0;
      if (plus >= 0) own += demand[(kind + plus) * width + r] ?? 0;
      if (own > (warn[base + r] ?? 0)) tooWarn += shareAbove(own, warn[base + r] ?? 0);
      if (own > (error[base + r] ?? 0)) tooError += shareAbove(own, error[base + r] ?? 0);
      if (own > (hard[base + r] ?? 0)) tooHard += excessOf(own, hard[base + r] ?? 0);
    }
    this.#newHard = tooHard;
    this.#newError = tooError;
    this.#newWarn = tooWarn;
  }

  /** Change on one host, of the limits it is held against. */
  #limitChange(host: number, minus: number, plus: number): number {
    this.#weigh(host, minus, plus);
    const { hard, error, warn } = this.weights;
    return (
      (this.#newHard - (this.#hard[host] ?? 0)) * hard +
      (this.#newError - (this.#error[host] ?? 0)) * error +
      (this.#newWarn - (this.#warn[host] ?? 0)) * warn
    );
  }

  moveChange(unit: number, to: number): number {
    const { at, problem } = this.#state;
    const { weights } = this;
    const from = at[unit] ?? -1;
    if (this.away + this.#awayStep(unit, from, to) > Math.max(this.away, this.#mostMoves))
      return Number.POSITIVE_INFINITY;
    let change = this.#awayChange(unit, from, to);
    if (from >= 0) {
      change += this.#limitChange(from, unit, -1);
      if (this.#running[from] === 1) change -= (problem.hosts.activation[from] ?? 0) * weights.hosts;
    } else if (!this.isRuined) change -= weights.unplaced;
    if (to >= 0) {
      change += this.#limitChange(to, -1, unit);
      if (this.#running[to] === 0) change += (problem.hosts.activation[to] ?? 0) * weights.hosts;
    } else if (!this.isRuined) change += weights.unplaced;
    if (weights.balance > 0)
      change += (this.#balanceWith(from, unit, -1, to, -1, unit) - this.#balance) * weights.balance;
    if (weights.failover > 0 && problem.reserves.length > 0)
      change += this.#failoverChange(from, unit, -1, to, -1, unit) * weights.failover;
    return change + this.#ruleChange(unit, to);
  }

  swapChange(a: number, b: number): number {
    const { at, problem } = this.#state;
    const { weights } = this;
    const [from, to] = [at[a] ?? 0, at[b] ?? 0];
    if (this.away + this.#awayStep(a, from, to) + this.#awayStep(b, to, from) > Math.max(this.away, this.#mostMoves))
      return Number.POSITIVE_INFINITY;
    let change = this.#awayChange(a, from, to) + this.#awayChange(b, to, from);
    change += this.#limitChange(from, a, b) + this.#limitChange(to, b, a);
    if (weights.balance > 0) change += (this.#balanceWith(from, a, b, to, b, a) - this.#balance) * weights.balance;
    if (weights.failover > 0 && problem.reserves.length > 0)
      change += this.#failoverChange(from, a, b, to, b, a) * weights.failover;
    return change + this.#ruleChange(a, to) + this.#ruleChange(b, from);
  }

  #ruleChange(unit: number, to: number): number {
    const { rules } = this.#state;
    if (rules.start[unit] === rules.start[unit + 1]) return 0;
    const hard = this.#state.ruleChange(unit, to, HARD);
    const soft = this.weights.soft > 0 ? this.#state.ruleChange(unit, to, SOFT) : 0;
    return hard * this.weights.hard + soft * this.weights.soft;
  }

  /** Change of how many units are away from home. */
  #awayStep(unit: number, from: number, to: number): number {
    const home = this.#state.home[unit] ?? -1;
    return home < 0 ? 0 : (to >= 0 && to !== home ? 1 : 0) - (from >= 0 && from !== home ? 1 : 0);
  }

  /** Change of what moves cost. */
  #awayChange(unit: number, from: number, to: number): number {
    const { problem } = this.#state;
    const home = problem.units.home[unit] ?? -1;
    if (home < 0) return 0;
    const [was, will] = [from >= 0 && from !== home, to >= 0 && to !== home];
    const wrong = this.#wrong[unit] ? ((to === home ? 1 : 0) - (from === home ? 1 : 0)) * this.weights.hard : 0;
    if (was === will) return wrong;
    const team = problem.units.team[unit] ?? -1;
    if (will) {
      return wrong + (this.#moveCost[unit] ?? 0) + (team >= 0 && this.#teams[team] === 0 ? this.weights.teams : 0);
    }
    return wrong - (this.#moveCost[unit] ?? 0) - (team >= 0 && this.#teams[team] === 1 ? this.weights.teams : 0);
  }

  #countAway(unit: number, from: number, to: number): void {
    const step = this.#awayStep(unit, from, to);
    if (step === 0) return;
    const team = this.#state.problem.units.team[unit] ?? -1;
    this.away += step;
    if (team >= 0) this.#teams[team] = (this.#teams[team] ?? 0) + step;
  }

  /** The balance with units changed on two hosts. */
  #balanceWith(a: number, minusA: number, plusA: number, b: number, minusB: number, plusB: number): number {
    const width = this.#width;
    let balance = 0;
    for (let r = 0; r < width; r++) {
      const weight = this.#balanceWeight[r] ?? 0;
      const count = this.#balanced[r] ?? 0;
      if (weight === 0 || count === 0) continue;
      let sum = this.#sum[r] ?? 0;
      let squares = this.#squares[r] ?? 0;
      if (a >= 0) {
        const before = this.#shares[a * width + r] ?? 0;
        const after = this.#share(a, r, minusA, plusA);
        sum += after - before;
        squares += after * after - before * before;
      }
      if (b >= 0) {
        const before = this.#shares[b * width + r] ?? 0;
        const after = this.#share(b, r, minusB, plusB);
        sum += after - before;
        squares += after * after - before * before;
      }
      const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
      const start = this.#balanceAtStart[r] ?? 0;
      balance += weight * (deviation + (deviation > start ? GUARD * (deviation - start) : 0));
    }
    return balance;
  }

  #share(host: number, r: number, minus: number, plus: number): number {
    const { problem, load, demand, kindOf, unitCount } = this.#state;
    const { capacity, balanced } = problem.hosts;
    const width = this.#width;
    const at = host * width + r;
    const most = capacity[at] ?? 0;
    if (!balanced[host] || most <= 0) return 0;
    const kind = (kindOf[host] ?? 0) * unitCount;
    let own = load[at] ?? 0;
    if (minus >= 0) own -= demand[(kind + minus) * width + r] ?? 0;
    if (plus >= 0) own += demand[(kind + plus) * width + r] ?? 0;
    return own / most;
  }

  #failoverChange(a: number, minusA: number, plusA: number, b: number, minusB: number, plusB: number): number {
    if (!(a >= 0 && this.#inReserve[a]) && !(b >= 0 && this.#inReserve[b])) return 0;
    const { load } = this.#state;
    const width = this.#width;
    if (a >= 0) this.#before.set(load.subarray(a * width, (a + 1) * width));
    if (b >= 0) this.#before.set(load.subarray(b * width, (b + 1) * width), width);
    this.#shift(a, minusA, plusA);
    this.#shift(b, minusB, plusB);
    const after = this.#losses.valueWith(load, a, b);
    if (b >= 0) load.set(this.#before.subarray(width), b * width);
    if (a >= 0) load.set(this.#before.subarray(0, width), a * width);
    return after - this.#losses.value;
  }

  /** Changes the loads of a host, for a look at what would follow. */
  #shift(host: number, minus: number, plus: number): void {
    if (host < 0) return;
    const { load, demand, kindOf, unitCount } = this.#state;
    const width = this.#width;
    const kind = (kindOf[host] ?? 0) * unitCount;
    for (let r = 0; r < width; r++) {
      const less = minus >= 0 ? (demand[(kind + minus) * width + r] ?? 0) : 0;
      const more = plus >= 0 ? (demand[(kind + plus) * width + r] ?? 0) : 0;
      load[host * width + r] = (load[host * width + r] ?? 0) - less + more;
    }
  }

  moved(unit: number, from: number, to: number): void {
    this.#countAway(unit, from, to);
    if (from >= 0) {
      this.#running[from] = (this.#running[from] ?? 0) - 1;
      this.#hostChanged(from);
    }
    if (to >= 0) {
      this.#running[to] = (this.#running[to] ?? 0) + 1;
      this.#hostChanged(to);
    }
    if (++this.#sinceRefresh >= REFRESH) this.#refresh();
    else {
      if (this.weights.balance > 0) this.#balance = this.#balanceWith(-1, -1, -1, -1, -1, -1);
      if (this.weights.failover > 0) this.#losses.moved(this.#state.load, from, to);
    }
  }

  #hostChanged(host: number): void {
    this.#weigh(host, -1, -1);
    this.#hard[host] = this.#newHard;
    this.#error[host] = this.#newError;
    this.#warn[host] = this.#newWarn;
    for (let r = 0; r < this.#width; r++) {
      const at = host * this.#width + r;
      const before = this.#shares[at] ?? 0;
      const after = this.#share(host, r, -1, -1);
      this.#shares[at] = after;
      this.#sum[r] = (this.#sum[r] ?? 0) + after - before;
      this.#squares[r] = (this.#squares[r] ?? 0) + after * after - before * before;
    }
  }

  /** What is too much on a host now: more than nothing where it is above a hard limit, or one of a rule. */
  troubleAt(host: number): number {
    const { hard, error, warn } = this.weights;
    return (this.#hard[host] ?? 0) * hard + (this.#error[host] ?? 0) * error + (this.#warn[host] ?? 0) * warn;
  }

  /** Units on a host. */
  runningOn(host: number): number {
    return this.#running[host] ?? 0;
  }
}

function total(list: Float64Array): number {
  return list.reduce((sum, own) => sum + own, 0) || 1;
}
