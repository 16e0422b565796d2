import { yearOf } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { numberIn, partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { liveHosts } from './cluster.ts';
import { linesFor } from './cost.ts';
import { clusterExhaustion } from './forecast.ts';
import { datastoreGrowth, dayAfter, horizonOf } from './growth.ts';
import { hostLicences } from './licence-shares.ts';
import { type GrowingPart, monthsUntilOver, sumAfter } from './models/growth.ts';
import { currencyOf, inCurrency, isMoney } from './money.ts';
import { arrayUse, datastoreUse } from './storage.ts';
import { monthsAhead } from './time.ts';

/** The next host of a cluster, taken to be like its last one. */
export interface NextHost {
  readonly like: Entity;
  /** Paid once, with its licences, in the currency of totals. */
  readonly capex: number;
  /** Every year: its support, its licences, its energy. */
  readonly opex: number;
  /** Where its price is stated. */
  readonly by: Stated;
  /** Whether one of its licences is of unknown price. */
  readonly isAtLeast: boolean;
}

/** Undefined if the last host of the cluster states no price. */
export const nextHost = derive((cluster: Entity): NextHost | undefined => {
  const like = liveHosts(cluster).at(-1);
  const lines = like ? linesFor(like) : [];
  const by = lines.find(({ isYearly, by: one }) => !isYearly && one.sentence.word === 'cost')?.by;
  if (!like || !by) return undefined;
  const licences = hostLicences(like);
  const sum = (isYearly: boolean) =>
    [...lines, ...licences.costs].reduce((total, line) => total + (line.isYearly === isYearly ? line.amount : 0), 0);
  return { like, by, capex: sum(false), opex: sum(true), isAtLeast: !licences.isComplete };
});

/** When growth needs something that has to be bought, within the horizon. */
export interface Step {
  readonly what: string;
  /** From the day that the design is judged by. */
  readonly months: number;
  readonly year: number;
}

/** When a cluster needs its next host; undefined if it does not, or if it is full already. Hosts that are planned count from their day. */
export function hostStep(cluster: Entity): Step | undefined {
  const { design } = cluster;
  const { cpu, memory } = clusterExhaustion(cluster);
  const [first] = [
    { what: 'CPU', months: cpu?.months },
    { what: 'memory', months: memory?.months },
  ]
    .flatMap(({ what, months }) => (months === undefined ? [] : [{ what, months }]))
    .sort((a, b) => a.months - b.months);
  const day = first && first.months > 0 ? dayAfter(design, first.months) : undefined;
  if (!first || !day) return undefined;
  return { ...first, year: yearOf(day) };
}

/** When what is written on the datastores of an array fills it; undefined if nothing grows, or it does not within the horizon. */
export function arrayStep(array: Entity): Step | undefined {
  const { design } = array;
  const { usable, datastores } = arrayUse(array);
  if (!usable) return undefined;
  const parts = datastores.flatMap((datastore): GrowingPart[] => {
    const { used } = datastoreUse(datastore);
    return used ? [{ base: used.value, each: datastoreGrowth(datastore)?.growth, count: undefined }] : [];
  });
  if (parts.every(({ each }) => !each)) return undefined;
  const valueAt = (months: number) => sumAfter(parts, months, monthsAhead(design));
  const months = monthsUntilOver(valueAt, usable.value, horizonOf(design));
  const day = months ? dayAfter(design, months) : undefined;
  return months && day ? { what: 'space', months, year: yearOf(day) } : undefined;
}

/** The next step of an array's growth, as it states it. */
export interface Expansion {
  readonly by: Stated;
  /** Bytes. */
  readonly size: number | undefined;
  /** In the currency of totals. */
  readonly cost: number | undefined;
}

export function expansionOf(array: Entity): Expansion | undefined {
  const by = propsOf(array).one('expansion');
  if (!by) return undefined;
  const money = partOf(by.sentence.clauses.get('cost')?.value, 0, by.index);
  return {
    by,
    size: numberIn(by, by.sentence.subject)?.value,
    cost: isMoney(money) ? inCurrency(money, currencyOf(array.design)) : undefined,
  };
}
