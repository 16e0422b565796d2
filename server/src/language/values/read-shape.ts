import type { Span, TextEdit } from '../../base/span.ts';
import type { Dimension } from '../../base/units.ts';
import type { Problem } from '../problem.ts';
import type { Atom, Shape, Term } from '../schema/notation.ts';
import { THING_KINDS } from '../schema/schema.ts';
import type { Token } from '../syntax/parser.ts';
import { COVERED, readAtom, readName } from './atoms.ts';
import { readChoice } from './choice.ts';
import { type Cursor, replaceFix } from './cursor.ts';
import { examplesOf } from './examples.ts';
import { expandNames } from './names.ts';
import { readQuantity, startsWithDigit } from './numbers.ts';
import type { Part, Value } from './value.ts';

/** Tells whether a word ends the value because it is a clause of the statement. */
export type IsClause = (word: string) => boolean;

/** Reads the value that a shape asks for. Problems go to the cursor; parts that cannot be read are undefined. */
export function readShape(cursor: Cursor, shape: Shape, isClause: IsClause): Value {
  const from = cursor.peek()?.from ?? cursor.here().to;
  const none = declares(shape) ? undefined : cursor.takeWord('none');
  if (none) return { parts: [], none: true, each: false, from, to: none.to };
  const dimensions = DIMENSIONS.get(shape) ?? dimensionsOf(shape);
  if (dimensions.length > 0 && cursor.peek()?.text !== 'each') {
    const part = readQuantity(cursor, dimensions);
    return { parts: [part], none: false, each: false, from, to: cursor.here().to };
  }
  const start = cursor.at;
  const [only] = shape.alternatives;
  if (only && shape.alternatives.length === 1) {
    const each = cursor.takeWord('each') !== undefined;
    const known = cursor.problems.length;
    const parts = each ? [readDealt(cursor, only, isClause)] : readTerms(cursor, only, isClause);
    // Where nothing stands, one message says what is missing.
    if (start >= cursor.tokens.length) keepOne(cursor, known, shape, only);
    return { parts, none: false, each, from, to: cursor.at > start ? cursor.here().to : from };
  }
  const before = cursor.problems;
  let best:
    | { parts: (Part | undefined)[]; at: number; problems: typeof before; each: boolean; mistakes: number }
    | undefined;
  for (const terms of shape.alternatives) {
    cursor.at = start;
    cursor.problems = [];
    const each = cursor.takeWord('each') !== undefined;
    const parts = each ? [readDealt(cursor, terms, isClause)] : readTerms(cursor, terms, isClause);
    const { at, problems } = cursor;
    const mistakes = problems.length + (isEnd(cursor.peek(), isClause) ? 0 : 1);
    const isBetter = !best || mistakes < best.mistakes || (mistakes === best.mistakes && isCloser(at, problems, best));
    if (isBetter) best = { parts, at, problems, each, mistakes };
  }
  cursor.problems = before;
  cursor.at = best?.at ?? start;
  cursor.problems.push(...inEveryWay(cursor, shape, start, best?.problems ?? []));
  const to = cursor.at > start ? cursor.here().to : from;
  return { parts: best?.parts ?? [], none: false, each: best?.each ?? false, from, to };
}

function keepOne(cursor: Cursor, known: number, shape: Shape, terms: readonly Term[]): void {
  const [first] = cursor.problems.splice(known);
  if (!first) return;
  const needsWord = terms.some((term) => term.type === 'literal' && term.word !== 'x');
  const message = needsWord ? `${cursor.word} is written ${examplesOf(shape).join(' or ')}` : first.message;
  const { from, to, code } = first;
  cursor.report({ from, to }, code, message);
}

/** Of two ways with as many mistakes the one that reads on, or knows which unit was meant. */
function isCloser(
  at: number,
  problems: readonly Problem[],
  best: { at: number; problems: readonly Problem[] },
): boolean {
  const knowsUnit = (found: readonly Problem[]) => found[0]?.code === 'unit-wrong' && (found[0].fixes?.length ?? 0) > 0;
  return at > best.at || (at === best.at && knowsUnit(problems) && !knowsUnit(best.problems));
}

/** Where the first word fits none of several ways to write a value, the message names all of them. */
function inEveryWay(cursor: Cursor, shape: Shape, start: number, problems: readonly Problem[]): readonly Problem[] {
  const [problem] = problems;
  const token = cursor.tokens[start];
  const isSpan = shape.alternatives.some(([first]) => first?.type === 'span');
  if (!problem || isSpan || problem.fixes?.length || (token && problem.from !== token.from)) return problems;
  if (token && startsWithDigit(token.text)) return problems;
  const examples = examplesOf(shape);
  const ways = `${examples.slice(0, -1).join(', ')} or ${examples.at(-1)}`;
  const message = `${cursor.word} is written ${ways}${token ? `; not ${token.text}` : ''}`;
  return [{ ...problem, message }];
}

