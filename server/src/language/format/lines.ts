import { isBlank } from '../syntax/characters.ts';
import { Scanner, type TokenKind } from '../syntax/scanner.ts';

export interface LineToken {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
}

/** One line with its tokens, a comment included. */
export interface Line {
  readonly from: number;
  /** Where its line end begins; the end of the text if it has none. */
  readonly end: number;
  /** Where the next line begins. */
  readonly to: number;
  readonly tokens: readonly LineToken[];
  /** A quotation mark or bracket is left open: what stands where is a guess. */
  readonly unclosed: boolean;
}

/** The lines of a text. A line end at the end of the text begins no further line. */
export function linesOf(text: string): Line[] {
  const scanner = new Scanner();
  scanner.reset(text);
  const lines: Line[] = [];
  let from = 0;
  let tokens: LineToken[] = [];
  let unclosed = false;
  for (let kind = scanner.next(); kind !== 'end'; kind = scanner.next()) {
    if (kind === 'newline') {
      lines.push({ from, end: scanner.from, to: scanner.to, tokens, unclosed });
      from = scanner.to;
      tokens = [];
      unclosed = false;
      continue;
    }
    const to = kind === 'comment' ? trimmedEnd(text, scanner.to) : scanner.to;
    tokens.push({ kind, from: scanner.from, to });
    unclosed ||= scanner.unclosed;
  }
  if (from < text.length) lines.push({ from, end: text.length, to: text.length, tokens, unclosed });
  return lines;
}

function trimmedEnd(text: string, end: number): number {
  let to = end;
  while (isBlank(text.charCodeAt(to - 1))) to--;
  return to;
}
