import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { linesFor } from './cost.ts';
import { horizonOf } from './growth.ts';
import { hostLicences } from './licence-shares.ts';
import { arrayOf, datastoreUse } from './storage.ts';
import { costPerByte } from './unit-costs.ts';

/** One payment for a thing over the horizon of the plan. */
export interface CostPart {
  readonly label: string;
  /** Over the horizon, in the currency of totals. */
  readonly amount: number;
  /** What is paid in a year, where it is paid every year. */
  readonly yearly: number | undefined;
  readonly by: Stated | undefined;
}

/** What a thing costs over the horizon of the plan, payment by payment. */
export interface ThingCost {
  readonly amount: number;
  readonly parts: readonly CostPart[];
}

/**
 * What is paid for a thing itself over the horizon, the licences of a host included; not for what stands in it. The lines are those of the
 * report. Undefined where it states no price that can be reckoned.
 */
export const costOver = derive((thing: Entity): ThingCost | undefined => {
  const years = horizonOf(thing.design) / 12;
  const part = (label: string, amount: number, isYearly: boolean, by?: Stated): CostPart => ({
    label,
    amount: isYearly ? amount * years : amount,
    yearly: isYearly ? amount : undefined,
    by,
  });
  const parts = [
    ...linesFor(thing).map(({ label, amount, isYearly, by }) => part(label, amount, isYearly, by)),
    ...(thing.kind === 'host'
      ? hostLicences(thing).costs.map(({ licence, amount, isYearly }) =>
          part(`licence ${licence.name}`, amount, isYearly),
        )
      : []),
  ];
  return parts.length === 0 ? undefined : { amount: parts.reduce((sum, { amount }) => sum + amount, 0), parts };
});

/** The part of its array's cost that falls on a datastore, by what it may hold: it is in the array's, not beside it. */
export const storeShare = derive((store: Entity): { readonly array: Entity; readonly amount: number } | undefined => {
  const array = arrayOf(store);
  const each = array && costPerByte(array);
  const capacity = datastoreUse(store).capacity?.value;
  if (!array || !each || capacity === undefined) return undefined;
  const years = horizonOf(store.design) / 12;
  return { array, amount: (each.once + each.yearly * years) * capacity };
});

/** Kinds of thing at a site that a picture has no box with a cost for. */
const BESIDE = ['rack', 'adc', 'network'] as const;

/** Things at a site that are paid for and stand in no other thing: racks, load balancers, networks. The first of several sites has them. */
export const besideAt = (site: Entity, firstSiteOf: (thing: Entity) => Entity | undefined): readonly Entity[] =>
  BESIDE.flatMap((kind) => [...site.design.members(kind)].filter((thing) => firstSiteOf(thing) === site));
