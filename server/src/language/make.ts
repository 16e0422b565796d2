/**
 * Text that does not exist yet, as plain data: what fixes and importers write. Tokens mirror the grammar (words, texts,
 * punctuation); the printer in `make/print.ts` is the only place where they become characters, and it quotes whatever
 * would not be read back as the one word it is meant to be. So no value from outside can turn into a statement.
 */
import { type Dimension, factorOf, UNITS, USUAL_UNITS } from '../base/units.ts';
import { isBareName } from './make/bare-name.ts';
import { compressNames } from './make/ranges.ts';

/** A word as it stands, a name that is quoted where it must be, a quoted text, or punctuation. */
export type NewToken =
  | { readonly kind: 'word'; readonly text: string }
  | NewName
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'punctuation'; readonly text: ',' | ':' | '..' };

export interface NewName {
  readonly kind: 'name';
  readonly text: string;
  /** The container in `name@container`. */
  readonly scope?: string;
  /** It stands where the subject may be left out, so a digit at its beginning would begin a number. */
  readonly optional?: boolean;
}

/** One or more tokens of a statement. */
export type NewArg = NewToken | readonly NewArg[];

export interface NewStatement {
  readonly word: string;
  readonly args?: readonly NewArg[];
  /** Statements in braces; an empty body prints no braces. */
  readonly body?: readonly NewItem[];
  /** Whether the body stands on one line; `fits` (the default) if that line is no longer than 120 columns. */
  readonly inline?: boolean | 'fits';
  /** Comment lines directly above, without `//`: the hover text of a declaration. */
  readonly comment?: readonly string[];
  /** An empty line before it. */
  readonly gap?: boolean;
}

/** Comment lines that belong to no statement; an empty line follows. */
export interface NewComment {
  readonly comment: readonly string[];
  readonly gap?: boolean;
}

export type NewItem = NewStatement | NewComment;

export type StatementOptions = Omit<NewStatement, 'word' | 'args'>;

export function statement(head: string, args: readonly NewArg[] = [], options: StatementOptions = {}): NewStatement {
  return { word: head, args, ...options };
}

/** A clause word or a bare value of the language, such as `on` or `vmxnet3`. */
export function word(text: string): NewToken {
  return { kind: 'word', text };
}

/** A text in quotation marks. Line ends and control characters, which no text can hold, become blanks. */
export function text(value: string): NewToken {
  return { kind: 'text', text: value };
}

/**
 * One name as a declaration or reference writes it: bare if it may be, otherwise in quotation marks, also where it
 * equals a reserved word or a clause word of its statement. `scope` adds `@container`.
 */
export function name(value: string, scope?: string): NewName {
  return scope === undefined ? { kind: 'name', text: value } : { kind: 'name', text: value, scope };
}

/** A name where the subject may be left out, as in `nic` and `disk`. */
export function optionalName(value: string): NewName {
  return { kind: 'name', text: value, optional: true };
}

/** A list of names in the given order, without repetitions; three or more in a row become a range: `esx-[01..04,07]`. */
export function names(values: Iterable<string>): NewArg {
  return list(nameArgs(values));
}

/** The items of `names`, for lists that are broken over several statements. */
export function nameArgs(values: Iterable<string>): readonly NewToken[] {
  return compressNames([...new Set(values)], isBareName).map((item) =>
    item.isRange ? word(item.text) : name(item.text),
  );
}

/** Items with commas between them. */
export function list(items: readonly NewArg[]): NewArg {
  return items.flatMap((item, index) => (index === 0 ? [item] : [{ kind: 'punctuation', text: ',' } as const, item]));
}

/** `: x, y`, the classes of a block. */
export function classes(values: readonly string[]): NewArg {
  return values.length === 0 ? [] : [{ kind: 'punctuation', text: ':' }, names(values)];
}

/** `from .. to` */
export function span(from: NewArg, to: NewArg): NewArg {
  return [from, { kind: 'punctuation', text: '..' }, to];
}

/** `count x value` */
export function times(count: number, value: NewArg): NewArg {
  return [number(count), word('x'), value];
}

/** A bare number, `_` between thousands from 10 000 up. @throws RangeError if it is not finite. */
export function number(value: number, decimals = 3): NewToken {
  return word(formatDecimal(value, decimals));
}

