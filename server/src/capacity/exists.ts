import { compareDates } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { propsOf } from '../design/things.ts';
import { asOf, dateOf, existsBy } from './time.ts';
import { vmFacts } from './vm.ts';

const thingExists = derive((entity: Entity): boolean => existsBy(propsOf(entity)));

/** Whether a thing exists on the plan's day: not before its `from`, not after its `until`. */
export function exists(entity: Entity): boolean {
  return entity.kind === 'vm' ? vmFacts(entity).exists : thingExists(entity);
}

/** Whether a thing was there and is there no more: the plan's day is after its `until`. */
export function hasEnded(entity: Entity): boolean {
  if (exists(entity)) return false;
  const [today, until] = [asOf(entity.design), dateOf(entity, 'until')];
  return today !== undefined && until !== undefined && compareDates(today, until) > 0;
}
