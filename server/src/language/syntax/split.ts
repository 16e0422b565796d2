import { BALANCED, type Balance } from './balance.ts';
import { charCodes as c } from './characters.ts';
import { Scanner, type TokenKind } from './scanner.ts';

/**
 * How the extent of a block is found. `braces`: by its braces alone, when those of the file balance.
 * `indentation`: when they do not, a block ends at the first later line that starts at or left of its head's line.
 */
export type BlockMode = 'braces' | 'indentation';

/** A run of whole lines: leading comments and blank lines, then what begins on one line, with its block. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  /** Indentation of the first line that holds a token; -1 if there is none. */
  readonly indent: number;
  /** The first token is a brace: the piece may belong to the one before it. */
  readonly startsWithBrace: boolean;
  readonly balance: Balance;
  /** Both modes find the same extents in it. */
  readonly regular: boolean;
  /** Least indentation of the lines after the first; Infinity if it has none. */
  readonly bodyIndent: number;
}

const TAB_STOP = 4;

/** Width of the blanks that a line starts with. */
export function indentOf(text: string, lineStart: number, tokenStart: number): number {
  let width = 0;
  const from = text.charCodeAt(lineStart) === 0xfeff ? lineStart + 1 : lineStart;
  for (let at = from; at < tokenStart; at++) {
    width = text.charCodeAt(at) === c.tab ? width + TAB_STOP - (width % TAB_STOP) : width + 1;
  }
  return width;
}

/** Cuts a text that begins at a line start into pieces. Together they cover all of it. */
export function split(text: string, mode: BlockMode): Piece[] {
  return new Splitter(text, mode).run();
}

class Splitter {
  private readonly text: string;
  private readonly mode: BlockMode;
  private readonly scanner = new Scanner();
  private readonly pieces: Piece[] = [];
  /** Indentation of the head lines of the blocks open at this point. */
  private readonly heads: number[] = [];
  private from = 0;
  private lines = 0;
  private indent = -1;
  private startsWithBrace = false;
  private depth = 0;
  private lowest = 0;
  private regular = true;
  private bodyIndent = Number.POSITIVE_INFINITY;
  /** Head of the block that the last line closed; -1 if it closed none. */
  private closedHead = -1;
  /** The last line was a closing brace at or left of the piece's first line. */
  private closed = false;
  /** Indentation of the last line, if a statement without a block ends it; Infinity otherwise. */
  private bareIndent = Number.POSITIVE_INFINITY;

  constructor(text: string, mode: BlockMode) {
    this.text = text;
    this.mode = mode;
  }

  run(): Piece[] {
    const { text, scanner } = this;
    scanner.reset(text);
    let lineStart = 0;
    /** Comment and blank lines since the last line with a token. */
    let triviaFrom = 0;
    let triviaLines = 0;
    while (lineStart < text.length) {
      let kind: TokenKind = scanner.next();
      if (kind === 'comment' || kind === 'newline' || kind === 'end') {
        if (kind === 'comment') kind = scanner.next();
        triviaLines += kind === 'newline' ? 1 : 0;
        lineStart = scanner.to;
        continue;
      }
      const indent = indentOf(text, lineStart, scanner.from);
      if (this.indent >= 0 && this.endsBefore(indent, kind)) this.finish(triviaFrom);
      this.lines += triviaLines;
      triviaLines = 0;
      this.beginLine(indent, kind);
      kind = this.readLine(kind, indent);
      this.lines += kind === 'newline' ? 1 : 0;
      lineStart = scanner.to;
      triviaFrom = lineStart;
    }
    if (this.indent >= 0 && triviaFrom < text.length) this.finish(triviaFrom);
    if (this.from < text.length || this.indent >= 0) {
      this.lines += triviaLines;
      this.finish(text.length);
    }
    return this.pieces;
  }

  /** Whether the piece so far ends before a line with this indentation and first token. */
  private endsBefore(indent: number, kind: TokenKind): boolean {
    if (kind === '{') return false;
    if (this.mode === 'braces') return this.depth <= 0;
    return indent <= this.indent && (kind !== '}' || this.closed);
  }

  private beginLine(indent: number, kind: TokenKind): void {
    if (this.indent < 0) {
      this.indent = indent;
      this.startsWithBrace = kind === '{' || kind === '}';
      if (this.startsWithBrace) this.regular = false;
      return;
    }
    const closes = kind === '}';
    const head = this.heads[this.heads.length - 1];
    // After a block, the next line must not be deeper than that block's head; within one, it must be.
    if (this.closedHead > -1 && indent > this.closedHead) this.regular = false;
    if (head === undefined) this.regular = false;
    else if (closes ? indent !== head : indent <= head) this.regular = false;
    if (kind === '{' || this.closed || indent > this.bareIndent) this.regular = false;
    if (!(closes && indent === this.indent)) this.bodyIndent = Math.min(this.bodyIndent, indent);
  }

  /** Reads to the end of the line; returns `newline` or `end`. */
  private readLine(first: TokenKind, indent: number): TokenKind {
    const { scanner, heads } = this;
    this.closedHead = -1;
    this.closed = first === '}' && indent <= this.indent;
    let kind = first;
    let opened = 0;
    let closed = 0;
    let last = first;
    while (kind !== 'newline' && kind !== 'end') {
      if (kind === '{') {
        this.depth++;
        opened++;
        heads.push(indent);
      } else if (kind === '}') {
        this.depth--;
        this.lowest = Math.min(this.lowest, this.depth);
        const head = heads.pop();
        if (opened > 0) opened--;
        else {
          closed++;
          if (head !== undefined) this.closedHead = head;
          if (first !== '}') this.regular = false;
        }
      }
      if (kind !== 'comment') last = kind;
      kind = scanner.next();
    }
    this.bareIndent = last === '{' || last === '}' ? Number.POSITIVE_INFINITY : indent;
    if (opened > 1 || closed > 1) this.regular = false;
    return kind;
  }

  private finish(to: number): void {
    const closing = -this.lowest;
    const opening = this.depth - this.lowest;
    this.pieces.push({
      from: this.from,
      to,
      lines: this.lines,
      indent: this.indent,
      startsWithBrace: this.startsWithBrace,
      balance: closing === 0 && opening === 0 ? BALANCED : { closing, opening },
      regular: this.regular && closing === 0 && opening === 0,
      bodyIndent: this.bodyIndent,
    });
    this.from = to;
    this.lines = 0;
    this.indent = -1;
    this.startsWithBrace = false;
    this.depth = 0;
    this.lowest = 0;
    this.regular = true;
    this.bodyIndent = Number.POSITIVE_INFINITY;
    this.closedHead = -1;
    this.closed = false;
    this.bareIndent = Number.POSITIVE_INFINITY;
    this.heads.length = 0;
  }
}
