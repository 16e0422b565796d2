import type { Span } from '../base/span.ts';
import type { Sentence } from '../language/sentence.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import type { Block } from '../language/syntax/item.ts';
import { parse } from '../language/syntax/parser.ts';
import type { Part, Value } from '../language/values/value.ts';
import { spotAt } from './spot.ts';
import type { Workspace } from './workspace.ts';

/**
 * What is selected when a selection at an offset grows, step by step: a word, the value that it is in, the clause, the
 * statement, what a block holds, the block, and so on up to the whole file. Each holds the one before and more.
 */
export function selectionRanges(workspace: Workspace, uri: string, offset: number): readonly Span[] {
  const file = workspace.file(uri);
  if (!file) return [];
  const at = Math.max(0, Math.min(offset, file.root.length));
  const candidates = [...inStatement(workspace, uri, at), ...inBlocks(file, at), { from: 0, to: file.root.length }];
  const holding = candidates.filter(({ from, to }) => from <= at && at <= to);
  holding.sort((a, b) => a.to - a.from - (b.to - b.from));
  const grown: Span[] = [];
  for (const span of holding) {
    const last = grown.at(-1);
    const isWider = last === undefined || span.to - span.from > last.to - last.from;
    if (isWider && (!last || (span.from <= last.from && span.to >= last.to))) grown.push(span);
  }
  return grown;
}

/** The long blocks around an offset: as a whole, and what is between their braces. */
function inBlocks(file: ParsedFile, offset: number): Span[] {
  const found: Span[] = [];
  let sequence = file.root;
  let base = 0;
  for (;;) {
    const { from, item } = sequence.indexAt(offset - base);
    if (item?.kind !== 'block') return found;
    const start = base + from;
    const bodyFrom = start + item.head.length;
    found.push(...blockSpans(item, start));
    if (offset < bodyFrom || offset >= bodyFrom + item.body.length) return found;
    base = bodyFrom;
    sequence = item.body;
  }
}

function blockSpans(item: Block, start: number): Span[] {
  const brace = item.tail.indexOf('}');
  const tailFrom = start + item.length - item.tail.length;
  const close = tailFrom + Math.max(0, brace);
  const end = brace < 0 ? start + item.length : close + 1;
  const opening = parse(item.head, 'braces', true).statements.at(-1);
  const open = start + item.head.lastIndexOf('{') + 1;
  return [
    { from: open, to: close },
    { from: start + (opening?.from ?? 0), to: end },
  ];
}

/** Statements of one place around an offset, and what they are made of. */
function inStatement(workspace: Workspace, uri: string, offset: number): Span[] {
  const spot = spotAt(workspace, uri, offset);
  if (!spot) return [];
  return spot.sentences
    .flatMap(partsOf)
    .map(({ from, to }) => ({ from: from + spot.placeFrom, to: to + spot.placeFrom }));
}

function partsOf(sentence: Sentence): Span[] {
  const { statement, wordSpan, subject, clauses } = sentence;
  const found: Span[] = [sentence, wordSpan, ...statement.args, ...valueSpans(subject)];
  for (const clause of clauses.values()) found.push(clause, clause.wordSpan, ...valueSpans(clause.value));
  const first = statement.args[0];
  const last = statement.args.at(-1);
  // The head of a block, and all that its word is told.
  if (first && last) found.push({ from: first.from, to: last.to }, { from: sentence.from, to: last.to });
  const { body } = statement;
  if (body && body.close >= 0) {
    found.push({ from: body.open, to: body.close + 1 });
    const [inner, end] = [body.statements[0], body.statements.at(-1)];
    if (inner && end) found.push({ from: inner.from, to: end.to });
  }
  return found;
}

function valueSpans(value: Value | undefined): Span[] {
  const parts = (value?.parts ?? []).flatMap((part) => (part ? partSpans(part) : []));
  return value ? [value, ...parts] : parts;
}

function partSpans(part: Part): Span[] {
  if (part.type === 'list') return [part, ...part.items.flatMap(partSpans)];
  if (part.type === 'span') return [part, ...partSpans(part.low), ...partSpans(part.high)];
  return [part];
}
