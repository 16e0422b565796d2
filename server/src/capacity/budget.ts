import { yearOf } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { costIn, costLinesOf, type YearCost } from './cost.ts';
import { inCurrency, isMoney, timesAYear } from './money.ts';
import { statedAsOf } from './time.ts';

/** A budget for one year, and what the plan costs in it. */
export interface BudgetUse {
  readonly kind: 'capex' | 'opex';
  readonly by: Stated;
  readonly budget: number;
  readonly cost: YearCost;
  readonly amount: number;
  /** Undefined for a plan without dates. */
  readonly year: number | undefined;
}

/** Each budget with the cost of its years; the budget of a year replaces the one for all years. */
export const budgetsOf = derive((plan: Entity): readonly BudgetUse[] => {
  const statements = propsOf(plan).keyed('budget', (sentence) =>
    JSON.stringify(sentence.clauses.get('year')?.value?.parts ?? ''),
  );
  const { lines, currency } = costLinesOf(plan.design);
  const today = statedAsOf(plan.design);
  const firstYear = today && yearOf(today);
  const uses: BudgetUse[] = [];
  for (const kind of ['capex', 'opex'] as const) {
    const budgets = statements.flatMap((by) => {
      const money = partOf(by.sentence.clauses.get(kind)?.value, 0, by.index);
      const year = partOf(by.sentence.clauses.get('year')?.value, 0, by.index);
      const amount = isMoney(money) ? inCurrency(money, currency) : undefined;
      if (!isMoney(money) || amount === undefined) return [];
      const times = kind === 'opex' ? (timesAYear(money) ?? 1) : 1;
      return [{ by, budget: amount * times, year: year?.type === 'number' ? year.value : undefined }];
    });
    const forAll = budgets.find(({ year }) => year === undefined);
    const years = firstYear === undefined ? [] : yearsOf(lines, firstYear);
    const own = budgets.filter(({ year }) => year !== undefined);
    const rest = years.filter((year) => own.every((other) => other.year !== year));
    const general = forAll ? (firstYear === undefined ? [undefined] : rest).map((year) => ({ ...forAll, year })) : [];
    for (const { by, budget, year } of [...general, ...own]) {
      const cost = costIn(lines, year, firstYear);
      uses.push({ kind, by, budget, cost, amount: cost[kind], year });
    }
  }
  return uses;
});

/** The first year of the plan, and those in which something comes. */
function yearsOf(lines: readonly { readonly fromYear: number | undefined }[], firstYear: number): number[] {
  const later = lines.flatMap(({ fromYear }) => (fromYear !== undefined && fromYear > firstYear ? [fromYear] : []));
  return [...new Set([firstYear, ...later])].sort((a, b) => a - b);
}