/** Whether nothing is left behind a value that belongs to no clause. */
function isEnd(token: Token | undefined, isClause: IsClause): boolean {
  return !token || token.kind === ',' || token.kind === ':' || (token.kind === 'word' && isClause(token.text));
}

/** Whether the value is the name of what is declared, which cannot be `none`. */
function declares({ alternatives: [terms] }: Shape): boolean {
  const last = terms?.at(-1);
  return last?.type === 'atom' && (last.atom === 'NAME' || last.atom === 'NAMES');
}

/** For a shape that is a quantity of one of several dimensions: these. Empty for every other. */
const DIMENSIONS = new WeakMap<Shape, readonly Dimension[]>();
const QUANTITIES: Readonly<Partial<Record<Atom, Dimension>>> = {
  SIZE: 'size',
  RATE: 'rate',
  FREQ: 'frequency',
  TIME: 'time',
  WATT: 'power',
  PCT: 'share',
};

function dimensionsOf(shape: Shape): readonly Dimension[] {
  const found = shape.alternatives.map(([term, ...more]) =>
    term?.type === 'atom' && !term.list && more.length === 0 ? QUANTITIES[term.atom] : undefined,
  );
  const dimensions = found.every((dimension) => dimension !== undefined) ? found : [];
  DIMENSIONS.set(shape, dimensions);
  return dimensions;
}

function readDealt(cursor: Cursor, terms: readonly Term[], isClause: IsClause): Part | undefined {
  const term = terms.find((candidate) => candidate.type !== 'optional') ?? terms[0];
  if (!term) return undefined;
  const inner = term.type === 'optional' ? term.terms[0] : term;
  return inner ? readList(cursor, inner, isClause) : undefined;
}

function readTerms(cursor: Cursor, terms: readonly Term[], isClause: IsClause): (Part | undefined)[] {
  const [only] = terms;
  if (only && terms.length === 1 && only.type !== 'literal' && only.type !== 'optional')
    return [readTerm(cursor, only, isClause)];
  const parts: (Part | undefined)[] = [];
  for (let index = 0; index < terms.length; index++) {
    const term = terms[index] as Term;
    const next = terms[index + 1];
    // Where nothing stands, that a count is missing is said with what it counts.
    if (!cursor.peek() && next?.type === 'literal' && next.word === 'x') parts.push(undefined);
    else if (term.type === 'literal') {
      if (!readLiteral(cursor, term.word, terms[index + 1], isClause)) return parts;
    } else if (term.type === 'optional') readOptional(cursor, term.terms, terms[index + 1], isClause, parts);
    else parts.push(readTerm(cursor, term, isClause));
  }
  return parts;
}

/** Takes a word that belongs to the value. False if it is missing and so is all that could follow it. */
function readLiteral(cursor: Cursor, word: string, following: Term | undefined, isClause: IsClause): boolean {
  const token = cursor.peek();
  if (token?.kind === 'word' && (token.text === word || `${token.text}s` === word)) {
    cursor.take();
    return true;
  }
  const here = cursor.here();
  const isNumber = token?.kind === 'word' && startsWithDigit(token.text);
  const instead = OTHER_LITERALS.get(token?.text.toLowerCase() ?? '');
  if (token && instead === word) {
    cursor.take();
    cursor.report(token, 'value-malformed', `${cursor.word} needs the word ${word} here; not ${token.text}`, [
      replaceFix(token, word),
    ]);
    return true;
  }
  if (word === 'x') {
    const atom = following?.type === 'atom' ? following.atom : 'N';
    const fixes = isNumber ? [replaceFix({ from: here.to, to: here.to }, ' x', 'Add x')] : undefined;
    cursor.report(here, 'value-missing', `${cursor.word} takes ${TIMES[atom] ?? 'count x value'}`, fixes);
    return isNumber;
  }
  if (token?.kind === 'word' && !isNumber && !isClause(token.text)) {
    cursor.take();
    const message = `${cursor.word} needs the word ${word} here; not ${token.text}`;
    cursor.report(token, 'value-malformed', message, [replaceFix(token, word)]);
    return true;
  }
  const fix = replaceFix({ from: here.to, to: here.to }, ` ${word}`, `Add ${word}`);
  cursor.report(here, 'value-missing', `${cursor.word} needs the word ${word} here`, [fix]);
  return isNumber;
}

