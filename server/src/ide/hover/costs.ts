import { formatNumber } from '../../base/units.ts';
import { budgetsOf, firstYearOf } from '../../capacity/budget.ts';
import { costIn, costLinesOf, linesFor } from '../../capacity/cost.ts';
import { energyCost, energyOf, POWERED_KINDS } from '../../capacity/energy.ts';
import { feedUse, portUse, rackHeight } from '../../capacity/facility.ts';
import { hostsOfLicence, licensedQuantity } from '../../capacity/licences.ts';
import type { Cost } from '../../capacity/models/unit-cost.ts';
import { currencyOf, formatMoney, isMoney, timesAYear } from '../../capacity/money.ts';
import { paybackOf } from '../../capacity/payback.ts';
import { planYears } from '../../capacity/plan-years.ts';
import { staffLoadOf } from '../../capacity/staff.ts';
import { linesOwnedBy, unpricedOwnedBy } from '../../capacity/team-costs.ts';
import { costPerByte, costPerVm, nextVmCost, spareCost } from '../../capacity/unit-costs.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { partOf } from '../../design/props.ts';
import { propsOf, sitesOf } from '../../design/things.ts';
import { listed } from '../../rules/shared/wording.ts';
import type { Row } from './figures.ts';

const GIB = 2 ** 30;

/** What a plan costs once, every year, and in each of its first years; and when it pays. Empty without prices. */
export function planCosts(design: Design): Row[] {
  const { lines } = costLinesOf(design);
  const plan = design.plan();
  if (lines.length === 0 || !plan) return [];
  const firstYear = firstYearOf(design);
  const { capex, opex } = costIn(lines, firstYear, firstYear);
  const years = planYears(design);
  const payback = paybackOf(plan);
  const least = years?.isAtLeast ? 'at least ' : '';
  const total = years?.years.reduce((sum, { once, yearly }) => sum + once + yearly, 0);
  return [
    {
      label: firstYear === undefined ? 'costs' : `costs in ${firstYear}`,
      text: costText(design, { once: capex, yearly: opex }),
    },
    ...(years?.years ?? []).slice(1).map(({ year, once, yearly, further }) => ({
      label: `costs in ${year}`,
      text: `${least}${costText(design, { once, yearly })}${further > 0 ? `, with ${formatNumber(further)} ${further === 1 ? 'host' : 'hosts'} for growth` : ''}`,
    })),
    ...(years && total !== undefined
      ? [{ label: `costs of ${years.years.length} years`, text: `${least}${money(design, total)}` }]
      : []),
    ...(payback
      ? [
          {
            label: 'pays',
            text: Number.isFinite(payback.months)
              ? `after ${payback.isAtLeast ? 'at least ' : ''}${formatNumber(payback.months)} months`
              : 'never',
          },
        ]
      : []),
  ];
}

/** What one VM of a cluster costs, what the next one would, and what is kept for a failure. */
export function clusterCosts(cluster: Entity): Row[] {
  const { design } = cluster;
  const each = costPerVm(cluster);
  const spare = spareCost(cluster);
  const next = nextVmCost(cluster);
  const told = (cost: Cost, isAtLeast: boolean) => `${isAtLeast ? 'at least ' : ''}${costText(design, cost)}`;
  return [
    ...(each ? [{ label: 'cost per VM', text: `${told(each.all, each.isAtLeast)}; hosts and licences alone` }] : []),
    ...(spare ? [{ label: 'kept for a failure', text: told(spare.all, spare.isAtLeast) }] : []),
    ...(next
      ? [
          {
            label: `next ${next.className}`,
            text:
              next.room > 0
                ? `no further host; the one after about ${formatNumber(next.room)} more needs a host like ${next.like.name}: ${told(next.step, next.isAtLeast)}`
                : `needs a host like ${next.like.name}: ${told(next.next, next.isAtLeast)}`,
          },
        ]
      : []),
  ];
}

export function arrayCosts(array: Entity): Row[] {
  const each = costPerByte(array);
  if (!each) return [];
  const perGib = { once: each.once * GIB, yearly: each.yearly * GIB };
  return [{ label: 'cost per usable GiB', text: costText(array.design, perGib) }];
}

