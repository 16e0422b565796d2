import { derive } from '../../base/reactive.ts';
import { clusterExhaustion, datastoreExhaustion, subnetExhaustions } from '../../capacity/forecast.ts';
import { horizonOf } from '../../capacity/growth.ts';
import { currencyOf } from '../../capacity/money.ts';
import { datastoreUse } from '../../capacity/storage.ts';
import { besideAt, costOver } from '../../capacity/thing-costs.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { clusterOfHost } from '../../design/placement.ts';
import { sitesOf } from '../../design/things.ts';
import type { Outlook } from '../graph.ts';

/** Cost and the month in which something runs out: what pictures show besides loads. Only what is known. */
export const outlookOf = derive((thing: Entity): Outlook => {
  const cost = costOf(thing);
  const exhausts = exhaustionOf(thing);
  return { ...(cost === undefined ? {} : { cost }), ...(exhausts ? { exhausts } : {}) };
});

/** What is paid for a thing over the horizon of the plan, in the currency of totals; of a site with what stands there and has no box. */
function costOf(thing: Entity): number | undefined {
  const beside = thing.kind === 'site' ? besideAt(thing, (other) => sitesOf(other)[0]) : [];
  const costs = [thing, ...beside].flatMap((one) => costOver(one)?.amount ?? []);
  return costs.length === 0 ? undefined : Math.round(costs.reduce((sum, amount) => sum + amount, 0));
}

/** What a thing runs out of first. That nothing does within the horizon is known, too: `months` is absent then. */
function exhaustionOf(thing: Entity): Outlook['exhausts'] {
  const all: { readonly what: string; readonly months: number | undefined }[] = [];
  const add = (what: string, found: { readonly months: number | undefined } | undefined): void => {
    if (found) all.push({ what, months: found.months });
  };
  if (thing.kind === 'cluster') {
    const { cpu, memory } = clusterExhaustion(thing);
    add('CPU', cpu);
    add('memory', memory);
  } else if (thing.kind === 'host') {
    const cluster = clusterOfHost(thing);
    return cluster && outlookOf(cluster).exhausts;
  } else if (thing.kind === 'datastore') {
    const { used, capacity } = datastoreUse(thing);
    const isFull = used && capacity && used.value >= capacity.value;
    add('space', isFull ? { months: 0 } : datastoreExhaustion(thing));
  } else if (thing.kind === 'network') {
    for (const found of subnetExhaustions(thing)) add('addresses', found);
  }
  const [first] = all.sort((a, b) => (a.months ?? Infinity) - (b.months ?? Infinity));
  if (!first) return undefined;
  const { what, months } = first;
  return months === undefined ? { what } : { what, months: Math.floor(months * 10) / 10 };
}

/** The currency that costs are in, and the years that they are of. */
export const moneyOf = derive((design: Design): { readonly code: string; readonly months: number } => ({
  code: currencyOf(design).code ?? '',
  months: horizonOf(design),
}));
