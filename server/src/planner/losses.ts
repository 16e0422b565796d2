import { type Problem, type Reserve, TOLERANCE } from './problem.ts';
import { unabsorbed } from './values.ts';

/**
 * Whether what is left takes in what is lost, kept up to date. A loss is absorbed as long as, for each resource, the load of
 * the lost hosts and the room on them is no more than the room on all: what they give up is what the others need not
 * have. So one number for each loss says it, and a look at two changed hosts mostly costs no more than these two.
 */
export class Losses {
  /** Losses not absorbed, as `unabsorbed` counts them. */
  value = 0;
  readonly #problem: Problem;
  readonly #tables: readonly Table[];

  constructor(problem: Problem, load: Float64Array) {
    this.#problem = problem;
    this.#tables = problem.reserves.map((reserve) => new Table(problem, reserve));
    this.refresh(load);
  }

  /** Takes in that loads have changed. */
  refresh(load: Float64Array): void {
    this.value = 0;
    for (const table of this.#tables) {
      if (!table.refresh(load)) this.value += unabsorbed(this.#problem, table.reserve, load);
    }
  }

  /** What `value` would be with other loads on two hosts; -1 for none. */
  valueWith(load: Float64Array, a: number, b: number): number {
    if (this.value === 0 && this.#tables.every((table) => table.isAbsorbedWith(load, a, b))) return 0;
    return this.#tables.reduce((sum, { reserve }) => sum + unabsorbed(this.#problem, reserve, load), 0);
  }
}

class Table {
  readonly reserve: Reserve;
  readonly #width: number;
  readonly #takes: Uint8Array;
  readonly #lossesOf: readonly (readonly number[])[];
  /** By host and resource: room, and room with load. */
  readonly #room: Float64Array;
  readonly #own: Float64Array;
  /** By resource: room on all, and the most that any loss comes to; by loss and resource: what it comes to. */
  readonly #free: Float64Array;
  readonly #most: Float64Array;
  readonly #lost: Float64Array;

  constructor({ hosts, resources }: Problem, reserve: Reserve) {
    this.reserve = reserve;
    this.#width = resources.length;
    this.#takes = new Uint8Array(hosts.count);
    for (const host of reserve.hosts) this.#takes[host] = 1;
    const lossesOf: number[][] = Array.from({ length: hosts.count }, () => []);
    for (const [loss, lost] of reserve.losses.entries()) for (const host of lost) lossesOf[host]?.push(loss);
    this.#lossesOf = lossesOf;
    this.#room = new Float64Array(hosts.count * this.#width);
    this.#own = new Float64Array(hosts.count * this.#width);
    this.#free = new Float64Array(this.#width);
    this.#most = new Float64Array(this.#width);
    this.#lost = new Float64Array(reserve.losses.length * this.#width);
  }

  #roomAt(host: number, at: number, load: Float64Array): number {
    return this.#takes[host] ? Math.max(0, (this.reserve.limit[at] ?? 0) - (load[at] ?? 0)) : 0;
  }

  /** Adds everything up; whether every loss is absorbed. */
  refresh(load: Float64Array): boolean {
    const width = this.#width;
    this.#free.fill(0);
    this.#most.fill(0);
    this.#lost.fill(0);
    for (let host = 0; host < this.#takes.length; host++) {
      const losses = this.#lossesOf[host] ?? [];
      if (!this.#takes[host] && losses.length === 0) continue;
      for (let r = 0; r < width; r++) {
        const at = host * width + r;
        const room = this.#roomAt(host, at, load);
        this.#room[at] = room;
        this.#own[at] = room + (load[at] ?? 0);
        this.#free[r] = (this.#free[r] ?? 0) + room;
        for (const loss of losses)
          this.#lost[loss * width + r] = (this.#lost[loss * width + r] ?? 0) + (this.#own[at] ?? 0);
      }
    }
    for (let at = 0; at < this.#lost.length; at++) {
      const r = at % width;
      this.#most[r] = Math.max(this.#most[r] ?? 0, this.#lost[at] ?? 0);
    }
    return this.#free.every((free, r) => isWithin(this.#most[r] ?? 0, free));
  }

  /** Whether every loss is surely absorbed with other loads on two hosts, if all were before. */
  isAbsorbedWith(load: Float64Array, a: number, b: number): boolean {
    const width = this.#width;
    for (let r = 0; r < width; r++) {
      let free = this.#free[r] ?? 0;
      if (free === Number.POSITIVE_INFINITY) continue;
      if (a >= 0) free += this.#roomAt(a, a * width + r, load) - (this.#room[a * width + r] ?? 0);
      if (b >= 0) free += this.#roomAt(b, b * width + r, load) - (this.#room[b * width + r] ?? 0);
      const more = (a < 0 ? 0 : this.#moreAt(a, r, load)) + (b < 0 ? 0 : this.#moreAt(b, r, load));
      if (!isWithin((this.#most[r] ?? 0) + more, free)) return false;
    }
    return true;
  }

  /** By how much a loss of a host would come to more. */
  #moreAt(host: number, r: number, load: Float64Array): number {
    if ((this.#lossesOf[host]?.length ?? 0) === 0) return 0;
    const at = host * this.#width + r;
    return Math.max(0, this.#roomAt(host, at, load) + (load[at] ?? 0) - (this.#own[at] ?? 0));
  }
}

function isWithin(lost: number, free: number): boolean {
  return free === Number.POSITIVE_INFINITY || lost <= free * (1 + TOLERANCE * 0.1);
}
