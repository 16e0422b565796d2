import { type Course, UNWATCHED } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import type { Aim } from './aim.ts';
import { carry } from './carry.ts';
import type { Chance } from './chance.ts';
import { Ejection } from './eject.ts';
import { HeldRoom, type HeldRoomOptions } from './held-room.ts';
import type { State } from './state.ts';

export interface AnnealOptions {
  /** Moves and swaps weighed in all. */
  readonly work: number;
  /** How much worse is often accepted at the beginning, and hardly any more at the end, in units of the cost. */
  readonly hot: number;
  readonly cold: number;
  /** How room that is held by what has left is dealt with; undefined: as a wall. */
  readonly held?: HeldRoomOptions | undefined;
  readonly course?: Course;
  /** Only what runs on these hosts moves, and only between them; undefined: everything moves everywhere. */
  readonly among?: Int32Array | undefined;
}

/** What moves, and where to. */
type Scope = Pick<State, 'movable' | 'open' | 'twinClass' | 'twinStart' | 'twins'>;

/** Tries between two changes of the temperature, and changes between two steps. */
const STRIDE = 2_048;
const STRIDES_OF_STEP = 4;
/** Shares of the tries that put a large unit where others give way, move a unit home, anywhere, swap it with any other, and (the rest) with a twin. */
const EJECTIONS = 0.004;
const HOME = 0.02;
const MOVES = 0.4;
const SWAPS = 0.7;
/** A gain so many times as large as the temperature is of another level: what was gained before it no longer counts. */
const LEAP = 1e9;

/**
 * Simulated annealing over moves and swaps that keep every limit and binding rule: what makes the cost smaller is done,
 * what makes it larger by `d` with chance `exp(-d / temperature)`, while the temperature falls. Kirkpatrick, Gelatt and
 * Vecchi (1983). Swaps matter where hosts are full, and swaps of twins (units of which the same rules hold) where rules
 * are tight: they break none. Leaves the best that it came across.
 */
export function* anneal(state: State, aim: Aim, chance: Chance, options: AnnealOptions): Steps<void> {
  const { at, home } = state;
  const { work, hot, cold, among, course = UNWATCHED } = options;
  const scope: Scope = among ? scopeOf(state, among) : state;
  const { movable, open } = scope;
  if (movable.length === 0 || open.length === 0) return;
  const isOpen = new Uint8Array(state.hostCount);
  for (const host of among ? open : isOpen.keys()) isOpen[host] = 1;
  const held = options.held && HeldRoom.of(state, options.held);
  // What gives way goes anywhere.
  const ejection = among ? undefined : new Ejection(state, aim, chance, held);
  let cost = 0;
  let bestCost = 0;
  const best = at.slice();
  let temperature = hot;
  const cooling = (cold / hot) ** (STRIDE / work);
  for (let done = 0; done < work; done++) {
    if (done % STRIDE === 0) {
      temperature *= cooling;
      if (held?.turn(done / work, aim, chance)) {
        // Until now there may have been more on a host than it holds: that was no answer.
        best.set(at);
        cost = 0;
        bestCost = 0;
      }
      if (done % (STRIDE * STRIDES_OF_STEP) === 0) {
        yield;
        course.report(done / work);
        if (course.isStopped()) break;
      }
    }
    const unit = movable[chance.below(movable.length)] ?? 0;
    const from = at[unit] ?? -1;
    const most = -Math.log(chance.share() + 1e-12) * temperature;
    const kind = chance.share();
    let change = 0;
    if (ejection && kind < EJECTIONS) {
      const large = ejection.large[chance.below(ejection.large.length)] ?? 0;
      const found = ejection.try(large, open[chance.below(open.length)] ?? 0, most);
      if (found === undefined) continue;
      change = found;
    } else if (kind < MOVES || from < 0) {
      const start = home[unit] ?? -1;
      const to = kind < HOME && start >= 0 ? start : (open[chance.below(open.length)] ?? 0);
      if (to === from || !isOpen[to] || !state.isAllowed(unit, to) || !state.fits(unit, to)) continue;
      change = aim.moveChange(unit, to);
      const price = held ? held.moveChange(unit, from, to) : 0;
      if (change + price > most || !state.keepsRules(unit, to)) continue;
      state.put(unit, to);
      aim.moved(unit, from, to);
    } else {
      const other = kind < SWAPS ? (movable[chance.below(movable.length)] ?? 0) : twinOf(scope, chance, unit);
      const to = at[other] ?? -1;
      if (to === from || to < 0 || !state.isAllowed(unit, to) || !state.isAllowed(other, from)) continue;
      if (!state.fitsSwap(unit, other)) continue;
      change = aim.swapChange(unit, other);
      const price = held ? held.swapChange(unit, other) : 0;
      if (change + price > most || !state.swap(unit, other)) continue;
      aim.moved(unit, from, to);
      aim.moved(other, to, from);
    }
    if (change < -LEAP * hot) {
      cost = 0;
      bestCost = 0;
      best.set(at);
      continue;
    }
    cost += change;
    if (cost < bestCost) {
      bestCost = cost;
      best.set(at);
    }
  }
  held?.close(aim, chance);
  if (bestCost < cost) for (const [unit, host] of best.entries()) carry(state, aim, unit, host);
}

/**
 * A typical change of the cost by a move that is possible, by which to choose a temperature, of those that are less than
 * some amount; 0 if there is none.
 */
export function typicalChange(state: State, aim: Aim, chance: Chance, below = Number.POSITIVE_INFINITY): number {
  const { movable, open, at } = state;
  const found: number[] = [];
  for (let tries = 0; tries < 4_000 && found.length < 400; tries++) {
    const unit = movable[chance.below(movable.length)] ?? 0;
    const to = open[chance.below(open.length)] ?? 0;
    if (movable.length === 0 || to === at[unit] || !state.isAllowed(unit, to) || !state.fits(unit, to)) continue;
    const change = Math.abs(aim.moveChange(unit, to));
    if (change > 0 && change < below) found.push(change);
  }
  found.sort((a, b) => a - b);
  return found[found.length >> 1] ?? 0;
}

function twinOf({ twinClass, twinStart, twins }: Scope, chance: Chance, unit: number): number {
  const own = twinClass[unit] ?? 0;
  const start = twinStart[own] ?? 0;
  return twins[start + chance.below((twinStart[own + 1] ?? 0) - start)] ?? unit;
}

/** Units on some hosts, and which of them are twins. */
function scopeOf(state: State, hosts: Int32Array): Scope {
  const isIn = new Uint8Array(state.hostCount);
  for (const host of hosts) isIn[host] = 1;
  const isThere = (unit: number) => isIn[state.at[unit] ?? -1] === 1;
  const twinStart = new Int32Array(state.twinStart.length);
  const twins = new Int32Array(state.twins.length);
  let count = 0;
  for (let own = 0; own + 1 < twinStart.length; own++) {
    twinStart[own] = count;
    for (let k = state.twinStart[own] ?? 0; k < (state.twinStart[own + 1] ?? 0); k++) {
      const unit = state.twins[k] ?? 0;
      if (isThere(unit)) twins[count++] = unit;
    }
  }
  twinStart[twinStart.length - 1] = count;
  const open = state.open.filter((host) => isIn[host] === 1);
  return { movable: twins.slice(0, count), open, twinClass: state.twinClass, twinStart, twins };
}
