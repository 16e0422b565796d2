/** What stands in a rack beside what it has room, power and ports for. */

/** Usable height of a rack where none is stated: 42 rack units, ours; the usual full-height cabinet. */
export const DEFAULT_RACK_HEIGHT = 42;

export interface KnownSum {
  readonly value: number;
  /** How many of the things state nothing: the true sum is larger by what they take. */
  readonly unknown: number;
}

/** Sum of what is known, with the number of things of which nothing is. Any unit. Undefined if nothing at all is known. */
export function knownSum(amounts: readonly (number | undefined)[]): KnownSum | undefined {
  let value = 0;
  let unknown = 0;
  for (const amount of amounts) {
    if (amount === undefined) unknown++;
    else value += amount;
  }
  return unknown < amounts.length ? { value, unknown } : undefined;
}

/** Share of a limit that a sum takes: sum / limit; undefined if one of them is unknown or the limit is 0. */
export function shareTaken(sum: KnownSum | undefined, limit: number | undefined): number | undefined {
  return sum === undefined || !limit ? undefined : sum.value / limit;
}
