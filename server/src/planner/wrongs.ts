import { loadsOf } from './make-problem.ts';
import { type Problem, TOLERANCE } from './problem.ts';
import { APART, NEAR, ON, SPREAD, TOGETHER } from './rule-tables.ts';
import type { State } from './state.ts';
import { isWrongAt, unabsorbed } from './values.ts';

/** Something that an assignment must not have, and what can end it: at least one of these units has to move. */
export interface Wrong {
  /** The same thing has the same key. */
  readonly key: number;
  readonly kind: 'unit' | 'gauge' | 'rule' | 'losses';
  /** Those that could move, in an order that is the same every time. */
  readonly units: readonly number[];
  /** The host that is too full, and the resource; -1. */
  readonly host: number;
  readonly resource: number;
  /** The rule that is broken; -1. */
  readonly rule: number;
}

const NOWHERE = { host: -1, resource: -1, rule: -1 } as const;

/**
 * By host and resource: the most that the levels of `must` leave room for. Where hard limits are none of them, what is
 * above one may stay there, but nothing gets above it.
 */
export function goalLimits(problem: Problem): Float64Array {
  const { hosts, must } = problem;
  const load = loadsOf(problem);
  return hosts.hard.map((own, at) => {
    const hard = must.includes('hard') ? own : Math.max(own, load[at] ?? 0);
    const error = must.includes('error') ? (hosts.error[at] ?? hard) : hard;
    const warn = must.includes('warn') ? (hosts.warn[at] ?? hard) : hard;
    return Math.min(hard, error, warn) * (1 + TOLERANCE) + Number.MIN_VALUE;
  });
}

/**
 * What is wrong with an assignment as far as it must not be: gauges over their limits, rules broken, units that run
 * nowhere or where they may not. Each comes with units of which one has to move, unless others that cause it do.
 */
export class Wrongs {
  readonly limit: Float64Array;
  readonly #state: State;
  /** Units on each host, and members at each place of a rule, at the start. */
  readonly #leavers: readonly (readonly number[])[];
  readonly #atPlace = new Map<number, number[]>();
  readonly #members: readonly (readonly number[])[];
  readonly #ofs: readonly (readonly number[])[];
  readonly #canMove: ReadonlySet<number>;
  readonly #mustMove: readonly number[];
  readonly #checksReserves: boolean;
  readonly #isHardMust: boolean;
  readonly #mustPlace: boolean;