/** What people write between a count and what is counted. */
const OTHER_LITERALS: ReadonlyMap<string, string> = new Map([
  ['×', 'x'],
  ['*', 'x'],
  ['x', 'x'],
  ['times', 'x'],
  ['socket', 'x'],
  ['sockets', 'x'],
  ['cpus', 'x'],
  ['core', 'cores'],
]);

const TIMES: Readonly<Partial<Record<Atom, string>>> = {
  SIZE: 'count x size, for example 48 x 1.8 TB',
  RATE: 'count x speed, for example 48 x 10 Gbps',
  MONEY: 'count x price, for example 2 x 3_200 USD',
};

/** An optional group is read if what stands next can only be its. Its parts, or as many gaps, are added to `parts`. */
function readOptional(
  cursor: Cursor,
  terms: readonly Term[],
  following: Term | undefined,
  isClause: IsClause,
  parts: (Part | undefined)[],
): void {
  if (stands(cursor, terms, following, isClause)) {
    parts.push(...readTerms(cursor, terms, isClause));
    return;
  }
  const [first] = terms;
  if (first?.type === 'literal' && cursor.peek()?.text === first.word && cursor.peek(1)) cursor.take();
  for (const term of terms) if (term.type !== 'literal') parts.push(undefined);
}

/** Whether an optional group that begins with a value stands next. */
function stands(cursor: Cursor, terms: readonly Term[], following: Term | undefined, isClause: IsClause): boolean {
  const [first, second] = terms;
  const token = cursor.peek();
  if (!token || !first || first.type === 'literal' || token.kind === ':' || token.kind === ',' || token.kind === '..')
    return false;
  const numeric = token.kind === 'word' && startsWithDigit(token.text);
  if (second?.type === 'literal') {
    const after = cursor.peek(1)?.text ?? '';
    return after === second.word || (numeric && OTHER_LITERALS.get(after.toLowerCase()) === second.word);
  }
  const isName = first.type === 'reference' || (first.type === 'atom' && NAMING.has(first.atom));
  if (isName && token.kind === 'text') return true;
  if (token.kind !== 'word' || isClause(token.text)) return false;
  return isName
    ? !(numeric && following !== undefined)
    : !(first.type === 'atom' && MEASURES.has(first.atom) && !numeric);
}

const NAMING: ReadonlySet<Atom> = new Set(['NAME', 'NAMES', 'REFS', 'WORD']);
const MEASURES: ReadonlySet<Atom> = new Set(['N', 'DEC', 'SIZE', 'RATE', 'FREQ', 'TIME', 'WATT', 'PCT', 'VERSION']);

function readTerm(cursor: Cursor, term: Term, isClause: IsClause): Part | undefined {
  if (isListTerm(term)) return readList(cursor, term, isClause);
  if (term.type === 'span') return readSpan(cursor, term.atom);
  const parts = readItem(cursor, term);
  const [part] = parts;
  const count = term.type === 'reference' && part ? namesIn(part) : parts.length;
  if (count > 1 && part) {
    const message = `${cursor.word} takes one value; write "each" to deal ${count} over as many members`;
    cursor.report(part, 'count-mismatch', message, [
      replaceFix({ from: part.from, to: part.from }, 'each ', 'Write each'),
    ]);
  }
  return part;
}

/** How many things a reference names: those of its range, in all places of the range behind `@`. */
function namesIn(part: Part): number {
  if (part.type !== 'name' || part.quoted) return 1;
  const count = (text: string | undefined) => {
    const names = text === undefined ? undefined : expandNames(text);
    return names && 'value' in names ? names.value.length : 1;
  };
  return count(part.text) * count(part.scope);
}

function isListTerm(term: Term): boolean {
  if (term.type === 'atom') return term.list || term.atom === 'NAMES';
  return (term.type === 'reference' || term.type === 'choice') && term.list;
}

/** Items with commas between them. A comma before a clause word ends the list: a name spelled like one is quoted. */
function readList(cursor: Cursor, term: Term, isClause: IsClause): Part | undefined {
  const items: Part[] = [];
  const from = cursor.peek()?.from ?? cursor.here().to;
  do {
    if (items.length > 0 && reportSecondKind(cursor, term)) break;
    items.push(...readItem(cursor, term));
  } while (continues(cursor.peek(1), isClause) && cursor.takePunctuation(','));
  const trailing = cursor.peek();
  if (trailing?.kind === ',' && !cursor.peek(1)) {
    cursor.take();
    cursor.report(trailing, 'value-missing', `${cursor.word} ends with a comma: a further value is missing`, [
      replaceFix(trailing, '', 'Remove the comma'),
    ]);
  }
  return items.length > 0 ? { type: 'list', items, from, to: cursor.here().to } : undefined;
}

