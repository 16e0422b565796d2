import { formatPrefix } from '../../base/addresses.ts';
import { formatDate } from '../../base/dates.ts';
import { formatNumber } from '../../base/units.ts';
import { growingCluster, supplyAfterLoss } from '../../capacity/cluster.ts';
import { exists } from '../../capacity/exists.ts';
import { formatFigure } from '../../capacity/figure.ts';
import {
  clusterExhaustion,
  datastoreExhaustion,
  type Exhaustion,
  monthText,
  subnetExhaustions,
} from '../../capacity/forecast.ts';
import { dayAfter, horizonOf } from '../../capacity/growth.ts';
import { sumAfter } from '../../capacity/models/growth.ts';
import { monthsAhead } from '../../capacity/time.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { inTextOrder } from '../../design/order.ts';
import { type Html, html, listed } from '../html.ts';
import { cappedCaption, labelOf, table } from './capacity.ts';
import { type Course, courseChart, type Runway, runwayChart } from './charts.ts';
import type { Notes } from './notes.ts';

/** Something that may fill up, and when. */
export interface Fill {
  readonly entity: Entity;
  readonly label: string;
  readonly what: string;
  readonly exhaustion: Exhaustion;
  /** Undefined if it does not within the horizon. */
  readonly months: number | undefined;
}

const MOST_FILLS = 14;
const MOST_COURSES = 9;

/** Everything whose growth is stated, the first to fill up first. */
export function fillsOf(design: Design): readonly Fill[] {
  const horizon = horizonOf(design);
  const fills: Fill[] = [];
  const add = (entity: Entity, label: string, what: string, exhaustion: Exhaustion | undefined): void => {
    if (!exhaustion) return;
    const { months } = exhaustion;
    fills.push({
      entity,
      label,
      what,
      exhaustion,
      months: months !== undefined && months <= horizon ? months : undefined,
    });
  };
  for (const cluster of inTextOrder([...design.members('cluster')]).filter(exists)) {
    const { cpu, memory } = clusterExhaustion(cluster);
    add(cluster, labelOf(cluster), 'CPU', cpu);
    add(cluster, labelOf(cluster), 'memory', memory);
  }
  for (const network of inTextOrder([...design.members('network')]))
    for (const one of subnetExhaustions(network))
      add(
        network,
        labelOf(network),
        one.isRange ? 'DHCP range' : `addresses ${formatPrefix(one.subnet.subnet.prefix)}`,
        one,
      );
  for (const store of inTextOrder([...design.members('datastore')]).filter(exists))
    add(store, labelOf(store), 'space', datastoreExhaustion(store));
  return fills.sort((a, b) => (a.months ?? Number.POSITIVE_INFINITY) - (b.months ?? Number.POSITIVE_INFINITY));
}

/** `in 2029-07`, `now`. */
export function whenText(design: Design, months: number): string {
  return months > 0 ? monthText(design, months) : 'now';
}

/** When things fill up, and how clusters get there. */
export function horizonSection(design: Design, fills: readonly Fill[], notes: Notes): Html {
  const horizon = horizonOf(design);
  if (fills.length === 0)
    return html`<p>No growth is stated, so nothing is forecast. State it in the design block, for example <code>growth vms 2 %/month disk 3 %/month</code>.</p>`;
  const within = fills.filter((fill) => fill.months !== undefined);
  const safe = fills.filter((fill) => fill.months === undefined);
  const monthLabel = (months: number): string => {
    const day = dayAfter(design, months);
    return day ? formatDate(day).slice(0, 7) : months === 0 ? 'now' : `+${formatNumber(months)}`;
  };
  const shown = within.slice(0, MOST_FILLS);
  const runways = shown.map(
    ({ label, what, months = 0 }): Runway => ({ label, what, months, when: whenText(design, months) }),
  );
  const courses = coursesOf(design, fills, horizon);
  return html`${within.length > 0 && html`${runwayChart(runways, horizon, monthLabel)}${fillTable(design, shown, within.length, notes)}`}
${
  safe.length > 0 &&
  html`<p>Not full within ${formatNumber(horizon)} months: ${listed(
    safe.map(({ label, what }) => `${what} of ${label}`),
    8,
  )}.</p>`
}
${courses.length > 0 && html`<h3>Clusters along the horizon</h3><p class="about">Load as a share of what is left when what may fail has failed; the line at 100 is all of it. ${courses.length === MOST_COURSES && 'Those that fill up first.'}</p><div class="courses">${courses.map((course) => courseChart(course, monthLabel))}</div>`}`;
}

function fillTable(design: Design, fills: readonly Fill[], all: number, notes: Notes): Html {
  return table({
    title: 'What fills up, and when',
    caption: cappedCaption(fills.length, all, 'things that fill up', 'first'),
    heads: ['What', 'Of', 'Full', 'At', 'Asked for today', 'Grows by'],
    right: [],
    rows: fills.map(({ label, what, months = 0, exhaustion: { limit, now, by } }) => [
      html`${label}${notes.refer(`${label}, ${what}`, [limit], by ? [html`growth stated ${notes.placeOf(by.by)}`] : [])}`,
      what,
      whenText(design, months),
      formatFigure(limit),
      formatFigure({ value: now, unit: limit.unit }),
      by ? growthText(by.growth, limit.unit) : 'its parts',
    ]),
  });
}

function growthText(
  growth: { readonly kind: 'linear' | 'compound'; readonly perMonth: number },
  unit: Parameters<typeof formatFigure>[0]['unit'],
): string {
  const each =
    growth.kind === 'compound'
      ? `${formatNumber(growth.perMonth * 100, 2)} %`
      : formatFigure({ value: growth.perMonth, unit });
  return `${each} a month`;
}

/** How the load of clusters goes on, those that fill up first. */
function coursesOf(design: Design, fills: readonly Fill[], horizon: number): readonly Course[] {
  const clusters = [...new Set(fills.map(({ entity }) => entity))]
    .filter(({ kind }) => kind === 'cluster')
    .slice(0, MOST_COURSES);
  const months = Array.from({ length: Math.floor(horizon) + 1 }, (_, index) => index);
  const lead = monthsAhead(design);
  return clusters.map((cluster) => {
    const left = supplyAfterLoss(cluster);
    const load = growingCluster(cluster);
    const known = clusterExhaustion(cluster);
    const lines = (['CPU', 'memory'] as const).flatMap((what) => {
      const [supply, parts, isKnown] =
        what === 'CPU' ? [left.cpu, load.cpu, known.cpu] : [left.memory, load.memory, known.memory];
      if (!supply || !isKnown) return [];
      return [{ what, shares: months.map((month) => sumAfter(parts, month, lead) / supply.value) }];
    });
    return { name: labelOf(cluster), lines };
  });
}
