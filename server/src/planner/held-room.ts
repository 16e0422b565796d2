import type { State } from './state.ts';

export interface HeldRoomOptions {
  /** What each unit of a transient resource costs that is held away from home, at first and in the end. */
  readonly grip: readonly [number, number];
  /** What each unit costs that is above a limit, at first and in the end. */
  readonly price: readonly [number, number];
}

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
  #grip: number;
  #price: number;
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
    this.#grip = options.grip[0];
    this.#price = options.price[0];
    for (let host = 0; host < state.hostCount; host++)
      for (const r of this.#transient) state.limit[host * state.width + r] = Number.POSITIVE_INFINITY;
  }

  /** Takes notice of how far the search is. True when walls have just been put up. */
  turn(share: number): boolean {
    const { grip, price } = this.#options;
    this.#grip = grip[0] * (grip[1] / grip[0]) ** share;
    this.#price = price[0] * (price[1] / price[0]) ** share;
    if (!this.#isOpen) {
      this.#lower();
      return false;
    }
    if (share < OPEN_UNTIL) return false;
    this.#isOpen = false;
    this.#lower();
    return true;
  }

  /** No limit is further exceeded than it is. */
  #lower(): void {
    const { limit, full } = this.#state;
    for (let at = 0; at < limit.length; at++)
      limit[at] = Math.max(this.#limit[at] ?? 0, Math.min(limit[at] ?? 0, full[at] ?? 0));
  }

  moveChange(unit: number, from: number, to: number): number {
    const { home, width, demand, kindOf, unitCount } = this.#state;
    const start = home[unit] ?? -1;
    let sum = 0;
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
    const before = (this.#state.full[at] ?? 0) - (this.#limit[at] ?? 0);
    const after = before + added;
    return this.#price * ((after > 0 ? after : 0) - (before > 0 ? before : 0));
  }

  /** Limits as they were. What is still above one goes home, which holds no more than is held anyway. */
  close(): void {
    this.#state.limit.set(this.#limit);
  }

  /** Whether any limit is exceeded. */
  get isExceeded(): boolean {
    return this.#state.full.some((full, at) => full > (this.#limit[at] ?? 0));
  }
}
