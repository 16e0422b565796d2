/** The sum of figures of one unit; undefined if any of them is unknown, 0 without any. */
export function sumIfKnown(values: readonly (number | undefined)[]): number | undefined {
  let total = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    total += value;
  }
  return total;
}
