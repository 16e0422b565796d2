import { wordsOf } from '../../capacity/features.ts';
import type { Entity } from '../../design/declaration.ts';
import { addToBody, type FileEdit, replaceAt } from '../../design/edits.ts';
import { propsOf } from '../../design/things.ts';

/** Switches a feature of a cluster on: at the end of its list of features, or in a new one. */
export function switchOn(cluster: Entity, feature: string): FileEdit[] {
  if (feature === 'drs') {
    const stated = propsOf(cluster).one('drs');
    const part = stated?.sentence.subject?.parts[0];
    return stated && part ? replaceAt(stated.place, part, 'partial') : inBody(cluster, 'drs partial');
  }
  const stated = propsOf(cluster).list('features').at(-1);
  const part = stated?.sentence.subject?.parts[0];
  if (!stated || !part) return inBody(cluster, `features ${feature}`);
  if (wordsOf(stated).includes(feature)) return [];
  return replaceAt(stated.place, { from: part.to, to: part.to }, `, ${feature}`);
}

function inBody(cluster: Entity, statement: string): FileEdit[] {
  const head = cluster.declaration.head();
  return head ? addToBody(head, statement) : [];
}
