import type { Span } from '../../base/span.ts';
import type { Declaration, Located } from '../../design/declaration.ts';
import { type Place, readItem } from '../../design/place.ts';
import { type StatementSpan, statementSpan } from '../../design/statement-edits.ts';
import type { Sentence } from '../../language/sentence.ts';
import type { Item } from '../../language/syntax/item.ts';
import type { Sequence } from '../../language/syntax/sequence.ts';
import { declarationAt } from '../spot.ts';
import type { Project } from '../workspace.ts';

/** A block of the text with what it declares. */
export interface Block extends Located {
  readonly declaration: Declaration;
  /** Where it stands in its file. */
  readonly at: StatementSpan;
}

/** At most this many items are looked through for one selection. */
const MOST_ITEMS = 20_000;
const NO_ITEMS: ReadonlyMap<Item, Place> = new Map();

/**
 * Blocks of one level that a span of a file touches. A span inside a block leads to those in its body, or to the block
 * itself where the body has none there.
 */
export function blocksAt(project: Project, uri: string, span: Span): readonly Block[] {
  const file = project.design.files.get(uri);
  return file ? inItems(file.parsed.root, file.items, 0, file.top, span) : [];
}

/** The block of a declaration; undefined for a top level, and where the text no longer has it. */
export function blockOf(declaration: Declaration): Block | undefined {
  const head = declaration.head();
  const at = head && statementSpan(head);
  return head && at && { place: head.place, sentence: head.sentence, declaration, at };
}

/** Blocks behind (`step` 1) or before (-1) one that stand beside it, nearest first; read one by one. */
export function* neighbours({ place, declaration }: Block, step: 1 | -1): Generator<Declaration> {
  const isInner = declaration.path.length > 1;
  const beside = isInner ? [...(declaration.parent?.children ?? [])].sort(byPath) : place.declarations;
  for (let at = beside.indexOf(declaration) + step; at >= 0 && at < beside.length; at += step)
    yield beside[at] ?? declaration;
  if (isInner) return;
  const { within, file } = place;
  const sequence = within?.item.kind === 'block' ? within.item.body : file.parsed.root;
  const items = (within ? within.items : file.items) ?? NO_ITEMS;
  for (let at = sequence.indexOf(place.item) + step; ; at += step) {
    const item = sequence.at(at);
    if (!item) return;
    const { declarations = [] } = items.get(item) ?? {};
    yield* step > 0 ? declarations : [...declarations].reverse();
  }
}

function byPath(a: Declaration, b: Declaration): number {
  return (a.path.at(-1) ?? 0) - (b.path.at(-1) ?? 0);
}

interface Touched {
  readonly place: Place;
  readonly placeFrom: number;
  readonly sentence: Sentence;
  readonly path: readonly number[];
  readonly at: StatementSpan;
}

function inItems(
  sequence: Sequence,
  items: ReadonlyMap<Item, Place>,
  start: number,
  owner: Declaration,
  span: Span,
): readonly Block[] {
  const touched: Touched[] = [];
  const first = sequence.indexAt(Math.max(0, span.from - start));
  let index = Math.max(0, first.index - 1);
  let from = start + (first.index === 0 ? 0 : first.from - (sequence.at(index)?.length ?? 0));
  for (let count = 0; count < MOST_ITEMS; count++, index++) {
    const item = sequence.at(index);
    if (!item || from > span.to) break;
    const place = items.get(item);
    const bodyFrom = from + (item.kind === 'block' ? item.head.length : item.length);
    const bodyTo = bodyFrom + (item.kind === 'block' ? item.body.length : 0);
    if (place && item.kind === 'block' && span.from >= bodyFrom && span.to < bodyTo) {
      const inner = place.declarations.at(-1);
      if (!inner) return [];
      const found = inItems(item.body, place.items ?? NO_ITEMS, bodyFrom, inner, span);
      const block = found.length > 0 ? undefined : blockOf(inner);
      return block ? [block] : found;
    }
    if (place && from + item.length >= span.from) {
      const { sentences } = readItem(item, place.context);
      touched.push(...touchedOf(sentences, [], place, from, span));
    }
    from += item.length;
  }
  return descend(touched, owner, span);
}

function touchedOf(
  sentences: readonly Sentence[],
  around: readonly number[],
  place: Place,
  placeFrom: number,
  span: Span,
): Touched[] {
  return sentences.flatMap((sentence, index) => {
    const at = statementSpan({ place, sentence });
    if (!at || at.from > span.to || at.to < span.from) return [];
    return [{ place, placeFrom, sentence, path: [...around, index], at }];
  });
}

/** Goes on into the only statement that is touched, if the span lies between its braces and touches blocks there. */
function descend(touched: readonly Touched[], owner: Declaration, span: Span): readonly Block[] {
  const [only] = touched;
  const blocks = touched.flatMap(({ place, sentence, path, at }): readonly Block[] => {
    const declaration = sentence.block && declarationAt(place, path, owner);
    return declaration ? [{ place, sentence, declaration, at }] : [];
  });
  const [block] = blocks;
  if (!only || !block || touched.length > 1 || !only.at.body) return blocks;
  const { open, close } = only.at.body;
  if (span.from <= open || (close >= 0 && span.to > close)) return blocks;
  const inner = touchedOf(only.sentence.body, only.path, only.place, only.placeFrom, span);
  const found = descend(inner, block.declaration, span);
  return found.length > 0 ? found : blocks;
}
