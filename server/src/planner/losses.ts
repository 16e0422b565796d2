import { type Problem, type Reserve, TOLERANCE } from './problem.ts';

/**
 * Losses that what is left could not take in, kept up to date: what `unabsorbed` in values.ts adds up from nothing. A change of two hosts
 * changes the room on all and what the losses of these two come to, so a look at one costs no more than one pass over the losses, and
 * mostly less: where all are absorbed, the largest tells whether they still are.
 */
export class Losses {
  /** One for each loss that is not absorbed, and the largest share of it that finds no room. */
  value = 0;
  readonly #tables: readonly Table[];

  constructor(problem: Problem, load: Float64Array) {
    this.#tables = problem.reserves.map((reserve) => new Table(problem, reserve));
    this.refresh(load);
  }

  /** Adds everything up anew. */
  refresh(load: Float64Array): void {
    for (const table of this.#tables) table.refresh(load);
    this.#sum();
  }

  /** Takes in that the loads of two hosts have changed; -1 for none. */
  moved(load: Float64Array, a: number, b: number): void {
    for (const table of this.#tables) table.moved(load, a, b);
    this.#sum();
  }

  /** What `value` would be with other loads on two hosts; -1 for none. */
  valueWith(load: Float64Array, a: number, b: number): number {
    let sum = 0;
    for (const table of this.#tables) sum += table.valueWith(load, a, b);
    // A rounding error is no change.
    return Math.abs(sum - this.value) < TOLERANCE ? this.value : sum;
  }

  #sum(): void {
    this.value = 0;
    for (const table of this.#tables) this.value += table.value;
  }
}

class Table {
  value = 0;
  readonly #limit: Float64Array;
  readonly #lossCount: number;
  readonly #lossesOf: readonly (readonly number[])[];
  readonly #takes: Uint8Array;
  /** Resources that are looked at, and how many there are of all. */
  readonly #counted: Int32Array;
  readonly #width: number;
  /** By host and resource: load and room. */
  readonly #load: Float64Array;
  readonly #room: Float64Array;
  /** By resource: room on all, and the most that any loss gives up, its room included. */
  readonly #free: Float64Array;
  readonly #most: Float64Array;
  /** By loss and resource: what is lost, and the room that is lost with it. */
  readonly #need: Float64Array;
  readonly #gone: Float64Array;
  /** For a look: room on all, and by host and resource what changes of load and room. */
  readonly #freeThen: Float64Array;
  readonly #change: { readonly load: Float64Array; readonly room: Float64Array; readonly isLost: Uint8Array }[];

  constructor({ hosts, resources }: Problem, { hosts: takers, losses, limit }: Reserve) {
    const width = resources.length;
    this.#width = width;
    this.#limit = limit;
    this.#lossCount = losses.length;
    this.#takes = new Uint8Array(hosts.count);
    for (const host of takers) this.#takes[host] = 1;
    const lossesOf: number[][] = Array.from({ length: hosts.count }, () => []);
    for (const [loss, lost] of losses.entries()) for (const host of lost) lossesOf[host]?.push(loss);
    this.#lossesOf = lossesOf;
    const isLimited = (r: number) => takers.every((host) => limit[host * width + r] !== Number.POSITIVE_INFINITY);
    this.#counted = Int32Array.from(resources.keys()).filter(isLimited);
    this.#load = new Float64Array(hosts.count * width);
    this.#room = new Float64Array(hosts.count * width);
    this.#free = new Float64Array(width);
    this.#most = new Float64Array(width);
    this.#need = new Float64Array(losses.length * width);
    this.#gone = new Float64Array(losses.length * width);
    this.#freeThen = new Float64Array(width);
    this.#change = [0, 1].map(() => ({
      load: new Float64Array(width),
      room: new Float64Array(width),
      isLost: new Uint8Array(losses.length),
    }));
  }

