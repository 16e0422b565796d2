/** Electric power and what it costs. Power in watts, energy in kWh. */

/** Power usage effectiveness where a site states none: 1.58, recalled as an average of surveys. */
export const DEFAULT_PUE = 1.58;

const HOURS_PER_YEAR = 8_760;

export interface PowerSpan {
  readonly idle: number | undefined;
  readonly full: number | undefined;
}

/** Power at a utilisation from 0 to 1: idle + (full - idle) x utilisation. A usual linear model (ours); measured servers lie a little above it. */
export function powerAt(span: PowerSpan, utilisation: number | undefined): number | undefined {
  const { idle, full } = span;
  if (idle === undefined || full === undefined || utilisation === undefined) return undefined;
  return idle + (full - idle) * Math.min(1, Math.max(0, utilisation));
}

/** Energy of a year at the meter: watts x effectiveness x 8.76. `undefined` if any device is unknown. */
export function yearlyEnergy(watts: readonly (number | undefined)[], pue: number | undefined): number | undefined {
  if (pue === undefined) return undefined;
  let sum = 0;
  for (const one of watts) {
    if (one === undefined) return undefined;
    sum += one;
  }
  return (sum * pue * HOURS_PER_YEAR) / 1_000;
}

/** Cost of a year: energy x price of a kWh. */
export function yearlyPowerCost(energy: number | undefined, tariff: number | undefined): number | undefined {
  return energy === undefined || tariff === undefined ? undefined : energy * tariff;
}
