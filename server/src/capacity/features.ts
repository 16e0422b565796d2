import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { licencesOf } from './licences.ts';

/** Features that a cluster states as switched on; `drs` and `evc`, which have words of their own, among them. */
export const featuresOf = derive((cluster: Entity): ReadonlySet<string> => {
  const props = propsOf(cluster);
  const found = new Set<string>();
  for (const stated of props.list('features')) for (const word of wordsOf(stated)) found.add(word);
  const drs = props.word('drs');
  if (drs && drs !== 'off') found.add('drs');
  if (props.has('evc')) found.add('evc');
  return found;
});

/** Features that the licences of a host state that they unlock, beside those of its edition. */
export const grantsOf = derive((host: Entity): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { licence } of licencesOf(host)) {
    for (const stated of propsOf(licence).list('grants')) for (const word of wordsOf(stated)) found.add(word);
  }
  return found;
});

/** Words of a list such as `features live-migration, ha`. */
export function wordsOf(stated: Stated): readonly string[] {
  const part = partOf(stated.sentence.subject, 0, stated.index);
  const items = part?.type === 'list' ? part.items : part ? [part] : [];
  return items.flatMap((item) => (item.type === 'word' ? [item.text] : []));
}