  #roomAt(host: number, at: number, load: number): number {
    return this.#takes[host] ? Math.max(0, (this.#limit[at] ?? 0) - load) : 0;
  }

  refresh(load: Float64Array): void {
    for (const table of [this.#load, this.#room, this.#free, this.#need, this.#gone]) table.fill(0);
    for (let host = 0; host < this.#takes.length; host++) this.#take(load, host);
    this.#settle();
  }

  moved(load: Float64Array, a: number, b: number): void {
    if (a >= 0) this.#take(load, a);
    if (b >= 0) this.#take(load, b);
    this.#settle();
  }

  /** Takes in what a host has now. */
  #take(load: Float64Array, host: number): void {
    const losses = this.#lossesOf[host] ?? [];
    if (!this.#takes[host] && losses.length === 0) return;
    for (const r of this.#counted) {
      const at = host * this.#width + r;
      const now = load[at] ?? 0;
      const room = this.#roomAt(host, at, now);
      const more = now - (this.#load[at] ?? 0);
      const wider = room - (this.#room[at] ?? 0);
      this.#load[at] = now;
      this.#room[at] = room;
      this.#free[r] = (this.#free[r] ?? 0) + wider;
      for (const loss of losses) {
        const of = loss * this.#width + r;
        this.#need[of] = (this.#need[of] ?? 0) + more;
        this.#gone[of] = (this.#gone[of] ?? 0) + wider;
      }
    }
  }

  #settle(): void {
    for (const r of this.#counted) {
      let most = 0;
      for (let of = r; of < this.#need.length; of += this.#width)
        most = Math.max(most, (this.#need[of] ?? 0) + (this.#gone[of] ?? 0));
      this.#most[r] = most;
    }
    this.value = 0;
    if (!this.#isSurelyAbsorbed(-1, -1)) this.value = this.#valueWith(-1, -1);
  }

  valueWith(load: Float64Array, a: number, b: number): number {
    this.#look(0, load, a);
    this.#look(1, load, b);
    return this.value === 0 && this.#isSurelyAbsorbed(a, b) ? 0 : this.#valueWith(a, b);
  }

  /** Notes what would change on a host. */
  #look(which: 0 | 1, load: Float64Array, host: number): void {
    const change = this.#change[which];
    if (!change || host < 0) return;
    for (const r of this.#counted) {
      const at = host * this.#width + r;
      const then = load[at] ?? 0;
      change.load[r] = then - (this.#load[at] ?? 0);
      change.room[r] = this.#roomAt(host, at, then) - (this.#room[at] ?? 0);
    }
  }

  /** Whether the largest loss finds room with what was looked at, even if both hosts were part of it. */
  #isSurelyAbsorbed(a: number, b: number): boolean {
    const [ofA, ofB] = this.#change;
    for (const r of this.#counted) {
      const [widerA, widerB] = [a < 0 ? 0 : (ofA?.room[r] ?? 0), b < 0 ? 0 : (ofB?.room[r] ?? 0)];
      let most = this.#most[r] ?? 0;
      if (a >= 0 && (this.#lossesOf[a]?.length ?? 0) > 0) most += Math.max(0, (ofA?.load[r] ?? 0) + widerA);
      if (b >= 0 && (this.#lossesOf[b]?.length ?? 0) > 0) most += Math.max(0, (ofB?.load[r] ?? 0) + widerB);
      if (most > ((this.#free[r] ?? 0) + widerA + widerB) * (1 + TOLERANCE * 0.1)) return false;
    }
    return true;
  }

  #valueWith(a: number, b: number): number {
    const [ofA, ofB] = this.#change;
    if (!ofA || !ofB) return 0;
    for (const r of this.#counted)
      this.#freeThen[r] = (this.#free[r] ?? 0) + (a < 0 ? 0 : (ofA.room[r] ?? 0)) + (b < 0 ? 0 : (ofB.room[r] ?? 0));
    for (const loss of this.#lossesOf[a] ?? []) ofA.isLost[loss] = 1;
    for (const loss of this.#lossesOf[b] ?? []) ofB.isLost[loss] = 1;
    let sum = 0;
    for (let loss = 0; loss < this.#lossCount; loss++) {
      let worst = 0;
      for (const r of this.#counted) {
        const of = loss * this.#width + r;
        let need = this.#need[of] ?? 0;
        let left = (this.#freeThen[r] ?? 0) - (this.#gone[of] ?? 0);
        if (ofA.isLost[loss]) {
          need += ofA.load[r] ?? 0;
          left -= ofA.room[r] ?? 0;
        }
        if (ofB.isLost[loss]) {
          need += ofB.load[r] ?? 0;
          left -= ofB.room[r] ?? 0;
        }
        if (need > left * (1 + TOLERANCE)) worst = Math.max(worst, (need - Math.max(0, left)) / need);
      }
      if (worst > TOLERANCE) sum += 1 + worst;
    }
    for (const loss of this.#lossesOf[a] ?? []) ofA.isLost[loss] = 0;
    for (const loss of this.#lossesOf[b] ?? []) ofB.isLost[loss] = 0;
    return sum;
  }
}
