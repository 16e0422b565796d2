import { type Course, UNWATCHED } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import { alikeKeys } from './alike.ts';
import type { Move } from './problem.ts';
import type { State } from './state.ts';
import { unabsorbed } from './values.ts';
import { type Wrong, Wrongs } from './wrongs.ts';

export type EveryOrder =
  | { readonly outcome: 'found'; readonly moves: readonly Move[]; readonly work: number }
  /** No order of moves leads to anything that would do, even if the hosts carried none of the others that can move. */
  | { readonly outcome: 'impossible'; readonly waiting: readonly number[]; readonly work: number }
  | { readonly outcome: 'gave-up'; readonly work: number };

/** Work between two steps: a few milliseconds. */
const WORK_OF_STEP = 4_000;
/** How much more something that is wrong counts than a move. */
const WEIGHT_OF_WRONG = 3;
/** Share of the work that goes to one thing that is wrong. */
const SHARE_OF_ONE = 0.05;
/** States that are kept: some ten megabytes. */
const MOST_STATES = 200_000;

/**
 * Whether any order of allowed moves leads to any assignment with nothing wrong that must not be. Every state that can be
 * reached is looked at, those with least wrong first (A*, P. Hart, N. Nilsson and B. Raphael 1968), at first with few units
 * alone: the others are taken off, which forbids no step and makes nothing wrong. If not even that leads anywhere, nothing
 * does. If it does, the steps are followed with all units in place, and what is then in the way is looked at as well
 * (abstraction refinement, E. Clarke and others 2000). `state` is at the start of the plan, and is so again afterwards.
 */
export function* everyOrder(state: State, work: number, course: Course = UNWATCHED): Steps<EveryOrder> {
  const search = new Search(state, work, course);
  const outcome = yield* search.run();
  const spent = work - search.left;
  if (outcome === 'found') return { outcome, moves: search.moves, work: spent };
  if (outcome === 'impossible') return { outcome, waiting: search.units, work: spent };
  return { outcome, work: spent };
}

interface Node {
  readonly hosts: Int32Array;
  readonly parent: Node | undefined;
  readonly unit: number;
  readonly depth: number;
}

class Search {
  left: number;
  moves: readonly Move[] = [];
  /** Units that are looked at; all others are taken off. */
  units: number[] = [];
  readonly #state: State;
  readonly #wrongs: Wrongs;
  readonly #movable: ReadonlySet<number>;
  readonly #targets = new Map<number, readonly number[]>();
  readonly #mayBreak: Float64Array;
  readonly #alike: readonly string[];
  readonly #work: number;
  readonly #course: Course;
  #sinceStep = 0;

  constructor(state: State, work: number, course: Course) {
    this.#state = state;
    this.left = work;
    this.#work = work;
    this.#course = course;
    this.#wrongs = new Wrongs(state);
    this.#movable = new Set(state.movable);
    this.#mayBreak = state.mayBreak.slice();
    for (const unit of state.movable) {
      const home = state.home[unit] ?? -1;
      this.#targets.set(unit, [...(home < 0 ? [] : [home]), ...state.hostsFor(unit)]);
    }
    this.#alike = alikeKeys(state);
  }

  *run(): Steps<EveryOrder['outcome']> {
    const all = this.#wrongs.all();
    const work = this.left;
    // What is wrong one by one, with what is in its way and nothing else: that is soon looked through.
    for (const wrong of all) {
      this.units = [];
      this.#add([wrong]);
      const outcome = yield* this.#refine(work * Math.min(SHARE_OF_ONE, 0.5 / all.length), false);
      if (outcome === 'found') return outcome;
      if (outcome === 'impossible') {
        yield* this.#narrow(work * SHARE_OF_ONE);
        return outcome;
      }
    }
    this.units = [];
    this.#add(all);
    const outcome = yield* this.#refine(this.left, true);
    if (outcome === 'impossible') yield* this.#narrow(work * SHARE_OF_ONE);
    return outcome;
  }

