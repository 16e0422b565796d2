import { type Course, UNWATCHED } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import { carry } from './carry.ts';
import type { LevelAim } from './level-aim.ts';
import type { State } from './state.ts';
import { isWrongAt } from './values.ts';

/** Chains weighed for one unit: hosts where something gives way, and for each of these the units that could. */
const MOST_CHAINED = 24;
const WORK_OF_STEP = 4_000;

/**
 * Mends what is in trouble as long as a single action makes it better: the best move out of it, else the best swap, else
 * the best ejection chain, in which a unit goes where another one gives way to a third host. Chains find ways on full
 * estates where looking one move ahead gets stuck (F. Glover 1996; domain.md, B8). Returns the work it took.
 */
export function* descend(state: State, aim: LevelAim, work: number, course: Course = UNWATCHED): Steps<number> {
  const search = new Descent(state, aim, work);
  const pause = function* (): Steps<void> {
    if (!search.isDue()) return;
    yield;
    course.report(1 - search.left / work);
    if (course.isStopped()) search.left = 0;
  };
  for (;;) {
    const units = search.troubled();
    let isBetter = false;
    for (const unit of units) {
      if (search.left <= 0) return work;
      if (search.moveOut(unit)) isBetter = true;
      yield* pause();
    }
    if (isBetter) continue;
    for (const unit of units) {
      if (search.left <= 0) return work;
      if (search.swap(unit) || search.chain(unit)) {
        isBetter = true;
        break;
      }
      yield* pause();
    }
    if (!isBetter) return work - search.left;
  }
}

class Descent {
  left: number;
  readonly #state: State;
  readonly #aim: LevelAim;
  #sinceStep = 0;

  constructor(state: State, aim: LevelAim, work: number) {
    this.#state = state;
    this.#aim = aim;
    this.left = work;
  }

  isDue(): boolean {
    if (this.#sinceStep < WORK_OF_STEP) return false;
    this.#sinceStep = 0;
    return true;
  }

  #count(): void {
    this.left--;
    this.#sinceStep++;
  }

  /** Units that run nowhere or where they may not, largest first; then those of hosts in trouble, the worst host first. */
  troubled(): number[] {
    const { movable, at, problem, hostCount, rules, broken } = this.#state;
    const size = (unit: number) => this.#sizeOf(unit);
    const first = Array.from(movable).filter((unit) => {
      const host = at[unit] ?? -1;
      return host < 0 || (host === problem.units.home[unit] && isWrongAt(problem, unit, host));
    });
    first.sort((a, b) => size(b) - size(a) || a - b);
    const hosts = Array.from({ length: hostCount }, (_, host) => host).filter((host) => this.#aim.troubleAt(host) > 0);
    hosts.sort((a, b) => this.#aim.troubleAt(b) - this.#aim.troubleAt(a) || a - b);
    const onHosts = hosts.flatMap((host) =>
      Array.from(movable)
        .filter((unit) => at[unit] === host)
        .sort((a, b) => size(b) - size(a) || a - b),
    );
    const ofRules = Array.from(movable).filter((unit) => {
      for (let i = rules.start[unit] ?? 0; i < (rules.start[unit + 1] ?? 0); i++) {
        const rule = rules.ruleOf[i] ?? 0;
        if ((rules.level[rule] ?? 0) > 0 && (broken[rule] ?? 0) > 0) return true;
      }
      return false;
    });
    return [...new Set([...first, ...onHosts, ...ofRules])];
  }

  #sizeOf(unit: number): number {
    const { width, demand, load, open } = this.#state;
    const host = open[0] ?? 0;
    let most = 0;
    for (let r = 0; r < width; r++) {
      const capacity = this.#state.problem.hosts.capacity[host * width + r] || load[host * width + r] || 1;
      most = Math.max(most, (demand[unit * width + r] ?? 0) / capacity);
    }
    return most;
  }

  /** The best move of a unit, if one makes it better. */
  moveOut(unit: number): boolean {
    const state = this.#state;
    const from = state.at[unit] ?? -1;
    let best = -1;
    let least = 0;
    for (const to of state.open) {
      this.#count();
      if (to === from || !state.isAllowed(unit, to) || !state.fits(unit, to) || !state.keepsRules(unit, to)) continue;
      const change = this.#aim.moveChange(unit, to);
      if (change < least) {
        least = change;
        best = to;
      }
    }
    if (best < 0) return false;
    carry(state, this.#aim, unit, best);
    return true;
  }

  swap(unit: number): boolean {
    const state = this.#state;
    const from = state.at[unit] ?? -1;
    if (from < 0) return false;
    const found: { readonly other: number; readonly change: number }[] = [];
    for (const other of state.movable) {
      const to = state.at[other] ?? -1;
      this.#count();
      if (to < 0 || to === from || !state.isAllowed(unit, to) || !state.isAllowed(other, from)) continue;
      if (!state.fitsSwap(unit, other)) continue;
      const change = this.#aim.swapChange(unit, other);
      if (change < 0) found.push({ other, change });
    }
    found.sort((a, b) => a.change - b.change || a.other - b.other);
    for (const { other } of found) {
      const to = state.at[other] ?? -1;
      if (!state.swap(unit, other)) continue;
      this.#aim.moved(unit, from, to);
      this.#aim.moved(other, to, from);
      return true;
    }
    return false;
  }

  /** Puts a unit where another one gives way. Both steps together have to make it better. */
  chain(unit: number): boolean {
    const state = this.#state;
    const aim = this.#aim;
    const from = state.at[unit] ?? -1;
    let weighed = 0;
    for (const middle of state.open) {
      if (middle === from || !state.isAllowed(unit, middle) || weighed >= MOST_CHAINED) continue;
      const others = Array.from(state.movable).filter((other) => other !== unit && state.at[other] === middle);
      if (others.length > 0) weighed++;
      for (const other of others) {
        for (const to of state.open) {
          this.#count();
          if (this.left <= 0) return false;
          if (to === middle || to === from || !state.isAllowed(other, to) || !state.fits(other, to)) continue;
          if (!state.keepsRules(other, to)) continue;
          const first = aim.moveChange(other, to);
          if (first === Number.POSITIVE_INFINITY) continue;
          carry(state, aim, other, to);
          if (state.fits(unit, middle) && state.keepsRules(unit, middle)) {
            if (first + aim.moveChange(unit, middle) < 0) {
              carry(state, aim, unit, middle);
              return true;
            }
          }
          carry(state, aim, other, middle);
        }
      }
    }
    return false;
  }
}
