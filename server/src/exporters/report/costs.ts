import { formatNumber } from '../../base/units.ts';
import { type BudgetUse, budgetsOf, firstYearOf } from '../../capacity/budget.ts';
import { type CostLine, costIn, costItems, costLinesOf, PRICED_KINDS, unpricedOf } from '../../capacity/cost.ts';
import { exists } from '../../capacity/exists.ts';
import { paybackOf } from '../../capacity/payback.ts';
import { planYears } from '../../capacity/plan-years.ts';
import { linesOfNobody, linesOwnedBy, unpricedOwnedBy } from '../../capacity/team-costs.ts';
import { costPerByte, costPerVm, nextVmCost, spareCost } from '../../capacity/unit-costs.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { inTextOrder } from '../../design/order.ts';
import { ownersOf } from '../../design/things.ts';
import { counted, type Html, html, listed, manyOf, oneOf } from '../html.ts';
import { labelOf, table } from './capacity.ts';
import { costChart, mark, shareBar } from './charts.ts';
import { costText, money, shortMoney } from './money.ts';
import type { Notes } from './notes.ts';

const GIB = 2 ** 30;
const MOST_DRIVERS = 10;
const MOST_PLACES = 3;

/** What the plan costs by year, what drives it, who pays, what has no price, and what one more of something costs. */
export function costSection(design: Design, notes: Notes): Html {
  const { lines } = costLinesOf(design);
  if (lines.length === 0)
    return html`<p>No price is stated, so what the plan costs is not known. <code>cost</code> states one for hosts, switches, arrays, licences and tools: paid once, or per month or year.</p>`;
  return html`${years(design, notes)}${drivers(design, notes)}${teams(design)}${unpriced(design)}${units(design)}`;
}

function years(design: Design, notes: Notes): Html {
  const plan = design.plan();
  const found = planYears(design);
  const budgets = plan ? budgetsOf(plan) : [];
  const { lines } = costLinesOf(design);
  const rows = found?.years ?? [{ ...onceAndYearly(design, lines), year: undefined, further: 0 }];
  const isAtLeast = found?.isAtLeast ?? missing(design).length > 0;
  const least = isAtLeast ? '≥\u202f' : '';
  const budget = (kind: BudgetUse['kind'], year: number | undefined, amount: number): Html | string => {
    const ofKind = budgets.filter((one) => one.kind === kind);
    // A year in which nothing new comes has the budget of all years.
    const use = ofKind.find((one) => one.year === year) ?? ofKind.find(({ isOwn }) => !isOwn);
    return use ? budgetCell(design, use.budget, amount) : '–';
  };
  const total = rows.reduce((sum, { once, yearly }) => sum + once + yearly, 0);
  const formula =
    'Σ what is paid once in the year in which a thing comes + Σ what is paid every year while it is there + hosts that growth needs';
  return html`${
    found &&
    html`${costChart(
      found.years.map(({ year, once, yearly }) => ({ label: String(year), once, yearly })),
      shortMoney,
    )}<p class="key"><i class="k1"></i>paid once<i class="k2"></i>paid every year</p>`
  }${table({
    title: 'By year',
    caption: isAtLeast
      ? 'Lower bounds: some things state no price, or one in a currency without an exchange rate.'
      : '',
    heads: ['Year', 'Once', 'A year', 'In all', 'Hosts for growth', 'Budget, once', 'Budget, a year'],
    right: [1, 2, 3, 4, 5, 6],
    rows: [
      ...rows.map(({ year, once, yearly, further }) => [
        html`${year === undefined ? 'Whole plan' : String(year)}${year === rows[0]?.year && notes.refer('cost by year', [], [html`cost of a year = ${formula}`, ...statements(design, lines, notes)])}`,
        once > 0 ? `${least}${money(design, once)}` : '–',
        yearly > 0 ? `${least}${money(design, yearly)}` : '–',
        `${least}${money(design, once + yearly)}`,
        further > 0 ? formatNumber(further) : '–',
        budget('capex', year, once),
        budget('opex', year, yearly),
      ]),
      ...(rows.length > 1
        ? [[html`${counted(rows.length, 'year')}`, '', '', html`<b>${least}${money(design, total)}</b>`, '', '', '']]
        : []),
    ],
  })}${payback(design)}`;
}

