import { type Dimension, UNITS, USUAL_UNITS } from '../../base/units.ts';
import type { Atom } from '../../language/schema/notation.ts';
import type { Token } from '../../language/syntax/parser.ts';
import type { Completion } from './item.ts';

const DIMENSIONS: Readonly<Partial<Record<Atom, Dimension>>> = {
  SIZE: 'size',
  RATE: 'rate',
  FREQ: 'frequency',
  TIME: 'time',
  WATT: 'power',
  PCT: 'share',
};

/** Units that may follow a number, the usual first. Money is in the currency of the design, if it states one. */
export function unitsOf(atom: Atom, currency: string | undefined): readonly string[] {
  const dimension = DIMENSIONS[atom];
  if (dimension) return USUAL_UNITS[dimension];
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
      return ['%/month', '%/year', '%/day', 'TiB/month', 'GiB/month'];
    case 'PER_S':
      return ['/s'];
    case 'LIMIT':
      return ['%'];
    default:
      return [];
  }
}

/** Units behind a number; `number` is the one that the cursor touches, and is written again with its unit. */
export function unitItems(atom: Atom, currency: string | undefined, number: string): Completion[] {
  const units = unitsOf(atom, currency);
  return units.map((unit, rank) => {
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
