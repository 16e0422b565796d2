import { derive } from '../base/reactive.ts';
import { SECONDS_PER_YEAR } from '../base/units.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { firstYearOf } from './budget.ts';
import { costIn, costLinesOf, PRICED_KINDS, unpricedOf } from './cost.ts';
import { energyCost } from './energy.ts';
import { horizonOf } from './growth.ts';
import { breakEvenMonths, netPresentValue } from './models/cost.ts';
import { type Currency, currencyOf, inCurrency, isMoney, timesAYear } from './money.ts';

/** Whether what a conversion costs is earned back by what it saves. Amounts in the currency of totals. */
export interface Payback {
  readonly upfront: number;
  readonly oldMonthly: number;
  readonly newMonthly: number;
  /** Infinite if nothing is saved. At least this where prices are missing. */
  readonly months: number;
  readonly isAtLeast: boolean;
  /** Net present value over the horizon; undefined without `discount`. At most this where prices are missing. */
  readonly presentValue: number | undefined;
  /** Where the running cost of today is stated, or the first server. */
  readonly by: Stated;
}

/**
 * What the plan costs in its first year beside the running cost of what it replaces: `baseline`, else the sum over physical servers with
 * their energy. Undefined unless all of that is stated: what is replaced must not look cheaper than it is.
 */
export const paybackOf = derive((plan: Entity): Payback | undefined => {
  const { design } = plan;
  const currency = currencyOf(design);
  const old = baseline(plan, currency) ?? serversCost(plan, currency);
  if (!old || old.yearly <= 0) return undefined;
  const { lines, isComplete } = costLinesOf(design);
  const firstYear = firstYearOf(design);
  const { capex, opex } = costIn(lines, firstYear, firstYear);
  const [oldMonthly, newMonthly] = [old.yearly / 12, opex / 12];
  const months = breakEvenMonths(capex, oldMonthly, newMonthly);
  if (months === undefined || capex <= 0) return undefined;
  return {
    upfront: capex,
    oldMonthly,
    newMonthly,
    months,
    isAtLeast: !isComplete || PRICED_KINDS.some((kind) => unpricedOf(design, kind).length > 0),
    presentValue: netPresentValue(capex, oldMonthly - newMonthly, interestOf(plan), horizonOf(design)),
    by: old.by,
  };
});

interface Yearly {
  readonly yearly: number;
  readonly by: Stated;
}

function baseline(plan: Entity, currency: Currency): Yearly | undefined {
  const by = propsOf(plan).one('baseline');
  const money = by && partOf(by.sentence.subject, 0, by.index);
  const times = isMoney(money) ? timesAYear(money) : undefined;
  const amount = isMoney(money) ? inCurrency(money, currency) : undefined;
  return by && amount !== undefined && times !== undefined ? { yearly: amount * times, by } : undefined;
}

function serversCost(plan: Entity, currency: Currency): Yearly | undefined {
  let yearly = 0;
  let first: Stated | undefined;
  for (const server of plan.design.members('server')) {
    const own = runningCost(server);
    if (!own) return undefined;
    first ??= own.by;
    yearly += own.yearly + (energyCost(server, currency) ?? 0);
  }
  return first && { yearly, by: first };
}

/** What a server costs a year; undefined unless all its prices can be reckoned, and one of them is paid every year. */
const runningCost = derive((server: Entity): Yearly | undefined => {
  const currency = currencyOf(server.design);
  let found: Yearly | undefined;
  for (const by of propsOf(server).list('cost')) {
    const money = partOf(by.sentence.subject, 0, by.index);
    const amount = isMoney(money) ? inCurrency(money, currency) : undefined;
    if (!isMoney(money) || amount === undefined) return undefined;
    const times = timesAYear(money);
    if (times !== undefined) found = { yearly: (found?.yearly ?? 0) + amount * times, by: found?.by ?? by };
  }
  return found;
});

/** Yearly interest that the design states as `discount`. */
function interestOf(plan: Entity): number | undefined {
  const by = propsOf(plan).one('discount');
  const part = by && partOf(by.sentence.subject, 0, by.index);
  if (part?.type !== 'growth' || part.dimension !== 'share') return undefined;
  return (1 + part.amount) ** (SECONDS_PER_YEAR / part.seconds) - 1;
}
