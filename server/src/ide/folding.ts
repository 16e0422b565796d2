import type { Span } from '../base/span.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import type { Item } from '../language/syntax/item.ts';
import { Scanner } from '../language/syntax/scanner.ts';
import type { Sequence } from '../language/syntax/sequence.ts';

/** Lines that can be folded away: from the line of `from` to the line before that of `to`, or up to it for comments. */
export interface Fold extends Span {
  readonly kind: 'block' | 'comment' | 'imports';
}

/** What can be folded in a file, in text order: blocks over several lines, runs of comments, runs of imports. */
export function folds(file: ParsedFile): readonly Fold[] {
  const found: Fold[] = [];
  inSequence(file.root, 0, found);
  return found;
}

function inSequence(sequence: Sequence, start: number, found: Fold[]): void {
  let from = start;
  let imports: { from: number; to: number; count: number } | undefined;
  const endImports = () => {
    if (imports && imports.count > 1) found.push({ from: imports.from, to: imports.to, kind: 'imports' });
    imports = undefined;
  };
  for (const item of sequence) {
    const own = foldsOf(item);
    if (item.kind === 'leaf' && /^\s*import\b/.test(item.text)) {
      const first = from + (item.text.length - item.text.trimStart().length);
      const to = from + item.text.trimEnd().length;
      imports = { from: imports?.from ?? first, to, count: (imports?.count ?? 0) + 1 };
    } else endImports();
    for (const fold of own) found.push({ ...fold, from: fold.from + from, to: fold.to + from });
    if (item.kind === 'block') {
      const end = item.length - item.tail.length + item.tail.indexOf('}');
      found.push({ from: from + item.head.lastIndexOf('{'), to: from + end, kind: 'block' });
      inSequence(item.body, from + item.head.length, found);
    }
    from += item.length;
  }
  endImports();
}

/** Folds of items, which do not change while the item is the same; offsets count from its start. */
const known = new WeakMap<Item, readonly Fold[]>();

function foldsOf(item: Item): readonly Fold[] {
  let folds = known.get(item);
  if (!folds) {
    folds = inText(item.kind === 'leaf' ? item.text : item.head);
    known.set(item, folds);
  }
  return folds;
}

function inText(text: string): readonly Fold[] {
  if (!/[\r\n]./.test(text)) return NONE;
  const found: Fold[] = [];
  const open: number[] = [];
  const scanner = new Scanner();
  scanner.reset(text);
  let comments: { from: number; to: number; count: number } | undefined;
  let isLineStart = true;
  let line = 0;
  const lines = new Map<number, number>();
  const endComments = () => {
    if (comments && comments.count > 1) found.push({ from: comments.from, to: comments.to, kind: 'comment' });
    comments = undefined;
  };
  for (let kind = scanner.next(); kind !== 'end'; kind = scanner.next()) {
    const { from, to } = scanner;
    if (kind === 'newline') {
      if (isLineStart) endComments();
      line++;
      isLineStart = true;
      continue;
    }
    if (kind === 'comment' && isLineStart)
      comments = { from: comments?.from ?? from, to, count: (comments?.count ?? 0) + 1 };
    else if (kind !== 'comment') endComments();
    if (kind === '{') {
      open.push(from);
      lines.set(from, line);
    } else if (kind === '}') {
      const start = open.pop();
      if (start !== undefined && lines.get(start) !== line) found.push({ from: start, to: from, kind: 'block' });
    }
    isLineStart = false;
  }
  endComments();
  return found.length > 0 ? found.sort((a, b) => a.from - b.from) : NONE;
}

const NONE: readonly Fold[] = [];
