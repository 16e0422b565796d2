import { SECONDS_PER_YEAR } from '../base/units.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf, type Stated } from '../design/props.ts';
import { circles, propsOf } from '../design/things.ts';
import { compoundPerMonth, type Growth } from './models/growth.ts';

const SECONDS_PER_MONTH = SECONDS_PER_YEAR / 12;

export type Growing = 'vms' | 'cpu' | 'memory' | 'disk' | 'net' | 'sessions';

/** Growth that is stated for a thing, or for the nearest container, or for the design; undefined if nothing states it. */
export function growthOf(
  entity: Entity,
  what: Growing,
): { readonly growth: Growth; readonly by: Stated; readonly isOwn: boolean } | undefined {
  const plan = entity.design.plan();
  for (const around of [entity, ...circles(entity), ...(plan ? [plan] : [])]) {
    const by = propsOf(around).withClause('growth', what);
    const part = by && partOf(by.sentence.clauses.get(what)?.value, 0, by.index);
    if (!by || part?.type !== 'growth') continue;
    const months = part.seconds / SECONDS_PER_MONTH;
    const growth: Growth =
      part.dimension === 'share'
        ? { kind: 'compound', perMonth: compoundPerMonth(part.amount, months) }
        : { kind: 'linear', perMonth: part.amount / months };
    return { growth, by, isOwn: around === entity };
  }
  return undefined;
}
