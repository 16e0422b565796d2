import { barTo, demandOf } from './make-problem.ts';
import { type Problem, TOLERANCE } from './problem.ts';
import { APART, NEAR, ON, type RuleTables, ruleTables, SPREAD, TOGETHER } from './rule-tables.ts';

/**
 * Where every unit runs, with the sums that follow from it, kept up to date move by move: a move costs what the unit has
 * of resources and rules, however large the estate is. What a search reads in its inner loop is public here and flat.
 */
export class State {
  readonly problem: Problem;
  readonly hostCount: number;
  readonly unitCount: number;
  readonly width: number;
  /** Hosts on which every unit takes the same are of one kind. */
  readonly kindOf: Int32Array;
  /** `(kind * units + unit) * width + resource`. */
  readonly demand: Float64Array;
  /** Host of each unit; -1: nowhere. */
  readonly at: Int32Array;
  readonly home: Int32Array;
  /** By host and resource: what runs there takes so much. */
  readonly load: Float64Array;
  /** The same, and what is still held there by what has left; the same array where no resource is transient. */
  readonly full: Float64Array;
  readonly isTransient: Uint8Array;
  /** By host and resource: `full` never gets above this. */
  readonly limit: Float64Array;
  readonly rules: RuleTables;
  /** Members by rule and place. */
  readonly counts: Int32Array;
  /** `apart`: the most at each place, which is more than the rule says where more are there at the start. */
  readonly mostAt: Int32Array;
  /** Places of each rule that have a member. */
  readonly distinct: Int32Array;
  /** Members of each rule that run somewhere. */
  readonly placed: Int32Array;
  /** How broken each rule is, and how broken a step may leave it. */
  readonly broken: Float64Array;
  readonly mayBreak: Float64Array;
  /** Units that could run on another host, and the hosts that take any. */
  readonly movable: Int32Array;
  readonly open: Int32Array;
  /** Movable units of which the same rules hold with the same weights, from `twinStart[class]` on; swaps of twins break no rule. */
  readonly twinClass: Int32Array;
  readonly twinStart: Int32Array;
  readonly twins: Int32Array;
  /** By unit and host, 1: may not come there. */
  readonly #barred: Uint8Array;

  constructor(problem: Problem) {
    const { hosts, units, resources } = problem;
    this.problem = problem;
    this.hostCount = hosts.count;
    this.unitCount = units.count;
    this.width = resources.length;
    this.home = units.home;
    this.isTransient = Uint8Array.from(resources, (resource) => (resource.isTransient ? 1 : 0));
    this.kindOf = kindsOf(problem);
    this.demand = demands(problem, this.kindOf);
    this.at = new Int32Array(units.count).fill(-1);
    this.load = hosts.base.slice();
    this.full = this.load;
    this.limit = new Float64Array(this.load.length).fill(Number.POSITIVE_INFINITY);
    this.rules = ruleTables(problem);
    this.counts = new Int32Array(this.rules.countsLength);
    this.distinct = new Int32Array(this.rules.count);
    this.placed = new Int32Array(this.rules.count);
    this.broken = this.#brokenAtFirst();
    this.mayBreak = new Float64Array(this.rules.count).fill(Number.POSITIVE_INFINITY);
    this.mostAt = new Int32Array(this.rules.countsLength).fill(2 ** 31 - 1);
    this.#barred = barred(problem);
    for (const [unit, host] of units.home.entries()) if (host >= 0) this.put(unit, host);
    // From here on, what leaves its home stays counted there where it is transient.
    if (resources.some(({ isTransient }) => isTransient)) this.full = this.load.slice();
    for (let at = 0; at < this.limit.length; at++)
      this.limit[at] =
        Math.max(hosts.hard[at] ?? 0, this.full[at] ?? 0, this.#ceilingAt(at)) * (1 + TOLERANCE) + Number.MIN_VALUE;
    for (let rule = 0; rule < this.rules.count; rule++) this.#bindRule(rule);
    const free = Array.from(units.home.keys()).filter((unit) => this.hostsFor(unit).next().done === false);
    this.movable = Int32Array.from(free);
    const classes = twinsOf(this.movable, this.rules, units.count);
    this.twinClass = classes.classOf;
    this.twinStart = classes.start;
    this.twins = classes.members;
    this.open = Int32Array.from(hosts.closed.keys()).filter((host) => !hosts.closed[host] && !hosts.evacuate[host]);
  }

  /** Before anything runs: nothing is broken but what is short of places with all its members placed. */
  #brokenAtFirst(): Float64Array {
    const { kind, bound, size } = this.rules;
    return Float64Array.from(kind, (own, rule) =>
      own === SPREAD ? Math.max(0, (bound[rule] ?? 0) - (size[rule] ?? 0)) : 0,
    );
  }

