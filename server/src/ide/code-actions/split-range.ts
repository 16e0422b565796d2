import { applyEdits, type Span, type TextEdit } from '../../base/span.ts';
import type { Located } from '../../design/declaration.ts';
import { locate } from '../../design/place.ts';
import { joinStatements } from '../../design/statement-edits.ts';
import { isBareName } from '../../language/make/bare-name.ts';
import { compressNames } from '../../language/make/ranges.ts';
import { fileText } from '../../language/syntax/file.ts';
import { expandNames } from '../../language/values/names.ts';
import type { Value } from '../../language/values/value.ts';
import type { Block } from './blocks.ts';
import { dealsOut, declaredParts, isDealtFromOutside, partsWithout } from './ranges.ts';
import type { Draft, Offer, Refactoring, Selection } from './refactoring.ts';

/** More blocks than this are not made of one. */
const MOST_BLOCKS = 32;

/** A block of several members becomes one for each half, or for each member. What is dealt out goes with its member. */
export const splitRange: Refactoring = {
  kind: 'refactor.rewrite',
  offers: (at) => {
    const [block, ...others] = at.blocks;
    if (!block || others.length > 0 || !isOnName(at, block)) return [];
    const { names, entities } = block.declaration;
    if (entities.length === 0 || names.length < 2 || new Set(names).size < names.length) return [];
    const offers: Offer[] = [];
    const half = Math.ceil(names.length / 2);
    const halves = [names.slice(0, half), names.slice(half)];
    const written = declaredParts(block).map(({ text }) => text);
    const title = written.join(', ');
    if (names.length > 2) offers.push({ title: `Split ${title} in two`, draft: () => draft(at, block, halves) });
    if (names.length <= MOST_BLOCKS) {
      const single = names.map((name) => [name]);
      offers.push({ title: `Split ${title} into single blocks`, draft: () => draft(at, block, single) });
    }
    return offers;
  },
};

/** Whether the selection lies in the head of a block: further inside, its name is not what the user thinks of. */
function isOnName({ span }: Selection, { at }: Block): boolean {
  return span.from >= at.from && span.to <= (at.body?.open ?? at.to);
}

function draft(at: Selection, block: Block, groups: readonly (readonly string[])[]): Draft | undefined {
  const { declaration } = block;
  if (isDealtFromOutside(declaration) || [...declaration.children].some(dealsOut)) return undefined;
  const text = fileText(at.file);
  const start = block.at.from;
  const parts = declaredParts(block);
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return undefined;
  const { names } = declaration;
  const own = text.slice(start, block.at.to);
  const pieces: string[] = [];
  for (const group of groups) {
    const kept = new Set(group);
    const removed = new Set(names.filter((name) => !kept.has(name)));
    const head = { from: first.from - block.sentence.from, to: last.to - block.sentence.from };
    const edits: TextEdit[] = [{ ...head, text: partsWithout(parts, removed).join(', ') }];
    const members = names.flatMap((name, index) => (kept.has(name) ? [index] : []));
    for (const located of [block, ...declaration.body()]) {
      const dealt = dealtTo(located, members, names.length);
      if (!dealt) return undefined;
      for (const edit of dealt) edits.push({ from: edit.from - start, to: edit.to - start, text: edit.text });
    }
    pieces.push(applyEdits(own, edits));
  }
  return { edits: [{ uri: at.uri, from: start, to: block.at.to, text: joinStatements(text, block.at, pieces) }] };
}

/** Edits by which the lists of a statement that are dealt out hold what falls to some members; undefined if they cannot. */
function dealtTo(located: Located, members: readonly number[], count: number): TextEdit[] | undefined {
  const start = locate(located.place)?.from ?? 0;
  const { sentence, place } = located;
  const edits: TextEdit[] = [];
  const text = place.item.kind === 'leaf' ? place.item.text : place.item.head;
  const values = [
    sentence.subject,
    ...(sentence.word === 'runs' ? [] : [...sentence.clauses.values()].map(({ value }) => value)),
  ];
  for (const value of values) {
    if (!value?.each) continue;
    const list = listOf(text, located, value);
    if (!list) return undefined;
    const dealt = sentence.word === 'runs' ? inRounds(list.items, members, count) : inTurn(list.items, members);
    if (dealt.length === 0) return undefined;
    const written =
      new Set(dealt).size < dealt.length ? dealt : compressNames(dealt, isBareName).map((item) => item.text);
    const each = members.length > 1 ? 'each ' : '';
    edits.push({ from: start + list.from, to: start + list.to, text: each + written.join(', ') });
  }
  return edits;
}

/** The member of a number gets the item of that number, from the start again behind the last. */
function inTurn(items: readonly string[], members: readonly number[]): readonly string[] {
  return members.map((member) => items[member % items.length] ?? '');
}

/** VMs go round the hosts until all are placed. */
function inRounds(items: readonly string[], members: readonly number[], count: number): readonly string[] {
  return items.filter((_, order) => members.includes(order % count));
}

/** The items of a list behind `each`, ranges expanded, and the span of both. */
function listOf(
  text: string,
  { sentence }: Located,
  value: Value,
): (Span & { readonly items: readonly string[] }) | undefined {
  const { args } = sentence.statement;
  const each = args.find(
    (token) =>
      token.kind === 'word' &&
      token.text === 'each' &&
      token.to <= value.to &&
      token.from >= value.from - 'each '.length,
  );
  if (!each) return undefined;
  const items: string[] = [];
  for (const written of text.slice(each.to, value.to).split(/,(?![^[]*\])/)) {
    const item = written.trim();
    if (/["@]/.test(item)) return undefined;
    const names = item.includes('[') ? expandNames(item) : { value: [item] };
    if ('error' in names) return undefined;
    items.push(...names.value);
  }
  return { from: each.from, to: value.to, items };
}
