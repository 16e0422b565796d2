import { budgetOf } from './fixes/budget-edits.ts';
import { defineRule } from './rule.ts';
import { COST_INPUTS, type Exceeded, exceededBudgets, sayExceeded } from './shared/budget-use.ts';

export const budgetExceeded = defineRule<Exceeded>({
  id: 'budget-exceeded',
  title: 'The plan costs more than its budget',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'The money is there before the orders are placed',
  why: 'What is paid once is compared with the capital budget of its year, what is paid every year with the operating budget. Energy counts where power and tariff are stated, licences by the cores, sockets, hosts or VMs that they are charged for. Things without a price are not in the sum, which is then a lower bound; physical servers that are replaced are not in it either.',
  formula: 'Σ costs of the year ÷ budget of the year',
  inputs: ['design.budget', ...COST_INPUTS],
  limitOf: 'share of the budget',
  limitUnit: 'share',
  limits: { warning: 0.9, error: 1 },
  source: { text: 'our choice: a tenth is left for what is not known yet', evidence: 'ours' },
  covers: ['UC06'],
  of: 'design',
  examples: {
    fires: {
      text: `design d { currency EUR; budget capex 20_000 EUR }
host esx-[1..3] { cost 9_800 EUR }`,
    },
    silent: {
      text: `design d { currency EUR; budget capex 40_000 EUR }
host esx-[1..3] { cost 9_800 EUR }`,
    },
  },
  find: exceededBudgets,
  say: (fact, limits, plan) => sayExceeded('the plan', fact, limits, plan),
  fix: ({ use, enough }, plan) => budgetOf(plan, use, enough),
});
