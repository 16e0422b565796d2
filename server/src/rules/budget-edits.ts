import type { BudgetLeft } from '../capacity/budget.ts';
import { currencyOf, formatMoney } from '../capacity/money.ts';
import type { Entity } from '../design/declaration.ts';
import { addAfter, replaceAt } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import type { Fix } from './rule.ts';

/** Raises the capital budget of one year to what is planned for it and some more; others keep theirs. */
export function raisedBudget(plan: Entity, { by, year, planned, isOwn }: BudgetLeft, more: number): Fix[] {
  const { code } = currencyOf(plan.design);
  const money = partOf(by.sentence.clauses.get('capex')?.value, 0, by.index);
  if (!code || money?.type !== 'money' || money.currency !== code) return [];
  const amount = Math.ceil(planned + more - 1e-6);
  const text = `${String(amount).replace(/\B(?=(\d{3})+$)/g, '_')} ${code}`;
  return [
    {
      title: `Budget ${formatMoney(amount, code)} for ${year}`,
      edits: isOwn ? replaceAt(by.place, money, text) : addAfter(by, `budget capex ${text} year ${year}`),
    },
  ];
}
