import type { Span } from '../base/span.ts';
import { fileText } from '../language/syntax/file.ts';
import type { Located } from './declaration.ts';
import { locate, type Place } from './place.ts';
import { removeStatements, statementSpan } from './statement-edits.ts';

/** An edit of one file of a design, in offsets of that file. */
export interface FileEdit extends Span {
  readonly uri: string;
  readonly text: string;
}

/** Replaces a span of a place; nothing if the text no longer holds the place. */
export function replaceAt(place: Place, span: Span, text: string): FileEdit[] {
  const position = locate(place);
  if (!position) return [];
  return [{ uri: place.file.uri, from: position.from + span.from, to: position.from + span.to, text }];
}

/** Puts a clause behind the last clause of a statement, before its block if it has one. */
export function addClause(located: Located, clause: string): FileEdit[] {
  const { statement } = located.sentence;
  const last = statement.args[statement.args.length - 1] ?? statement.word;
  const at = last?.to ?? statement.from;
  return replaceAt(located.place, { from: at, to: at }, ` ${clause}`);
}

/** Takes a clause with its value out of a statement; nothing where it stands in the statement's braces. */
export function removeClause(located: Located, clause: string): FileEdit[] {
  const { place, sentence } = located;
  const found = sentence.clauses.get(clause);
  const { body } = sentence.statement;
  if (!found || (body && found.from > body.open)) return [];
  const blanks = /[^\S\r\n]*$/.exec(placeText(place).slice(0, found.from))?.[0].length ?? 0;
  return replaceAt(place, { from: found.from - blanks, to: found.to }, '');
}

/** Puts a statement into the body of a block: on the same line if the body is on one line, else as its first line. */
export function addToBody(located: Located, statement: string): FileEdit[] {
  const { place, sentence } = located;
  const { body, args, word } = sentence.statement;
  const text = placeText(place);
  if (!body) {
    const at = args[args.length - 1]?.to ?? word?.to ?? sentence.from;
    return replaceAt(place, { from: at, to: at }, ` { ${statement} }`);
  }
  const after = body.open + 1;
  const isOneLine = body.close >= 0 && !/[\r\n]/.test(text.slice(body.open, body.close));
  if (isOneLine) {
    const isEmpty = text.slice(after, body.close).trim() === '';
    return isEmpty
      ? replaceAt(place, { from: after, to: body.close }, ` ${statement} `)
      : replaceAt(place, { from: after, to: after }, ` ${statement};`);
  }
  return replaceAt(place, { from: after, to: after }, `\n${indentation(text, sentence.from)}  ${statement}`);
}

/** Puts a statement on a line of its own behind another one. */
export function addAfter(located: Located, statement: string): FileEdit[] {
  const { place, sentence } = located;
  const text = placeText(place);
  const at = sentence.to;
  const rest = text.slice(at);
  const isWithinLine = !/^[^\S\r\n]*(?:\/\/[^\r\n]*)?(?:[\r\n]|$)/.test(rest);
  if (isWithinLine) return replaceAt(place, { from: at, to: at }, `; ${statement}`);
  return replaceAt(place, { from: at, to: at }, `\n${indentation(text, sentence.from)}${statement}`);
}

/** Takes a statement out, with the separators, lines and emptied braces that would be left over. */
export function removeStatement(located: Located): FileEdit[] {
  const { file } = located.place;
  const span = statementSpan(located);
  if (!span) return [];
  return removeStatements(fileText(file.parsed), [span]).map((edit) => ({ ...edit, uri: file.uri }));
}

/** Takes several statements out, of whatever files they are in. */
export function removeAll(list: readonly Located[]): FileEdit[] {
  return [...new Set(list.map(({ place }) => place.file))].flatMap((file) => {
    const spans = list.flatMap((located) => (located.place.file === file ? (statementSpan(located) ?? []) : []));
    return removeStatements(fileText(file.parsed), spans).map((edit) => ({ ...edit, uri: file.uri }));
  });
}

/** Text that the spans of a place count in. */
export function placeText(place: Place): string {
  return place.item.kind === 'leaf' ? place.item.text : place.item.head;
}

/** Blanks that the line of an offset begins with. */
function indentation(text: string, at: number): string {
  const lineStart = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  return /^[^\S\r\n]*/.exec(text.slice(lineStart, at))?.[0] ?? '';
}
