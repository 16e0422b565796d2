import { yearOf } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { type CostLine, costIn, costLinesOf, PRICED_KINDS, unpricedOf, type YearCost } from './cost.ts';
import { currencyOf, inCurrency, isMoney, timesAYear } from './money.ts';
import { linesOwnedBy, unpricedOwnedBy } from './team-costs.ts';
import { statedAsOf } from './time.ts';

/** A budget for one year, and what is paid from it. */
export interface BudgetUse {
  readonly kind: 'capex' | 'opex';
  readonly by: Stated;
  readonly budget: number;
  readonly cost: YearCost;
  readonly amount: number;
  /** Something that is paid from it states no price, or none that could be reckoned. */
  readonly isAtLeast: boolean;
  /** Undefined for a plan without dates. */
  readonly year: number | undefined;
  /** It is the budget of this year alone. */
  readonly isOwn: boolean;
}

interface StatedBudget {
  readonly by: Stated;
  readonly budget: number;
  /** Undefined for all years that have none of their own. */
  readonly year: number | undefined;
}

function statedBudgets(holder: Entity, kind: BudgetUse['kind']): readonly StatedBudget[] {
  const statements = propsOf(holder).keyed('budget', (sentence) =>
    JSON.stringify(sentence.clauses.get('year')?.value?.parts ?? ''),
  );
  if (statements.length === 0) return [];
  const currency = currencyOf(holder.design);
  return statements.flatMap((by) => {
    const money = partOf(by.sentence.clauses.get(kind)?.value, 0, by.index);
    const year = partOf(by.sentence.clauses.get('year')?.value, 0, by.index);
    const amount = isMoney(money) ? inCurrency(money, currency) : undefined;
    if (!isMoney(money) || amount === undefined) return [];
    const times = kind === 'opex' ? (timesAYear(money) ?? 1) : 1;
    return [{ by, budget: amount * times, year: year?.type === 'number' ? year.value : undefined }];
  });
}

/** The year that the plan begins in; undefined for a plan without dates. */
export function firstYearOf(design: Design): number | undefined {
  const today = statedAsOf(design);
  return today && yearOf(today);
}

/**
 * Each budget of the plan, or of a team, with the cost of its years; the budget of a year replaces the one for all years.
 * The plan pays for everything, a team for itself and what it owns.
 */
export const budgetsOf = derive((holder: Entity): readonly BudgetUse[] => {
  const { design } = holder;
  const stated = KINDS.map((kind) => ({ kind, budgets: statedBudgets(holder, kind) }));
  if (stated.every(({ budgets }) => budgets.length === 0)) return [];
  const lines = paidBy(holder);
  const isAtLeast = isLowerBound(holder);
  const firstYear = firstYearOf(design);
  const uses: BudgetUse[] = [];
  for (const { kind, budgets } of stated) {
    const forAll = budgets.find(({ year }) => year === undefined);
    const years = firstYear === undefined ? [] : yearsOf(lines, firstYear);
    const own = budgets.filter(({ year }) => year !== undefined);
    const rest = years.filter((year) => own.every((other) => other.year !== year));
    const general = forAll ? (firstYear === undefined ? [undefined] : rest).map((year) => ({ ...forAll, year })) : [];
    const all = [...general.map((one) => ({ ...one, isOwn: false })), ...own.map((one) => ({ ...one, isOwn: true }))];
    for (const { by, budget, year, isOwn } of all) {
      const cost = costIn(lines, year, firstYear);
      uses.push({ kind, by, budget, cost, amount: cost[kind], isAtLeast, year, isOwn });
    }
  }
  return uses;
});

const KINDS = ['capex', 'opex'] as const;

function paidBy(holder: Entity): readonly CostLine[] {
  return holder.kind === 'team' ? linesOwnedBy(holder) : costLinesOf(holder.design).lines;
}

function isLowerBound(holder: Entity): boolean {
  const { design } = holder;
  if (holder.kind === 'team') return unpricedOwnedBy(holder).length > 0;
  return !costLinesOf(design).isComplete || PRICED_KINDS.some((kind) => unpricedOf(design, kind).length > 0);
}

/** What the capital budget of a year has left when all that is planned for it is paid; negative if it is exceeded. */
export interface BudgetLeft {
  readonly year: number;
  readonly by: Stated;
  readonly planned: number;
  readonly left: number;
  /** It is the budget of this year alone. */
  readonly isOwn: boolean;
}

/** Undefined if no budget is stated for that year, or the plan has no dates. */
export function capexLeft(plan: Entity, year: number): BudgetLeft | undefined {
  const firstYear = firstYearOf(plan.design);
  const budgets = statedBudgets(plan, 'capex');
  const own = budgets.find((budget) => budget.year === year);
  const found = own ?? budgets.find((budget) => budget.year === undefined);
  if (!found || firstYear === undefined) return undefined;
  const planned = costIn(costLinesOf(plan.design).lines, year, firstYear).capex;
  return { year, by: found.by, planned, left: found.budget - planned, isOwn: own !== undefined };
}

/** The first year of the plan, and those in which something comes. */
function yearsOf(lines: readonly { readonly fromYear: number | undefined }[], firstYear: number): number[] {
  const later = lines.flatMap(({ fromYear }) => (fromYear !== undefined && fromYear > firstYear ? [fromYear] : []));
  return [...new Set([firstYear, ...later])].sort((a, b) => a - b);
}
