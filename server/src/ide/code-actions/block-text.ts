import type { Span } from '../../base/span.ts';
import { indentation, lineAbove, lineBreak, lineStart } from '../../design/statement-edits.ts';
import type { Statement } from '../../language/syntax/parser.ts';
import { Scanner } from '../../language/syntax/scanner.ts';

/** Statements as text: compared, indented anew, written on one line. */

/** The same for statements that say the same, however they are laid out. */
export function statementForm({ word, args, body }: Statement): string {
  const tokens = [word, ...args].map((token) => (token ? `${token.kind} ${token.text}` : ''));
  const inner = body ? `{${body.statements.map(statementForm).join(';')}}` : '';
  return `${tokens.join('\u0000')}${inner}`;
}

/** The text of a statement with its further lines indented as if it began at the left margin. */
export function dedented(text: string, span: Span): string {
  const blanks = indentation(text, span.from);
  const [first = '', ...rest] = text.slice(span.from, span.to).split(/\r\n|\r|\n/);
  const moved = rest.map((line) => (line.startsWith(blanks) ? line.slice(blanks.length) : line.trimStart()));
  return [first, ...moved].join(lineBreak(text));
}

/** Text that begins at the left margin, its lines set deeper. */
export function indented(text: string, blanks: string): string {
  return text
    .split(/(?<=\r\n|\r(?!\n)|\n)/)
    .map((line) => (/^[\r\n]/.test(line) ? line : blanks + line))
    .join('');
}

export function isOneLine(text: string): boolean {
  return !/[\r\n]/.test(text);
}

export function hasComment(text: string): boolean {
  const scanner = new Scanner();
  scanner.reset(text);
  for (let kind = scanner.next(); kind !== 'end'; kind = scanner.next()) if (kind === 'comment') return true;
  return false;
}

/** A statement on one line. `text` is what its offsets count in, and holds no comment there. */
export function onOneLine(text: string, statement: Statement): string {
  const { body, from, to } = statement;
  if (!body) return text.slice(from, to).trim();
  const head = text.slice(from, body.open).trim();
  if (body.statements.length === 0) return `${head} {}`;
  return `${head} { ${body.statements.map((inner) => onOneLine(text, inner)).join('; ')} }`;
}

/** Where the line of an offset begins, or the first of the comment lines directly above it. */
export function startWithComments(text: string, at: number): number {
  let start = lineStart(text, at);
  for (;;) {
    const above = lineAbove(text, start);
    if (above === start || !/^[^\S\r\n]*(?:\/\/|#)/.test(text.slice(above, start))) return start;
    start = above;
  }
}
