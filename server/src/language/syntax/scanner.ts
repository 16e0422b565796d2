import { charCodes as c, isBlank, isLineEnd } from './characters.ts';

export type TokenKind = 'word' | 'text' | ',' | ':' | '..' | '{' | '}' | ';' | 'newline' | 'comment' | 'end';

/**
 * Reads one token after another. Every token lies within one line, so a scan may begin at any line start.
 * One scanner is reused for a whole text: after `next()`, `kind`, `from` and `to` describe the token.
 */
export class Scanner {
  text = '';
  kind: TokenKind = 'end';
  from = 0;
  to = 0;
  /** A text without its closing quotation mark, or a word with an unclosed bracket group. */
  unclosed = false;

  reset(text: string, at = 0): void {
    this.text = text;
    this.to = at;
    this.from = at;
    this.kind = 'end';
    this.unclosed = false;
  }

  next(): TokenKind {
    const { text } = this;
    let at = this.to;
    while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    this.from = at;
    this.unclosed = false;
    if (at >= text.length) {
      this.to = at;
      this.kind = 'end';
      return this.kind;
    }
    const code = text.charCodeAt(at);
    switch (code) {
      case c.lineFeed:
        return this.done('newline', at + 1);
      case c.carriageReturn:
        return this.done('newline', text.charCodeAt(at + 1) === c.lineFeed ? at + 2 : at + 1);
      case c.braceOpen:
        return this.done('{', at + 1);
      case c.braceClose:
        return this.done('}', at + 1);
      case c.semicolon:
        return this.done(';', at + 1);
      case c.comma:
        return this.done(',', at + 1);
      case c.hash:
        return this.done('comment', endOfLine(text, at));
      case c.slash:
        if (text.charCodeAt(at + 1) === c.slash) return this.done('comment', endOfLine(text, at));
        break;
      case c.dot:
        if (text.charCodeAt(at + 1) === c.dot) return this.done('..', at + 2);
        break;
      case c.colon:
        if (endsAtColon(text, at)) return this.done(':', at + 1);
        break;
      default:
        if (isQuote(code)) return this.done('text', this.endOfText(at));
    }
    return this.done('word', this.endOfWord(at));
  }

  private done(kind: TokenKind, to: number): TokenKind {
    this.kind = kind;
    this.to = to;
    return kind;
  }

  private endOfText(at: number): number {
    const { text } = this;
    let to = at + 1;
    while (to < text.length) {
      const code = text.charCodeAt(to);
      if (isLineEnd(code)) break;
      if (isQuote(code)) {
        if (!isQuote(text.charCodeAt(to + 1))) return to + 1;
        to++;
      }
      to++;
    }
    this.unclosed = true;
    let last = to;
    while (last > at + 1 && isBlank(text.charCodeAt(last - 1))) last--;
    if (last > at + 1 && text.charCodeAt(last - 1) === c.braceOpen) {
      last--;
      while (last > at + 1 && isBlank(text.charCodeAt(last - 1))) last--;
    }
    return last;
  }

  private endOfWord(at: number): number {
    const { text } = this;
    let to = at;
    while (to < text.length) {
      const code = text.charCodeAt(to);
      // Most characters of a word are above the comma and below the braces; test those first.
      if (code > c.comma && code < c.braceOpen && code !== c.dot && code !== c.colon && code !== c.semicolon) {
        to = code === c.bracketOpen ? this.endOfBracket(to) : to + 1;
        continue;
      }
      if (isBlank(code) || isLineEnd(code) || isQuote(code)) break;
      if (code === c.braceOpen || code === c.braceClose || code === c.semicolon || code === c.comma) break;
      if (code === c.dot && text.charCodeAt(to + 1) === c.dot) break;
      if (code === c.colon && endsAtColon(text, to) && !(to > at && text.charCodeAt(to - 1) === c.colon)) break;
      to++;
    }
    return to;
  }

  private endOfBracket(at: number): number {
    const { text } = this;
    let firstBlank = -1;
    let to = at + 1;
    for (; to < text.length; to++) {
      const code = text.charCodeAt(to);
      if (code === c.bracketClose) return to + 1;
      if (isLineEnd(code) || code === c.semicolon || code === c.braceOpen || code === c.braceClose) break;
      if (firstBlank < 0 && isBlank(code)) firstBlank = to;
    }
    this.unclosed = true;
    return firstBlank < 0 ? to : firstBlank;
  }
}

/** A colon is punctuation when a blank, a line end or punctuation follows; otherwise it is part of a word such as `22:00`. */
function endsAtColon(text: string, at: number): boolean {
  if (at + 1 >= text.length) return true;
  const next = text.charCodeAt(at + 1);
  if (isBlank(next) || isLineEnd(next) || isQuote(next)) return true;
  if (next === c.dot) return text.charCodeAt(at + 2) === c.dot;
  return next === c.braceOpen || next === c.braceClose || next === c.semicolon || next === c.comma;
}

function endOfLine(text: string, at: number): number {
  let to = at;
  while (to < text.length && !isLineEnd(text.charCodeAt(to))) to++;
  return to;
}

/** Straight quotation marks, and the curly ones that word processors put in their place. */
export function isQuote(code: number): boolean {
  return code === c.quote || (code >= 0x201c && code <= 0x201f);
}
