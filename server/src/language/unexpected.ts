import { UNITS } from '../base/units.ts';
import type { ClauseShape, Term } from './schema/notation.ts';
import { KINDS, type Property } from './schema/schema.ts';
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
  const valued = valueOfClause(token, property, found);
  if (valued !== undefined) return reportBareValue(cursor, token, valued, property);
  const shape =
    token.kind === 'word' ? reportWord(cursor, token, property, found) : reportOther(cursor, token, property, found);
  if (shape) return shape;
  skipToClause(cursor);
  return undefined;
}

const ADDRESS = /^\d+\.\d+\.\d+\.(?:\d+|\[\d+\.\.\d+\])$/;
const DATE = /^\d{4}-\d\d?-\d\d?$/;

/** The only clause, not stated yet, whose value a token can only be: an address, a date or a text without its word. */
export function valueOfClause(
  token: Token,
  { shape }: Property,
  found: ReadonlyMap<string, Clause> = new Map(),
): string | undefined {
  const atom = token.kind === 'text' ? 'TEXT' : ADDRESS.test(token.text) ? 'ADDR' : DATE.test(token.text) ? 'DATE' : '';
  if (atom === '') return undefined;
  const fitting = [...shape.clauses.values()].filter(({ word, value }) => {
    const [first] = value?.alternatives[0] ?? [];
    return !found.has(word) && first?.type === 'atom' && first.atom === atom;
  });
  return fitting.length === 1 ? fitting[0]?.word : undefined;
}

/** Reads on as if the word of the clause stood in front of the value. */
function reportBareValue(cursor: Cursor, token: Token, word: string, property: Property): ClauseShape | undefined {
  const fix = replaceFix({ from: token.from, to: token.from }, `${word} `, `Write ${word} ${written(token)}`);
  cursor.report(token, 'value-surplus', `${word} is missing before ${written(token)}`, [fix]);
  cursor.at--;
  return property.shape.clauses.get(word);
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

/** What people and products call clauses. */
const OTHER_CLAUSES: ReadonlyMap<string, string> = new Map([
  ['ip', 'address'],
  ['addr', 'address'],
  ['ip-address', 'address'],
  ['gw', 'gateway'],
  ['router', 'gateway'],
  ['datastore', 'on'],
  ['storage', 'on'],
  ['store', 'on'],
  ['switch', 'to'],
  ['type', 'media'],
  ['thin-provisioned', 'thin'],
  ['thick-provisioned', 'thick'],
  ['site', 'at'],
  ['rack', 'at'],
  ['vlan', 'on'],
  ['network', 'on'],
  ['cluster', 'in'],
  ['passive', 'standby'],
]);

/** How other languages say of what class a thing is. */
const INHERITS: ReadonlySet<string> = new Set([
  'extends',
  'inherits',
  'is',
  'like',
  'type',
  'class',
  'uses',
  'template',
]);

function reportWord(
  cursor: Cursor,
  token: Token,
  property: Property,
  found: ReadonlyMap<string, Clause>,
): ClauseShape | undefined {
  const { clauses } = property.shape;
  const words = [...clauses.keys()].filter((word) => word !== ':');
  if (clauses.has(':') && INHERITS.has(token.text)) {
    const message = `a class stands behind a colon: : ${cursor.peek(1)?.text ?? '…'}`;
    cursor.report(token, 'value-surplus', message, [replaceFix(token, ':')]);
    return clauses.get(':');
  }
  const other = OTHER_CLAUSES.get(token.text.toLowerCase());
  const meant = other !== undefined && clauses.has(other) ? other : oneSlipFrom(token.text, words);
  const begun = words.filter((word) => word.startsWith(token.text));
  const near = meant !== undefined ? [meant] : begun.length > 0 ? begun.slice(0, 3) : nearest(token.text, words);
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
  } else if (token.kind === '..' && property.shape.subject) reportBareRange(cursor, token);
  else cursor.report(token, 'syntax', `"${token.text}" does not fit here`);
}

