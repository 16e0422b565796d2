import type { Steps } from '../base/steps.ts';
import { carry } from './carry.ts';
import type { LevelAim } from './level-aim.ts';
import type { State } from './state.ts';

const UNITS_OF_STEP = 16;

/**
 * Takes back moves that gain less than they cost: units that can go home go, singly or with another one that does so, as
 * long as any of that is for the better.
 */
export function* trim(state: State, aim: LevelAim): Steps<void> {
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (const unit of away(state)) {
      const home = state.home[unit] ?? -1;
      if (state.at[unit] === home) continue;
      if (!state.fits(unit, home) || !state.keepsRules(unit, home) || aim.moveChange(unit, home) >= 0) continue;
      carry(state, aim, unit, home);
      isBetter = true;
    }
    for (const [index, unit] of away(state).entries()) {
      isBetter = takeOver(state, aim, unit) || isBetter;
      if (index % UNITS_OF_STEP === 0) yield;
    }
  }
}

function away({ movable, at, home }: State): number[] {
  return Array.from(movable).filter(
    (unit) => (home[unit] ?? -1) >= 0 && (at[unit] ?? -1) >= 0 && at[unit] !== home[unit],
  );
}

/** Lets a unit go home while one that came to its home takes its place: one move less, or two. */
function takeOver(state: State, aim: LevelAim, unit: number): boolean {
  const home = state.home[unit] ?? -1;
  const here = state.at[unit] ?? -1;
  if (here === home) return false;
  for (const other of away(state)) {
    if (other === unit || state.at[other] !== home || !state.isAllowed(other, here)) continue;
    if (!state.fitsSwap(unit, other) || aim.swapChange(unit, other) >= 0) continue;
    if (!state.swap(unit, other)) continue;
    aim.moved(unit, here, home);
    aim.moved(other, home, here);
    return true;
  }
  return false;
}
