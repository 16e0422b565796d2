import type { Span } from '../../base/span.ts';
import { type Dimension, UNITS, type Unit } from '../../base/units.ts';
import { type Cursor, replaceFix } from './cursor.ts';
import { likelyPeriod, likelyUnit, looksLikeUnit, meantUnits } from './meant-units.ts';
import type { GrowthPart, LimitPart, MoneyPart, NumberPart, Part, QuantityPart } from './value.ts';

/** A number as written, with whatever touches it or follows it as a unit. */
interface Written extends Span {
  readonly value: number;
  readonly digits: string;
  readonly unit: string;
  /** Where the digits end. */
  readonly digitsTo: number;
  readonly unitFrom: number;
}

const NUMBER = /^([+-]?\d(?:[\d_]*\d)?(?:\.\d+)?)(.*)$/;

const [PLUS, MINUS, ZERO, NINE] = [0x2b, 0x2d, 0x30, 0x39];

/** Whether a number stands there, with or without a sign. */
export function startsWithDigit(text: string): boolean {
  const first = text.charCodeAt(0);
  const digit = first === PLUS || first === MINUS ? text.charCodeAt(1) : first;
  return digit >= ZERO && digit <= NINE;
}

/** Reads digits and, unless told not to, the unit that touches or follows them. */
function readWritten(cursor: Cursor, takesUnit: (word: string) => boolean): Written | undefined {
  const token = cursor.peek();
  const match = token?.kind === 'word' ? NUMBER.exec(token.text) : null;
  if (!token || !match) return undefined;
  cursor.take();
  let digits = match[1] ?? '';
  const touching = match[2] ?? '';
  let value = Number(digits.includes('_') ? digits.replaceAll('_', '') : digits);
  const { from } = token;
  let digitsTo = token.from + digits.length;
  let to = token.to;
  const comma = cursor.peek();
  const after = cursor.peek(1);
  if (
    touching === '' &&
    comma?.kind === ',' &&
    comma.from === token.to &&
    after?.from === comma.to &&
    /^\d+/.test(after.text)
  ) {
    const rest = /^\d+/.exec(after.text)?.[0] ?? '';
    const thousands = rest.length === 3 && /^\d+$/.test(digits);
    const better = thousands ? `${digits}_${rest}` : `${digits}.${rest}`;
    digits = better;
    value = Number(better.replaceAll('_', ''));
    digitsTo = after.from + rest.length;
    to = after.to;
    cursor.take();
    cursor.take();
    const why = thousands ? 'digits are grouped by _' : 'decimals follow a point';
    const span = { from: token.from, to: digitsTo };
    cursor.report(span, 'value-malformed', `${why}: ${better}`, [replaceFix(span, better)]);
    const unit = after.text.slice(rest.length);
    if (unit !== '') return { value, digits, unit, from, to, digitsTo, unitFrom: digitsTo };
  }
  if (touching !== '') return { value, digits, unit: touching, from, to, digitsTo, unitFrom: digitsTo };
  const next = cursor.peek();
  if (next?.kind === 'word' && takesUnit(next.text) && !cursor.isClause(next.text)) {
    cursor.take();
    return { value, digits, unit: next.text, from, to: next.to, digitsTo, unitFrom: next.from };
  }
  return { value, digits, unit: '', from, to, digitsTo, unitFrom: digitsTo };
}

const nothing = () => false;

/** Divides where the unit is a fraction of the base unit, so that 35 % is 0.35 and not the nearest product. */
function inBaseUnits(value: number, unit: Unit | undefined): number {
  if (!unit) return value;
  return unit.factor < 1 ? value / Math.round(1 / unit.factor) : value * unit.factor;
}

/** A bare number: `vcpu 4`, `sessions 12_000`, `pue 1.4`. */
export function readNumber(cursor: Cursor, decimals: boolean): NumberPart | undefined {
  const written = readWritten(cursor, nothing);
  const example = decimals ? 'a number such as 1.4' : 'a whole number such as 4';
  if (!written) return missing(cursor, `${cursor.word} takes ${example}`);
  if (written.unit === '.') {
    cursor.report(written, 'value-malformed', `${cursor.word} takes ${example}`);
    return undefined;
  }
  if (written.unit !== '') {
    const fix = replaceFix({ from: written.digitsTo, to: written.to }, '', `Remove ${written.unit}`);
    cursor.report(written, 'unit-wrong', `${cursor.word} is a bare number and takes no unit`, [fix]);
  } else if (written.value < 0 || (!decimals && !Number.isInteger(written.value))) {
    cursor.report(written, 'value-malformed', `${cursor.word} takes ${example}`);
    return undefined;
  }
  return { type: 'number', value: written.value, from: written.from, to: written.to };
}

/** The number of a VLAN: 0 for untagged frames, 1 to 4094, 4095 for all. */
export function readVlan(cursor: Cursor): NumberPart | undefined {
  const number = readNumber(cursor, false);
  if (!number || number.value <= 4095) return number;
  cursor.report(number, 'value-malformed', `there is no VLAN ${number.value}: 1 to 4094, 0 for untagged, 4095 for all`);
  return undefined;
}

