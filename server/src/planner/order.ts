import type { Steps } from '../base/steps.ts';
import type { Move } from './problem.ts';
import type { State } from './state.ts';
import { unabsorbed } from './values.ts';

/** How many orders of few moves are tried before hops are. */
const MOST_TRIES = 4_000;
/** Moves of which all orders may be tried. */
const FEW = 12;
/** Hops that may be added for each move. */
const HOPS_FOR_MOVE = 1;
/** Units that are tried out of the way, and hosts for each. */
const MOST_WEIGHED = 4_000;

/**
 * The steps from where every unit is to an assignment, in an order in which each step keeps every limit and binding rule
 * and lets no more losses go unabsorbed than at the start or in the end. Where moves wait for each other, a unit steps out
 * of the way and comes on or back later. Undefined if no such order was found. The state is afterwards
 * as it was; between two steps it is not.
 */
export function* orderMoves(state: State, assignment: Int32Array): Steps<readonly Move[] | undefined> {
  const now = state.at.slice();
  const target = assignment.slice();
  for (const [unit, host] of state.home.entries()) state.put(unit, host);
  const walk = new Walk(state, target);
  const isOrdered = (walk.pending.length <= FEW && walk.orderAll()) || (yield* walk.orderWithHops());
  for (const [unit, host] of now.entries()) state.put(unit, host);
  return isOrdered ? walk.done : undefined;
}

class Walk {
  readonly done: Move[] = [];
  /** Units that are not where they are to be. */
  pending: number[];
  readonly #state: State;
  readonly #target: Int32Array;
  readonly #mostUnabsorbed: number;
  readonly #failed = new Set<string>();
  #tries = 0;

  constructor(state: State, target: Int32Array) {
    this.#state = state;
    this.#target = target;
    this.pending = Array.from(target.keys()).filter((unit) => target[unit] !== state.at[unit]);
    const before = this.#unabsorbed();
    for (const unit of this.pending) state.put(unit, target[unit] ?? -1);
    this.#mostUnabsorbed = Math.max(before, this.#unabsorbed()) + 1e-9;
    for (const unit of this.pending) state.put(unit, state.home[unit] ?? -1);
  }

  #unabsorbed(): number {
    const { problem, load } = this.#state;
    return problem.reserves.reduce((sum, reserve) => sum + unabsorbed(problem, reserve, load), 0);
  }

  /** Does a step if it is allowed. */
  #step(unit: number, to: number): boolean {
    const state = this.#state;
    const from = state.at[unit] ?? -1;
    if (to >= 0 && (!state.fits(unit, to) || !state.keepsRules(unit, to))) return false;
    state.put(unit, to);
    if (state.problem.reserves.length > 0 && this.#unabsorbed() > this.#mostUnabsorbed) {
      state.put(unit, from);
      return false;
    }
    this.done.push({ unit, from, to });
    return true;
  }

  #undo(): void {
    const last = this.done.pop();
    if (last) this.#state.put(last.unit, last.from);
  }

  /** Every order, until one is allowed. */
  orderAll(): boolean {
    if (this.pending.length === 0) return true;
    const key = this.pending.join(' ');
    if (this.#failed.has(key) || this.#tries++ > MOST_TRIES) return false;
    for (const unit of this.pending) {
      if (!this.#step(unit, this.#target[unit] ?? -1)) continue;
      const before = this.pending;
      this.pending = before.filter((other) => other !== unit);
      if (this.orderAll()) return true;
      this.pending = before;
      this.#undo();
    }
    this.#failed.add(key);
    return false;
  }

  /** What can be done first is done first; where nothing can, something steps out of the way. */
  *orderWithHops(): Steps<boolean> {
    let hops = this.pending.length * HOPS_FOR_MOVE + 2;
    for (;;) {
      yield;
      const left = this.pending.filter((unit) => !this.#step(unit, this.#target[unit] ?? -1));
      const isStuck = left.length === this.pending.length;
      this.pending = left;
      if (left.length === 0) return true;
      if (!isStuck) continue;
      if (hops-- <= 0 || !this.#hop()) return false;
    }
  }

  /** Puts a unit, the one that copies least, where it is not to stay, so that another one can go to where it is to be. */
  #hop(): boolean {
    const state = this.#state;
    const { data } = state.problem.units;
    const wanted = new Set(this.pending.map((unit) => this.#target[unit] ?? -1));
    const inTheWay = Array.from(state.movable).filter((unit) => {
      const host = state.at[unit] ?? -1;
      return host >= 0 && (wanted.has(host) || this.#target[unit] !== host);
    });
    inTheWay.sort((a, b) => (data[a] ?? 0) - (data[b] ?? 0) || a - b);
    let weighed = 0;
    for (const unit of inTheWay) {
      const from = state.at[unit] ?? -1;
      for (const to of state.open) {
        if (to === from || to === this.#target[unit] || !state.isAllowed(unit, to)) continue;
        if (weighed++ > MOST_WEIGHED) return false;
        if (this.#wasThere(unit, to) || !this.#step(unit, to)) continue;
        const freed = this.pending.find((other) => other !== unit && this.#canGo(other));
        if (freed !== undefined && this.#step(freed, this.#target[freed] ?? -1)) {
          const others = this.pending.filter((other) => other !== freed && other !== unit);
          this.pending = [...others, unit];
          return true;
        }
        this.#undo();
      }
    }
    return false;
  }

  #canGo(unit: number): boolean {
    const to = this.#target[unit] ?? -1;
    return to >= 0 && this.#state.fits(unit, to) && this.#state.keepsRules(unit, to);
  }

  /** Whether a unit was on a host before: hops must come to an end. */
  #wasThere(unit: number, host: number): boolean {
    return this.done.some((move) => move.unit === unit && (move.to === host || move.from === host));
  }
}
