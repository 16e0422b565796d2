import type { Span } from '../base/span.ts';
import type { Declaration, Entity } from '../design/declaration.ts';
import { classOf } from '../design/layers.ts';
import { referencesOf } from '../design/names.ts';
import { matching, resolve } from '../design/resolve.ts';
import type { Shape } from '../language/schema/notation.ts';
import type { Sentence } from '../language/sentence.ts';
import { expandNames, isPattern } from '../language/values/names.ts';
import type { NamePart, Part, Value } from '../language/values/value.ts';
import type { Spot } from './spot.ts';

/** A name in a statement, and what it may be a name of. */
export interface Mention {
  readonly part: NamePart;
  /** Kinds of thing that are looked for, or the one kind that is declared. */
  readonly kinds: readonly string[];
  readonly isClass: boolean;
  readonly isDeclaration: boolean;
}

/** Every name that a statement declares or refers to, in text order; those in its body not counted. */
export function mentionsIn(sentence: Sentence): Mention[] {
  const { word, subject, property, clauses, statement, block } = sentence;
  const found: Mention[] = [];
  const kind = block && kindOf(sentence);
  const add = (parts: readonly NamePart[], mention: Omit<Mention, 'part'>) => {
    for (const part of parts) found.push({ part, ...mention });
  };
  if (kind !== undefined && (word === 'class' || word === 'amend')) {
    const isClass = word === 'class' || statement.args[0]?.text === 'class';
    add(namesIn(subject?.parts[1]), { kinds: [kind], isClass, isDeclaration: word === 'class' });
  } else if (word === 'covers') {
    const covered = subject?.parts[0];
    if (covered?.type === 'word')
      add(namesIn(subject?.parts[1]), { kinds: [covered.text], isClass: false, isDeclaration: false });
  } else if (block && subject && word !== 'assume' && word !== 'import' && word !== 'source') {
    add(subject.parts.flatMap(namesIn), { kinds: [block.name], isClass: false, isDeclaration: true });
  } else addReferences(subject, property.shape.subject, found);
  for (const [name, clause] of clauses) {
    if (name === ':' && kind !== undefined)
      add((clause.value?.parts ?? []).flatMap(namesIn), { kinds: [kind], isClass: true, isDeclaration: false });
    else addReferences(clause.value, property.shape.clauses.get(name)?.value, found);
  }
  return found.sort((a, b) => a.part.from - b.part.from);
}

/** Kind that a block is of or speaks of. */
function kindOf({ word, subject }: Sentence): string | undefined {
  if (word !== 'class' && word !== 'amend' && word !== 'assume') return word;
  const kind = subject?.parts[0];
  return kind?.type === 'word' ? kind.text : undefined;
}

function addReferences(value: Value | undefined, shape: Shape | undefined, found: Mention[]): void {
  for (const { slot, kinds } of referenceSlots(shape))
    for (const part of namesIn(value?.parts[slot])) found.push({ part, kinds, isClass: false, isDeclaration: false });
}

/** Which parts of a value refer to things, and of what kinds. */
export function referenceSlots(
  shape: Shape | undefined,
): readonly { readonly slot: number; readonly kinds: readonly string[] }[] {
  const slots = (shape?.alternatives[0] ?? [])
    .flatMap((term) => (term.type === 'optional' ? term.terms : [term]))
    .filter((term) => term.type !== 'literal');
  return slots.flatMap((term, slot) => (term.type === 'reference' ? [{ slot, kinds: term.kinds }] : []));
}

function namesIn(part: Part | undefined): NamePart[] {
  if (part?.type === 'list') return part.items.flatMap(namesIn);
  return part?.type === 'name' ? [part] : [];
}

/** The name at an offset of a file, if it stands on one. */
export function mentionAt(spot: Spot, offset: number): Mention | undefined {
  const sentence = spot.sentences.at(-1);
  const at = offset - spot.placeFrom;
  return sentence && mentionsIn(sentence).find(({ part }) => part.from <= at && at <= part.to);
}

/** Where the name itself and what stands behind its `@` are written, quotation marks included. `text` is that of the place. */
export function writtenSpans(
  text: string,
  { from, to }: NamePart,
): { readonly name: Span; readonly scope: Span | undefined } {
  const written = text.slice(from, to);
  const name = /^"(?:[^"]|"")*"?/.exec(written)?.[0] ?? /^[^@]*/.exec(written)?.[0] ?? '';
  const end = from + name.length;
  return { name: { from, to: end }, scope: text[end] === '@' && end < to ? { from: end + 1, to } : undefined };
}

/** What a name stands for. */
export interface Meant {
  readonly entities: readonly Entity[];
  readonly classes: readonly Declaration[];
}

const NOTHING: Meant = { entities: [], classes: [] };

/** What a name means, seen from the block that it stands in. */
export function meantBy(mention: Mention, owner: Declaration): Meant {
  const { part, kinds, isClass, isDeclaration } = mention;
  const [kind = ''] = kinds;
  if (isClass) {
    if (isDeclaration) return { entities: [], classes: [owner] };
    const classes = referencesOf(part).flatMap((reference) => classOf(kind, reference, owner) ?? []);
    return { entities: [], classes: [...new Set(classes)] };
  }
  if (isDeclaration) {
    const names = namesOf(part);
    return { entities: owner.entities.filter((entity) => names.has(entity.name)), classes: [] };
  }
  const { names } = owner.design;
  const [entity] = owner.entities;
  const found = new Set<Entity>();
  for (const reference of referencesOf(part)) {
    if (isPattern(reference.name) && !part.quoted) {
      for (const match of matching(names, kinds, reference)) found.add(match);
      continue;
    }
    const resolution = resolve(names, kinds, reference, { entity, declaration: owner });
    if ('found' in resolution) found.add(resolution.found);
    else if ('ambiguous' in resolution) for (const candidate of resolution.ambiguous) found.add(candidate);
  }
  return found.size > 0 ? { entities: [...found], classes: [] } : NOTHING;
}

/** Names that a part stands for; patterns are not matched. */
export function namesOf(part: NamePart): ReadonlySet<string> {
  if (part.quoted) return new Set([part.text]);
  const names = expandNames(part.text);
  return new Set('error' in names ? [] : names.value);
}

/** The names that the head of a block declares, as written and in offsets of its place. */
export function declaredNames(declaration: Declaration): readonly NamePart[] {
  const sentence = declaration.head()?.sentence;
  const own = sentence ? mentionsIn(sentence).filter(({ isDeclaration }) => isDeclaration) : [];
  return own.map(({ part }) => part);
}

/** How the head of a block writes a name of its: as itself, or as the range that it is of. */
export function nameIn(sentence: Sentence, name: string): string {
  const own = mentionsIn(sentence).find(({ part, isDeclaration }) => isDeclaration && namesOf(part).has(name));
  return own?.part.text ?? name;
}

/** Where in the head of a block a name of its is written, in offsets of its place. */
export function nameSpan(declaration: Declaration, name: string | undefined): Span | undefined {
  const own = declaredNames(declaration);
  const named = name === undefined ? own[0] : own.find((part) => namesOf(part).has(name));
  return named ?? own[0] ?? declaration.head()?.sentence.wordSpan;
}