/** A day of the calendar. @throws RangeError if `isoDay` is not written `2026-11-22`. */
export function date(isoDay: string): NewToken {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(isoDay)) throw new RangeError(`${isoDay} is not written year-month-day`);
  return word(isoDay);
}

export interface QuantityOptions {
  /** Most decimals of an exact figure: 2 for a size, 3 for all else. */
  readonly decimals?: number;
  /**
   * What the figure was counted in, in base units (2 ** 20 for a source that counts MiB). A value that is not exact in
   * few decimals is then written with the fewest that round back to the same number of steps: `511.966 GiB`.
   */
  readonly step?: number;
}

const LADDERS: Readonly<Record<Dimension, readonly string[]>> = {
  size: ['PiB', 'TiB', 'GiB', 'MiB', 'KiB', 'B'],
  rate: ['Tbps', 'Gbps', 'Mbps', 'kbps'],
  frequency: ['GHz', 'MHz', 'kHz', 'Hz'],
  time: ['years', 'months', 'days', 'h', 'min', 's', 'ms'],
  power: ['MW', 'kW', 'W'],
  share: ['%'],
};

const SINGULAR: Readonly<Record<string, string>> = { years: 'year', months: 'month', days: 'day' };

/** Steps in a unit up to which a stepped figure is still written in it: 1024 MiB are a GiB, a million are a TiB. */
const MOST_STEPS_PER_UNIT = 10_000;

/**
 * A quantity given in base units, in the largest unit that states it exactly in few decimals: `64 GiB`, `65_000 MiB`,
 * `2.7 GHz`, `35 %`. A value that no unit states so is rounded. @throws RangeError if it is not finite.
 */
export function quantity(value: number, dimension: Dimension, options: QuantityOptions = {}): NewArg {
  const most = options.decimals ?? (dimension === 'size' ? 2 : 3);
  const usual = USUAL_UNITS[dimension][0] ?? '';
  if (value === 0) return amount(0, usual, 0);
  const ladder = LADDERS[dimension];
  const reached = ladder.filter((unit) => Math.abs(value) >= factorOf(unit) * (1 - 1e-12));
  const { step } = options;
  for (const unit of reached) {
    if (step !== undefined && factorOf(unit) <= step) break;
    const decimals = decimalsOf(value / factorOf(unit), most);
    if (decimals !== undefined) return amount(value / factorOf(unit), unit, decimals);
  }
  if (step !== undefined) {
    const unit = reached.find((candidate) => factorOf(candidate) / step <= MOST_STEPS_PER_UNIT);
    const decimals = unit === undefined ? undefined : roundTripDecimals(value, factorOf(unit), step);
    if (unit !== undefined && decimals !== undefined) return amount(value / factorOf(unit), unit, decimals);
  }
  const unit = reached[0] ?? ladder[ladder.length - 1] ?? usual;
  return amount(value / factorOf(unit), unit, most);
}

/** A number and its unit or currency as they stand: `18_500 USD`, `10 Gbps`. @throws RangeError if it is not finite. */
export function amount(value: number, unit: string, decimals = 3): NewArg {
  const digits = formatDecimal(value, decimals);
  const singular = digits === '1' && UNITS.has(unit) ? SINGULAR[unit] : undefined;
  return [word(digits), word(singular ?? unit)];
}

/** Fewest decimals, up to `most`, that state the value exactly. */
function decimalsOf(value: number, most: number): number | undefined {
  for (let decimals = 0; decimals <= most; decimals++) {
    if (Math.abs(Number(value.toFixed(decimals)) - value) <= Math.abs(value) * 1e-12) return decimals;
  }
  return undefined;
}

function roundTripDecimals(value: number, factor: number, step: number): number | undefined {
  for (let decimals = 0; decimals <= 6; decimals++) {
    const written = Number((value / factor).toFixed(decimals)) * factor;
    if (Math.round(written / step) === Math.round(value / step)) return decimals;
  }
  return undefined;
}

function formatDecimal(value: number, decimals: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21)
    throw new RangeError(`${value} cannot be written in a design`);
  const [whole = '0', fraction = ''] = value.toFixed(decimals).split('.');
  const kept = fraction.replace(/0+$/, '');
  const grouped = Math.abs(value) >= 10_000 ? whole.replace(/\B(?=(\d{3})+$)/g, '_') : whole;
  const digits = kept === '' ? grouped : `${grouped}.${kept}`;
  return digits === '-0' ? '0' : digits;
}