/** `120 000 EUR`, marked if what is paid exceeds it. */
function budgetCell(design: Design, budget: number, amount: number): Html {
  const isOver = amount > budget * (1 + 1e-9);
  const isNear = !isOver && amount > budget * 0.9 * (1 + 1e-9);
  return html`${isOver ? html`${mark('error')}<span class="sr">exceeded: </span>` : isNear && html`${mark('warning')}<span class="sr">nearly spent: </span>`}${money(design, budget)}`;
}

function payback(design: Design): Html {
  const plan = design.plan();
  const found = plan && paybackOf(plan);
  if (!found) return html``;
  if (!Number.isFinite(found.months)) return html`<p>What the plan costs is never earned back by what it replaces.</p>`;
  const when = `${found.isAtLeast ? 'at least ' : ''}${formatNumber(found.months)} months`;
  return html`<p>What the plan costs is earned back by what it replaces after ${when}.</p>`;
}

/** The dearest statements of costs, with their places. */
function statements(design: Design, lines: readonly CostLine[], notes: Notes): readonly Html[] {
  return [...lines]
    .sort((a, b) => b.amount - a.amount)
    .slice(0, MOST_PLACES)
    .map(
      (line) =>
        html`${line.label} ${money(design, line.amount)} ${line.isYearly ? 'a year' : 'once'} ${notes.placeOf(line.by)}`,
    );
}

function onceAndYearly(design: Design, lines: readonly CostLine[]): { readonly once: number; readonly yearly: number } {
  const firstYear = firstYearOf(design);
  const { capex, opex } = costIn(lines, firstYear, firstYear);
  return { once: capex, yearly: opex };
}

/** What costs most, things of one declaration taken together. */
function drivers(design: Design, notes: Notes): Html {
  const firstYear = firstYearOf(design);
  const { lines } = costIn(costLinesOf(design).lines, firstYear, firstYear);
  const all = costItems(lines).filter(({ once, yearly }) => once + yearly > 0);
  const total = all.reduce((sum, { once, yearly }) => sum + once + yearly, 0);
  const rows = all.slice(0, MOST_DRIVERS);
  return table({
    title: firstYear === undefined ? 'What drives the cost' : `What drives the cost of ${firstYear}`,
    caption: rows.length < all.length ? `The ${rows.length} dearest of ${all.length} items` : '',
    heads: ['Item', 'Owner', 'Once', 'A year', 'Share', 'Stated in'],
    right: [2, 3],
    rows: rows.map(({ label, by, entity, once, yearly }) => {
      const share = total > 0 ? (once + yearly) / total : 0;
      return [
        html`${label} <span class="muted">${oneOf(entity.kind)}</span>`,
        listed(ownersOf(entity).map(({ name }) => name)) || '–',
        once > 0 ? money(design, once) : '–',
        yearly > 0 ? money(design, yearly) : '–',
        html`${formatNumber(share * 100, 0)}\u202f%${shareBar(share)}`,
        notes.placeOf(by),
      ];
    }),
  });
}

