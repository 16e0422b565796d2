import type { Span } from '../../base/span.ts';
import type { Problem } from '../problem.ts';
import { charCodes as c, isLineEnd } from './characters.ts';
import { isQuote, Scanner, type TokenKind } from './scanner.ts';
import { type BlockMode, indentOf } from './split.ts';

export type ArgumentKind = 'word' | 'text' | ',' | ':' | '..';

/** A token of a statement. `text` is the word as written, or what stands between the quotation marks. */
export interface Token extends Span {
  readonly kind: ArgumentKind;
  readonly text: string;
}

/** `word arguments { body }`. The parser knows no word; what a statement means is the schema's business. */
export interface Statement extends Span {
  /** Undefined where something other than a word stands in its place. */
  readonly word: Token | undefined;
  readonly args: readonly Token[];
  readonly body: Body | undefined;
}

export interface Body {
  /** Offset of the opening brace. */
  readonly open: number;
  /** Offset of the closing brace; -1 if there is none. */
  readonly close: number;
  readonly statements: readonly Statement[];
}

export interface Syntax {
  readonly statements: readonly Statement[];
  readonly comments: readonly Span[];
  readonly problems: readonly Problem[];
}

interface RawToken extends Span {
  kind: TokenKind;
  from: number;
  to: number;
  /** Indentation of the line, on its first token; -1 on the others. */
  indent: number;
  lineIndent: number;
  unclosed: boolean;
}

/** Tokens of the text that is parsed, used again for the next one: an estate has ten thousands of texts. */
const raw: RawToken[] = [];
/** Lists under way, the outermost first: what they hold is known when they end, and so they have no room to spare. */
const pending: unknown[] = [];
const MOST_KEPT = 4_096;
const scanner = new Scanner();
const NONE: readonly never[] = [];
/** Deeper blocks are not read: each level is a call within a call. */
const MOST_DEPTH = 100;

/**
 * Parses a text that begins at a line start. Every text gives a tree; each mistake gives one problem.
 * `openEnd`: the text is the head of a block, whose brace stays open.
 */
export function parse(text: string, mode: BlockMode = 'braces', openEnd = false): Syntax {
  return new Parser(text, mode, openEnd).run();
}

class Parser {
  private readonly text: string;
  private readonly mode: BlockMode;
  private readonly openEnd: boolean;
  private readonly comments: Span[] = [];
  private readonly problems: Problem[] = [];
  private count = 0;
  private pendingTo = 0;
  private at = 0;

  constructor(text: string, mode: BlockMode, openEnd: boolean) {
    this.text = text;
    this.mode = mode;
    this.openEnd = openEnd;
  }

  run(): Syntax {
    this.tokenize();
    let statements: readonly Statement[] = NONE;
    while (this.current()) {
      const found = this.statements(-1, 0);
      statements = statements.length === 0 ? found : [...statements, ...found];
      const stray = this.current();
      if (stray?.kind === '}') {
        this.report(stray, 'brace-unbalanced', 'there is no open { for this }', '');
        this.at++;
      }
    }
    if (raw.length > MOST_KEPT) raw.length = MOST_KEPT;
    if (pending.length > MOST_KEPT) pending.length = MOST_KEPT;
    return { statements, comments: this.comments, problems: this.problems };
  }

  private add(item: Statement | Token): void {
    pending[this.pendingTo++] = item;
  }

  /** What was added since `from`, as a list of its own. */
  private listFrom<T extends Statement | Token>(from: number): readonly T[] {
    const list = this.pendingTo === from ? NONE : (pending.slice(from, this.pendingTo) as T[]);
    this.pendingTo = from;
    return list;
  }

  private tokenize(): void {
    const { text } = this;
    scanner.reset(text);
    let lineStart = 0;
    let lineIndent = -1;
    for (let kind = scanner.next(); kind !== 'end'; kind = scanner.next()) {
      const { from, to, unclosed } = scanner;
      if (kind === 'comment') {
        this.comments.push({ from, to });
        if (text.charCodeAt(from) === c.hash) {
          const span = { from, to: from + 1 };
          this.report(span, 'syntax', 'a comment begins with //, not with #', '//');
        }
        continue;
      }
      let indent = -1;
      if (kind !== 'newline' && lineIndent < 0) {
        lineIndent = indentOf(text, lineStart, from);
        indent = lineIndent;
      }
      const token = raw[this.count];
      if (token) {
        token.kind = kind;
        token.from = from;
        token.to = to;
        token.indent = indent;
        token.lineIndent = lineIndent;
        token.unclosed = unclosed;
      } else raw.push({ kind, from, to, indent, lineIndent, unclosed });
      this.count++;
      if (kind === 'newline') {
        lineStart = to;
        lineIndent = -1;
      }
    }
  }

