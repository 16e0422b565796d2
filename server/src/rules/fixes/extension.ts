import { factorOf, formatNumber, formatQuantity } from '../../base/units.ts';
import { arrayUse } from '../../capacity/storage.ts';
import type { Entity } from '../../design/declaration.ts';
import { replaceAt } from '../../design/edits.ts';
import { partOf } from '../../design/props.ts';
import { propsOf, standsOn } from '../../design/things.ts';
import type { Fix } from '../rule.ts';
import { isOwn } from '../shared/anchor.ts';

/** Extends a datastore to hold a size, in the unit it is written in, if its array has as much left. */
export function extension(datastore: Entity, needed: number): Fix[] {
  const stated = propsOf(datastore).one('capacity');
  const part = stated && partOf(stated.sentence.subject, 0, stated.index);
  const holder = standsOn(datastore);
  if (!stated || part?.type !== 'quantity' || !holder || !isOwn(datastore, stated)) return [];
  if (stated.sentence.subject?.each) return [];
  const { usable, allocated } = arrayUse(holder);
  const size = Math.ceil((needed / factorOf(part.unit)) * 10 - 1e-9) / 10;
  const bytes = size * factorOf(part.unit);
  const left = usable && allocated ? usable.value - allocated.value : 0;
  if (bytes - part.value > left) return [];
  const text = `${String(size)} ${part.unit}`;
  return [
    {
      title: `Extend ${datastore.name} to ${formatNumber(size)} ${part.unit}; ${holder.name} has ${formatQuantity(left, 'size')} left`,
      edits: replaceAt(stated.place, part, text),
    },
  ];
}
