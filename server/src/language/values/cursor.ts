import type { Span } from '../../base/span.ts';
import type { Problem, ProblemCode, ProblemFix } from '../problem.ts';
import type { Token } from '../syntax/parser.ts';

/** Reads the arguments of one statement from left to right and collects what is wrong with them. */
export class Cursor {
  readonly tokens: readonly Token[];
  /** The word whose value is read: messages name it. */
  word: string;
  /** What was read before the first token: the word of the statement. */
  private readonly before: Span;
  /** Whether a word is a clause of the statement, and so no unit of the number before it. */
  readonly isClause: (word: string) => boolean;
  at = 0;
  problems: Problem[] = [];

  constructor(tokens: readonly Token[], word: string, before: Span, isClause: (word: string) => boolean) {
    this.tokens = tokens;
    this.word = word;
    this.before = before;
    this.isClause = isClause;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  take(): Token | undefined {
    const token = this.tokens[this.at];
    if (token) this.at++;
    return token;
  }

  /** The next token if it is the bare word `text`. */
  takeWord(text: string): Token | undefined {
    const token = this.peek();
    return token?.kind === 'word' && token.text === text ? this.take() : undefined;
  }

  takePunctuation(kind: ',' | ':' | '..'): Token | undefined {
    return this.peek()?.kind === kind ? this.take() : undefined;
  }

  /** Where something is missing: just behind the last token that was read. */
  here(): Span {
    const { from, to } = this.tokens[this.at - 1] ?? this.before;
    return { from, to };
  }

  report(span: Span, code: ProblemCode, message: string, fixes?: readonly ProblemFix[]): void {
    const { from, to } = span;
    this.problems.push(fixes ? { from, to, code, message, fixes } : { from, to, code, message });
  }
}

/** A fix that replaces the span by one text. */
export function replaceFix(span: Span, text: string, title = `Write ${text}`): ProblemFix {
  return { title, edits: [{ from: span.from, to: span.to, text }] };
}
