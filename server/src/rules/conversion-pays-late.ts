import { formatNumber, SECONDS_PER_YEAR } from '../base/units.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import { horizonOf } from '../capacity/growth.ts';
import { currencyOf, formatMoney } from '../capacity/money.ts';
import { type Payback, paybackOf } from '../capacity/payback.ts';
import { defineRule, grade, type Limits } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';

const MONTH = SECONDS_PER_YEAR / 12;

export const conversionPaysLate = defineRule<Payback>({
  id: 'conversion-pays-late',
  title: 'What the conversion saves does not pay for it in time',
  painPoint: 'unanticipated-costs',
  owners: ['management', 'server'],
  benefit: 'Everybody knows what is bought: savings, or something else that is worth its price',
  why: 'Consolidation is sold by its savings, and hosts, storage and licences are paid first. When they are written off before they are earned back, the next ones are due. The running cost of today is `baseline`, else the sum over physical servers, which must all state theirs; energy of servers counts at full load where it is not measured, so that today never looks cheaper than it is. A plan that is not about saving says `ignore` with its reason. Costs without a price are missing in the plan alone: it is late at least so much.',
  formula: 'paid in the first year, once ÷ (running cost of today − running cost of the plan), by month',
  inputs: [
    'design.baseline',
    'design.discount',
    'design.horizon',
    'server.cost',
    'server.power',
    'any.cost',
    'licence.cost',
    'site.tariff',
    'site.pue',
  ],
  limitOf: 'time until it is earned back; never is an error',
  limitUnit: 'time',
  limits: { warning: 36 * MONTH },
  source: {
    text: 'the usual payback without interest; 36 months, the life that hosts are often written off in, is ours',
    evidence: 'ours',
  },
  covers: ['UC10'],
  of: 'design',
  unmendable: 'Prices are what they are, and what to leave out of the plan is a choice.',
  examples: {
    fires: {
      text: `design d { currency EUR }
server old-[1..10] { cost 100 EUR/month }
host esx-[1..2] { cost 16_000 EUR; cost 100 EUR/month for "support" }`,
    },
    silent: {
      text: `design d { currency EUR }
server old-[1..20] { cost 100 EUR/month }
host esx-[1..2] { cost 16_000 EUR; cost 100 EUR/month for "support" }`,
    },
  },
  find: (plan, limits) => {
    const payback = paybackOf(plan);
    return payback && severityOf(payback, limits) ? [payback] : [];
  },
  say: (payback, limits, plan) => {
    const { upfront, oldMonthly, newMonthly, months, isAtLeast, presentValue, by } = payback;
    const { code } = currencyOf(plan.design);
    const money = (amount: number) => formatMoney(amount, code);
    const least = isAtLeast ? 'at least ' : '';
    const running = `${money(newMonthly)} a month instead of ${money(oldMonthly)}`;
    const worth =
      presentValue === undefined
        ? ''
        : ` Over ${formatNumber(horizonOf(plan.design))} months it is worth ${isAtLeast ? 'at most ' : ''}${money(presentValue)} today.`;
    return {
      severity: severityOf(payback, limits) ?? 'warning',
      message: Number.isFinite(months)
        ? `The plan costs ${least}${money(upfront)} once and ${least}${running}: it pays after ${least}${formatNumber(months)} months.${worth} Plan less, retire more, or say what else it is for.`
        : `The plan costs ${least}${money(upfront)} once and ${least}${running}: it never pays.${worth} Plan less, retire more, or say what else it is for.`,
      ...subjectOf(by),
      figures: [figureOf(payback)],
    };
  },
});

function severityOf({ months }: Payback, limits: Limits) {
  if (Number.isFinite(months)) return grade(months * MONTH, limits);
  return limits.error === undefined && limits.warning === undefined && limits.info === undefined ? undefined : 'error';
}

function figureOf({ upfront, oldMonthly, newMonthly, isAtLeast }: Payback): Figure {
  const amount = (label: string, value: number): Figure => ({
    label,
    unit: 'count',
    value,
    origin: 'derived',
    isAtLeast: false,
  });
  const saved = amount('saved a month', oldMonthly - newMonthly);
  const once = amount('paid once', upfront);
  return saved.value > 0
    ? derivedFigure(
        'months until it pays',
        'count',
        upfront / saved.value,
        'paid once ÷ saved a month',
        [once, saved],
        {
          isAtLeast,
        },
      )
    : saved;
}
