import { UNITS } from '../base/units.ts';
import type { ClauseShape, Term } from './schema/notation.ts';
import type { Property } from './schema/schema.ts';
import type { Clause } from './sentence.ts';
import type { Token } from './syntax/parser.ts';
import { type Cursor, replaceFix } from './values/cursor.ts';
import { isBareName } from './values/names.ts';
import { nearest, oneSlipFrom } from './values/nearest.ts';
import { startsWithDigit } from './values/numbers.ts';

/**
 * Reports the token that does not fit, and skips to where reading resumes: the next clause, or for the second subject
 * of a statement its end. Where the token is a clause one slip away, that clause is returned and nothing is skipped.
 */
export function reportUnexpected(
  cursor: Cursor,
  property: Property,
  found: ReadonlyMap<string, Clause>,
): ClauseShape | undefined {
  const token = cursor.peek();
  if (!token) return undefined;
  if (token.kind === ',' && found.size > 0 && property.shape.subject) {
    reportSecondSubject(cursor, token);
    cursor.at = cursor.tokens.length;
    return undefined;
  }
  const shape =
    token.kind === 'word' ? reportWord(cursor, token, property, found) : reportOther(cursor, token, property, found);
  if (shape) return shape;
  skipToClause(cursor);
  return undefined;
}

/** Skips the next token and all that follow it up to a clause of the statement. */
export function skipToClause(cursor: Cursor): void {
  cursor.take();
  for (let next = cursor.peek(); next; next = cursor.peek()) {
    if ((next.kind === 'word' || next.kind === ':') && cursor.isClause(next.text)) return;
    cursor.take();
  }
}

/** `uplink nic1 to a, nic2 to b` */
function reportSecondSubject(cursor: Cursor, comma: Token): void {
  const next = cursor.peek(1);
  const edit = { from: comma.from, to: next?.from ?? comma.to, text: `; ${cursor.word} ` };
  const fixes = next ? [{ title: `Write a second ${cursor.word}`, edits: [edit] }] : [];
  const message = `a statement has one subject: write a second ${cursor.word} statement for the rest`;
  cursor.report(comma, 'value-surplus', message, fixes);
}

function reportWord(
  cursor: Cursor,
  token: Token,
  property: Property,
  found: ReadonlyMap<string, Clause>,
): ClauseShape | undefined {
  const { clauses } = property.shape;
  const words = [...clauses.keys()].filter((word) => word !== ':');
  const meant = oneSlipFrom(token.text, words);
  const near = meant === undefined ? nearest(token.text, words) : [meant];
  if (near.length > 0) {
    const message = `${cursor.word} has no clause "${token.text}"; did you mean ${near.join(' or ')}? (${words.join(', ')})`;
    const fixes = near.map((word) => replaceFix(token, word));
    cursor.report(token, 'value-surplus', message, fixes);
    return meant === undefined ? undefined : clauses.get(meant);
  }
  const before = cursor.tokens[cursor.at - 1];
  if (before && isFlag(before, property)) {
    const fix = replaceFix({ from: before.to, to: token.to }, '', 'Remove it');
    cursor.report(token, 'value-surplus', `${before.text} takes no value`, [fix]);
  } else if (before && UNITS.has(token.text) && startsWithDigit(before.text)) {
    const fix = replaceFix({ from: before.to, to: token.to }, '', `Remove ${token.text}`);
    cursor.report(token, 'unit-wrong', `${before.text} is a bare number here and takes no unit`, [fix]);
  } else if (before && isBareName(token.text) && endsWithNames(property, found))
    reportNames(cursor, before, token, property);
  else if (words.length > 0)
    cursor.report(token, 'value-surplus', `${cursor.word} has no clause "${token.text}" (${words.join(', ')})`);
  else reportTooMuch(cursor, token, property);
  return undefined;
}

function reportOther(cursor: Cursor, token: Token, property: Property, found: ReadonlyMap<string, Clause>): undefined {
  if (token.kind === 'text') {
    const before = cursor.tokens[cursor.at - 1];
    if (before && endsWithNames(property, found)) reportNames(cursor, before, token, property);
    else reportTooMuch(cursor, token, property);
  } else if (token.kind === ',') {
    const message = `${cursor.word} takes one value: what follows the comma is too much`;
    cursor.report(token, 'value-surplus', message);
  } else cursor.report(token, 'syntax', `"${token.text}" does not fit here`);
}

function reportTooMuch(cursor: Cursor, token: Token, property: Property): void {
  if (property.notation === 'flag') {
    const fix = replaceFix({ from: cursor.here().to, to: token.to }, '', 'Remove it');
    cursor.report(token, 'value-surplus', `${cursor.word} takes no value`, [fix]);
  } else cursor.report(token, 'value-surplus', `${cursor.word} ends here; "${token.text}" is too much`);
}

/** Two names without a comma between them: the comma is missing, or the quotes of one name. */
function reportNames(cursor: Cursor, before: Token, token: Token, property: Property): void {
  const gap = { from: before.to, to: before.to };
  const comma = replaceFix(gap, ',', 'Add a comma');
  const isDeclared = property.shape.subject?.alternatives.some((terms) => terms.some(isDeclaration)) ?? false;
  if (!isDeclared || before.kind === 'text' || token.kind === 'text') {
    cursor.report(token, 'value-surplus', `a comma is missing before ${written(token)}`, [comma]);
    return;
  }
  const both = `"${before.text} ${token.text}"`;
  const quotes = replaceFix({ from: before.from, to: token.to }, both);
  const message = `a name with a blank needs quotes: ${both}; between two names stands a comma`;
  cursor.report(token, 'value-surplus', message, [quotes, comma]);
}

function written(token: Token): string {
  return token.kind === 'text' ? `"${token.text}"` : token.text;
}

/** Whether the token before is a clause without a value. */
function isFlag(before: Token, property: Property): boolean {
  const clause = before.kind === 'word' ? property.shape.clauses.get(before.text) : undefined;
  return clause !== undefined && clause.value === undefined;
}

/** Whether what was read last, the subject or a clause, ends with a name or a list of them. */
function endsWithNames(property: Property, found: ReadonlyMap<string, Clause>): boolean {
  const last = [...found.keys()].at(-1);
  const shape = last === undefined ? property.shape.subject : property.shape.clauses.get(last)?.value;
  return shape?.alternatives.some((terms) => isName(terms.at(-1))) ?? false;
}

function isName(term: Term | undefined): boolean {
  if (term?.type === 'reference') return term.list;
  if (term?.type !== 'atom') return false;
  return isDeclaration(term) || term.atom === 'REFS' || (term.atom === 'WORD' && term.list);
}

function isDeclaration(term: Term): boolean {
  return term.type === 'atom' && (term.atom === 'NAME' || term.atom === 'NAMES');
}