  #ceilingAt(at: number): number {
    const { hard, ceiling } = this.problem.hosts;
    return (this.full[at] ?? 0) > (hard[at] ?? 0) * (1 + TOLERANCE) ? (ceiling[at] ?? 0) : 0;
  }

  #bindRule(rule: number): void {
    const { isBinding, kind, countsAt, placeCount, bound } = this.rules;
    if (!isBinding[rule]) return;
    if (kind[rule] !== APART) {
      this.mayBreak[rule] = this.broken[rule] ?? 0;
      return;
    }
    const from = countsAt[rule] ?? 0;
    for (let at = from; at < from + (placeCount[rule] ?? 0); at++)
      this.mostAt[at] = Math.max(bound[rule] ?? 0, this.counts[at] ?? 0);
  }

  /** Other hosts that nothing forbids a unit outright. */
  *hostsFor(unit: number): Generator<number> {
    for (let host = 0; host < this.hostCount; host++)
      if (host !== this.home[unit] && this.isAllowed(unit, host)) yield host;
  }

  /** Whether nothing forbids a unit to run on a host outright. */
  isAllowed(unit: number, host: number): boolean {
    return this.#barred[unit * this.hostCount + host] === 0;
  }

  /** Whether a host has room for a unit that is not there. */
  fits(unit: number, host: number): boolean {
    const { width, full, limit, demand } = this;
    const own = ((this.kindOf[host] ?? 0) * this.unitCount + unit) * width;
    const at = host * width;
    const isHome = this.home[unit] === host;
    for (let r = 0; r < width; r++) {
      const need = demand[own + r] ?? 0;
      if (need > 0 && (full[at + r] ?? 0) + need > (limit[at + r] ?? 0) && !(isHome && this.isTransient[r]))
        return false;
    }
    return true;
  }

  /** Whether two units on different hosts have room in each other's place. */
  fitsSwap(a: number, b: number): boolean {
    return this.#fitsInstead(a, b) && this.#fitsInstead(b, a);
  }

  /** Whether there is room for a unit where another one leaves. */
  #fitsInstead(unit: number, other: number): boolean {
    const { width, full, limit, demand, unitCount } = this;
    const host = this.at[other] ?? 0;
    const kind = (this.kindOf[host] ?? 0) * unitCount;
    const own = (kind + unit) * width;
    const gone = (kind + other) * width;
    const at = host * width;
    const isHome = this.home[unit] === host;
    const stays = this.home[other] === host;
    for (let r = 0; r < width; r++) {
      const isHeld = this.isTransient[r] === 1;
      const need = (isHeld && isHome ? 0 : (demand[own + r] ?? 0)) - (isHeld && stays ? 0 : (demand[gone + r] ?? 0));
      if (need > 0 && (full[at + r] ?? 0) + need > (limit[at + r] ?? 0)) return false;
    }
    return true;
  }

  /** Lets two units take each other's place if that keeps every binding rule; room was looked at before. */
  swap(a: number, b: number): boolean {
    const from = this.at[a] ?? -1;
    const to = this.at[b] ?? -1;
    const twin = this.twinClass[a] ?? -1;
    if (twin >= 0 && twin === this.twinClass[b]) {
      this.put(a, to);
      this.put(b, from);
      return true;
    }
    this.put(a, -1);
    if (this.keepsRules(b, from)) {
      this.put(b, from);
      if (this.keepsRules(a, to)) {
        this.put(a, to);
        return true;
      }
      this.put(b, to);
    }
    this.put(a, from);
    return false;
  }

  /** Whether every binding rule stays as it may be when a unit goes from where it is to a host. */
  keepsRules(unit: number, host: number): boolean {
    return this.blockedBy(unit, host) < 0;
  }

  /** The first of a unit's rules that forbids it to go to a host, as its place in `rules.ruleOf`; -1: none does. */
  blockedBy(unit: number, host: number): number {
    const { start, ruleOf } = this.rules;
    const end = start[unit + 1] ?? 0;
    for (let i = start[unit] ?? 0; i < end; i++) if (!this.#keepsRule(i, ruleOf[i] ?? 0, unit, host)) return i;
    return -1;
  }

  #keepsRule(i: number, rule: number, unit: number, host: number): boolean {
    const { isBinding, kind, mapAt, countsAt, places, weight } = this.rules;
    if (!isBinding[rule]) return true;
    const map = mapAt[rule] ?? 0;
    const from = this.at[unit] ?? -1;
    const q = from < 0 ? -1 : (places[map + from] ?? -1);
    const p = places[map + host] ?? -1;
    if (p === q && from >= 0) return true;
    if (kind[rule] === APART) {
      if (p < 0) return true;
      const at = (countsAt[rule] ?? 0) + p;
      return (this.counts[at] ?? 0) + (weight[i] ?? 0) <= (this.mostAt[at] ?? 0);
    }
    const change = this.#changeOf(i, rule, q, p, from, host);
    // What was taken off may have broken it by that: where it comes to stand it has to mend it.
    return (change <= 0 && from >= 0) || (this.broken[rule] ?? 0) + change <= (this.mayBreak[rule] ?? 0);
  }

  /** How much more broken the rules of a level would be with a unit on another host, or nowhere. */
  ruleChange(unit: number, host: number, level: number): number {
    const { start, ruleOf, level: levelOf, mapAt, places } = this.rules;
    const from = this.at[unit] ?? -1;
    const end = start[unit + 1] ?? 0;
    let sum = 0;
    for (let i = start[unit] ?? 0; i < end; i++) {
      const rule = ruleOf[i] ?? 0;
      if (levelOf[rule] !== level) continue;
      const map = mapAt[rule] ?? 0;
      const q = from < 0 ? -1 : (places[map + from] ?? -1);
      const p = host < 0 ? -1 : (places[map + host] ?? -1);
      if (p !== q || from < 0 || host < 0) sum += this.#changeOf(i, rule, q, p, from, host);
    }
    return sum;
  }

  /** Change of how broken a rule is when a member goes from place `q` to `p`, -1 for none. */
  #changeOf(i: number, rule: number, q: number, p: number, from: number, host: number): number {
    const { kind, countsAt, placeCount, weight, bound, size } = this.rules;
    const { counts } = this;
    const base = countsAt[rule] ?? 0;
    const w = weight[i] ?? 0;
    const atQ = q < 0 ? 0 : (counts[base + q] ?? 0);
    const atP = p < 0 ? 0 : (counts[base + p] ?? 0);
    const most = bound[rule] ?? 0;
    switch (kind[rule]) {
      case APART: {
        const less = q < 0 ? 0 : Math.max(0, atQ - most) - Math.max(0, atQ - w - most);
        const more = p < 0 ? 0 : Math.max(0, atP + w - most) - Math.max(0, atP - most);
        return more - less;
      }
      case SPREAD: {
        const distinct = (this.distinct[rule] ?? 0) - (q >= 0 && atQ === 1 ? 1 : 0) + (p >= 0 && atP === 0 ? 1 : 0);
        const waiting = (size[rule] ?? 0) - (this.placed[rule] ?? 0) - (from < 0 ? 1 : 0) + (host < 0 ? 1 : 0);
        return Math.max(0, most - distinct - waiting) - (this.broken[rule] ?? 0);
      }
      case NEAR: {
        const length = placeCount[rule] ?? 0;
        if (w < 0) {
          const ofQ = q < 0 ? 0 : (counts[base + length + q] ?? 0);
          const ofP = p < 0 ? 0 : (counts[base + length + p] ?? 0);
          return (ofQ === 1 && atQ > 0 ? 1 : 0) - (p >= 0 && ofP === 0 && atP > 0 ? 1 : 0);
        }
        const lonelyQ = q >= 0 && atQ === 1 && counts[base + length + q] === 0 ? 1 : 0;
        const lonelyP = p >= 0 && atP === 0 && counts[base + length + p] === 0 ? 1 : 0;
        return lonelyP - lonelyQ;
      }
      case ON:
        return (p === 0 ? 1 : 0) - (q === 0 ? 1 : 0);
      case TOGETHER:
        return this.#scattered(rule, q, p) - (this.broken[rule] ?? 0);
      default:
        return 0;
    }
  }

  /** Members that are not where most of them are, if one went from place `q` to `p`. */
  #scattered(rule: number, q: number, p: number): number {
    const base = this.rules.countsAt[rule] ?? 0;
    let sum = 0;
    let most = 0;
    for (let place = 0; place < (this.rules.placeCount[rule] ?? 0); place++) {
      const count = (this.counts[base + place] ?? 0) - (place === q ? 1 : 0) + (place === p ? 1 : 0);
      sum += count;
      if (count > most) most = count;
    }
    return sum - most;
  }

  /** Puts a unit on a host, or nowhere (-1). Asks nothing. */
  put(unit: number, host: number): void {
    const from = this.at[unit] ?? -1;
    if (from === host) return;
    this.#count(unit, from, host);
    if (from >= 0) this.#add(unit, from, -1);
    if (host >= 0) this.#add(unit, host, 1);
    this.at[unit] = host;
  }

  #add(unit: number, host: number, sign: 1 | -1): void {
    const { width, load, full } = this;
    const own = ((this.kindOf[host] ?? 0) * this.unitCount + unit) * width;
    const at = host * width;
    const isHome = this.home[unit] === host && full !== load;
    for (let r = 0; r < width; r++) {
      const amount = sign * (this.demand[own + r] ?? 0);
      load[at + r] = (load[at + r] ?? 0) + amount;
      if (full === load || (isHome && this.isTransient[r])) continue;
      full[at + r] = (full[at + r] ?? 0) + amount;
    }
  }

  #count(unit: number, from: number, host: number): void {
    const { start, ruleOf, mapAt, places, countsAt, placeCount, weight, kind } = this.rules;
    const { counts } = this;
    const end = start[unit + 1] ?? 0;
    for (let i = start[unit] ?? 0; i < end; i++) {
      const rule = ruleOf[i] ?? 0;
      const map = mapAt[rule] ?? 0;
      const q = from < 0 ? -1 : (places[map + from] ?? -1);
      const p = host < 0 ? -1 : (places[map + host] ?? -1);
      if (q === p && from >= 0 && host >= 0) continue;
      const w = weight[i] ?? 0;
      this.broken[rule] = (this.broken[rule] ?? 0) + this.#changeOf(i, rule, q, p, from, host);
      const isOf = kind[rule] === NEAR && w < 0;
      const base = (countsAt[rule] ?? 0) + (isOf ? (placeCount[rule] ?? 0) : 0);
      const step = isOf ? 1 : w;
      if (q >= 0) {
        const left = (counts[base + q] ?? 0) - step;
        counts[base + q] = left;
        if (left === 0 && !isOf) this.distinct[rule] = (this.distinct[rule] ?? 0) - 1;
      }
      if (p >= 0) {
        const before = counts[base + p] ?? 0;
        counts[base + p] = before + step;
        if (before === 0 && !isOf) this.distinct[rule] = (this.distinct[rule] ?? 0) + 1;
      }
      if (!isOf) this.placed[rule] = (this.placed[rule] ?? 0) + (host >= 0 ? 1 : 0) - (from >= 0 ? 1 : 0);
    }
  }
}

