import { factorOf, formatNumber } from '../../base/units.ts';
import type { QuantityPart } from '../../language/values/value.ts';

/** Units that a quantity is read in beside the one written: binary and decimal, bits and bytes. */
const OTHER: Readonly<Record<QuantityPart['dimension'], readonly string[]>> = {
  size: ['GiB', 'GB', 'TiB', 'TB'],
  rate: ['Mbps', 'Gbps', 'MB/s'],
  frequency: ['MHz', 'GHz'],
  time: ['s', 'h', 'days', 'months'],
  power: ['W', 'kW'],
  share: [],
};

/** The same quantity in other units, those left out in which nobody would write it; undefined if none is left. */
export function readingsOf({ dimension, value, unit }: QuantityPart): string | undefined {
  const readings = OTHER[dimension].flatMap((name) => {
    const amount = value / factorOf(name);
    return name !== unit && amount >= 0.1 && amount < 100_000
      ? [`${formatNumber(amount, amount < 10 ? 3 : 1)} ${name}`]
      : [];
  });
  return readings.length > 0 ? `= ${readings.join(' = ')}` : undefined;
}