/** Power of a site with the energy of a year, as far as both are stated. */
export function siteCosts(site: Entity): Row[] {
  const { design } = site;
  const currency = currencyOf(design);
  let energy = 0;
  let cost: number | undefined;
  for (const kind of POWERED_KINDS) {
    for (const thing of design.members(kind)) {
      if (sitesOf(thing)[0] !== site) continue;
      energy += energyOf(thing) ?? 0;
      const paid = energyCost(thing, currency);
      if (paid !== undefined) cost = (cost ?? 0) + paid;
    }
  }
  const price = cost === undefined ? '' : `, ${money(design, cost)}`;
  return [
    { label: 'feed', figure: feedUse(site)?.share },
    ...(energy > 0 ? [{ label: 'energy a year', text: `${formatNumber(energy, 0)} kWh with cooling${price}` }] : []),
  ];
}

export function rackFigures(rack: Entity): Row[] {
  return [
    { label: 'rack units', figure: rackHeight(rack)?.share },
    { label: 'feed', figure: feedUse(rack)?.share },
  ];
}

export function switchFigures(one: Entity): Row[] {
  const use = portUse(one);
  return use && use.needed > 0 ? [{ label: 'ports', text: `${use.needed} of ${use.ports} cabled` }] : [];
}

/** What a licence is charged for, and what it costs. */
export function licenceFigures(licence: Entity): Row[] {
  const hosts = hostsOfLicence(licence);
  const prices = propsOf(licence)
    .list('cost')
    .flatMap((by): string[] => {
      const price = partOf(by.sentence.subject, 0, by.index);
      if (!isMoney(price) || !price.each) return [];
      const quantity = licensedQuantity(licence, price.each, timesAYear(price) !== undefined);
      return quantity === undefined ? [] : [`${formatNumber(quantity, 0)} ${price.each}${quantity === 1 ? '' : 's'}`];
    });
  const lines = linesFor(licence);
  const sum = (isYearly: boolean) =>
    lines.reduce((total, line) => total + (line.isYearly === isYearly ? line.amount : 0), 0);
  return [
    ...(hosts.length > 0 ? [{ label: 'hosts', text: listed(hosts.map(({ name }) => name)) }] : []),
    ...(prices.length > 0 ? [{ label: 'charged for', text: [...new Set(prices)].join(', ') }] : []),
    ...(lines.length > 0
      ? [{ label: 'costs', text: costText(licence.design, { once: sum(false), yearly: sum(true) }) }]
      : []),
  ];
}

/** People that a team needs for what it looks after, and what it costs against its budget. */
export function teamFigures(team: Entity): Row[] {
  return [...staffRows(team), ...teamCosts(team)];
}

function staffRows(team: Entity): Row[] {
  return staffLoadOf(team).map(({ what, count, staff, ratio, share }) => ({
    label: what,
    text: `${formatNumber(count)}, for ${formatNumber(Math.ceil(count / ratio.value - 1e-9))} of ${formatNumber(staff.value)} people`,
    figure: { label: what, unit: 'share' as const, value: share, origin: 'derived' as const, isAtLeast: false },
  }));
}

/** The team and what it owns, in the first year; each budget with what is paid from it. */
function teamCosts(team: Entity): Row[] {
  const { design } = team;
  const firstYear = firstYearOf(design);
  const { capex, opex, lines } = costIn(linesOwnedBy(team), firstYear, firstYear);
  const least = unpricedOwnedBy(team).length > 0 ? 'at least ' : '';
  const costs = { label: firstYear === undefined ? 'costs' : `costs in ${firstYear}` };
  return [
    ...(lines.length > 0 ? [{ ...costs, text: `${least}${costText(design, { once: capex, yearly: opex })}` }] : []),
    ...budgetsOf(team).map(({ kind, year, amount, budget, isAtLeast }) => {
      const label = `${kind} budget${year === undefined ? '' : ` ${year}`}`;
      const text = `${isAtLeast ? 'at least ' : ''}${money(design, amount)} of ${money(design, budget)}`;
      if (budget <= 0) return { label, text };
      return {
        label,
        text,
        figure: { label, unit: 'share', value: amount / budget, origin: 'derived', isAtLeast } as const,
      };
    }),
  ];
}

/** `12 000 EUR once and 800 EUR a year`. */
function costText(design: Design, { once, yearly }: Cost): string {
  const parts = [
    ...(once > 0 ? [`${money(design, once)} once`] : []),
    ...(yearly > 0 ? [`${money(design, yearly)} a year`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'nothing';
}

function money(design: Design, amount: number): string {
  return formatMoney(amount, currencyOf(design).code);
}
