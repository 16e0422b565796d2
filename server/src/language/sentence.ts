import type { Span } from '../base/span.ts';
import type { Problem } from './problem.ts';
import { KINDS, type Kind, kindOf, type Property, propertyOf } from './schema/schema.ts';
import type { Body, Statement, Token } from './syntax/parser.ts';
import { Cursor, replaceFix } from './values/cursor.ts';
import { nearest } from './values/nearest.ts';
import { type IsClause, readShape } from './values/read-shape.ts';
import type { Part, Value } from './values/value.ts';

export interface Clause extends Span {
  readonly word: string;
  readonly wordSpan: Span;
  /** Undefined for a flag. */
  readonly value: Value | undefined;
}

/** A statement read with the schema: its value as typed parts, its clauses, and the sentences of its body. */
export interface Sentence extends Span {
  readonly statement: Statement;
  /** The word as the schema has it; a slip of one letter is read as the word that was meant. */
  readonly word: string;
  readonly wordSpan: Span;
  /** The kind of block that it stands in. */
  readonly context: string;
  readonly property: Property;
  /** The kind of block that it opens. */
  readonly block: Kind | undefined;
  readonly subject: Value | undefined;
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly body: readonly Sentence[];
}

export interface Reading {
  readonly sentences: readonly Sentence[];
  readonly problems: readonly Problem[];
}

/** Reads statements that stand in a block of the given kind; `file` for the top level. */
export function readStatements(statements: readonly Statement[], context: string): Reading {
  const reader = new Reader();
  const sentences = reader.all(statements, kindOf(context));
  return { sentences, problems: reader.problems };
}

/** The kind whose words may stand in the body of a sentence: that of the thing for `class`, `amend` and `assume`. */
export function bodyKind(sentence: {
  readonly block: Kind | undefined;
  readonly subject: Value | undefined;
}): Kind | undefined {
  const { block } = sentence;
  if (!block || !['class', 'amend', 'assume'].includes(block.name)) return block;
  const kind = sentence.subject?.parts.find(
    (part): part is Extract<Part, { type: 'word' | 'text' }> => part?.type === 'word',
  );
  return kind ? KINDS.get(kind.text) : undefined;
}

class Reader {
  readonly problems: Problem[] = [];

  all(statements: readonly Statement[], context: Kind): Sentence[] {
    const sentences: Sentence[] = [];
    const once = new Map<string, Sentence>();
    for (const statement of statements) {
      for (const sentence of this.one(statement, context)) {
        const { property } = sentence;
        const first = once.get(sentence.word);
        if (first && property.repeat === 'once' && !sentence.block) {
          const message = `${sentence.word} is stated twice in this block; the first one counts`;
          this.report(sentence.wordSpan, 'word-repeated', message);
          continue;
        }
        once.set(sentence.word, sentence);
        sentences.push(sentence);
      }
    }
    return sentences;
  }

  private one(statement: Statement, context: Kind): readonly Sentence[] {
    const { word } = statement;
    if (!word) return statement.body ? this.all(statement.body.statements, context) : [];
    const known = this.lookUp(word, context);
    if (!known) return statement.body ? this.all(statement.body.statements, context) : [];
    return [this.sentence(statement, word, known, context)];
  }

  /** The property or kind of block a word stands for here. */
  private lookUp(word: Token, context: Kind): Known | undefined {
    const exact = find(word.text, context);
    if (exact) return exact;
    const words = wordsIn(context);
    const near = nearest(word.text, words);
    const fixes = near.map((text) => replaceFix(word, text));
    const elsewhere = placesOf(word.text, context);
    if (elsewhere.length > 0 && near.length === 0) {
      const places = elsewhere.slice(0, 4).join(', ');
      this.report(
        word,
        'word-misplaced',
        `${word.text} does not stand in ${article(context.name)}; it belongs to: ${places}`,
      );
      return undefined;
    }
    const meant = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
    this.report(word, 'word-unknown', `${article(context.name, true)} has no word "${word.text}"${meant}`, fixes);
    const [only] = near;
    return only !== undefined && near.length === 1 ? find(only, context) : undefined;
  }

  private sentence(statement: Statement, word: Token, known: Known, context: Kind): Sentence {
    const { property, block } = known;
    const { subject: subjectShape, clauses: clauseShapes } = property.shape;
    const cursor = new Cursor(this.argumentsOf(statement, clauseShapes.has(':')), word.text, word.to);
    const isClause: IsClause = (text) => clauseShapes.has(text) || text === 'with';
    this.skipSign(cursor, clauseShapes.has(':'));
    let subject: Value | undefined;
    if (subjectShape) {
      const next = cursor.peek();
      const optional = subjectShape.alternatives.some((terms) => terms.every((term) => term.type === 'optional'));
      const absent = optional && (!next || next.kind === ':' || (next.kind === 'word' && isClause(next.text)));
      if (!absent) subject = readShape(cursor, subjectShape, isClause);
    }
    const clauses = new Map<string, Clause>();
    this.clauses(cursor, property, clauses);
    this.problems.push(...cursor.problems);
    const inner = bodyKind({ block, subject });
    const body = statement.body ? this.body(statement.body, property, block, inner, clauses) : [];
    const { from, to } = statement;
    const wordSpan = { from: word.from, to: word.to };
    return {
      statement,
      word: known.word,
      wordSpan,
      context: context.name,
      property,
      block,
      subject,
      clauses,
      body,
      from,
      to,
    };
  }