  private current(): RawToken | undefined {
    return this.token(this.at);
  }

  private token(at: number): RawToken | undefined {
    return at < this.count ? raw[at] : undefined;
  }

  /** The next token that is no line end, from `from` on. */
  private significant(from: number): RawToken | undefined {
    let at = from;
    while (this.token(at)?.kind === 'newline') at++;
    return this.token(at);
  }

  /** Statements up to the brace or line that ends the block around them, which is left unread. */
  private statements(headIndent: number, depth: number): readonly Statement[] {
    const first = this.pendingTo;
    for (let token = this.current(); token; token = this.current()) {
      const startsLine = this.mode === 'indentation' && depth > 0 && token.indent >= 0;
      if (token.kind === 'newline' || (token.kind === ';' && !(startsLine && token.indent <= headIndent))) {
        this.at++;
        continue;
      }
      if (token.kind === '}') {
        if (this.mode === 'braces' || depth === 0 || !this.isSurplus(headIndent)) break;
        this.report(
          token,
          'brace-unbalanced',
          'there is one } too many here: the next line still belongs to the block',
          '',
        );
        this.at++;
        continue;
      }
      if (startsLine && token.indent <= headIndent) break;
      this.add(this.statement(depth));
    }
    return this.listFrom(first);
  }

  /** A closing brace on a line of such is one too many if the next line is still deeper than the block it would close. */
  private isSurplus(headIndent: number): boolean {
    if (this.token(this.at + 1)?.kind !== 'newline') return false;
    let first = this.at;
    while (this.token(first)?.kind === '}' && (this.token(first)?.indent ?? 0) < 0) first--;
    if (this.token(first)?.kind !== '}') return false;
    const next = this.significant(this.at + 1);
    return next !== undefined && next.indent > headIndent;
  }

  private statement(depth: number): Statement {
    const first = this.token(this.at) as RawToken;
    let word: Token | undefined;
    if (first.kind === 'word') {
      word = this.tokenOf(first);
      this.at++;
    } else if (first.kind === '{') {
      // Where braces do not balance, the one that is not closed is the mistake.
      if (this.mode === 'braces') this.report(first, 'syntax', 'a block needs a statement in front of its {');
    } else {
      this.report(first, 'syntax', 'a statement begins with a word');
    }
    const before = this.pendingTo;
    for (let token = this.current(); token; token = this.current()) {
      const { kind } = token;
      if (kind === 'newline' || kind === ';' || kind === '{' || kind === '}') break;
      this.add(this.tokenOf(token));
      this.at++;
    }
    const args = this.listFrom<Token>(before);
    const end = this.token(this.at - 1)?.to ?? first.to;
    const body = this.optBody(first, end, depth);
    return { word, args, body, from: first.from, to: body ? endOf(body) : Math.max(end, first.from) };
  }

  private optBody(first: RawToken, end: number, depth: number): Body | undefined {
    const token = this.current();
    if (token?.kind === '{' && depth >= MOST_DEPTH) return this.tooDeep(token);
    if (token?.kind === '{') return this.body(token, first.lineIndent, depth);
    if (token?.kind !== 'newline') return undefined;
    const next = this.significant(this.at);
    if (next?.kind === '{' && next.indent >= 0) {
      const isNear = this.text.slice(end, next.from).trim() === '';
      const edits = isNear
        ? [{ from: end, to: next.from, text: ' ' }]
        : [
            { from: end, to: end, text: ' {' },
            { from: next.from, to: next.to, text: '' },
          ];
      this.problems.push({
        from: next.from,
        to: next.to,
        code: 'syntax',
        message: 'the { of a block stands at the end of the line above',
        fixes: [{ title: 'Move { to the line above', edits }],
      });
      while (this.current()?.kind === 'newline') this.at++;
      return depth >= MOST_DEPTH ? this.tooDeep(next) : this.body(next, first.lineIndent, depth);
    }
    const missing = this.mode === 'indentation' && next && next.indent > first.lineIndent && next.kind !== '}';
    return missing && depth < MOST_DEPTH ? this.bodyWithoutBrace(first, end, depth) : undefined;
  }

