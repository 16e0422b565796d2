import type { Span, TextEdit } from '../base/span.ts';
import { PRINT_WIDTH } from '../language/make/print.ts';
import type { Located } from './declaration.ts';
import { locate } from './place.ts';

/** Edits of whole statements, in the offsets of a file and its text. Lines that stay are left as they are. */

/** Where a block or statement stands in its file. */
export interface StatementSpan extends Span {
  /** Its braces; undefined if it has none. `close` is -1 if the brace is missing. */
  readonly body: { readonly open: number; readonly close: number } | undefined;
  /** Behind its last word before the braces. */
  readonly headEnd: number;
}

/** Offsets of a statement in its file; undefined if the file no longer holds it. */
export function statementSpan(located: Located): StatementSpan | undefined {
  const { place, sentence } = located;
  const start = locate(place)?.from;
  if (start === undefined) return undefined;
  const { from, to, body, args, word } = sentence.statement;
  const headEnd = start + (args.at(-1)?.to ?? word?.to ?? from);
  if (!body) return { from: start + from, to: start + to, body: undefined, headEnd };
  const { item } = place;
  if (item.kind === 'leaf' || body.close >= 0) {
    const close = body.close < 0 ? -1 : start + body.close;
    return { from: start + from, to: start + to, body: { open: start + body.open, close }, headEnd };
  }
  const close = start + item.head.length + item.body.length + item.tail.indexOf('}');
  return { from: start + from, to: close + 1, body: { open: start + body.open, close }, headEnd };
}

/** Puts statements behind another one: on lines of their own, or on its line if something follows it there. */
export function insertAfter(text: string, after: Span, statements: readonly string[]): TextEdit {
  const rest = /^[^\S\r\n]*(?:\/\/[^\r\n]*)?(?=[\r\n]|$)/.exec(text.slice(after.to, lineEnd(text, after.to)));
  if (!rest) return insertion(after.to, statements.map((statement) => `; ${statement}`).join(''));
  const lead = lineBreak(text) + indentation(text, after.from);
  return insertion(after.to + rest[0].length, statements.map((statement) => lead + statement).join(''));
}

/** Puts statements at the end of a body, or into a new one. Undefined if the body's closing brace is missing. */
export function insertInto(text: string, block: StatementSpan, statements: readonly string[]): TextEdit | undefined {
  const { body, headEnd } = block;
  if (!body) {
    const inline = ` { ${statements.join('; ')} }`;
    if (lineLength(text, headEnd) + inline.length <= PRINT_WIDTH) return insertion(headEnd, inline);
    const lead = lineBreak(text) + indentation(text, block.from);
    return insertion(headEnd, ` {${statements.map((statement) => `${lead}  ${statement}`).join('')}${lead}}`);
  }
  if (body.close < 0) return undefined;
  const closeLine = lineStart(text, body.close);
  if (closeLine > body.open && text.slice(closeLine, body.close).trim() === '') {
    const lead = `${indentation(text, block.from)}  `;
    return insertion(closeLine, statements.map((statement) => lead + statement + lineBreak(text)).join(''));
  }
  const inside = text.slice(body.open + 1, body.close).trimEnd();
  const end = body.open + 1 + inside.length;
  if (inside === '') return { from: end, to: body.close, text: ` ${statements.join('; ')} ` };
  return insertion(end, (inside.endsWith(';') ? ' ' : '; ') + statements.join('; '));
}

/**
 * Takes statements out, with the separators, lines and emptied braces that are then left over. Spans are offsets of the
 * file, in its order.
 */
export function removeStatements(text: string, spans: readonly Span[]): TextEdit[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && isOnlySeparator(text.slice(last.to, from))) last.to = to;
    else joined.push({ from, to });
  }
  return mergeLines(joined.map((span) => ({ ...removal(text, span), text: '' })));
}

/** A semicolon or a line break, and no empty line. */
function isOnlySeparator(between: string): boolean {
  return between.length < 200 && /^[^\S\r\n]*;?[^\S\r\n]*(?:\r\n|\r|\n)?[^\S\r\n]*$/.test(between);
}

