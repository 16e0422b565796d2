import { derive } from '../../base/reactive.ts';
import { linesFor } from '../../capacity/cost.ts';
import { clusterExhaustion, datastoreExhaustion, subnetExhaustions } from '../../capacity/forecast.ts';
import { horizonOf } from '../../capacity/growth.ts';
import { hostLicences } from '../../capacity/licence-shares.ts';
import { currencyOf } from '../../capacity/money.ts';
import { datastoreUse } from '../../capacity/storage.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { clusterOfHost } from '../../design/placement.ts';
import type { Outlook } from '../graph.ts';

/** Cost and the month in which something runs out: what pictures show besides loads. Only what is known. */
export const outlookOf = derive((thing: Entity): Outlook => {
  const cost = costOf(thing);
  const exhausts = exhaustionOf(thing);
  return { ...(cost === undefined ? {} : { cost }), ...(exhausts ? { exhausts } : {}) };
});

/** What a thing costs over the horizon of the plan, with the licences of a host, in the currency of totals. */
function costOf(thing: Entity): number | undefined {
  const lines = [...linesFor(thing), ...(thing.kind === 'host' ? hostLicences(thing).costs : [])];
  if (lines.length === 0) return undefined;
  const years = horizonOf(thing.design) / 12;
  return Math.round(lines.reduce((sum, { amount, isYearly }) => sum + amount * (isYearly ? years : 1), 0));
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