const DIMENSION_TEXT: Readonly<Record<Dimension, string>> = {
  size: 'a size: KiB MiB GiB TiB (1024), kB MB GB TB (1000)',
  rate: 'a data rate such as 10 Gbps (bit/s) or 1.2 GB/s (byte/s)',
  frequency: 'a clock rate: GHz or MHz',
  time: 'a unit of time: ms s min h days weeks months years',
  power: 'watts: W or kW',
  share: 'a percentage such as 35 %',
};

const DIMENSION_NAME: Readonly<Record<Dimension, string>> = {
  size: 'a size',
  rate: 'a data rate',
  frequency: 'a clock rate',
  time: 'a time',
  power: 'a power',
  share: 'a share',
};

/** A number with a unit of one of the dimensions. `optionalUnit` takes a bare number as it is, for the low end of a span. */
export function readQuantity(
  cursor: Cursor,
  dimensions: readonly Dimension[],
  optionalUnit = false,
): QuantityPart | undefined {
  const written = readWritten(cursor, looksLikeUnit);
  const [wanted = 'size'] = dimensions;
  const takes = () => dimensions.map((dimension) => DIMENSION_TEXT[dimension]).join(', or ');
  if (!written) return missing(cursor, `${cursor.word} takes ${takes()}`);
  const { from, to, value } = written;
  // Behind the point of `3.` its decimals are still to come.
  if (written.unit === '' || written.unit === '.') {
    if (optionalUnit) return { type: 'quantity', dimension: wanted, value, unit: '', from, to };
    const { digits } = written;
    const usual = likelyUnit(cursor.word, dimensions, value);
    const fix = replaceFix({ from: written.digitsTo, to: written.to }, ` ${usual}`, `Write ${digits} ${usual}`);
    const message = `${cursor.word} needs ${takes().replace('a size:', 'a unit:')}. Did you mean ${digits} ${usual}?`;
    cursor.report(written, 'unit-missing', message, [fix]);
    return undefined;
  }
  const unit = UNITS.get(written.unit);
  const unitSpan = { from: written.unitFrom, to: written.to };
  if (!unit) {
    const near = meantUnits(written.unit, dimensions, cursor.word);
    const fixes = near.map((name) => replaceFix(unitSpan, name));
    const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : `; ${cursor.word} takes ${takes()}`;
    cursor.report(unitSpan, 'unit-wrong', `no unit is called ${written.unit}${hint}`, fixes);
    return undefined;
  }
  if (!dimensions.includes(unit.dimension)) {
    cursor.report(
      unitSpan,
      'unit-wrong',
      `${unit.name} is ${DIMENSION_NAME[unit.dimension]}; ${cursor.word} takes ${takes()}`,
    );
    return undefined;
  }
  return { type: 'quantity', dimension: unit.dimension, value: inBaseUnits(value, unit), unit: unit.name, from, to };
}

/** An amount per time: `2 %/month`, `2.4 TiB/month`, `3/month`. */
export function readGrowth(cursor: Cursor): GrowthPart | undefined {
  const written = readWritten(cursor, looksLikeUnit);
  const help = `${cursor.word} takes an amount per time, for example 2 %/month`;
  if (!written) return missing(cursor, help);
  const [amountUnit = '', time = ''] = splitAtLast(written.unit, '/');
  const per = UNITS.get(time);
  const of = amountUnit === '' ? undefined : UNITS.get(amountUnit);
  const { from, to } = written;
  if (per?.dimension !== 'time' || (amountUnit !== '' && !of)) {
    const word = takePer(cursor);
    const period = word ?? `/${likelyPeriod(cursor.word)}`;
    const isComplete = UNITS.has(written.unit) || written.unit === '';
    const fix = replaceFix(
      { from: to, to: cursor.here().to },
      period,
      `Write ${written.digits} ${written.unit}${period}`,
    );
    cursor.report({ from, to: cursor.here().to }, 'unit-wrong', help, isComplete ? [fix] : undefined);
    return undefined;
  }
  return {
    type: 'growth',
    dimension: of?.dimension,
    amount: inBaseUnits(written.value, of),
    seconds: per.factor,
    from,
    to,
  };
}

/** `per year` and `a month` behind an amount, which the language writes `/year`. */
function takePer(cursor: Cursor): string | undefined {
  const per = cursor.peek();
  const time = cursor.peek(1);
  if (per?.kind !== 'word' || per.text !== 'per' || time?.kind !== 'word') return undefined;
  cursor.take();
  cursor.take();
  return `/${time.text}`;
}

export function readPerSecond(cursor: Cursor): Part | undefined {
  const written = readWritten(cursor, (word) => word === '/s');
  const help = `${cursor.word} takes a number per second such as 900/s`;
  if (!written) return missing(cursor, help);
  if (written.unit !== '/s') cursor.report(written, 'unit-wrong', help, [replaceFix(written, `${written.digits}/s`)]);
  return { type: 'per-second', value: written.value, from: written.from, to: written.to };
}

