import type { Aim } from './aim.ts';
import type { State } from './state.ts';

/** Moves a unit and tells the aim. */
export function carry(state: State, aim: Aim, unit: number, host: number): void {
  const from = state.at[unit] ?? -1;
  if (from === host) return;
  state.put(unit, host);
  aim.moved(unit, from, host);
}
