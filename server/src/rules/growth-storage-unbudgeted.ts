import { formatQuantity } from '../base/units.ts';
import { type BudgetLeft, capexLeft } from '../capacity/budget.ts';
import { monthText } from '../capacity/forecast.ts';
import { arrayStep, type Expansion, expansionOf, type Step } from '../capacity/growth-steps.ts';
import { currencyOf, formatMoney } from '../capacity/money.ts';
import { raisedBudget } from './fixes/budget-edits.ts';
import { defineRule } from './rule.ts';
import { type Anchor, clauseIn, nameOf, subjectOf } from './shared/anchor.ts';

interface Unbudgeted {
  readonly step: Step;
  readonly expansion: Expansion | undefined;
  readonly budget: BudgetLeft;
  readonly anchor: Anchor;
}

export const growthStorageUnbudgeted = defineRule<Unbudgeted>({
  id: 'growth-storage-unbudgeted',
  title: 'Growth fills an array, and no budget pays for its expansion',
  painPoint: 'unanticipated-costs',
  owners: ['storage', 'server', 'management'],
  benefit: 'What servers bring to the storage is paid for by the plan that brings it',
  why: 'Virtualisation moves cost from servers to storage: what lay on local disks is on the array now, and each clone and snapshot with it. When the stated growth fills the array within the horizon, its expansion belongs into the budget of that year. Only said where that year has a budget. What is written counts, so that thin disks are not held against it; a datastore of unknown growth stays as it is.',
  formula:
    'first month in which Σ used × growth > usable, within the horizon; `expansion cost` > capital budget of that year − what is planned for it, or no expansion with a price',
  inputs: [
    'array.expansion',
    'array.usable',
    'datastore.growth',
    'datastore.measured',
    'vm.disk',
    'design.growth',
    'design.horizon',
    'design.as-of',
    'design.budget',
  ],
  severity: 'warning',
  source: { text: 'our choice: a step that the own figures foretell belongs into the budget', evidence: 'ours' },
  covers: ['UC13', 'UC12'],
  of: 'array',
  examples: {
    fires: {
      text: `design d { as-of 2026-11-22; currency EUR; budget capex 10_000 EUR }
array vmax {
  usable 10 TiB
  cost none
  expansion 5 TiB cost 18_000 EUR
  datastore gold { capacity 9 TiB; thin; growth disk 400 GiB/month; measured used 4 TiB }
}`,
    },
    silent: {
      text: `design d { as-of 2026-11-22; currency EUR; budget capex 20_000 EUR }
array vmax {
  usable 10 TiB
  cost none
  expansion 5 TiB cost 18_000 EUR
  datastore gold { capacity 9 TiB; thin; growth disk 400 GiB/month; measured used 4 TiB }
}`,
    },
  },
  find: (array) => {
    const plan = array.design.plan();
    const step = plan && arrayStep(array);
    const budget = step && capexLeft(plan, step.year);
    if (!budget) return [];
    const expansion = expansionOf(array);
    const anchor = expansion ? subjectOf(expansion.by) : nameOf(array);
    const isPaid = expansion?.cost !== undefined && expansion.cost <= budget.left * (1 + 1e-9);
    return anchor && !isPaid ? [{ step, expansion, budget, anchor }] : [];
  },
  say: ({ step, expansion, budget, anchor }, _limits, array) => {
    const { code } = currencyOf(array.design);
    const when = `Growth fills ${array.name} ${monthText(array.design, step.months)}`;
    const left = budget.left > 0 ? `${formatMoney(budget.left, code)} left` : 'nothing left';
    const size = expansion?.size === undefined ? '' : ` by ${formatQuantity(expansion.size, 'size')}`;
    return {
      severity: 'warning',
      message:
        expansion?.cost === undefined
          ? `${when}, and its expansion has no price, so the budget of ${step.year} cannot contain it. State expansion with its size and cost, or plan less on it.`
          : `${when}. Expanding it${size} costs ${formatMoney(expansion.cost, code)}, and the budget of ${step.year} has ${left}. Raise it, delete what nobody needs, or slow the growth.`,
      ...anchor,
      related: [{ ...clauseIn(budget.by, 'capex'), message: `budget of ${step.year}` }],
    };
  },
  fix: ({ budget, expansion }, array) => {
    const plan = array.design.plan();
    return plan && expansion?.cost !== undefined ? raisedBudget(plan, budget, expansion.cost) : [];
  },
});