export type MoneyShape = 'MONEY' | 'COST' | 'FEE' | 'TARIFF';

const MONEY_HELP: Readonly<Record<MoneyShape, string>> = {
  MONEY: 'needs a currency: 18_500 USD',
  COST: 'needs a currency: 18_500 USD. Add /year if it is paid every year',
  FEE: 'needs a currency and what it is paid for: 190 USD/core/year, 2_600 USD/socket, 900 USD',
  TARIFF: 'takes a price of energy such as 0.11 USD/kWh',
};

const MONEY_UNIT = /^([A-Z]{3})(?:\/(core|socket|host|vm|kWh))?(?:\/([a-z]+))?$/;

export function readMoney(cursor: Cursor, shape: MoneyShape): MoneyPart | undefined {
  const written = readWritten(cursor, (word) => word !== 'per' && /^[A-Za-z]{3}(\/|$)/.test(word));
  const match = MONEY_UNIT.exec(written?.unit ?? '');
  const surplus =
    match?.[2] !== undefined && (shape === 'COST' || shape === 'MONEY') ? `; it is not paid per ${match[2]}` : '';
  const help = `${cursor.word} ${MONEY_HELP[shape]}${surplus}`;
  if (!written) return missing(cursor, help);
  const time = match?.[3] === undefined ? undefined : UNITS.get(match[3]);
  const each = match?.[2] as MoneyPart['each'];
  const fits =
    match !== null &&
    (match[3] === undefined || time?.dimension === 'time') &&
    (shape === 'TARIFF') === (each === 'kWh') &&
    (shape === 'FEE' || shape === 'TARIFF' || each === undefined) &&
    ((shape !== 'MONEY' && shape !== 'TARIFF') || time === undefined);
  if (!fits) {
    const per = takePer(cursor);
    const span = { from: written.from, to: cursor.here().to };
    const fixes = meantMoney(written, shape, per).map((text) => replaceFix(span, text));
    cursor.report(span, written.unit === '' ? 'unit-missing' : 'unit-wrong', help, fixes);
    return undefined;
  }
  const { from, to, value } = written;
  const per = takePer(cursor);
  if (per !== undefined) {
    const better = `${written.digits} ${written.unit}${per}`;
    const span = { from, to: cursor.here().to };
    cursor.report(span, 'unit-wrong', `per is written /: ${better}`, [replaceFix(span, better)]);
    const period = UNITS.get(per.slice(1));
    if (period?.dimension !== 'time') return undefined;
    return { type: 'money', amount: value, currency: match[1] ?? '', each, seconds: period.factor, ...span };
  }
  return { type: 'money', amount: value, currency: match[1] ?? '', each, seconds: time?.factor, from, to };
}

/** Prices that a number without a proper currency may stand for. */
function meantMoney(written: Written, shape: MoneyShape, per = ''): readonly string[] {
  const kept = shape === 'TARIFF' ? '/kWh' : per;
  const { digits, unit } = written;
  const code = /^[A-Za-z]{3}$/.exec(unit.split('/')[0] ?? '')?.[0].toUpperCase();
  if (code !== undefined) return [`${digits} ${code}${kept}`];
  return unit === '' ? ['USD', 'EUR'].map((currency) => `${digits} ${currency}${kept}`) : [];
}

/** A limit of a rule: a bare number, or one with a unit or a counted word behind it. */
export function readLimit(cursor: Cursor): LimitPart | undefined {
  const written = readWritten(cursor, (word) => UNITS.has(word) || word === 'cores' || /^[A-Z]{3}$/.test(word));
  if (!written) return missing(cursor, `${cursor.word} takes a limit such as 75 %`);
  const unit = UNITS.get(written.unit);
  const { from, to } = written;
  return {
    type: 'limit',
    value: inBaseUnits(written.value, unit),
    dimension: unit?.dimension,
    unit: written.unit,
    from,
    to,
  };
}

function splitAtLast(text: string, separator: string): [string, string] {
  const at = text.lastIndexOf(separator);
  return at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Reports that a value is missing or is something else, and skips what stands in its place. */
export function missing(cursor: Cursor, message: string): undefined {
  const token = cursor.peek();
  if (token && token.kind !== ',' && token.kind !== ':' && token.kind !== '..') {
    const isQuoted = token.kind === 'text' && startsWithDigit(token.text);
    const said = token.kind === 'text' ? `"${token.text}"` : token.text;
    const why = isQuoted ? ', without quotes' : '';
    const fixes = isQuoted ? [replaceFix(token, token.text, `Write ${token.text} without quotes`)] : undefined;
    cursor.report(token, 'value-malformed', `${message}${why}; not ${said}`, fixes);
    cursor.take();
  } else cursor.report(cursor.here(), 'value-missing', message);
  return undefined;
}
