import { type BudgetUse, budgetsOf } from '../../capacity/budget.ts';
import { driversOf } from '../../capacity/cost.ts';
import { type Figure, formatFigure } from '../../capacity/figure.ts';
import { currencyOf, formatMoney } from '../../capacity/money.ts';
import { type Entity, statementKey } from '../../design/declaration.ts';
import { grade, type Limits, type Saying } from '../rule.ts';
import { clauseIn } from './anchor.ts';
import { listed } from './wording.ts';

/** What costs are added up from. */
export const COST_INPUTS: readonly string[] = [
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
];

/** A budget of the plan or of a team that what is paid from it exceeds, or nearly. */
export interface Exceeded {
  readonly use: BudgetUse;
  readonly share: Figure;
  /** The least budget that would exceed no limit. */
  readonly enough: number;
}

/** Budgets whose costs exceed a limit of theirs, which are shares of the budget. */
export function exceededBudgets(holder: Entity, limits: Limits): readonly Exceeded[] {
  const least = Math.min(...Object.values(limits).filter((limit) => limit > 0), 1);
  return budgetsOf(holder).flatMap((use) => {
    if (use.budget <= 0 && use.amount <= 0) return [];
    const share: Figure = {
      label: `${use.kind} of the budget`,
      unit: 'share',
      value: use.budget > 0 ? use.amount / use.budget : Number.MAX_VALUE,
      origin: 'derived',
      isAtLeast: use.isAtLeast,
      formula: 'Σ costs ÷ budget',
      inputs: [
        { label: 'Σ costs', unit: 'count', value: use.amount, origin: 'derived', isAtLeast: use.isAtLeast },
        { label: 'budget', unit: 'count', value: use.budget, origin: 'stated', isAtLeast: false, by: use.by },
      ],
    };
    return grade(share.value, limits) ? [{ use, share, enough: use.amount / least }] : [];
  });
}

/** `payer` begins with a small letter. */
export function sayExceeded(payer: string, { use, share }: Exceeded, limits: Limits, { design }: Entity): Saying {
  const { kind, amount, budget, by, year, cost } = use;
  const isYearly = kind === 'opex';
  const { code } = currencyOf(design);
  const drivers = driversOf(cost.lines, isYearly).slice(0, 3);
  const most = listed(drivers.map((driver) => `${driver.label} (${formatMoney(driver.amount, undefined)})`));
  const part = budget > 0 ? `, ${formatFigure(share)} of the budget` : '';
  const who = year === undefined ? `${payer[0]?.toUpperCase()}${payer.slice(1)}` : `In ${year} ${payer}`;
  const costs = `${share.isAtLeast ? 'at least ' : ''}${formatMoney(amount, code)} ${isYearly ? 'a year' : 'once'}`;
  const lines = cost.lines.filter((line) => line.isYearly === isYearly);
  return {
    severity: grade(share.value, limits) ?? 'warning',
    message: `${who} costs ${costs}${part} of ${formatMoney(budget, code)}. Most goes to ${most}. Raise the budget or plan less.`,
    at: by,
    span: clauseIn(by, kind).span,
    figures: [share],
    related: [...new Map(lines.map((line) => [statementKey(line.by), line])).values()]
      .sort((a, b) => b.amount - a.amount)
      .slice(0, 6)
      .map((line) => ({ at: line.by, message: `${line.label}: ${formatMoney(line.amount, code)}` })),
  };
}
