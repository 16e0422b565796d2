import type { TextEdit } from '../../base/span.ts';
import { type Balance, followedBy, isBalanced } from './balance.ts';
import { charCodes as c } from './characters.ts';
import { BLOCK_LENGTH, type Block, type Item, itemsOf, makeBlock, textOf } from './item.ts';
import { Sequence } from './sequence.ts';
import { type BlockMode, split } from './split.ts';

/** The text of a file as a tree of items. Immutable; an edit makes a new one that shares every item it did not touch. */
export interface ParsedFile {
  readonly root: Sequence;
  readonly mode: BlockMode;
  readonly blockLength: number;
}

/** Parses any text. `blockLength` is the shortest block that is kept as a tree of its own. */
export function parseFile(text: string, blockLength = BLOCK_LENGTH): ParsedFile {
  const pieces = split(text, 'braces');
  const balance = pieces.reduce<Balance>((sum, piece) => followedBy(sum, piece.balance), { closing: 0, opening: 0 });
  const mode: BlockMode = isBalanced(balance) ? 'braces' : 'indentation';
  const items = itemsOf(text, mode, blockLength, mode === 'braces' ? pieces : undefined);
  return { root: Sequence.of(items), mode, blockLength };
}

export function fileText(file: ParsedFile): string {
  const parts: string[] = [];
  for (const item of file.root) parts.push(textOf(item));
  return parts.join('');
}

/** The text between two offsets. */
export function sliceFile(file: ParsedFile, from: number, to: number): string {
  return sliceOf(file.root, from, to);
}

function sliceOf(sequence: Sequence, from: number, to: number): string {
  if (to <= from) return '';
  const parts: string[] = [];
  let { index, from: at } = sequence.indexAt(from);
  for (let item = sequence.at(index); item && at < to; item = sequence.at(++index)) {
    parts.push(sliceOfItem(item, from - at, to - at));
    at += item.length;
  }
  return parts.join('');
}

/** Only what is asked for of a long block is put together. */
function sliceOfItem(item: Item, from: number, to: number): string {
  if (item.kind === 'leaf') return item.text.slice(Math.max(0, from), Math.max(0, to));
  const { head, body, tail } = item;
  const ends = head.length + body.length;
  const before = head.slice(Math.max(0, from), Math.max(0, to));
  const after = tail.slice(Math.max(0, from - ends), Math.max(0, to - ends));
  return before + sliceOf(body, Math.max(0, from - head.length), Math.min(body.length, to - head.length)) + after;
}

/** The file after one edit. The result equals parsing the new text, whatever the edit. */
export function editFile(file: ParsedFile, edit: TextEdit): ParsedFile {
  const from = Math.max(0, Math.min(edit.from, file.root.length));
  const to = Math.max(from, Math.min(edit.to, file.root.length));
  const change = { from, to, text: edit.text };
  const inner = file.mode === 'braces' ? editInside(file.root, change, file) : undefined;
  if (inner) return { ...file, root: inner };
  const region = touchedRegion(file.root, change);
  const balance = balanceAfter(file.root, region);
  const mode: BlockMode = isBalanced(balance) ? 'braces' : 'indentation';
  const next = { ...file, mode };
  if (mode === file.mode) return { ...next, root: resplit(file.root, region, next) };
  return { ...next, root: resplitUnstable(file.root, region, next) };
}