  /** Looks at some units, and at more until that says it. `isWhole`: also at those that what else is wrong is about. */
  *#refine(work: number, isWhole: boolean): Steps<EveryOrder['outcome']> {
    const least = this.left - work;
    for (;;) {
      const found = yield* this.#reach(this.units, least);
      if (found === 'gave-up' || found === 'impossible') return found;
      const before = this.units.length;
      this.#follow(found, isWhole);
      if (this.moves.length > 0) return 'found';
      // Nothing that can move is in the way, and yet a step is not allowed: losses, which are not looked at here.
      if (this.units.length === before) return 'gave-up';
    }
  }

  /** Takes in what ends something that is wrong: units and members of rules at once, of a full host the largest. */
  #add(wrongs: readonly Wrong[]): void {
    const known = new Set(this.units);
    for (const { host, units } of wrongs) {
      const fresh = units.filter((unit) => this.#movable.has(unit) && !known.has(unit));
      for (const unit of host < 0 && units.length <= 8 ? fresh : fresh.slice(0, 1)) known.add(unit);
    }
    this.units = [...known].sort((a, b) => a - b);
  }

  /** Does the steps with all units in place. What is in the way of one is taken in; nothing is, and it is a plan. */
  #follow(steps: readonly Move[], isWhole: boolean): void {
    const state = this.#state;
    const losses = [unabsorbedIn(state)];
    let blockers: number[] | undefined;
    for (const { unit, to } of steps) {
      blockers = this.#blockersOf(unit, to);
      if (blockers) break;
      state.put(unit, to);
      losses.push(unabsorbedIn(state));
    }
    if (blockers) this.units = [...new Set([...this.units, ...blockers])].sort((a, b) => a - b);
    else {
      const wrong = this.#wrongs.all();
      const most = Math.max(losses[0] ?? 0, losses.at(-1) ?? 0) + 1e-9;
      if (wrong.length > 0 || this.#isTooFar(state.movable)) {
        if (isWhole) this.#add([...wrong, ...this.#here(wrong)]);
      } else if (losses.every((loss) => loss <= most)) this.moves = steps;
    }
    for (const { unit } of steps) state.put(unit, state.home[unit] ?? -1);
  }

  /** What is wrong, with the units that are on the host by now. */
  #here(wrongs: readonly Wrong[]): Wrong[] {
    const { at } = this.#state;
    return wrongs
      .filter(({ host }) => host >= 0)
      .map((wrong) => ({ ...wrong, units: Array.from(this.#movable).filter((unit) => at[unit] === wrong.host) }));
  }

  /** Units not looked at that forbid a step; undefined if it is allowed. */
  #blockersOf(unit: number, to: number): number[] | undefined {
    const state = this.#state;
    const inside = new Set(this.units);
    const others = Array.from(state.movable).filter((other) => !inside.has(other));
    if (!state.fits(unit, to)) {
      const r = lackingAt(state, unit, to);
      const held = others.filter((other) => state.at[other] === to && this.#wrongs.amount(other, to, r) > 0);
      held.sort((a, b) => this.#wrongs.amount(b, to, r) - this.#wrongs.amount(a, to, r) || a - b);
      return held.slice(0, 1);
    }
    const blocked = state.blockedBy(unit, to);
    if (blocked < 0) return undefined;
    const index = state.rules.ruleOf[blocked] ?? 0;
    const rule = state.problem.rules[index];
    if (!rule) return [];
    const members = others.filter((other) => rule.members.includes(other));
    if (rule.kind === 'near') return [...members, ...others.filter((other) => rule.of.includes(other))];
    if (rule.kind !== 'apart') return members;
    const placeOf = (host: number) => (host < 0 ? -1 : (rule.placeOf[host] ?? -1));
    return members.filter((other) => placeOf(state.at[other] ?? -1) === placeOf(to)).slice(0, 1);
  }

  #isTooFar(units: Iterable<number>): boolean {
    const { at, home, problem } = this.#state;
    if (problem.mostMoves === undefined) return false;
    let away = 0;
    for (const unit of units) if ((home[unit] ?? -1) >= 0 && at[unit] !== home[unit]) away++;
    return away > problem.mostMoves;
  }

  /** Leaves out units without which it is impossible as well. */
  *#narrow(work: number): Steps<void> {
    const least = this.left - work;
    for (const unit of [...this.units]) {
      const without = this.units.filter((other) => other !== unit);
      if (this.left > least && (yield* this.#reach(without, least)) === 'impossible') this.units = without;
    }
  }

  /** The steps of some units, while all others that can move are taken off, to where nothing of theirs is wrong. */
  *#reach(units: readonly number[], least: number): Steps<readonly Move[] | 'impossible' | 'gave-up'> {
    const state = this.#state;
    const inside = new Set(units);
    for (const unit of state.movable) state.put(unit, inside.has(unit) ? (state.home[unit] ?? -1) : -1);
    // What needs something near it may have it from one that is taken off.
    const loose = new Set<number>();
    for (const [index, rule] of state.problem.rules.entries()) {
      if (rule.kind !== 'near' || rule.of.every((unit) => inside.has(unit) || !this.#movable.has(unit))) continue;
      loose.add(index);
      state.mayBreak[index] = Number.POSITIVE_INFINITY;
    }
    const found = yield* this.#explore(units, least, (wrong) => {
      const [unit] = wrong.units;
      return wrong.kind === 'unit' ? unit === undefined || inside.has(unit) : !loose.has(wrong.rule);
    });
    state.mayBreak.set(this.#mayBreak);
    for (const unit of state.movable) state.put(unit, state.home[unit] ?? -1);
    return found;
  }

  *#explore(
    units: readonly number[],
    least: number,
    counts: (wrong: Wrong) => boolean,
  ): Steps<readonly Move[] | 'impossible' | 'gave-up'> {
    const state = this.#state;
    const wrongNow = () => {
      this.#spend(1 + (state.load.length >> 4));
      return this.#wrongs.all().filter(counts).length + (this.#isTooFar(units) ? 1 : 0);
    };
    const hostsNow = () => Int32Array.from(units, (unit) => state.at[unit] ?? -1);
    const seen = new Set<string>();
    const groups = this.#groupsOf(units);
    // Nodes by what they still cost, as far as that can be told.
    const open: Node[][] = [];
    const add = (node: Node, wrong: number) => {
      const rank = node.depth + wrong * WEIGHT_OF_WRONG;
      while (open.length <= rank) open.push([]);
      open[rank]?.push(node);
    };
    const first: Node = { hosts: hostsNow(), parent: undefined, unit: -1, depth: 0 };
    seen.add(keyOf(first.hosts, groups));
    const wrongAtFirst = wrongNow();
    if (wrongAtFirst === 0) return [];
    add(first, wrongAtFirst);
    for (let rank = 0; rank < open.length; rank++) {
      const node = open[rank]?.pop();
      if (!node) continue;
      for (const [index, unit] of units.entries()) state.put(unit, node.hosts[index] ?? -1);
      if (this.#sinceStep >= WORK_OF_STEP) {
        this.#sinceStep = 0;
        yield;
        this.#course.report(1 - this.left / this.#work);
        if (this.#course.isStopped()) return 'gave-up';
      }
      for (const unit of units) {
        const from = state.at[unit] ?? -1;
        for (const to of this.#targets.get(unit) ?? []) {
          this.#spend(1);
          if (to === from || !state.fits(unit, to) || !state.keepsRules(unit, to)) continue;
          state.put(unit, to);
          const hosts = hostsNow();
          const key = keyOf(hosts, groups);
          if (!seen.has(key)) {
            seen.add(key);
            const next = { hosts, parent: node, unit, depth: node.depth + 1 };
            const wrong = wrongNow();
            if (wrong === 0) return movesTo(next, units);
            add(next, wrong);
          }
          state.put(unit, from);
        }
      }
      if (this.left <= least || seen.size > MOST_STATES) return 'gave-up';
      // What was added may come before this.
      rank = -1;
    }
    return 'impossible';
  }

  #spend(work: number): void {
    this.left -= work;
    this.#sinceStep += work;
  }

  /** Units that are the same in everything, by where they are in the list. */
  #groupsOf(units: readonly number[]): readonly (readonly number[])[] {
    const groups = new Map<string, number[]>();
    for (const [index, unit] of units.entries()) {
      const key = this.#alike[unit] ?? '';
      const known = groups.get(key);
      if (known) known.push(index);
      else groups.set(key, [index]);
    }
    return [...groups.values()];
  }
}

/** The same for states that differ in nothing but which of some units that are alike is where. */
function keyOf(hosts: Int32Array, groups: readonly (readonly number[])[]): string {
  let key = '';
  for (const group of groups) {
    if (group.length === 1) key += String.fromCharCode((hosts[group[0] ?? 0] ?? -1) + 1);
    else {
      const sorted = group.map((index) => (hosts[index] ?? -1) + 1).sort((a, b) => a - b);
      key += String.fromCharCode(...sorted);
    }
  }
  return key;
}

function movesTo(node: Node, units: readonly number[]): readonly Move[] {
  const moves: Move[] = [];
  for (let now: Node | undefined = node; now?.parent; now = now.parent) {
    const index = units.indexOf(now.unit);
    moves.push({ unit: now.unit, from: now.parent.hosts[index] ?? -1, to: now.hosts[index] ?? -1 });
  }
  return moves.reverse();
}

/** The first resource of which a host has too little left for a unit; 0 if of none. */
export function lackingAt(state: State, unit: number, host: number): number {
  const { width, full, limit, demand, unitCount } = state;
  for (let r = 0; r < width; r++) {
    const need = demand[((state.kindOf[host] ?? 0) * unitCount + unit) * width + r] ?? 0;
    if (need > 0 && (full[host * width + r] ?? 0) + need > (limit[host * width + r] ?? 0)) return r;
  }
  return 0;
}

function unabsorbedIn({ problem, load }: State): number {
  return problem.reserves.reduce((sum, reserve) => sum + unabsorbed(problem, reserve, load), 0);
}
