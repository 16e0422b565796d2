/**
 * Units of the language. A number with a dimension is kept in its base unit:
 * size in bytes, rate in bit/s, frequency in Hz, time in seconds, power in watts, a share as a fraction (35 % is 0.35).
 * Units are case-sensitive: `Gb` and `GB` are different things, and neither is guessed.
 */
export type Dimension = 'size' | 'rate' | 'frequency' | 'time' | 'power' | 'share';

export interface Unit {
  readonly name: string;
  readonly dimension: Dimension;
  /** Base units in one of this unit. */
  readonly factor: number;
}

/** Mean Gregorian year: 365.2425 days. A month is a twelfth of it. */
export const SECONDS_PER_YEAR = 365.2425 * 86_400;

const unit = (dimension: Dimension, name: string, factor: number): [string, Unit] => [
  name,
  { name, dimension, factor },
];

/** Every unit by the spelling it has in a design. */
export const UNITS: ReadonlyMap<string, Unit> = new Map([
  unit('size', 'B', 1),
  unit('size', 'KiB', 2 ** 10),
  unit('size', 'MiB', 2 ** 20),
  unit('size', 'GiB', 2 ** 30),
  unit('size', 'TiB', 2 ** 40),
  unit('size', 'PiB', 2 ** 50),
  unit('size', 'kB', 1e3),
  unit('size', 'MB', 1e6),
  unit('size', 'GB', 1e9),
  unit('size', 'TB', 1e12),
  unit('size', 'PB', 1e15),
  unit('rate', 'kbps', 1e3),
  unit('rate', 'Mbps', 1e6),
  unit('rate', 'Gbps', 1e9),
  unit('rate', 'Tbps', 1e12),
  unit('rate', 'kB/s', 8e3),
  unit('rate', 'MB/s', 8e6),
  unit('rate', 'GB/s', 8e9),
  unit('rate', 'KiB/s', 8 * 2 ** 10),
  unit('rate', 'MiB/s', 8 * 2 ** 20),
  unit('rate', 'GiB/s', 8 * 2 ** 30),
  unit('frequency', 'Hz', 1),
  unit('frequency', 'kHz', 1e3),
  unit('frequency', 'MHz', 1e6),
  unit('frequency', 'GHz', 1e9),
  unit('time', 'ms', 1e-3),
  unit('time', 's', 1),
  unit('time', 'min', 60),
  unit('time', 'h', 3_600),
  unit('time', 'day', 86_400),
  unit('time', 'days', 86_400),
  unit('time', 'week', 7 * 86_400),
  unit('time', 'weeks', 7 * 86_400),
  unit('time', 'month', SECONDS_PER_YEAR / 12),
  unit('time', 'months', SECONDS_PER_YEAR / 12),
  unit('time', 'year', SECONDS_PER_YEAR),
  unit('time', 'years', SECONDS_PER_YEAR),
  unit('power', 'W', 1),
  unit('power', 'kW', 1e3),
  unit('power', 'MW', 1e6),
  unit('share', '%', 0.01),
]);

/** Spellings offered in messages and completion, the usual first. */
export const USUAL_UNITS: Readonly<Record<Dimension, readonly string[]>> = {
  size: ['GiB', 'TiB', 'MiB', 'KiB', 'GB', 'TB', 'MB', 'kB'],
  rate: ['Gbps', 'Mbps', 'MB/s', 'GB/s', 'kbps'],
  frequency: ['GHz', 'MHz'],
  time: ['ms', 's', 'min', 'h', 'days', 'weeks', 'months', 'years'],
  power: ['W', 'kW'],
  share: ['%'],
};

const NARROW_SPACE = '\u202f';

/** A number for people: at most `digits` decimals, no trailing zeros, narrow spaces between thousands from 10 000 up. */
export function formatNumber(value: number, digits = 1): string {
  const text = Number(value.toFixed(digits)).toString();
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const [whole = '', fraction] = text.split('.');
  const grouped = Math.abs(value) >= 10_000 ? whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE) : whole;
  return fraction ? `${grouped}.${fraction}` : grouped;
}

const SCALES: Readonly<Record<Exclude<Dimension, 'share' | 'time'>, readonly string[]>> = {
  size: ['PiB', 'TiB', 'GiB', 'MiB', 'KiB', 'B'],
  rate: ['Tbps', 'Gbps', 'Mbps', 'kbps'],
  frequency: ['GHz', 'MHz', 'kHz', 'Hz'],
  power: ['MW', 'kW', 'W'],
};

/** A quantity in base units for people, in the largest unit that leaves a number of at least 1: `512 GiB`, `1.5 Gbps`, `75 %`. */
export function formatQuantity(value: number, dimension: Dimension): string {
  if (dimension === 'share') return formatShare(value);
  if (dimension === 'time') return formatDuration(value);
  const names = SCALES[dimension];
  const sign = value < 0 ? '-' : '';
  const size = Math.abs(value);
  const name = names.find((n) => size >= factorOf(n) * 0.9995) ?? names[names.length - 1] ?? '';
  const scaled = size / factorOf(name);
  return `${sign}${formatNumber(scaled, scaled < 10 ? 2 : 1)} ${name}`;
}

/** A fraction as a percentage: 0.755 is `75.5 %`; whole percent from 100 up. */
export function formatShare(fraction: number): string {
  const percent = fraction * 100;
  return `${formatNumber(percent, Math.abs(percent) >= 100 ? 0 : 1)} %`;
}

/** Seconds for people: `250 ms`, `42 s`, `1 h 50 min`, `3.2 days`, `14 months`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'never';
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  if (seconds < 1) return `${formatNumber(seconds * 1e3)} ms`;
  if (seconds < 120) return `${formatNumber(seconds)} s`;
  if (seconds < 7_200) return `${formatNumber(seconds / 60, 0)} min`;
  if (seconds < 172_800) {
    const minutes = Math.round(seconds / 60);
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  if (seconds < 90 * 86_400) return `${formatNumber(seconds / 86_400)} days`;
  return `${formatNumber(seconds / (SECONDS_PER_YEAR / 12), 0)} months`;
}

/** Base units in one of the named unit. @throws RangeError for a name that is no unit: a mistake of the caller, never of a user. */
export function factorOf(name: string): number {
  const known = UNITS.get(name);
  if (!known) throw new RangeError(`no unit is called ${name}`);
  return known.factor;
}