/** `web-1..4`, without its brackets. */
function reportBareRange(cursor: Cursor, dots: Token): void {
  const before = cursor.tokens[cursor.at - 1];
  const [end] = [cursor.peek(1)];
  const [, name = '', first = ''] = /^(.*?)(\d+)$/.exec(before?.text ?? '') ?? [];
  if (!before || !end || first === '' || !/^\d+$/.test(end.text)) {
    cursor.report(dots, 'syntax', '".." does not fit here');
    return;
  }
  const better = `${name}[${first}..${end.text}]`;
  const span = { from: before.from, to: end.to };
  cursor.report(dots, 'syntax', `a range is written in brackets: ${better}`, [replaceFix(span, better)]);
}

function reportTooMuch(cursor: Cursor, token: Token, property: Property): void {
  if (property.notation === 'flag') {
    const fix = replaceFix({ from: cursor.here().to, to: token.to }, '', 'Remove it');
    cursor.report(token, 'value-surplus', `${cursor.word} takes no value`, [fix]);
  } else if (token.kind === 'word' && takesText(property)) reportWords(cursor, token);
  else cursor.report(token, 'value-surplus', `${cursor.word} ends here; "${token.text}" is too much`);
}

function takesText({ shape }: Property): boolean {
  return shape.subject?.alternatives.some(([term]) => term?.type === 'atom' && term.atom === 'TEXT') ?? false;
}

/** `os windows server 2022`: a text without its quotes. */
function reportWords(cursor: Cursor, token: Token): void {
  const last = cursor.tokens.findLast(({ kind }) => kind === 'word') ?? token;
  const [first = token] = cursor.tokens;
  const better = `"${cursor.tokens.map(({ text }) => text).join(' ')}"`;
  const span = { from: first.from, to: last.to };
  cursor.report(token, 'value-surplus', `a text with blanks needs quotes: ${better}`, [replaceFix(span, better)]);
}

/** Two names without a comma between them: the comma is missing, or the quotes of one name. */
function reportNames(cursor: Cursor, before: Token, token: Token, property: Property): void {
  const [first, second] = [cursor.tokens[cursor.at - 1]?.text ?? '', cursor.peek(1)?.text ?? ''];
  const isTimes = token.text === 'x' && /^\d+$/.test(first) !== /^\d+$/.test(second) && second !== '';
  if (isTimes) {
    const [count, name] = /^\d+$/.test(first) ? [first, second] : [second, first];
    const better = `${name}-[1..${count}]`;
    const span = { from: before.from, to: cursor.peek(1)?.to ?? token.to };
    const message = `several things of one name are written as a range: ${better}`;
    cursor.report(token, 'value-surplus', message, [replaceFix(span, better)]);
    return;
  }
  const block = KINDS.get(property.word);
  if (block?.properties.has(token.text) && isDeclaredBy(property)) {
    const end = cursor.tokens.at(-1)?.to ?? token.to;
    const message = `what is said of ${property.word} ${before.text} stands in braces: { ${token.text} … }`;
    const edits = [
      { from: token.from, to: token.from, text: '{ ' },
      { from: end, to: end, text: ' }' },
    ];
    cursor.report(token, 'value-surplus', message, [{ title: 'Put it in braces', edits }]);
    return;
  }
  const gap = { from: before.to, to: before.to };
  const comma = replaceFix(gap, ',', 'Add a comma');
  if (!isDeclaredBy(property) || before.kind === 'text' || token.kind === 'text') {
    cursor.report(token, 'value-surplus', `a comma is missing before ${written(token)}`, [comma]);
    return;
  }
  const both = `"${before.text} ${token.text}"`;
  const quotes = replaceFix({ from: before.from, to: token.to }, both);
  const message = `a name with a blank needs quotes: ${both}; between two names stands a comma`;
  cursor.report(token, 'value-surplus', message, [quotes, comma]);
}

function isDeclaredBy({ shape }: Property): boolean {
  return shape.subject?.alternatives.some((terms) => terms.some(isDeclaration)) ?? false;
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