/** Items `first` up to `last`, exclusive, and the text that takes their place. */
interface Region {
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

function touchedRegion(sequence: Sequence, edit: TextEdit): Region {
  if (sequence.count === 0) return { first: 0, last: 0, text: edit.text };
  const start = sequence.indexAt(edit.from);
  const end = sequence.indexAt(edit.to);
  const text = joined(sequence, start.index, end.index + 1);
  return {
    first: start.index,
    last: end.index + 1,
    text: text.slice(0, edit.from - start.from) + edit.text + text.slice(edit.to - start.from),
  };
}

function joined(sequence: Sequence, first: number, last: number): string {
  let text = '';
  for (let index = first; index < last; index++) {
    const item = sequence.at(index);
    if (item) text += textOf(item);
  }
  return text;
}

function balanceAfter(sequence: Sequence, region: Region): Balance {
  const rest = sequence.splice(region.first, region.last, itemsOf(region.text, 'braces', Number.POSITIVE_INFINITY));
  return rest.balance;
}

/** An edit that lies within the body of one block and leaves that block's braces as they are. */
function editInside(sequence: Sequence, edit: TextEdit, file: ParsedFile): Sequence | undefined {
  const { index, from } = sequence.indexAt(edit.from);
  const block = sequence.at(index);
  if (block?.kind !== 'block') return undefined;
  const bodyFrom = from + block.head.length;
  const bodyTo = bodyFrom + block.body.length;
  if (edit.from < bodyFrom || edit.to >= bodyTo) return undefined;
  const inner = { from: edit.from - bodyFrom, to: edit.to - bodyFrom, text: edit.text };
  let body = editInside(block.body, inner, file);
  if (!body) {
    const region = touchedRegion(block.body, inner);
    if (!isBalanced(balanceAfter(block.body, region))) return undefined;
    body = resplit(block.body, region, file);
    if (!staysInside(body, block)) return undefined;
  }
  return sequence.splice(index, index + 1, [makeBlock(block.head, body, block.tail, block.indent)]);
}

/** Whether a new body still lies within its block: whole lines, indented deeper than the block's head. */
function staysInside(body: Sequence, block: Block): boolean {
  const last = body.at(body.count - 1);
  if (!last || !endsLine(textOf(last))) return false;
  let indent = Number.POSITIVE_INFINITY;
  for (const item of body) {
    if (!item.regular || item.indent > indent) return false;
    if (item.indent < 0) continue;
    if (item.indent <= block.indent) return false;
    indent = item.indent;
  }
  return true;
}

function endsLine(text: string): boolean {
  const code = text.charCodeAt(text.length - 1);
  return code === c.lineFeed || code === c.carriageReturn;
}

/** Cuts a region anew and takes in neighbours as long as the cut could depend on them. */
function resplit(sequence: Sequence, region: Region, file: ParsedFile): Sequence {
  let { first, last, text } = region;
  let step = 1;
  for (;;) {
    const items = itemsOf(text, file.mode, file.blockLength);
    const before = sequence.at(first - 1);
    const after = sequence.at(last);
    if (before && joinsBefore(before, text, items, file.mode)) {
      first--;
      text = textOf(before) + text;
      continue;
    }
    if (after && joinsAfter(items, text, after, file.mode)) {
      const to = Math.min(sequence.count, last + step);
      text += joined(sequence, last, to);
      last = to;
      step *= 2;
      continue;
    }
    return sequence.splice(first, last, items);
  }
}

/** Whether the item before a region may reach into it. */
function joinsBefore(before: Item, text: string, items: readonly Item[], mode: BlockMode): boolean {
  if (before.indent < 0) return true;
  const first = items.find((item) => item.indent >= 0) ?? items[0];
  if (first?.startsWithBrace) return true;
  const itsText = before.kind === 'leaf' ? before.text : before.tail;
  if (!endsLine(itsText)) return true;
  if (itsText.charCodeAt(itsText.length - 1) === c.carriageReturn && text.charCodeAt(0) === c.lineFeed) return true;
  if (mode === 'braces') return false;
  return !before.regular || (first !== undefined && first.indent > before.indent);
}

/** Whether the item after a region may belong to its last item. */
function joinsAfter(items: readonly Item[], text: string, after: Item, mode: BlockMode): boolean {
  const last = items[items.length - 1];
  if (!last || last.indent < 0) return true;
  if (!endsLine(text) || after.startsWithBrace) return true;
  if (text.charCodeAt(text.length - 1) === c.carriageReturn && textOf(after).charCodeAt(0) === c.lineFeed) return true;
  if (after.indent < 0 && mode === 'indentation') return true;
  if (mode === 'braces') return last.balance.opening > 0;
  return after.indent > last.indent;
}

/** The mode has changed: whatever the two modes cut differently is cut anew, the rest is kept. */
function resplitUnstable(sequence: Sequence, region: Region, file: ParsedFile): Sequence {
  const edited = itemsOf(region.text, file.mode, file.blockLength);
  let next = sequence.splice(region.first, region.last, edited);
  const unstable: number[] = [];
  let index = 0;
  let before: Item | undefined;
  for (const item of next) {
    const touched = index >= region.first && index < region.first + edited.length;
    if (touched || !isStable(item, before)) unstable.push(index);
    before = item;
    index++;
  }
  for (const at of unstable.reverse()) {
    const item = next.at(at);
    if (item) next = resplit(next, { first: at, last: at + 1, text: textOf(item) }, file);
  }
  return next;
}

function isStable(item: Item, before: Item | undefined): boolean {
  return item.regular && !item.startsWithBrace && !(before && item.indent > before.indent);
}
