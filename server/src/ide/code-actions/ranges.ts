import type { Declaration, Located } from '../../design/declaration.ts';
import { withoutNames } from '../../design/range-edits.ts';
import { isBareName } from '../../language/make/bare-name.ts';
import { compressNames } from '../../language/make/ranges.ts';
import type { NamePart } from '../../language/values/value.ts';
import { mentionsIn, namesOf } from '../mentions.ts';
import { classLayers } from './class-text.ts';

/** Names of blocks as ranges, taken apart and put together. */

/** The names in the head of a block that it declares. */
export function declaredParts({ sentence }: Located): readonly NamePart[] {
  return mentionsIn(sentence).flatMap(({ part, isDeclaration }) => (isDeclaration ? [part] : []));
}

/** Names as the head of a block would write them without some: `web-[1..4]` without web-3 is `web-[1..2,4]`. */
export function partsWithout(parts: readonly NamePart[], removed: ReadonlySet<string>): readonly string[] {
  return parts.flatMap((part) => {
    if (!part.quoted) return withoutNames(part.text, removed);
    return [...namesOf(part)].some((name) => removed.has(name)) ? [] : [`"${part.text.replaceAll('"', '""')}"`];
  });
}

/** One word for several names, in their order; undefined if there is none. */
export function rangeOf(names: readonly string[]): string | undefined {
  const [only, ...others] = compressNames(names, isBareName, 2);
  return only && others.length === 0 ? only.text : undefined;
}

/** Whether something that holds for a block by other blocks is dealt out over its members by their number. */
export function isDealtFromOutside(declaration: Declaration): boolean {
  const amends = declaration.names.flatMap((name) => declaration.design.names.read(declaration.kind, name).amends);
  const outer = new Set([...classLayers(declaration), ...amends.flatMap((amend) => [amend, ...classLayers(amend)])]);
  return [...outer].some(dealsOut);
}

/** Whether a block deals anything out over members, in its head, its statements or the blocks in it. */
export function dealsOut(declaration: Declaration): boolean {
  const head = declaration.head();
  return (
    (head !== undefined && isDealt(head)) ||
    declaration.body().some(isDealt) ||
    [...declaration.children].some(dealsOut)
  );
}

function isDealt({ sentence }: Located): boolean {
  return sentence.subject?.each === true || [...sentence.clauses.values()].some(({ value }) => value?.each === true);
}
