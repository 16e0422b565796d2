import type { Atom, ClauseShape, SentenceShape, Shape, Term } from '../../language/schema/notation.ts';
import type { Token } from '../../language/syntax/parser.ts';

/** A term that stands for a value of its own. */
export type ValueTerm = Exclude<Term, { type: 'optional' | 'literal' }>;

/** What may stand behind some words of a statement. */
export interface Expected {
  /** Values, in the order of the notation. */
  readonly terms: readonly ExpectedTerm[];
  /** Units of a number that was read. */
  readonly units: readonly Atom[];
  /** Words that belong to a value: `x`, `cores`. */
  readonly literals: readonly string[];
  /** A value is complete here, so that a clause may follow. */
  readonly clauses: boolean;
}

export interface ExpectedTerm {
  readonly term: ValueTerm;
  /** The clause whose value it is; undefined for the subject. */
  readonly clause: ClauseShape | undefined;
  /** Number of the token that the value begins with. */
  readonly valueFrom: number;
  /** Nothing of the value is written yet. */
  readonly isFirst: boolean;
  /** Behind `each`. */
  readonly isDealt: boolean;
}

/** What may follow the tokens in a statement of this shape. Tokens that fit nothing are passed over up to the next clause. */
export function expectedAfter(shape: SentenceShape, tokens: readonly Token[]): Expected {
  return new Matcher(shape, tokens).run();
}

const WITH_UNIT: ReadonlySet<Atom> = new Set([
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
  'LIMIT',
]);
const BARE: ReadonlySet<Atom> = new Set(['N', 'DEC', 'VLAN']);

/** Tries every way to read the tokens; what any of them expects at their end counts. */
class Matcher {
  private readonly shape: SentenceShape;
  private readonly tokens: readonly Token[];
  private readonly terms: ExpectedTerm[] = [];
  private readonly units = new Set<Atom>();
  private readonly literals = new Set<string>();
  private clauses = false;

  constructor(shape: SentenceShape, tokens: readonly Token[]) {
    this.shape = shape;
    this.tokens = tokens;
  }

  run(): Expected {
    const { subject } = this.shape;
    if (subject) this.value(subject, undefined, 0);
    if (!subject || isOptional(subject)) this.afterValue(0);
    return { terms: this.terms, units: [...this.units], literals: [...this.literals], clauses: this.clauses };
  }

  private afterValue(at: number): void {
    if (at >= this.tokens.length) {
      this.clauses = true;
      return;
    }
    const next = at + (this.tokens[at]?.kind === ',' ? 1 : 0);
    for (let index = next; index < this.tokens.length; index++) {
      const clause = this.clauseAt(index);
      if (!clause) continue;
      if (clause.value) this.value(clause.value, clause, index + 1);
      else this.afterValue(index + 1);
      return;
    }
  }

  private clauseAt(at: number): ClauseShape | undefined {
    const token = this.tokens[at];
    return token?.kind === 'word' || token?.kind === ':' ? this.shape.clauses.get(token.text) : undefined;
  }

  private value(shape: Shape, clause: ClauseShape | undefined, from: number): void {
    const first = this.tokens[from];
    if (first?.kind === 'word' && first.text === 'none') {
      this.afterValue(from + 1);
      return;
    }
    const isDealt = first?.kind === 'word' && first.text === 'each';
    for (const alternative of shape.alternatives) {
      const terms = isDealt ? asList(alternative) : alternative;
      this.match(terms, isDealt ? from + 1 : from, { clause, valueFrom: from, isDealt });
    }
  }

  private match(terms: readonly Term[], at: number, of: ValueOf): void {
    const [term, ...rest] = terms;
    if (!term) {
      this.afterValue(at);
      return;
    }
    if (term.type === 'optional') {
      this.match([...term.terms, ...rest], at, { ...of, isOptional: true });
      this.match(rest, at, of);
      return;
    }
    const token = this.tokens[at];
    if (term.type === 'literal') {
      if (!token) this.literals.add(term.word);
      else if (token.text === term.word || `${token.text}s` === term.word) this.match(rest, at + 1, of);
      return;
    }
    if (!token) {
      this.expect(term, at, of);
      return;
    }
    if (of.isOptional && this.clauseAt(at)) return;
    for (const end of this.itemEnds(term, at, rest.length > 0 || of.isOptional === true))
      this.afterItem(term, rest, end, of);
  }