/** Hosts by which tuple of kinds they have, over all resources. */
function kindsOf({ resources, hosts }: Problem): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from({ length: hosts.count }, (_, host) => {
    const key = resources.map(({ kindOf }) => kindOf[host] ?? -1).join();
    const kind = known.get(key) ?? known.size;
    known.set(key, kind);
    return kind;
  });
}

function demands(problem: Problem, kindOf: Int32Array): Float64Array {
  const { units, resources } = problem;
  const width = resources.length;
  const kinds = kindOf.reduce((most, kind) => Math.max(most, kind + 1), 1);
  const found = new Float64Array(kinds * units.count * width);
  for (let kind = 0; kind < kinds; kind++) {
    const host = kindOf.indexOf(kind);
    if (host < 0) continue;
    for (let unit = 0; unit < units.count; unit++)
      for (let r = 0; r < width; r++) found[(kind * units.count + unit) * width + r] = demandOf(problem, unit, host, r);
  }
  return found;
}

function barred(problem: Problem): Uint8Array {
  const { hosts, units } = problem;
  const found = new Uint8Array(units.count * hosts.count);
  for (let unit = 0; unit < units.count; unit++)
    for (let host = 0; host < hosts.count; host++) {
      const isShut = hosts.evacuate[host] && units.home[unit] !== host;
      found[unit * hosts.count + host] = isShut || barTo(problem, unit, host) > 0 ? 1 : 0;
    }
  return found;
}

function twinsOf(movable: Int32Array, { start, ruleOf, weight }: RuleTables, units: number) {
  const known = new Map<string, number[]>();
  for (const unit of movable) {
    const [from, to] = [start[unit] ?? 0, start[unit + 1] ?? 0];
    const key = `${ruleOf.subarray(from, to)} ${weight.subarray(from, to)}`;
    const list = known.get(key);
    if (list) list.push(unit);
    else known.set(key, [unit]);
  }
  const classes = [...known.values()];
  const classOf = new Int32Array(units).fill(-1);
  const starts = new Int32Array(classes.length + 1);
  for (const [index, members] of classes.entries()) {
    starts[index + 1] = (starts[index] ?? 0) + members.length;
    for (const unit of members) classOf[unit] = index;
  }
  return { classOf, start: starts, members: Int32Array.from(classes.flat()) };
}
