import type { ClauseShape, Term } from './schema/notation.ts';
import type { Property } from './schema/schema.ts';
import type { Clause } from './sentence.ts';
import type { Token } from './syntax/parser.ts';
import { type Cursor, replaceFix } from './values/cursor.ts';
import { isBareName } from './values/names.ts';
import { nearest, oneSlipFrom } from './values/nearest.ts';

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
    reportSecondSubject(cursor, token, property);
    cursor.at = cursor.tokens.length;
    return undefined;
  }
  const shape = token.kind === 'word' ? reportWord(cursor, token, property) : reportOther(cursor, token, property);
  if (shape) return shape;
  cursor.take();
  for (let next = cursor.peek(); next; next = cursor.peek()) {
    if ((next.kind === 'word' || next.kind === ':') && property.shape.clauses.has(next.text)) return undefined;
    cursor.take();
  }
  return undefined;
}

/** `uplink nic1 to a, nic2 to b` */
function reportSecondSubject(cursor: Cursor, comma: Token, property: Property): void {
  const next = cursor.peek(1);
  const edit = { from: comma.from, to: next?.from ?? comma.to, text: `; ${property.word} ` };
  const fixes = next ? [{ title: `Write a second ${property.word}`, edits: [edit] }] : [];
  const message = `a statement has one subject: write a second ${property.word} statement for the rest`;
  cursor.report(comma, 'value-surplus', message, fixes);
}

function reportWord(cursor: Cursor, token: Token, property: Property): ClauseShape | undefined {
  const { clauses } = property.shape;
  const words = [...clauses.keys()].filter((word) => word !== ':');
  const meant = oneSlipFrom(token.text, words);
  const near = meant === undefined ? nearest(token.text, words) : [meant];
  if (near.length > 0) {
    const message = `${property.word} has no clause "${token.text}"; did you mean ${near.join(' or ')}? (${words.join(', ')})`;
    const fixes = near.map((word) => replaceFix(token, word));
    cursor.report(token, 'value-surplus', message, fixes);
    return meant === undefined ? undefined : clauses.get(meant);
  }
  const before = cursor.tokens[cursor.at - 1];
  if (before && isFlag(before, property)) {
    const fix = replaceFix({ from: before.to, to: token.to }, '', 'Remove it');
    cursor.report(token, 'value-surplus', `${before.text} takes no value`, [fix]);
  } else if (before && takesNames(property) && isBareName(token.text)) reportNames(cursor, before, token, property);
  else if (words.length > 0)
    cursor.report(token, 'value-surplus', `${property.word} has no clause "${token.text}" (${words.join(', ')})`);
  else reportTooMuch(cursor, token, property);
  return undefined;
}

function reportOther(cursor: Cursor, token: Token, property: Property): undefined {
  if (token.kind === 'text') {
    const before = cursor.tokens[cursor.at - 1];
    if (before && takesNames(property)) reportNames(cursor, before, token, property);
    else reportTooMuch(cursor, token, property);
  } else if (token.kind === ',') {
    const message = `${property.word} takes one value: what follows the comma is too much`;
    cursor.report(token, 'value-surplus', message);
  } else cursor.report(token, 'syntax', `"${token.text}" does not fit here`);
}

function reportTooMuch(cursor: Cursor, token: Token, property: Property): void {
  if (property.notation === 'flag') {
    const fix = replaceFix({ from: cursor.start, to: token.to }, '', 'Remove it');
    cursor.report(token, 'value-surplus', `${property.word} takes no value`, [fix]);
  } else cursor.report(token, 'value-surplus', `${property.word} ends here; "${token.text}" is too much`);
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

/** Whether the subject, and so what stands before the first clause, is a name or a list of them. */
function takesNames(property: Property): boolean {
  return property.shape.subject?.alternatives.some((terms) => terms.some(isName)) ?? false;
}

function isName(term: Term): boolean {
  if (term.type === 'optional') return term.terms.some(isName);
  if (term.type === 'reference') return term.list;
  return isDeclaration(term) || (term.type === 'atom' && (term.atom === 'REFS' || (term.atom === 'WORD' && term.list)));
}

function isDeclaration(term: Term): boolean {
  return term.type === 'atom' && (term.atom === 'NAME' || term.atom === 'NAMES');
}
