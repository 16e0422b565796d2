import type { BudgetLeft, BudgetUse } from '../../capacity/budget.ts';
import { currencyOf, formatMoney } from '../../capacity/money.ts';
import type { Entity } from '../../design/declaration.ts';
import { addAfter, replaceAt } from '../../design/edits.ts';
import { partOf } from '../../design/props.ts';
import type { Fix } from '../rule.ts';

/** Raises the capital budget of one year to what is planned for it and some more; others keep theirs. */
export function raisedBudget(plan: Entity, { by, year, planned, isOwn }: BudgetLeft, more: number): Fix[] {
  const { code } = currencyOf(plan.design);
  const money = partOf(by.sentence.clauses.get('capex')?.value, 0, by.index);
  if (!code || money?.type !== 'money' || money.currency !== code) return [];
  const amount = Math.ceil(planned + more - 1e-6);
  const text = `${grouped(amount)} ${code}`;
  return [
    {
      title: `Budget ${formatMoney(amount, code)} for ${year}`,
      edits: isOwn ? replaceAt(by.place, money, text) : addAfter(by, `budget capex ${text} year ${year}`),
    },
  ];
}

/** States the budget of the plan or of a team anew, in its own year alone if it is one for all years. */
export function budgetOf(holder: Entity, use: BudgetUse, enough: number): Fix[] {
  const { by, kind, year, isOwn } = use;
  const { code } = currencyOf(holder.design);
  const money = partOf(by.sentence.clauses.get(kind)?.value, 0, by.index);
  if (!code || money?.type !== 'money' || money.currency !== code) return [];
  const amount = roundedUp(enough);
  const text = `${grouped(amount)} ${code}${kind === 'opex' ? '/year' : ''}`;
  const isHere = isOwn || year === undefined;
  const edits = isHere ? replaceAt(by.place, money, text) : addAfter(by, `budget ${kind} ${text} year ${year}`);
  return [{ title: `Budget ${formatMoney(amount, code)}${year === undefined ? '' : ` for ${year}`}`, edits }];
}

/** To two digits that count: nobody asks for a budget to the cent. */
function roundedUp(amount: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount))) - 2);
  return Math.ceil(amount / step - 1e-9) * step;
}

function grouped(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, '_');
}
