/** Shapes of single values; see the language reference, section "Value shapes". */
const ATOMS = [
  'N',
  'DEC',
  'SIZE',
  'RATE',
  'FREQ',
  'TIME',
  'WATT',
  'PCT',
  'PER_S',
  'GROWTH',
  'MONEY',
  'COST',
  'FEE',
  'TARIFF',
  'NAME',
  'NAMES',
  'REFS',
  'KIND',
  'ADDR',
  'PREFIX',
  'DATE',
  'WINDOW',
  'TEXT',
  'WORD',
  'VERSION',
  'UTC',
  'CODE',
  'RULE',
  'LIMIT',
  'VLAN',
] as const; // prettier-ignore
export type Atom = (typeof ATOMS)[number];

export type Term =
  | { readonly type: 'atom'; readonly atom: Atom; readonly list: boolean }
  | { readonly type: 'reference'; readonly kinds: readonly string[]; readonly list: boolean }
  | { readonly type: 'choice'; readonly words: readonly string[]; readonly list: boolean }
  | { readonly type: 'literal'; readonly word: string }
  | { readonly type: 'span'; readonly atom: Atom }
  | { readonly type: 'optional'; readonly terms: readonly Term[] };

/** A value: one of several sequences of terms. */
export interface Shape {
  readonly notation: string;
  readonly alternatives: readonly (readonly Term[])[];
  /** Whether nothing needs to stand there. */
  readonly isOptional: boolean;
}

export interface ClauseShape {
  readonly word: string;
  /** Undefined for a flag. */
  readonly value: Shape | undefined;
}

/** What may follow a word: a subject, then clauses in any order. */
export interface SentenceShape {
  readonly subject: Shape | undefined;
  readonly clauses: ReadonlyMap<string, ClauseShape>;
  /** Words that belong to the value of the subject, such as `x` and `cores`. */
  readonly literals: ReadonlySet<string>;
  /** Whether a word begins one of the clauses. */
  readonly isClause: (word: string) => boolean;
}

/** Reads a row's notation. @throws RangeError if the table itself is wrong; a test reads every row. */
export function parseNotation(notation: string): SentenceShape {
  const [first = '', ...rest] = notation.split('·').map((part) => part.trim());
  const clauses = new Map<string, ClauseShape>();
  for (const part of rest) {
    const [, word = '', value = ''] = /^(\S+)\s*(.*)$/.exec(part) ?? [];
    clauses.set(word, { word, value: value === '' ? undefined : parseShape(value) });
  }
  const subject = first === '' || first === 'flag' ? undefined : parseShape(first);
  const literals = new Set(literalsOf(subject?.alternatives.flat() ?? []));
  return { subject, clauses, literals, isClause: (word) => clauses.has(word) };
}

function literalsOf(terms: readonly Term[]): string[] {
  return terms.flatMap((term) => {
    if (term.type === 'optional') return literalsOf(term.terms);
    return term.type === 'literal' ? [term.word] : [];
  });
}

function parseShape(notation: string): Shape {
  const alternatives = notation.split(' or ').map((sequence) => parseTerms(sequence.trim()));
  const isOptional = alternatives.some((terms) => terms.every((term) => term.type === 'optional'));
  return { notation, alternatives, isOptional };
}

const TERM =
  /\[([^\]]*)\]|\(([^)]*)\)(\+?)|→([a-z,]+)(\+?)|([A-Z_]+)\.\.([A-Z_]+)|([A-Z][A-Z_]*)(\+?)(?![a-z])|([a-z-]+)/gy;

function parseTerms(sequence: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  while (at < sequence.length) {
    if (sequence[at] === ' ') {
      at++;
      continue;
    }
    TERM.lastIndex = at;
    const match = TERM.exec(sequence);
    if (!match) throw new RangeError(`the notation "${sequence}" cannot be read at "${sequence.slice(at)}"`);
    at = TERM.lastIndex;
    terms.push(termOf(match));
  }
  return terms;
}

function termOf(match: RegExpExecArray): Term {
  const [text, optional, choice, choiceList, kinds, kindList, spanFrom, , atom, atomList, literal] = match;
  if (optional !== undefined) {
    const literals = /^[a-z]+$/.test(optional) ? [{ type: 'literal', word: optional } as const] : parseTerms(optional);
    return { type: 'optional', terms: literals };
  }
  if (choice !== undefined) return { type: 'choice', words: choice.trim().split(/\s+/), list: choiceList === '+' };
  if (kinds !== undefined) return { type: 'reference', kinds: kinds.split(','), list: kindList === '+' };
  if (spanFrom !== undefined) return { type: 'span', atom: atomOf(spanFrom) };
  if (atom === 'U') return { type: 'literal', word: 'U' };
  if (atom !== undefined) return { type: 'atom', atom: atomOf(atom), list: atomList === '+' || atom === 'REFS' };
  return { type: 'literal', word: literal ?? text };
}

function atomOf(name: string): Atom {
  const atom = ATOMS.find((known) => known === name);
  if (!atom) throw new RangeError(`no shape is called ${name}`);
  return atom;
}
