import { factorOf, formatNumber } from '../../base/units.ts';
import { type FileEdit, replaceAt } from '../../design/edits.ts';
import { partOf, type Stated } from '../../design/props.ts';

/** A disk made to hold a size, in the unit that it is written in; undefined where a class or another block states it. */
export function resizedDisk(
  by: Stated,
  size: number,
): { readonly title: string; readonly edits: readonly FileEdit[] } | undefined {
  const part = partOf(by.sentence.subject, 1, by.index);
  if (part?.type !== 'quantity' || by.layer.source !== 'own' || by.sentence.subject?.each) return undefined;
  const count = Math.ceil(size / factorOf(part.unit) - 1e-9);
  const shared = by.layer.declaration.names.length > 1 ? ', for all of this statement' : '';
  return {
    title: `Make it ${formatNumber(count)} ${part.unit}${shared}`,
    edits: replaceAt(by.place, part, `${count} ${part.unit}`),
  };
}
