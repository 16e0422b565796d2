import { finish, type Steps } from '../base/steps.ts';
import { add, amountIn, type Bins, binsOf, type Leaver } from './bins.ts';
import { type Goal, type PlanModel, type PlanMove, TOLERANCE } from './model.ts';
import { orderMoves } from './steps.ts';

export interface SearchOptions {
  /** Moves that are not to be made, as `unit host`. */
  readonly forbidden?: ReadonlySet<string>;
  /** How many moves may be weighed in all. */
  readonly work?: number;
}

export type SearchResult =
  /** In an order in which every step keeps every limit. */
  | { readonly outcome: 'found'; readonly moves: readonly PlanMove[] }
  /** Every way was tried. */
  | { readonly outcome: 'impossible' }
  /** There may be a way, but not within the work allowed. */
  | { readonly outcome: 'gave-up' };

const WORK = 1_000_000;
/** Share of the work that one number of moves may use. */
const WORK_OF_ONE_DEPTH = 0.35;
/** Work to look for cheaper moves once there is a plan. */
const WORK_TO_IMPROVE = 120_000;
/** Work between two steps: a few milliseconds. */
const WORK_OF_ONE_STEP = 5_000;
/** Hosts weighed for one unit, beyond this many only the emptiest. */
const MOST_TARGETS = 10;

interface State {
  readonly model: PlanModel;
  readonly bins: Bins;
  readonly load: Float64Array;
  readonly isMoved: boolean[];
  /** Hosts that each unit may move to. */
  readonly targets: readonly (readonly number[])[];
  readonly path: PlanMove[];
  /** Those that can leave each bin, in the order of `Bins.leavers`. */
  readonly leavers: readonly (readonly Leaver[])[];
  /** Rank of the unit taken last out of a bin; those before it are not taken any more. */
  readonly lastOut: Map<number, number>;
  best: { readonly moves: readonly PlanMove[]; readonly memory: number } | undefined;
  memory: number;
  work: number;
  /** What was left of the work when the last step ended. */
  workAtStep: number;
  /** Some ways were left out. */
  isCut: boolean;
}

interface Option {
  readonly unit: number;
  readonly to: number;
  readonly excess: number;
  readonly rank: number;
  readonly fullness: number;
}

/**
 * The fewest moves that reach a goal, and of those that copy least memory. Moves are sought in rising number: something
 * moves out of what is too full, to where there is room, or to where something else then has to give way: a swap, a
 * chain. That misses nothing, since what is too full stays so unless something leaves it. The same model gives the same
 * moves.
 */
export function search(model: PlanModel, goal: Goal, options: SearchOptions = {}): SearchResult {
  return finish(searchInSteps(model, goal, options));
}

/** The same, in steps. */
export function* searchInSteps(model: PlanModel, goal: Goal, options: SearchOptions = {}): Steps<SearchResult> {
  const bins = binsOf(model, goal);
  const forbidden = options.forbidden ?? new Set<string>();
  const total = options.work ?? WORK;
  const targets = model.units.map((unit, index) =>
    model.hosts.flatMap((host, to) =>
      to === unit.host || host.closed !== undefined || forbidden.has(`${index} ${to}`) || unit.bar(to) !== undefined
        ? []
        : [to],
    ),
  );
  const state: State = {
    model,
    bins,
    load: bins.load.slice(),
    isMoved: model.units.map(() => false),
    targets,
    leavers: bins.leavers.map((list) => list.filter(({ unit }) => (targets[unit]?.length ?? 0) > 0)),
    path: [],
    lastOut: new Map(),
    best: undefined,
    memory: 0,
    work: 0,
    workAtStep: 0,
    isCut: false,
  };
  let spent = 0;
  if (shortOf(model, bins).length > 0) return { outcome: 'impossible' };
  const least = fewestMoves(state, tooFull(state));
  if (least === 0) return { outcome: 'found', moves: [] };
  let isCut = false;
  for (let depth = least; depth <= model.units.length; depth++) {
    const before = Math.min(total * WORK_OF_ONE_DEPTH, total - spent);
    state.work = before;
    state.workAtStep = before;
    state.isCut = false;
    yield* dive(state, depth);
    spent += before - state.work;
    if (state.best) return { outcome: 'found', moves: state.best.moves };
    isCut ||= state.isCut;
    if (spent >= total) return { outcome: 'gave-up' };
  }
  return { outcome: isCut ? 'gave-up' : 'impossible' };
}

/** By how much all hosts that take VMs have less room than the goal needs, where that is sure: nothing then helps. */
export function shortOf(model: PlanModel, bins: Bins): readonly { readonly bin: number; readonly amount: number }[] {
  return bins.goal.flatMap((bin) => {
    const source = bins.hostOf[bin] ?? -1;
    const gauge = model.hosts[source]?.gauges[bins.partOf[bin] ?? -1];
    if (!gauge) return [];
    let amount = (bins.load[bin] ?? 0) - (bins.limit[bin] ?? 0);
    for (const [host, { gauges, closed }] of model.hosts.entries()) {
      if (host === source || closed !== undefined) continue;
      const same = gauges.find(({ key }) => key === gauge.key);
      // A unit that takes less elsewhere, or a host that was not reckoned with, proves nothing.
      if (!same || model.units.some((_, unit) => same.demand(unit) < gauge.demand(unit) * (1 - TOLERANCE))) return [];
      amount -= room(bins, host, same.key, model);
    }
    return amount > 0 ? [{ bin, amount }] : [];
  });
}

