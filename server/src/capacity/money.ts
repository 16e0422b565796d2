import { derive } from '../base/reactive.ts';
import { SECONDS_PER_YEAR } from '../base/units.ts';
import type { Design } from '../design/design.ts';
import { partOf } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import type { Clause } from '../language/sentence.ts';
import type { MoneyPart, Part } from '../language/values/value.ts';

/** The currency of totals and what other currencies are worth in it. */
export interface Currency {
  /** Undefined if the design states no currency. */
  readonly code: string | undefined;
  readonly rates: ReadonlyMap<string, number>;
}

export const currencyOf = derive((design: Design): Currency => {
  const plan = design.plan();
  const props = plan && propsOf(plan);
  const stated = props?.one('currency');
  const part = stated && partOf(stated.sentence.subject, 0, 0);
  const rates = new Map<string, number>();
  for (const exchange of props?.keyed('exchange', (sentence) => String(sentence.statement.args[0]?.text)) ?? []) {
    const code = partOf(exchange.sentence.subject, 0, 0);
    const worth = partOf(exchange.sentence.clauses.get('at')?.value, 0, 0);
    if (code?.type === 'word' && worth?.type === 'money') rates.set(code.text, worth.amount);
  }
  const holders = [...(plan ? [plan] : []), ...design.members('team')];
  const [budget] = holders.flatMap((holder) =>
    propsOf(holder)
      .list('budget')
      .flatMap(({ sentence }) => moneyIn(sentence.clauses.values())),
  );
  return { code: part?.type === 'word' ? part.text : budget?.currency, rates };
});

function moneyIn(clauses: Iterable<Clause>): MoneyPart[] {
  return [...clauses].flatMap(({ value }) => (value?.parts ?? []).filter(isMoney));
}

/** An amount in the currency of totals; undefined if no exchange says what it is worth. */
export function inCurrency(money: MoneyPart, currency: Currency): number | undefined {
  if (currency.code === undefined || money.currency === currency.code) return money.amount;
  const rate = currency.rates.get(money.currency);
  return rate === undefined ? undefined : money.amount * rate;
}

/** Times that an amount is paid in a year; undefined for one that is paid once. */
export function timesAYear(money: MoneyPart): number | undefined {
  return money.seconds === undefined ? undefined : SECONDS_PER_YEAR / money.seconds;
}

export function isMoney(part: Part | undefined): part is MoneyPart {
  return part?.type === 'money';
}

/** `12 345 USD` for people, without cents from 100 up. */
export function formatMoney(amount: number, code: string | undefined): string {
  const digits = Math.abs(amount) >= 100 || Number.isInteger(amount) ? 0 : 2;
  const [whole = '', fraction] = amount.toFixed(digits).split('.');
  const grouped = Math.abs(amount) >= 10_000 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') : whole;
  return `${grouped}${fraction ? `.${fraction}` : ''}${code ? ` ${code}` : ''}`;
}
