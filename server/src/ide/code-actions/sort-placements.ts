import type { Located } from '../../design/declaration.ts';
import { placeText, replaceAt } from '../../design/edits.ts';
import { referencesOf } from '../../design/names.ts';
import { listParts, nameText } from '../../design/runs-list.ts';
import { isBareName } from '../../language/make/bare-name.ts';
import { compressNames } from '../../language/make/ranges.ts';
import { name as named } from '../../language/make.ts';
import { isPattern } from '../../language/values/names.ts';
import { spotAt } from '../spot.ts';
import type { Refactoring } from './refactoring.ts';

/** The names in a `runs` list in their natural order, those that follow one another as ranges. */
export const sortPlacements: Refactoring = {
  kind: 'refactor.rewrite',
  offers: (at) => {
    const spot = spotAt(at.workspace, at.uri, at.span.from, at.project);
    const sentence = spot?.sentences.at(-1);
    if (!spot || sentence?.word !== 'runs') return [];
    const located = { place: spot.place, sentence };
    const sorted = sortedList(located);
    const part = sentence.subject?.parts[0];
    if (sorted === undefined || !part || placeText(spot.place).slice(part.from, part.to) === sorted) return [];
    return [{ title: 'Sort what runs here', draft: () => ({ edits: replaceAt(spot.place, part, sorted) }) }];
  },
};

/** The list of a `runs` statement, sorted; undefined where its order or its form has a meaning. */
function sortedList({ sentence, place }: Located): string | undefined {
  const { subject, clauses } = sentence;
  if (!subject || subject.each || subject.none || clauses.get('on')?.value?.each) return undefined;
  const parts = listParts({ sentence, place });
  const references = parts.flatMap(referencesOf);
  const keys = new Set(references.map(({ name, scope }) => `${name}@${scope ?? ''}`));
  if (references.length < 2 || keys.size < references.length || parts.some(({ text }) => isPattern(text)))
    return undefined;
  const order = new Intl.Collator('en', { numeric: true });
  const compare = (a: string, b: string) => order.compare(a, b) || (a < b ? -1 : 1);
  const byScope = new Map<string | undefined, string[]>();
  for (const { name, scope } of references) byScope.set(scope, [...(byScope.get(scope) ?? []), name]);
  const scopes = [...byScope.keys()].sort((a, b) => compare(a ?? '', b ?? ''));
  const items = scopes.flatMap((scope) => {
    const names = [...(byScope.get(scope) ?? [])].sort(compare);
    if (scope !== undefined) return names.map((each) => nameText(named(each, scope)));
    return compressNames(names, isBareName, 2).map(({ text, isRange }) => (isRange ? text : nameText(named(text))));
  });
  return items.join(', ');
}