/** `covers host *, vm *`: things of another kind take a statement of their own. */
function reportSecondKind(cursor: Cursor, term: Term): boolean {
  const [kind, name] = [cursor.peek(), cursor.peek(1)];
  const isKind = kind?.kind === 'word' && (THING_KINDS.includes(kind.text) || COVERED.has(kind.text));
  if (!isKind || term.type !== 'atom' || term.atom !== 'REFS' || (name?.kind !== 'word' && name?.kind !== 'text'))
    return false;
  const { from } = cursor.here();
  const message = `a second kind takes a statement of its own: ${cursor.word} ${kind.text} …`;
  cursor.report(kind, 'value-surplus', message, [
    replaceFix({ from, to: kind.from }, `; ${cursor.word} `, `Write a second ${cursor.word}`),
  ]);
  cursor.at = cursor.tokens.length;
  return true;
}

function continues(token: Token | undefined, isClause: IsClause): boolean {
  return token !== undefined && !(token.kind === 'word' && isClause(token.text));
}

function readItem(cursor: Cursor, term: Term): readonly Part[] {
  switch (term.type) {
    case 'atom':
      return readAtom(cursor, term.atom);
    case 'reference': {
      const name = readName(cursor, true);
      return name ? [name] : [];
    }
    case 'choice':
      return readChoice(cursor, term.words);
    case 'span': {
      const span = readSpan(cursor, term.atom);
      return span ? [span] : [];
    }
    default:
      return [];
  }
}

/** `low .. high`. A unit behind the high end holds for the low one too: `350 .. 800 W`. */
function readSpan(cursor: Cursor, atom: Atom): Part | undefined {
  const dimension = atom === 'WATT' ? 'power' : atom === 'SIZE' ? 'size' : undefined;
  if (!dimension) return readAddressSpan(cursor, atom);
  const low = readQuantity(cursor, [dimension], true);
  if (!low) return undefined;
  if (!cursor.takePunctuation('..')) {
    const example = dimension === 'power' ? '350 W .. 800 W' : '4 GiB .. 16 GiB';
    cursor.report(cursor.here(), 'value-missing', `${cursor.word} takes two values, for example ${example}`);
    return undefined;
  }
  const high = readQuantity(cursor, [dimension]);
  if (!high) return undefined;
  const scaled =
    low.unit === '' ? { ...low, value: (low.value * high.value) / magnitude(high, cursor), unit: high.unit } : low;
  const span = { from: low.from, to: high.to };
  if (scaled.value > high.value) {
    reportDownward(cursor, low, high, low.unit === '' ? high.unit : '');
    return undefined;
  }
  return { type: 'span', low: scaled, high, ...span };
}

/** A span whose ends have changed places; `lowUnit` is the unit that the low end takes over from the high one. */
function reportDownward(cursor: Cursor, low: Span, high: Span, lowUnit = ''): void {
  const written = (part: Span) =>
    cursor.tokens
      .filter((token) => token.from >= part.from && token.to <= part.to)
      .map((token) => token.text)
      .join(' ');
  const first = `${written(low)} ${lowUnit}`.trim();
  const second = written(high);
  const fixes = [{ title: `Write ${second} .. ${first}`, edits: [replaced(low, second), replaced(high, first)] }];
  const span = { from: low.from, to: high.to };
  cursor.report(span, 'value-malformed', `the span runs downward: ${first} .. ${second}`, fixes);
}

function replaced({ from, to }: Span, text: string): TextEdit {
  return { from, to, text };
}

/** The number written in front of a unit. */
function magnitude(part: { readonly from: number; readonly value: number }, cursor: Cursor): number {
  const token = cursor.tokens.find((candidate) => candidate.from === part.from);
  return Number.parseFloat(token?.text.replaceAll('_', '') ?? '') || 1;
}

function readAddressSpan(cursor: Cursor, atom: Atom): Part | undefined {
  const [low] = readAtom(cursor, atom);
  if (!low) return undefined;
  if (!cursor.takePunctuation('..')) {
    cursor.report(cursor.here(), 'value-missing', `${cursor.word} takes two addresses: 10.0.0.100 .. 10.0.0.199`);
    return undefined;
  }
  const [high] = readAtom(cursor, atom);
  if (!high) return undefined;
  const span = { from: low.from, to: high.to };
  if (low.type === 'address' && high.type === 'address' && low.address.value > high.address.value) {
    reportDownward(cursor, low, high);
    return undefined;
  }
  return { type: 'span', low, high, ...span };
}