/** What each team pays in the first year, beside its budget. */
function teams(design: Design): Html {
  const firstYear = firstYearOf(design);
  const rows = inTextOrder([...design.members('team')]).flatMap((team) => {
    const own = linesOwnedBy(team);
    const budgets = budgetsOf(team).filter(({ year }) => year === firstYear || year === undefined);
    if (own.length === 0 && budgets.length === 0) return [];
    return [{ name: team.name, lines: own, budgets, isAtLeast: unpricedOwnedBy(team).length > 0 }];
  });
  const nobody = linesOfNobody(design);
  if (rows.length === 0) return html``;
  const all = nobody.length > 0 ? [...rows, { name: 'nobody', lines: nobody, budgets: [], isAtLeast: false }] : rows;
  return table({
    title: firstYear === undefined ? 'By team' : `By team, ${firstYear}`,
    caption: 'A cost goes to the owner of what it is paid for; two owners pay equal parts.',
    heads: ['Team', 'Once', 'Budget, once', 'A year', 'Budget, a year'],
    right: [1, 2, 3, 4],
    rows: all.map(({ name, lines, budgets, isAtLeast }) => {
      const { capex, opex } = costIn(lines, firstYear, firstYear);
      const budget = (kind: BudgetUse['kind']) => {
        const use = budgets.find((one) => one.kind === kind);
        return use ? budgetCell(design, use.budget, use.amount) : '–';
      };
      const paid = (amount: number) => (amount > 0 ? `${isAtLeast ? '≥\u202f' : ''}${money(design, amount)}` : '–');
      return [name, paid(capex), budget('capex'), paid(opex), budget('opex')];
    }),
  });
}

function missing(design: Design): readonly { readonly kind: string; readonly things: readonly Entity[] }[] {
  return PRICED_KINDS.map((kind) => ({ kind, things: unpricedOf(design, kind) })).filter(
    ({ things }) => things.length > 0,
  );
}

/** Exposure: what the sums leave out. */
function unpriced(design: Design): Html {
  const rows = missing(design);
  const { unreckoned } = costLinesOf(design);
  if (rows.length === 0 && unreckoned.size === 0) return html``;
  const names = (things: readonly Entity[]) =>
    listed(
      things.map(({ name }) => name),
      6,
    );
  return html`<h3>What has no price</h3><ul class="plain">${rows.map(
    ({ kind, things }) => html`<li>${counted(things.length, oneOf(kind), manyOf(kind))}: ${names(things)}</li>`,
  )}${unreckoned.size > 0 && html`<li>a price that cannot be reckoned, for lack of an exchange rate or a quantity: ${names([...unreckoned])}</li>`}</ul>`;
}

/** What one VM and one GiB cost, and the next VM. */
function units(design: Design): Html {
  const told = (cost: { readonly once: number; readonly yearly: number }, isAtLeast: boolean) =>
    `${isAtLeast ? 'at least ' : ''}${costText(design, cost)}`;
  const clusters = inTextOrder([...design.members('cluster')])
    .filter(exists)
    .flatMap((cluster) => {
      const each = costPerVm(cluster);
      const spare = spareCost(cluster);
      const next = nextVmCost(cluster);
      if (!each && !spare && !next) return [];
      const nextText = !next
        ? '–'
        : next.room > 0
          ? `nothing; after about ${formatNumber(next.room)} more ${next.className}, a host like ${next.like.name}: ${told(next.step, next.isAtLeast)}`
          : `a host like ${next.like.name}: ${told(next.next, next.isAtLeast)}`;
      return [
        [
          labelOf(cluster),
          each ? told(each.all, each.isAtLeast) : '–',
          spare ? told(spare.all, spare.isAtLeast) : '–',
          nextText,
        ],
      ];
    });
  const arrays = inTextOrder([...design.members('array')])
    .filter(exists)
    .flatMap((array) => {
      const each = costPerByte(array);
      return each ? [[labelOf(array), told({ once: each.once * GIB, yearly: each.yearly * GIB }, false)]] : [];
    });
  return html`${
    clusters.length > 0 &&
    table({
      title: 'What one VM costs',
      caption:
        'Hosts and their licences alone; storage and network are shared by others, too. The next VM is one of the usual class.',
      heads: ['Cluster', 'Per VM', 'Kept for a failure', 'The next VM'],
      right: [],
      rows: clusters.slice(0, 30),
    })
  }${arrays.length > 0 && table({ title: 'What a usable GiB costs', caption: '', heads: ['Array', 'Per usable GiB'], right: [], rows: arrays.slice(0, 30) })}`;
}
