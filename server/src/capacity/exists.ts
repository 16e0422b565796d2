import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { propsOf } from '../design/things.ts';
import { existsBy } from './time.ts';
import { vmFacts } from './vm.ts';

const thingExists = derive((entity: Entity): boolean => existsBy(propsOf(entity)));

/** Whether a thing exists on the plan's day: not before its `from`, not after its `until`. */
export function exists(entity: Entity): boolean {
  return entity.kind === 'vm' ? vmFacts(entity).exists : thingExists(entity);
}