  constructor(state: State) {
    const { problem, home, hostCount, width } = state;
    this.#state = state;
    this.limit = goalLimits(problem);
    this.#isHardMust = problem.must.includes('hard');
    this.#mustPlace = problem.must.includes('unplaced');
    this.#checksReserves = problem.must.includes('failover') && problem.reserves.length > 0;
    const canMove = new Set(state.movable);
    const on: number[][] = Array.from({ length: hostCount }, () => []);
    for (const unit of state.movable) {
      const host = home[unit] ?? -1;
      if (host >= 0) on[host]?.push(unit);
    }
    this.#leavers = Array.from({ length: hostCount * width }, (_, at) => this.#bySize(on, at));
    this.#canMove = canMove;
    this.#mustMove = Array.from(home.keys()).filter((unit) => {
      const host = home[unit] ?? -1;
      return this.#isHardMust && host >= 0 && isWrongAt(problem, unit, host);
    });
    this.#members = problem.rules.map(({ members }) => Array.from(members).filter((unit) => canMove.has(unit)));
    this.#ofs = problem.rules.map((rule) =>
      rule.kind === 'near' ? Array.from(rule.of).filter((unit) => canMove.has(unit)) : [],
    );
    for (const [rule, members] of this.#members.entries()) {
      for (const unit of members) {
        const place = this.#placeOf(rule, home[unit] ?? -1);
        if (place < 0) continue;
        const at = (state.rules.countsAt[rule] ?? 0) + place;
        const list = this.#atPlace.get(at);
        if (list) list.push(unit);
        else this.#atPlace.set(at, [unit]);
      }
    }
  }

  /** Units of a host that take of a resource: largest first, then those that copy least. */
  #bySize(on: readonly (readonly number[])[], at: number): number[] {
    const { width, problem } = this.#state;
    const [host, r] = [Math.floor(at / width), at % width];
    const { data } = problem.units;
    return (on[host] ?? [])
      .filter((unit) => this.amount(unit, host, r) > 0)
      .sort((a, b) => this.amount(b, host, r) - this.amount(a, host, r) || (data[a] ?? 0) - (data[b] ?? 0) || a - b);
  }

  amount(unit: number, host: number, r: number): number {
    const { demand, kindOf, unitCount, width } = this.#state;
    return demand[((kindOf[host] ?? 0) * unitCount + unit) * width + r] ?? 0;
  }

  #placeOf(rule: number, host: number): number {
    const { mapAt, places } = this.#state.rules;
    return host < 0 ? -1 : (places[(mapAt[rule] ?? 0) + host] ?? -1);
  }

  /** Units of a gauge that could leave it. */
  leavers(at: number): readonly number[] {
    return this.#leavers[at] ?? [];
  }

  /** Everything that is wrong: units first, then gauges, then rules. */
  all(): Wrong[] {
    return [...this.#ofUnits(), ...this.#ofGauges(), ...this.#ofRules()];
  }

  #ofUnits(): Wrong[] {
    const { at, home } = this.#state;
    const found: Wrong[] = [];
    const key = this.limit.length + this.#state.counts.length;
    const add = (unit: number) =>
      found.push({ ...NOWHERE, kind: 'unit', key: key + unit, units: this.#canMove.has(unit) ? [unit] : [] });
    for (const [unit, host] of at.entries()) if (host < 0 && (this.#mustPlace || home[unit] !== -1)) add(unit);
    for (const unit of this.#mustMove) if (at[unit] === home[unit]) add(unit);
    return found;
  }

  #ofGauges(): Wrong[] {
    const { load, width } = this.#state;
    const found: Wrong[] = [];
    for (let at = 0; at < load.length; at++) {
      if ((load[at] ?? 0) <= (this.limit[at] ?? 0)) continue;
      const [host, resource] = [Math.floor(at / width), at % width];
      found.push({ ...NOWHERE, kind: 'gauge', key: at, units: this.leavers(at), host, resource });
    }
    return found;
  }

  #ofRules(): Wrong[] {
    const { rules, problem, broken, mayBreak, counts, mostAt } = this.#state;
    const found: Wrong[] = [];
    for (let rule = 0; rule < rules.count; rule++) {
      const add = (key: number, units: readonly number[]) => found.push({ ...NOWHERE, kind: 'rule', key, units, rule });
      if ((broken[rule] ?? 0) === 0) continue;
      const force = problem.rules[rule]?.force;
      if (force === 'soft') continue;
      const isHard = force === 'hard' && this.#isHardMust;
      if (!isHard && rules.kind[rule] !== APART && (broken[rule] ?? 0) <= (mayBreak[rule] ?? 0)) continue;
      const first = rules.countsAt[rule] ?? 0;
      const key = this.limit.length + first;
      for (let place = 0; place < (rules.placeCount[rule] ?? 0); place++) {
        const count = counts[first + place] ?? 0;
        const here = this.#atPlace.get(first + place) ?? [];
        if (rules.kind[rule] === APART) {
          if (count > (isHard ? (rules.bound[rule] ?? 0) : (mostAt[first + place] ?? 0))) add(key + place, here);
        } else if (rules.kind[rule] === ON) {
          if (place === 0) add(key, here);
        } else if (rules.kind[rule] === NEAR) {
          const of = counts[first + (rules.placeCount[rule] ?? 0) + place];
          if (count > 0 && of === 0) add(key + place, [...new Set([...here, ...(this.#ofs[rule] ?? [])])]);
        }
      }
      if (rules.kind[rule] === TOGETHER || rules.kind[rule] === SPREAD) add(key, this.#members[rule] ?? []);
    }
    if (found.length === 0 && this.#checksReserves && this.#lossesUnabsorbed()) {
      const key = this.limit.length * 2 + this.#state.counts.length + this.#state.unitCount;
      found.push({ ...NOWHERE, kind: 'losses', key, units: Array.from(this.#state.movable) });
    }
    return found;
  }

  #lossesUnabsorbed(): boolean {
    const { problem, load } = this.#state;
    return problem.reserves.some((reserve) => unabsorbed(problem, reserve, load) > 0);
  }
}
