import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf } from '../design/props.ts';
import { propsOf } from '../design/things.ts';

/** Features that a cluster states as switched on; `drs` and `evc`, which have words of their own, among them. */
export const featuresOf = derive((cluster: Entity): ReadonlySet<string> => {
  const props = propsOf(cluster);
  const found = new Set<string>();
  for (const stated of props.list('features')) {
    const part = partOf(stated.sentence.subject, 0, stated.index);
    for (const item of part?.type === 'list' ? part.items : part ? [part] : [])
      if (item.type === 'word') found.add(item.text);
  }
  const drs = props.word('drs');
  if (drs && drs !== 'off') found.add('drs');
  if (props.has('evc')) found.add('evc');
  return found;
});