  private body(open: RawToken, headIndent: number, depth: number): Body {
    this.at++;
    const statements = this.statements(headIndent, depth + 1);
    const close = this.closing(headIndent, depth);
    if (close) return { open: open.from, close: close.from, statements };
    if (!(this.openEnd && !this.current())) {
      this.reportUnclosed(open, statements[statements.length - 1]?.to ?? open.to, headIndent);
    }
    return { open: open.from, close: -1, statements };
  }

  /** Passes over what no design nests: the language needs five levels. */
  private tooDeep(open: RawToken): Body {
    this.report(open, 'syntax', `blocks are nested deeper than ${MOST_DEPTH} levels; what stands in here is not read`);
    let level = 0;
    for (let token = this.current(); token; token = this.current()) {
      this.at++;
      if (token.kind === '{') level++;
      else if (token.kind === '}' && --level === 0) return { open: open.from, close: token.from, statements: [] };
    }
    return { open: open.from, close: -1, statements: [] };
  }

  private reportUnclosed(open: RawToken, end: number, indent: number): void {
    const isOneLine = !/[\r\n]/.test(this.text.slice(open.from, end));
    const text = isOneLine ? ' }' : `\n${' '.repeat(indent)}}`;
    this.problems.push({
      from: open.from,
      to: open.to,
      code: 'brace-unbalanced',
      message: 'this { is not closed; the block ends where the indentation does',
      fixes: [{ title: 'Close the block', edits: [{ from: end, to: end, text }] }],
    });
  }

  private bodyWithoutBrace(first: RawToken, end: number, depth: number): Body {
    this.problems.push({
      from: first.from,
      to: end,
      code: 'brace-unbalanced',
      message: 'a { is missing at the end of this line: the next line is indented deeper',
      fixes: [{ title: 'Add {', edits: [{ from: end, to: end, text: ' {' }] }],
    });
    const statements = this.statements(first.lineIndent, depth + 1);
    const close = this.closing(first.lineIndent, depth);
    return { open: end, close: close?.from ?? -1, statements };
  }

  /** Takes the closing brace, unless its line shows that it closes a block further out. */
  private closing(headIndent: number, depth: number): RawToken | undefined {
    const token = this.current();
    if (token?.kind !== '}') return undefined;
    const outer = this.mode === 'indentation' && depth > 0 && token.indent >= 0 && token.indent < headIndent;
    if (outer) return undefined;
    this.at++;
    return token;
  }

  private tokenOf(token: RawToken): Token {
    const { from, to } = token;
    if (token.kind !== 'text') {
      if (token.unclosed) this.report(token, 'syntax', 'this [ is not closed', undefined, ']');
      return { kind: token.kind as ArgumentKind, from, to, text: this.text.slice(from, to) };
    }
    const inner = this.text.slice(from + 1, token.unclosed ? to : to - 1);
    if (token.unclosed) this.report(token, 'syntax', 'this text has no closing quotation mark', undefined, '"');
    else if (isCurly(this.text, from) || isCurly(this.text, to - 1)) {
      this.report(token, 'syntax', 'quotation marks are straight: "', `"${inner}"`);
    }
    return { kind: 'text', from, to, text: inner.replace(/["\u201c-\u201f]{2}/g, '"') };
  }

  private report(span: Span, code: Problem['code'], message: string, replacement?: string, appended?: string): void {
    const edits =
      replacement !== undefined
        ? [{ from: span.from, to: span.to, text: replacement }]
        : appended !== undefined
          ? [{ from: span.to, to: span.to, text: appended }]
          : undefined;
    const title =
      replacement === '' ? 'Remove it' : replacement !== undefined ? `Write ${replacement}` : `Add ${appended}`;
    const { from, to } = span;
    this.problems.push(edits ? { from, to, code, message, fixes: [{ title, edits }] } : { from, to, code, message });
  }
}

function endOf(body: Body): number {
  if (body.close >= 0) return body.close + 1;
  return body.statements[body.statements.length - 1]?.to ?? body.open + 1;
}

function isCurly(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code !== c.quote && isQuote(code) && !isLineEnd(code);
}
