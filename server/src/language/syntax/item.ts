import { BALANCED, type Balance } from './balance.ts';
import { countLineEnds } from './characters.ts';
import { Sequence } from './sequence.ts';
import { type BlockMode, type Piece, split } from './split.ts';

interface ItemBase {
  readonly length: number;
  readonly lines: number;
  /** Indentation of its first line; -1 for an item of comments and blank lines alone. */
  readonly indent: number;
  readonly startsWithBrace: boolean;
  readonly balance: Balance;
  /** Its extent is the same whether blocks are found by braces or by indentation. */
  readonly regular: boolean;
}

/** A piece of a file that is read as a whole. Everything known of it follows from its text and mode. */
export interface Leaf extends ItemBase {
  readonly kind: 'leaf';
  readonly text: string;
  readonly mode: BlockMode;
}

/** A long block: its head line with the comments above it, the items of its body, the line that closes it. */
export interface Block extends ItemBase {
  readonly kind: 'block';
  readonly head: string;
  /** Line ends in the head. */
  readonly headLines: number;
  readonly body: Sequence;
  readonly tail: string;
}

export type Item = Leaf | Block;

/** Blocks shorter than this are leaves: reading them again costs less than keeping their parts. */
export const BLOCK_LENGTH = 2_000;

/** The items of a text that begins at a line start. */
export function itemsOf(text: string, mode: BlockMode, blockLength: number, pieces = split(text, mode)): Item[] {
  return pieces.map((piece) => itemOf(text, piece, mode, blockLength));
}

function itemOf(text: string, piece: Piece, mode: BlockMode, blockLength: number): Item {
  const own = text.slice(piece.from, piece.to);
  if (piece.regular && own.length >= blockLength) {
    const block = blockOf(own, piece, mode, blockLength);
    if (block) return block;
  }
  return {
    kind: 'leaf',
    text: own,
    mode: piece.regular ? 'braces' : mode,
    length: own.length,
    lines: piece.lines,
    indent: piece.indent,
    startsWithBrace: piece.startsWithBrace,
    balance: piece.balance,
    regular: piece.regular,
  };
}

/** Head: everything up to the first line that ends with its block's brace. Tail: a last line that holds only the closing one. */
const BLOCK_SHAPE =
  /^((?:[^\S\r\n]*(?:\/\/|#)[^\r\n]*(?:\r\n|\r|\n)|[^\S\r\n]*(?:\r\n|\r|\n))*[^\r\n]*\{[^\S\r\n]*(?:\r\n|\r|\n))/;
const TAIL_SHAPE = /(?:\r\n|\r|\n)([^\S\r\n]*\}[^\S\r\n]*(?:\r\n|\r|\n)?)$/;

function blockOf(own: string, piece: Piece, mode: BlockMode, blockLength: number): Block | undefined {
  const head = BLOCK_SHAPE.exec(own)?.[1];
  const tail = TAIL_SHAPE.exec(own.slice(-200))?.[1];
  if (!head || !tail || piece.bodyIndent <= piece.indent) return undefined;
  const parts = split(head, 'braces');
  if (parts.some(({ balance }) => balance.opening > 1 || balance.closing > 0)) return undefined;
  if (!parts.some(({ balance }) => balance.opening === 1)) return undefined;
  const inside = own.slice(head.length, own.length - tail.length);
  const items = itemsOf(inside, mode, blockLength);
  if (items.some((item) => !item.regular)) return undefined;
  return makeBlock(head, Sequence.of(items), tail, piece.indent);
}

export function makeBlock(head: string, body: Sequence, tail: string, indent: number): Block {
  const headLines = countLineEnds(head);
  return {
    kind: 'block',
    head,
    headLines,
    body,
    tail,
    length: head.length + body.length + tail.length,
    lines: headLines + body.lines + countLineEnds(tail),
    indent,
    startsWithBrace: false,
    balance: BALANCED,
    regular: true,
  };
}

export function textOf(item: Item): string {
  if (item.kind === 'leaf') return item.text;
  const parts = [item.head];
  for (const inner of item.body) parts.push(textOf(inner));
  parts.push(item.tail);
  return parts.join('');
}
