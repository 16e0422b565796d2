import { type BudgetLeft, capexLeft } from '../capacity/budget.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import { monthText } from '../capacity/forecast.ts';
import { hostStep, type NextHost, nextHost, type Step } from '../capacity/growth-steps.ts';
import { currencyOf, formatMoney } from '../capacity/money.ts';
import { raisedBudget } from './fixes/budget-edits.ts';
import { defineRule } from './rule.ts';
import { type Anchor, clauseIn, nameOf, subjectOf } from './shared/anchor.ts';

interface Unbudgeted {
  readonly step: Step;
  readonly next: NextHost;
  readonly budget: BudgetLeft;
  readonly anchor: Anchor;
}

export const growthHostUnbudgeted = defineRule<Unbudgeted>({
  id: 'growth-host-unbudgeted',
  title: 'Growth needs a host that no budget has money for',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'The host that growth forces is in the budget of its year',
  why: 'Savings are not linear: a hundred VMs cost nothing more, and the one after them costs a host with its licences. The month follows from the stated growth, the price from the last host of the cluster and the licences that it states, and both are compared with what the budget of that year has left. A host that is planned with `from` counts from its day. Nothing is said if that year has no budget. A cluster that is full today is left to other rules.',
  formula: 'price of the last host + its licences, paid once > capital budget of the year − what is planned for it',
  inputs: [
    'design.budget',
    'design.growth',
    'design.horizon',
    'design.as-of',
    'cluster.growth',
    'cluster.failover',
    'any.cost',
    'any.from',
    'licence.cost',
    'host.licences',
    'vm.memory',
    'vm.demand',
  ],
  severity: 'warning',
  source: { text: 'our choice: a step that the own figures foretell belongs into the budget', evidence: 'ours' },
  covers: ['UC06', 'UC12'],
  of: 'cluster',
  examples: {
    fires: {
      text: `design d { as-of 2026-11-22; currency EUR; growth vms 3 %/month; budget capex 50_000 EUR year 2026; budget capex 5_000 EUR }
cluster prod {
  failover 1 host
  host esx-[1..3] { memory 64 GiB; cost 9_800 EUR }
  runs db-[1..8]
}
vm db-[1..8] { memory 12 GiB }`,
    },
    silent: {
      text: `design d { as-of 2026-11-22; currency EUR; growth vms 3 %/month; budget capex 50_000 EUR year 2026; budget capex 10_000 EUR }
cluster prod {
  failover 1 host
  host esx-[1..3] { memory 64 GiB; cost 9_800 EUR }
  runs db-[1..8]
}
vm db-[1..8] { memory 12 GiB }`,
    },
  },
  find: (cluster) => {
    const plan = cluster.design.plan();
    const anchor = nameOf(cluster);
    const step = plan && hostStep(cluster);
    const next = step && nextHost(cluster);
    const budget = next && capexLeft(plan, step.year);
    return budget && anchor && next.capex > budget.left * (1 + 1e-9) ? [{ step, next, budget, anchor }] : [];
  },
  say: ({ step, next, budget, anchor }, _limits, cluster) => {
    const { code } = currencyOf(cluster.design);
    const yearly = next.opex > 0 ? `, and ${formatMoney(next.opex, code)} a year` : '';
    const price: Figure = {
      label: 'price of the next host',
      unit: 'count',
      value: next.capex,
      origin: 'derived',
      isAtLeast: next.isAtLeast,
    };
    const left: Figure = { label: 'left', unit: 'count', value: budget.left, origin: 'derived', isAtLeast: false };
    return {
      severity: 'warning',
      message: `${cluster.name} runs out of ${step.what} ${monthText(cluster.design, step.months)}. A host like ${next.like.name} costs ${next.isAtLeast ? 'at least ' : ''}${formatMoney(next.capex, code)} once${yearly}; the budget of ${step.year} has ${leftText(budget, code)}. Raise it, or plan fewer VMs.`,
      ...anchor,
      figures: [
        derivedFigure('missing', 'count', next.capex - budget.left, `${price.label} − ${left.label}`, [price, left]),
      ],
      related: [
        { ...subjectOf(next.by), message: `price of ${next.like.name}` },
        { ...clauseIn(budget.by, 'capex'), message: `budget of ${step.year}` },
      ],
    };
  },
  fix: ({ budget, next }, cluster) => {
    const plan = cluster.design.plan();
    return plan ? raisedBudget(plan, budget, next.capex) : [];
  },
});

function leftText({ left }: BudgetLeft, code: string | undefined): string {
  return left > 0 ? `${formatMoney(left, code)} left` : 'nothing left';
}
