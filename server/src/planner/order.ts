import type { Steps } from '../base/steps.ts';
import type { Move } from './problem.ts';
import type { State } from './state.ts';
import { unabsorbed } from './values.ts';

/** How many orders of few moves are tried before hops are. */
const MOST_TRIES = 4_000;
/** Moves of which all orders may be tried. */
const FEW = 12;
/** Units that are tried out of the way, times hosts. */
const MOST_WEIGHED = 4_000;
/** Times that a plan is followed to see whether it does without a hop. */
const MOST_SHORTENINGS = 2_000;

export interface Ordered {
  readonly moves: readonly Move[];
  /** False: some moves all wait for each other and were left out; what the others lead to is the end of `moves`. */
  readonly isWhole: boolean;
  /** Steps that were weighed. */
  readonly work: number;
}

/**
 * The steps from where every unit is at the start to an assignment, in an order in which each step keeps every limit and
 * binding rule and lets no more losses go unabsorbed than at the start or in the end. Where moves wait for each other, a
 * unit steps out of the way and comes on or back later. The state is afterwards as it was; between two steps it is not.
 */
export function* orderMoves(state: State, assignment: Int32Array): Steps<Ordered> {
  const now = state.at.slice();
  const target = assignment.slice();
  for (const [unit, host] of state.home.entries()) state.put(unit, host);
  const walk = new Walk(state, target);
  const isWhole = (walk.pending.length <= FEW && walk.orderAll()) || (yield* walk.orderWithHops());
  const moves = yield* walk.shortened(walk.done.slice());
  for (const [unit, host] of now.entries()) state.put(unit, host);
  return { moves, isWhole, work: walk.weighed };
}

/** The same steps without those that turn out not to be needed. The state is at the start, and is so again afterwards. */
export function* shortened(state: State, moves: readonly Move[]): Steps<readonly Move[]> {
  const walk = new Walk(state, afterMoves(state.home, moves));
  const shorter = yield* walk.shortened(moves);
  for (const [unit, host] of state.home.entries()) state.put(unit, host);
  return shorter;
}

/** Where every unit is after some moves. */
export function afterMoves(home: Int32Array, moves: readonly Move[]): Int32Array {
  const at = home.slice();
  for (const { unit, to } of moves) at[unit] = to;
  return at;
}

class Walk {
  readonly done: Move[] = [];
  weighed = 0;
  /** Units that are not where they are to be. */
  pending: number[];
  readonly #state: State;
  readonly #target: Int32Array;
  readonly #mostUnabsorbed: number;
  readonly #failed = new Set<string>();
  readonly #hopped = new Set<number>();
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

  #isAllowed(unit: number, to: number): boolean {
    const state = this.#state;
    return to >= 0 && to !== state.at[unit] && state.fits(unit, to) && state.keepsRules(unit, to);
  }

  /** Does a step if it is allowed. */
  #step(unit: number, to: number): boolean {
    const state = this.#state;
    const from = state.at[unit] ?? -1;
    this.weighed++;
    if (!this.#isAllowed(unit, to)) return false;
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

  /** What can be done first is done first, from the fullest host to the emptiest; where nothing can, something steps out of the way. */
  *orderWithHops(): Steps<boolean> {
    for (;;) {
      yield;
      const gain = (unit: number) =>
        this.#fullness(this.#state.at[unit] ?? -1) - this.#fullness(this.#target[unit] ?? -1);
      const gains = new Map(this.pending.map((unit) => [unit, gain(unit)]));
      this.pending.sort((a, b) => (gains.get(b) ?? 0) - (gains.get(a) ?? 0) || a - b);
      const left = this.pending.filter((unit) => !this.#step(unit, this.#target[unit] ?? -1));
      const isStuck = left.length === this.pending.length;
      this.pending = left;
      if (left.length === 0) return true;
      if (isStuck && !this.#hop()) break;
    }
    // What stepped out of the way for nothing goes back.
    for (const unit of this.#hopped) if (this.pending.includes(unit)) this.#step(unit, this.#state.home[unit] ?? -1);
    return false;
  }

  #fullness(host: number): number {
    if (host < 0) return Number.POSITIVE_INFINITY;
    const { width, full, limit } = this.#state;
    let most = 0;
    for (let r = 0; r < width; r++) {
      const own = limit[host * width + r] ?? 0;
      if (own < Number.POSITIVE_INFINITY) most = Math.max(most, (full[host * width + r] ?? 0) / (own || 1));
    }
    return most;
  }

  /** Puts a unit, the one that copies least, where it is not to stay, so that another one can go to where it is to be. */
  #hop(): boolean {
    const state = this.#state;
    const { data } = state.problem.units;
    const wanted = new Set(this.pending.map((unit) => this.#target[unit] ?? -1));
    const inTheWay = Array.from(state.movable).filter(
      (unit) => wanted.has(state.at[unit] ?? -1) && !this.#hopped.has(unit),
    );
    inTheWay.sort((a, b) => (data[a] ?? 0) - (data[b] ?? 0) || a - b);
    let weighed = 0;
    for (const unit of inTheWay) {
      const from = state.at[unit] ?? -1;
      for (const to of state.open) {
        if (to === from || to === this.#target[unit] || !state.isAllowed(unit, to)) continue;
        if (weighed++ > MOST_WEIGHED) return false;
        if (!this.#step(unit, to)) continue;
        const freed = this.pending.find((other) => other !== unit && this.#isAllowed(other, this.#target[other] ?? -1));
        if (freed !== undefined && this.#step(freed, this.#target[freed] ?? -1)) {
          this.#hopped.add(unit);
          this.pending = [...this.pending.filter((other) => other !== freed && other !== unit), unit];
          return true;
        }
        this.#undo();
      }
    }
    return false;
  }

  /** The moves without hops that turn out not to be needed. */
  *shortened(all: readonly Move[]): Steps<readonly Move[]> {
    let moves = all;
    if (new Set(moves.map(({ unit }) => unit)).size === moves.length) return moves;
    for (let tries = 0, at = 0; at < moves.length && tries < MOST_SHORTENINGS; ) {
      const move = moves[at];
      const next = moves.findIndex((other, index) => index > at && other.unit === move?.unit);
      const later = moves[next];
      if (!move || !later) {
        at++;
        continue;
      }
      const direct = { ...move, to: later.to };
      const others = moves.filter((_, index) => index !== at && index !== next);
      const ways =
        direct.from === direct.to
          ? [others]
          : [moves.toSpliced(next, 1, direct).toSpliced(at, 1), moves.toSpliced(next, 1).with(at, direct)];
      tries += ways.length;
      const shorter = ways.find((way) => this.#works(way));
      if (shorter) moves = shorter;
      else at++;
      yield;
    }
    return moves;
  }

  /** Whether each of some moves is allowed, one after the other. */
  #works(moves: readonly Move[]): boolean {
    const state = this.#state;
    while (this.done.length > 0) this.#undo();
    for (const [unit, host] of state.home.entries()) state.put(unit, host);
    return moves.every(({ unit, from, to }) => state.at[unit] === from && this.#step(unit, to));
  }
}