  /** Clauses and, in a body, statements that are clauses of the header. */
  private clauses(cursor: Cursor, property: Property, found: Map<string, Clause>): void {
    const shapes = property.shape.clauses;
    const isClause: IsClause = (text) => shapes.has(text);
    for (let token = cursor.peek(); token; token = cursor.peek()) {
      const next = cursor.peek(1);
      if (token.kind === ',' && next?.kind === 'word' && shapes.has(next.text)) {
        cursor.take();
        continue;
      }
      const shape = token.kind === ':' || token.kind === 'word' ? shapes.get(token.text) : undefined;
      if (!shape) {
        this.unexpected(cursor, property);
        continue;
      }
      cursor.take();
      const outer = cursor.word;
      cursor.word = shape.word === ':' ? 'a class list' : shape.word;
      const value = shape.value ? readShape(cursor, shape.value, isClause) : undefined;
      cursor.word = outer;
      const clause: Clause = { word: shape.word, wordSpan: token, value, from: token.from, to: cursor.here().to };
      if (found.has(shape.word))
        this.report(token, 'word-repeated', `${shape.word} is stated twice; the first one counts`);
      else found.set(shape.word, clause);
    }
  }

  /** One message for what does not fit; reading resumes at the next clause. */
  private unexpected(cursor: Cursor, property: Property): void {
    const shapes = property.shape.clauses;
    const token = cursor.take();
    if (!token) return;
    const words = [...shapes.keys()].filter((word) => word !== ':');
    const repeated = token.kind === ',' && cursor.at > 1 && shapes.size > 0;
    if (repeated) {
      cursor.report(
        token,
        'value-surplus',
        `a statement has one subject: write a second ${property.word} statement for the rest`,
      );
    } else if (token.kind === 'word' || token.kind === 'text') {
      const near = token.kind === 'word' ? nearest(token.text, words) : [];
      const fixes = near.map((word) => replaceFix(token, word));
      if (words.length === 0)
        cursor.report(token, 'value-surplus', `${property.word} ends here; "${token.text}" is too much`);
      else {
        const meant = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
        cursor.report(
          token,
          'value-surplus',
          `${property.word} has no clause "${token.text}"${meant} (${words.join(', ')})`,
          fixes,
        );
      }
    } else cursor.report(token, 'syntax', `"${token.text}" does not fit here`);
    for (let next = cursor.peek(); next; next = cursor.peek()) {
      if ((next.kind === 'word' || next.kind === ':') && shapes.has(next.text)) return;
      cursor.take();
    }
  }

  private body(
    body: Body,
    property: Property,
    block: Kind | undefined,
    inner: Kind | undefined,
    clauses: Map<string, Clause>,
  ): readonly Sentence[] {
    const asClauses: Statement[] = [];
    const rest: Statement[] = [];
    const shapes = property.shape.clauses;
    for (const statement of body.statements) {
      const text = statement.word?.text;
      const isClause = text !== undefined && shapes.has(text) && !(inner && find(text, inner));
      if (isClause || !inner) asClauses.push(statement);
      else rest.push(statement);
    }
    for (const statement of asClauses) {
      const { word } = statement;
      if (!word) continue;
      const cursor = new Cursor([word, ...statement.args], property.word, word.from);
      this.clauses(cursor, property, clauses);
      this.problems.push(...cursor.problems);
    }
    return inner && block ? this.all(rest, inner) : [];
  }

  /** Tokens of a statement; a name with a class glued to it is taken apart. */
  private argumentsOf(statement: Statement, hasClasses: boolean): readonly Token[] {
    const [first, ...rest] = statement.args;
    const glued = hasClasses && first?.kind === 'word' ? /^([^:@]+):([^:]+)$/.exec(first.text) : null;
    if (!first || !glued) return statement.args;
    const [, name = '', className = ''] = glued;
    const colon = first.from + name.length;
    this.report({ from: colon, to: colon + 1 }, 'syntax', 'the colon before a class stands alone: name : class', [
      replaceFix({ from: colon, to: colon + 1 }, ' : '),
    ]);
    return [
      { kind: 'word', text: name, from: first.from, to: colon },
      { kind: ':', text: ':', from: colon, to: colon + 1 },
      { kind: 'word', text: className, from: colon + 1, to: first.to },
      ...rest,
    ];
  }

  /** `vcpu: 4` and `vcpu = 4` are understood, with a message. */
  private skipSign(cursor: Cursor, hasClasses: boolean): void {
    const sign = cursor.peek();
    if (!sign || hasClasses || (sign.kind !== ':' && !(sign.kind === 'word' && sign.text === '='))) return;
    cursor.take();
    const fix = replaceFix({ from: cursor.start, to: sign.to }, '', `Remove ${sign.text}`);
    cursor.report(sign, 'syntax', `the value follows its word without ${sign.text}`, [fix]);
  }

  private report(span: Span, code: Problem['code'], message: string, fixes?: Problem['fixes']): void {
    const { from, to } = span;
    this.problems.push(fixes && fixes.length > 0 ? { from, to, code, message, fixes } : { from, to, code, message });
  }
}

interface Known {
  readonly word: string;
  readonly property: Property;
  readonly block: Kind | undefined;
}

function find(word: string, context: Kind): Known | undefined {
  const block = context.blocks.get(word);
  if (block) return { word, property: block.header, block };
  if (word === 'RULE') return undefined;
  const property = propertyOf(context, word);
  return property ? { word, property, block: undefined } : undefined;
}

/** Every word that may begin a statement in a block of this kind. */
export function wordsIn(context: Kind): string[] {
  return [...context.properties.keys(), ...context.blocks.keys()].filter((word) => word !== 'RULE');
}

function placesOf(word: string, except: Kind): string[] {
  const places: string[] = [];
  for (const kind of KINDS.values())
    if (kind !== except && find(word, kind) && kind.name !== 'policy') places.push(kind.name);
  return places;
}

/** `a host`, `an array`, `the file`. */
export function article(kind: string, capital = false): string {
  const text = kind === 'file' ? 'the top level' : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
  return capital ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
