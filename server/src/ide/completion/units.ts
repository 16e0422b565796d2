import { type Dimension, UNITS, USUAL_UNITS } from '../../base/units.ts';
import type { Atom } from '../../language/schema/notation.ts';
import type { Token } from '../../language/syntax/parser.ts';
import { likelyUnit } from '../../language/values/meant-units.ts';
import type { Completion } from './item.ts';

const DIMENSIONS: Readonly<Partial<Record<Atom, Dimension>>> = {
  SIZE: 'size',
  RATE: 'rate',
  FREQ: 'frequency',
  TIME: 'time',
  WATT: 'power',
  PCT: 'share',
};

/** What a unit is asked for: the shape of the value, the word that it belongs to, the currency of the design if it states one. */
export interface UnitSite {
  readonly atom: Atom;
  readonly word: string;
  readonly currency: string | undefined;
}

/** Units that come first behind some words. */
const LIKELIEST: Readonly<Record<string, readonly string[]>> = {
  horizon: ['months', 'years'],
  retain: ['days', 'weeks', 'months', 'years'],
  within: ['min', 'h'],
  rpo: ['min', 'h'],
  timeout: ['s', 'min'],
};

/** Amounts per time, by what grows; anything grows by a share. */
const GROWING: Readonly<Record<string, readonly string[]>> = {
  vms: ['/month', '/year'],
  sessions: ['/month', '/year'],
  memory: ['GiB/month', 'TiB/month'],
  disk: ['TiB/month', 'GiB/month'],
  net: ['Mbps/month', 'Gbps/month'],
};

/** Units that may follow a number, the usual first. */
function unitsOf({ atom, word, currency }: UnitSite): readonly string[] {
  const dimension = DIMENSIONS[atom];
  const first = LIKELIEST[word] ?? (dimension ? [likelyUnit(word, [dimension], 0)] : []);
  if (dimension) return [...first, ...USUAL_UNITS[dimension].filter((unit) => !first.includes(unit))];
  const currencies = currency ? [currency] : ['USD', 'EUR'];
  const each = (suffixes: readonly string[]) => currencies.flatMap((code) => suffixes.map((suffix) => code + suffix));
  switch (atom) {
    case 'MONEY':
      return each(['']);
    case 'COST':
      return each(['', '/year', '/month']);
    case 'FEE':
      return each(['/core/year', '/core', '/socket', '/host', '/vm', '', '/year']);
    case 'TARIFF':
      return each(['/kWh']);
    case 'GROWTH':
      return growthUnits(word);
    case 'PER_S':
      return ['/s'];
    case 'LIMIT':
      return ['%'];
    default:
      return [];
  }
}

function growthUnits(word: string): readonly string[] {
  if (word === 'discount') return ['%/year'];
  if (word === 'change') return ['%/day', 'GiB/day', '%/week'];
  return ['%/month', '%/year', ...(GROWING[word] ?? [])];
}

/** Units behind a number; `number` is the one that the cursor touches, and is written again with its unit. */
export function unitItems(site: UnitSite, number: string): Completion[] {
  // A fraction has not begun yet.
  if (number.endsWith('.')) return [];
  // `3/month` is one word.
  const fits = (unit: string) => site.atom !== 'GROWTH' || number !== '' || !unit.startsWith('/');
  return unitsOf(site)
    .filter(fits)
    .map((unit, rank) => {
      const text = number === '' ? unit : `${number}${unit.startsWith('/') ? '' : ' '}${unit}`;
      return { label: text, kind: 'unit', insert: text, filter: number + unit, rank };
    });
}

/** Whether a unit keeps a span from running downward: `4 GiB .. 16` takes no MiB. */
export function fitsSpan(before: readonly Token[], unit: string): boolean {
  const [low, lowUnit, dots, high] = before.slice(-4);
  if (dots?.kind !== '..' || !low || !lowUnit || !high) return true;
  const [from, to] = [UNITS.get(lowUnit.text), UNITS.get(unit)];
  return !from || !to || Number(high.text) * to.factor >= Number(low.text) * from.factor;
}