  private afterItem(term: ValueTerm, rest: readonly Term[], end: number, of: ValueOf): void {
    const isList = term.type !== 'span' && (term.list || (term.type === 'atom' && term.atom === 'NAMES'));
    if (isList && this.tokens[end]?.kind === ',' && !this.clauseAt(end + 1)) {
      if (end + 1 >= this.tokens.length) this.expect(term, end + 1, of);
      else for (const next of this.itemEnds(term, end + 1, false)) this.afterItem(term, rest, next, of);
      return;
    }
    this.match(rest, end, { ...of, isOptional: false });
  }

  private expect(term: ValueTerm, at: number, of: ValueOf): void {
    const { clause, valueFrom, isDealt } = of;
    this.terms.push({ term, clause, valueFrom, isDealt, isFirst: at === valueFrom });
  }

  /** Where an item of a term may end; nowhere if it does not fit. A number without its unit asks for one. */
  private itemEnds(term: ValueTerm, at: number, isPart: boolean): number[] {
    const token = this.tokens[at];
    if (!token) return [];
    if (term.type === 'span') return this.spanEnds(term.atom, at);
    if (term.type === 'atom') {
      if (WITH_UNIT.has(term.atom)) return this.quantityEnds(term.atom, at);
      if (BARE.has(term.atom)) return isNumber(token) ? [at + 1] : [];
      if (term.atom === 'WINDOW') return this.windowEnds(at);
      if (term.atom === 'DATE') return [at + (/^\d\d:\d\d/.test(this.tokens[at + 1]?.text ?? '') ? 2 : 1)];
    }
    if (token.kind !== 'word' && token.kind !== 'text') return [];
    if (isPart && isNumber(token) && !mayBeginWithDigit(term)) return [];
    let end = at + 1;
    while (this.tokens[end] && this.tokens[end]?.from === this.tokens[end - 1]?.to && this.tokens[end]?.kind === 'text')
      end++;
    return [end];
  }

  private quantityEnds(atom: Atom, at: number): number[] {
    const token = this.tokens[at];
    if (!token || !isNumber(token)) return [];
    if (!/^[+-]?[\d_.]+$/.test(token.text)) return [at + 1];
    const next = this.tokens[at + 1];
    if (!next) {
      this.units.add(atom);
      return atom === 'LIMIT' ? [at + 1] : [];
    }
    return [next.kind === 'word' && !this.clauseAt(at + 1) && !isNumber(next) ? at + 2 : at + 1];
  }

  private spanEnds(atom: Atom, at: number): number[] {
    const ends = WITH_UNIT.has(atom) ? this.quantityEnds(atom, at) : [at + 1];
    return ends.flatMap((end) => {
      if (this.tokens[end]?.kind !== '..') {
        if (end >= this.tokens.length) this.literals.add('..');
        return [];
      }
      if (end + 1 >= this.tokens.length) return [];
      return WITH_UNIT.has(atom) ? this.quantityEnds(atom, end + 1) : [end + 2];
    });
  }

  /** A window is whole when something stands behind its dots. */
  private windowEnds(at: number): number[] {
    let end = at;
    while (end < this.tokens.length && !this.clauseAt(end)) end++;
    const dots = this.tokens.findIndex((token, index) => index >= at && index < end && token.kind === '..');
    return dots >= 0 && dots < end - 1 ? [end] : [];
  }
}

interface ValueOf {
  readonly clause: ClauseShape | undefined;
  readonly valueFrom: number;
  readonly isDealt: boolean;
  readonly isOptional?: boolean;
}

function isNumber(token: Token): boolean {
  return token.kind === 'word' && /^[+-]?\d/.test(token.text);
}

/** In front of an optional part a number is mostly the beginning of what follows. */
function mayBeginWithDigit(term: ValueTerm): boolean {
  return term.type === 'choice' || (term.type === 'atom' && term.atom === 'VERSION');
}

function isOptional(shape: Shape): boolean {
  return shape.alternatives.some((terms) => terms.every((term) => term.type === 'optional'));
}

/** What `each` deals out: a list of the first value. */
function asList(terms: readonly Term[]): readonly Term[] {
  const term = terms.find((candidate) => candidate.type !== 'optional') ?? terms[0];
  const inner = term?.type === 'optional' ? term.terms[0] : term;
  if (!inner || inner.type === 'literal' || inner.type === 'optional' || inner.type === 'span') return [];
  return [{ ...inner, list: true }];
}