function removal(text: string, { from, to }: Span): Span {
  const end =
    to + (/^[^\S\r\n]*;(?=[^\S\r\n]*(?:[}\r\n]|$))/.exec(text.slice(to, lineEnd(text, to) + 1))?.[0].length ?? 0);
  const before = text.slice(0, from).trimEnd();
  const after = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
  if (before.endsWith('{') && text[after] === '}') return { from: before.slice(0, -1).trimEnd().length, to: after + 1 };
  const line = lineStart(text, from);
  const isFirst = text.slice(line, from).trim() === '';
  const rest = text.slice(end, lineEnd(text, end));
  if (isFirst && rest.trim() === '') return wholeLines(text, line, lineEnd(text, end));
  const separator = /^[^\S\r\n]*;[^\S\r\n]*/.exec(rest);
  if (separator) return { from, to: end + separator[0].length };
  if (isFirst) return { from, to: end + (/^[^\S\r\n]*/.exec(rest)?.[0].length ?? 0) };
  const ahead = /;?[^\S\r\n]*$/.exec(text.slice(line, from))?.[0] ?? '';
  return { from: ahead.startsWith(';') ? from - ahead.length : from, to: end };
}

/** Lines with their break, and with an empty line that would be one too many without them. */
function wholeLines(text: string, from: number, end: number): Span {
  const to = behindBreak(text, end);
  const above = from > 0 ? text.slice(lineAbove(text, from), from).trim() : '';
  const isOpening = from === 0 || above === '' || above.endsWith('{');
  const below = text.slice(to, lineEnd(text, to)).trim();
  if (to < text.length && below === '' && isOpening) return { from, to: behindBreak(text, lineEnd(text, to)) };
  if (from > 0 && above === '' && (to >= text.length || below.startsWith('}')))
    return { from: lineAbove(text, from), to };
  return { from, to };
}

/** Removals that touch, made one. */
function mergeLines(edits: readonly TextEdit[]): TextEdit[] {
  const merged: { from: number; to: number; text: string }[] = [];
  for (const edit of edits) {
    const last = merged.at(-1);
    if (last && edit.from <= last.to) last.to = Math.max(last.to, edit.to);
    else merged.push({ ...edit });
  }
  return merged;
}

function insertion(at: number, text: string): TextEdit {
  return { from: at, to: at, text };
}

/** Where the line of an offset begins. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  return start;
}

/** Start of the line above the one that begins at an offset. */
export function lineAbove(text: string, start: number): number {
  return lineStart(text, start - (text.startsWith('\r\n', start - 2) ? 2 : 1));
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, at: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = at;
  return found.exec(text)?.index ?? text.length;
}

/** Behind the line break that begins at an offset, if one does. */
function behindBreak(text: string, end: number): number {
  return end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0);
}

/** Blanks that the line of an offset begins with. */
export function indentation(text: string, at: number): string {
  const start = lineStart(text, at);
  return /^[^\S\r\n]*/.exec(text.slice(start, at))?.[0] ?? '';
}

/** Statements one behind the other in the place of one: on lines of their own if it has its line to itself. */
export function joinStatements(text: string, at: Span, statements: readonly string[]): string {
  return statements.join(isAloneOnLine(text, at) ? lineBreak(text) + indentation(text, at.from) : '; ');
}

/** Whether nothing but a comment stands on the lines of a statement beside it. */
export function isAloneOnLine(text: string, { from, to }: Span): boolean {
  return (
    text.slice(lineStart(text, from), from).trim() === '' &&
    /^[^\S\r\n]*(?:\/\/.*)?$/.test(text.slice(to, lineEnd(text, to)))
  );
}

/** How many characters the line of an offset has. */
export function lineLength(text: string, at: number): number {
  return lineEnd(text, at) - lineStart(text, at);
}

/** The line break that the file uses. */
export function lineBreak(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
