import { type BudgetUse, budgetsOf } from '../capacity/budget.ts';
import { costLinesOf, driversOf, PRICED_KINDS, unpricedOf } from '../capacity/cost.ts';
import type { Figure } from '../capacity/figure.ts';
import { formatFigure } from '../capacity/figure.ts';
import { currencyOf, formatMoney } from '../capacity/money.ts';
import { statementKey } from '../design/declaration.ts';
import { clauseIn } from './anchor.ts';
import { defineRule, grade } from './rule.ts';
import { listed } from './wording.ts';

interface Exceeded {
  readonly use: BudgetUse;
  readonly share: Figure;
}

export const budgetExceeded = defineRule<Exceeded>({
  id: 'budget-exceeded',
  title: 'The plan costs more than its budget',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'The money is there before the orders are placed',
  why: 'What is paid once is compared with the capital budget of its year, what is paid every year with the operating budget. Energy counts where power and tariff are stated, licences by the cores, sockets, hosts or VMs that they are charged for. Things without a price are not in the sum, which is then a lower bound; physical servers that are replaced are not in it either.',
  formula: 'Σ costs of the year ÷ budget of the year',
  inputs: [
    'design.budget',
    'design.currency',
    'design.exchange',
    'design.as-of',
    'any.cost',
    'any.from',
    'any.until',
    'licence.minimum',
    'licence.owned',
    'licence.vms',
    'host.licences',
    'host.power',
    'switch.power',
    'array.power',
    'site.tariff',
    'site.pue',
    'team.training',
  ],
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
  find: (plan, limits) =>
    budgetsOf(plan).flatMap((use) => {
      if (use.budget <= 0 && use.amount <= 0) return [];
      const { design } = plan;
      const isAtLeast =
        !costLinesOf(design).isComplete || PRICED_KINDS.some((kind) => unpricedOf(design, kind).length > 0);
      const share: Figure = {
        label: `${use.kind} of the budget`,
        unit: 'share',
        value: use.budget > 0 ? use.amount / use.budget : Number.MAX_VALUE,
        origin: 'derived',
        isAtLeast,
        formula: 'Σ costs ÷ budget',
      };
      return grade(share.value, limits) ? [{ use, share }] : [];
    }),
  say: ({ use, share }, limits, plan) => {
    const { code } = currencyOf(plan.design);
    const { kind, amount, budget, by, year, cost } = use;
    const drivers = driversOf(cost.lines, kind === 'opex').slice(0, 3);
    const most = listed(drivers.map((driver) => `${driver.label} ${formatMoney(driver.amount, undefined)}`));
    const part = budget > 0 ? `, ${formatFigure(share)} of the budget` : '';
    const when = kind === 'capex' ? 'once' : 'a year';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${year === undefined ? '' : `In ${year} `}${year === undefined ? 'The' : 'the'} plan costs ${share.isAtLeast ? 'at least ' : ''}${formatMoney(amount, code)} ${when}${part} of ${formatMoney(budget, code)}. Most goes to ${most}. Raise the budget or plan less.`,
      at: by,
      span: clauseIn(by, kind).span,
      figures: [share],
      related: [
        ...new Map(
          cost.lines.filter((line) => line.isYearly === (kind === 'opex')).map((line) => [statementKey(line.by), line]),
        ).values(),
      ]
        .sort((a, b) => b.amount - a.amount)
        .slice(0, 6)
        .map((line) => ({ at: line.by, message: `${line.label}: ${formatMoney(line.amount, code)}` })),
    };
  },
});
