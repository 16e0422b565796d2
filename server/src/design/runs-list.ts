import type { Span } from '../base/span.ts';
import { PRINT_WIDTH, printInline } from '../language/make/print.ts';
import type { NewArg, NewName } from '../language/make.ts';
import type { NamePart } from '../language/values/value.ts';
import type { Entity, Located } from './declaration.ts';
import { placeText } from './edits.ts';
import { type Reference, referencesOf } from './names.ts';
import { withName, withoutNames } from './range-edits.ts';
import { resolve, type Viewpoint } from './resolve.ts';

/** An item of a `runs` list as it is to stand in the text, and the separator before it. */
interface ListItem {
  readonly text: string;
  readonly before: string;
  /** Whether further names may join it. */
  readonly isRange: boolean;
}

/** The new text of a list, over the span of the old one; undefined if nothing is left of it. */
export interface ListEdit extends Span {
  readonly text: string;
  /** Names that would make its line longer than the print width. */
  readonly overflow: readonly NewName[];
}

export function keyOf(reference: Pick<Reference, 'name' | 'scope'>): string {
  return `${reference.name}@${reference.scope ?? ''}`;
}

/** The names in the list of a `runs` statement. */
export function listParts(located: Located): readonly NamePart[] {
  const part = located.sentence.subject?.parts[0];
  const items = part?.type === 'list' ? part.items : part ? [part] : [];
  return items.filter((item): item is NamePart => item.type === 'name');
}

/**
 * Takes names out of a list and adds others, in place. `room` is how much longer its line may become. A name joins a
 * range that it continues; else it comes last.
 */
export function editList(
  located: Located,
  removed: ReadonlySet<string>,
  added: readonly NewName[],
  room: number,
): ListEdit | undefined {
  const parts = listParts(located);
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return undefined;
  const source = placeText(located.place);
  const items: ListItem[] = [];
  for (const [index, part] of parts.entries()) {
    const before = index === 0 ? ', ' : source.slice(parts[index - 1]?.to ?? part.from, part.from);
    for (const [order, text] of textsWithout(part, source, removed).entries())
      items.push({ text, before: order === 0 ? before : ', ', isRange: isPlainRange(part, text) });
  }
  const overflow: NewName[] = [];
  const old = source.slice(first.from, last.to);
  for (const name of added) {
    if (join(items, name)) continue;
    const text = nameText(name);
    const isFull = items.length > 0 && joined(items).length + text.length + 2 > old.length + room;
    if (isFull) overflow.push(name);
    else items.push({ text, before: ', ', isRange: false });
  }
  return items.length === 0 ? undefined : { from: first.from, to: last.to, text: joined(items), overflow };
}

function joined(items: readonly ListItem[]): string {
  return items.map(({ text, before }, index) => (index === 0 ? text : before + text)).join('');
}

function isPlainRange(part: NamePart, text: string): boolean {
  return !part.quoted && part.scope === undefined && text.includes('[');
}

/** What is left of an item, as written where nothing is taken out of it. */
function textsWithout(part: NamePart, source: string, removed: ReadonlySet<string>): readonly string[] {
  const references = referencesOf(part);
  const left = references.filter((reference) => !removed.has(keyOf(reference)));
  if (left.length === references.length) return [source.slice(part.from, part.to)];
  if (left.length === 0) return [];
  if (part.scope?.includes('['))
    return left.map(({ name, scope }) =>
      nameText({ kind: 'name', text: name, ...(scope === undefined ? {} : { scope }) }),
    );
  const names = new Set(references.filter((reference) => removed.has(keyOf(reference))).map(({ name }) => name));
  const scope = part.scope === undefined ? '' : `@${part.scope}`;
  return withoutNames(part.text, names).map((text) => text + scope);
}

/** Adds a name to a range in the list that it continues. */
function join(items: ListItem[], name: NewName): boolean {
  if (name.scope !== undefined || nameText(name) !== name.text) return false;
  for (const [index, item] of items.entries()) {
    const text = item.isRange ? withName(item.text, name.text) : undefined;
    if (text === undefined) continue;
    items[index] = { ...item, text };
    return true;
  }
  return false;
}

/** Whether the list of a statement has a range that a name continues. */
export function continuesIn(located: Located, name: string): boolean {
  return listParts(located).some((part) => isPlainRange(part, part.text) && withName(part.text, name) !== undefined);
}

/** A `runs` statement as text. */
export function runsText(args: readonly NewArg[]): string {
  return printInline({ word: 'runs', args });
}

/** A name as `runs` writes it. */
export function nameText(name: NewName): string {
  return printInline({ word: 'runs', args: [name] }).slice('runs '.length);
}

/**
 * How a thing is called from a place: by its name, or with a container where the name alone means something else there.
 * Undefined if no form means it.
 */
export function referenceTo(entity: Entity, kinds: readonly string[], from: Viewpoint): NewName | undefined {
  const scopes: (string | undefined)[] = [undefined];
  for (let parent = entity.parent; parent; parent = parent.parent) scopes.push(parent.name);
  if (entity.declaration.scope !== undefined) scopes.push(entity.declaration.scope);
  for (const scope of scopes) {
    const part: NamePart = { type: 'name', text: entity.name, quoted: true, scope, from: 0, to: 0 };
    const resolution = resolve(entity.design.names, kinds, { name: entity.name, scope, part }, from);
    if ('found' in resolution && resolution.found === entity)
      return { kind: 'name', text: entity.name, ...(scope === undefined ? {} : { scope }) };
  }
  return undefined;
}

/** How much longer a line may become before it is too wide; a line that is too wide already takes no more. */
export function roomIn(length: number): number {
  return Math.max(0, PRINT_WIDTH - length);
}