function room(bins: Bins, host: number, key: string, model: PlanModel): number {
  const part = model.hosts[host]?.gauges.findIndex((gauge) => gauge.key === key);
  const bin = bins.hostOf.findIndex((own, index) => own === host && bins.partOf[index] === part);
  return (bins.limit[bin] ?? 0) - (bins.load[bin] ?? 0);
}

/** Tries every way to come to an end in so many moves. */
function* dive(state: State, remaining: number): Steps<void> {
  const full = tooFull(state);
  if (full.length === 0) {
    record(state);
    return;
  }
  if (remaining === 0 || fewestMoves(state, full) > remaining) return;
  const goal = state.bins.goal.find((bin) => full.includes(bin));
  const bin = goal ?? full[0] ?? 0;
  for (const { unit, to, rank } of optionsFor(state, bin, remaining)) {
    if (state.workAtStep - state.work >= WORK_OF_ONE_STEP) {
      state.workAtStep = state.work;
      yield;
    }
    if (state.work <= 0) {
      state.isCut = true;
      return;
    }
    const from = state.model.units[unit]?.host ?? 0;
    const memory = state.model.units[unit]?.memory ?? 0;
    if (state.best && state.memory + memory >= state.best.memory) continue;
    const last = state.lastOut.get(bin);
    carry(state, unit, from, to);
    state.isMoved[unit] = true;
    state.path.push({ unit, from, to });
    state.memory += memory;
    state.lastOut.set(bin, rank);
    yield* dive(state, remaining - 1);
    if (last === undefined) state.lastOut.delete(bin);
    else state.lastOut.set(bin, last);
    state.memory -= memory;
    state.path.pop();
    state.isMoved[unit] = false;
    carry(state, unit, to, from);
  }
}

function record(state: State): void {
  const moves = orderMoves(state.bins, state.path);
  if (!moves) return;
  if (!state.best) state.work = Math.min(state.work, WORK_TO_IMPROVE);
  state.best = { moves, memory: state.memory };
}

function carry(state: State, unit: number, from: number, to: number): void {
  add(state.load, state.bins.entries(unit, from), -1);
  add(state.load, state.bins.entries(unit, to), 1);
}

function tooFull({ load, bins: { limit } }: State): number[] {
  const found: number[] = [];
  for (let bin = 0; bin < load.length; bin++) if ((load[bin] ?? 0) > (limit[bin] ?? 0)) found.push(bin);
  return found;
}

/** Moves that are needed at the very least: from each host as many of its largest as bring its fullest gauge down. */
function fewestMoves(state: State, full: readonly number[]): number {
  const byHost = new Map<number, number>();
  for (const bin of full) {
    const host = state.bins.hostOf[bin] ?? -1;
    let excess = (state.load[bin] ?? 0) - (state.bins.limit[bin] ?? 0);
    let count = 0;
    for (const { unit, amount } of state.leavers[bin] ?? []) {
      if (excess <= 0) break;
      state.work--;
      if (state.isMoved[unit]) continue;
      excess -= amount;
      count++;
    }
    if (excess > 0) return Number.POSITIVE_INFINITY;
    // Places of spreads share units with hosts, so they add nothing that is sure.
    byHost.set(host, Math.max(byHost.get(host) ?? 0, count));
  }
  const ofSpreads = byHost.get(-1) ?? 0;
  byHost.delete(-1);
  return Math.max(
    ofSpreads,
    [...byHost.values()].reduce((sum, count) => sum + count, 0),
  );
}

/** Moves out of a bin, those first that fill nothing too much, and of them the largest to the emptiest host. */
function optionsFor(state: State, bin: number, remaining: number): Option[] {
  const { bins, load, model } = state;
  const options: Option[] = [];
  const units = state.leavers[bin] ?? [];
  for (let rank = (state.lastOut.get(bin) ?? -1) + 1; rank < units.length; rank++) {
    const { unit, amount } = units[rank] ?? { unit: 0, amount: 0 };
    if (state.isMoved[unit]) continue;
    if (remaining === 1 && (load[bin] ?? 0) - amount > (bins.limit[bin] ?? 0)) break;
    const home = model.units[unit]?.host ?? 0;
    add(load, bins.entries(unit, home), -1);
    const own: Option[] = [];
    for (const to of state.targets[unit] ?? []) {
      state.work--;
      const entries = bins.entries(unit, to);
      if (amountIn(entries, bin) > 0) continue;
      const { excess, fullness } = weigh(state, entries);
      if (excess === 0 || remaining > 1) own.push({ unit, to, excess, rank, fullness });
    }
    add(load, bins.entries(unit, home), 1);
    own.sort((a, b) => a.excess - b.excess || a.fullness - b.fullness || a.to - b.to);
    if (own.length > MOST_TARGETS) state.isCut = true;
    options.push(...own.slice(0, MOST_TARGETS));
  }
  return options.sort(
    (a, b) =>
      Math.min(a.excess, 1) - Math.min(b.excess, 1) ||
      a.rank - b.rank ||
      a.excess - b.excess ||
      a.fullness - b.fullness ||
      a.to - b.to,
  );
}

/** How many bins would be too full with these amounts in them, and how full the fullest of them. */
function weigh({ load, bins: { limit } }: State, entries: readonly number[]) {
  let excess = 0;
  let fullness = 0;
  for (let at = 0; at < entries.length; at += 2) {
    const bin = entries[at] ?? 0;
    const after = (load[bin] ?? 0) + (entries[at + 1] ?? 0);
    const most = limit[bin] ?? 0;
    if (after > most) excess++;
    fullness = Math.max(fullness, most > 0 ? after / most : 1);
  }
  return { excess, fullness };
}
