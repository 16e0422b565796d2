import type { Span } from '../base/span.ts';
import { partedAtCommas } from './commas.ts';
import { droppedForm } from './dropped.ts';
import type { Problem } from './problem.ts';
import { KINDS, type Kind, kindOf, type Property, propertyOf } from './schema/schema.ts';
import type { Body, Statement, Token } from './syntax/parser.ts';
import { reportUnexpected, skipToClause, valueOfClause } from './unexpected.ts';
import { Cursor, replaceFix } from './values/cursor.ts';
import { nearest, oneSlipFrom } from './values/nearest.ts';
import { readShape } from './values/read-shape.ts';
import type { Part, Value } from './values/value.ts';
import { article } from './wording.ts';

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

/** Words whose statements an outline reads beside the heads of blocks. */
export const OUTLINED: ReadonlySet<string> = new Set(['runs', 'ignore']);
const NO_CLAUSES: ReadonlyMap<string, Clause> = new Map();
const NO_SENTENCES: readonly Sentence[] = [];
/** Up to this many statements, looking through them is faster than keeping a set of their words. */
const FEW = 16;

/**
 * The same sentences, with values only where they say what is declared and placed: the heads of blocks, `runs` and
 * `ignore`. Problems are not collected.
 */
export function readOutline(statements: readonly Statement[], context: string): readonly Sentence[] {
  return new Reader(true).all(statements, kindOf(context));
}

class Reader {
  readonly problems: Problem[] = [];
  private readonly isOutline: boolean;

  constructor(isOutline = false) {
    this.isOutline = isOutline;
  }

  all(statements: readonly Statement[], context: Kind): readonly Sentence[] {
    if (statements.length === 0) return NO_SENTENCES;
    const sentences: Sentence[] = [];
    const seen = statements.length > FEW ? new Set<string>() : undefined;
    const add = (sentence: Sentence) => {
      const { property, word } = sentence;
      const isRepeated = property.repeat === 'once' && !sentence.block;
      if (isRepeated && (seen ? seen.has(word) : sentences.some((earlier) => earlier.word === word))) {
        const message = `${word} is stated twice in this block; the first one counts`;
        this.report(sentence.wordSpan, 'word-repeated', message);
        return;
      }
      seen?.add(word);
      sentences.push(sentence);
    };
    for (const statement of statements) {
      const known = statement.word && find(statement.word.text, context);
      if (statement.word && known) this.parted(statement, statement.word, known, context, add);
      else for (const sentence of this.unknown(statement, context, statements)) add(sentence);
    }
    return sentences;
  }

  private parted(
    statement: Statement,
    word: Token,
    known: Known,
    context: Kind,
    add: (sentence: Sentence) => void,
  ): void {
    const isWord = (text: string) => find(text, context) !== undefined;
    const [first = statement, rest] = partedAtCommas(statement, known.property.shape, isWord, this.problems);
    add(this.sentence(first, word, known, context));
    const next = rest?.word && find(rest.word.text, context);
    if (rest?.word && next) this.parted(rest, rest.word, next, context, add);
  }

  /** What a statement means whose word is not one of the block. */
  private unknown(statement: Statement, context: Kind, siblings: readonly Statement[]): readonly Sentence[] {
    const { word, body } = statement;
    if (!word) return body ? this.fitting(body.statements, context) : [];
    const dropped = droppedForm(statement, context.name, siblings);
    if (dropped) {
      if (dropped.message !== undefined) this.report(word, 'word-unknown', dropped.message, dropped.fixes);
      const { instead } = dropped;
      const meant = instead?.word && find(instead.word.text, context);
      return instead?.word && meant ? [this.slipped(instead, instead.word, meant, context)] : [];
    }
    const meant = this.meant(statement, word, context);
    if (meant) return [this.slipped(statement, word, meant, context)];
    return body ? this.fitting(body.statements, context) : [];
  }

  /** What is in the block of a statement that is not understood: only what fits the kind around it means anything. */
  private fitting(statements: readonly Statement[], context: Kind): readonly Sentence[] {
    return this.all(
      statements.filter(({ word }) => word && find(word.text, context)),
      context,
    );
  }

  /** Reports a word that may not stand here, and takes it for what it was meant to be where there is no doubt. */
  private meant(statement: Statement, word: Token, context: Kind): Known | undefined {
    const words = wordsIn(context);
    const near = nearest(word.text, words);
    const block = KINDS.get(word.text);
    const elsewhere = placesOf(word.text, context);
    if (elsewhere.length > 0 && (near.length === 0 || block)) {
      const places = elsewhere.slice(0, 4).join(', ').replace('file', 'the top level');
      const isPlaced = word.text === 'vm' && (context.name === 'host' || context.name === 'cluster');
      const hint = isPlaced ? '. Declare it there, and write runs here' : '';
      const isName = isPlaced && !statement.body && !statement.args.some(({ kind }) => kind === ':');
      const message = `${word.text} does not stand in ${article(context.name)}; it belongs to: ${places}${hint}`;
      this.report(word, 'word-misplaced', message, isName ? [replaceFix(word, 'runs')] : undefined);
      return block && { word: word.text, property: block.header, block };
    }
    const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
    const message = `${article(context.name, true)} has no word "${word.text}"${hint}`;
    const fixes = near.map((text) => replaceFix(word, text));
    this.report(word, 'word-unknown', message, fixes);
    const only = oneSlipFrom(word.text, words);
    return only === undefined ? undefined : find(only, context);
  }

  /** A statement whose word is a slip: while nothing stands behind it, it is half typed, and nothing is missing yet. */
  private slipped(statement: Statement, word: Token, known: Known, context: Kind): Sentence {
    const count = this.problems.length;
    const sentence = this.sentence(statement, word, known, context);
    if (statement.args.length === 0 && !statement.body) this.problems.length = count;
    return sentence;
  }

  private sentence(statement: Statement, word: Token, known: Known, context: Kind): Sentence {
    const { property, block } = known;
    if (this.isOutline && !block && !OUTLINED.has(known.word)) {
      const { from, to } = statement;
      return {
        statement,
        word: known.word,
        wordSpan: word,
        context: context.name,
        property,
        block,
        subject: undefined,
        clauses: NO_CLAUSES,
        body: NO_SENTENCES,
        from,
        to,
      };
    }
    const { subject: subjectShape, clauses: clauseShapes, isClause } = property.shape;
    const cursor = new Cursor(this.argumentsOf(statement, property), known.word, word, isClause);
    this.skipSign(cursor, clauseShapes.has(':'));
    const isModel = this.skipModel(cursor, clauseShapes);
    let subject: Value | undefined;
    if (subjectShape && !isModel) {
      const next = cursor.peek();
      const isAddress =
        next?.kind === 'word' && clauseShapes.has('address') && valueOfClause(next, property) === 'address';
      const absent =
        subjectShape.isOptional &&
        (!next || isAddress || next.kind === ':' || (next.kind === 'word' && isClause(next.text)));
      if (!absent) subject = readShape(cursor, subjectShape, isClause);
    }
    const hasClauses = cursor.peek() !== undefined || (statement.body !== undefined && clauseShapes.size > 0);
    const clauses = hasClauses ? new Map<string, Clause>() : NO_CLAUSES;
    if (hasClauses) this.clauses(cursor, property, clauses as Map<string, Clause>);
    for (const problem of cursor.problems) this.problems.push(problem);
    const inner = block && bodyKind({ block, subject });
    const body = statement.body
      ? this.body(statement.body, known, inner, clauses as Map<string, Clause>)
      : NO_SENTENCES;
    const { from, to } = statement;
    const wordSpan: Span = word;
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

  /**
   * Clauses in any order; one message for what does not fit, and reading resumes at the next clause. What follows a
   * value that is wrong itself, up to there, is part of the same mistake.
   */
  private clauses(cursor: Cursor, property: Property, found: Map<string, Clause>): void {
    const shapes = property.shape.clauses;
    let known = 0;
    for (let token = cursor.peek(); token; token = cursor.peek()) {
      const next = cursor.peek(1);
      if (token.kind === ',' && next?.kind === 'word' && shapes.has(next.text)) {
        cursor.take();
        continue;
      }
      let shape = token.kind === ':' || token.kind === 'word' ? shapes.get(token.text) : undefined;
      const isCertain = shape !== undefined;
      if (!shape && cursor.problems.length > known) skipToClause(cursor);
      else shape ??= reportUnexpected(cursor, property, found);
      known = cursor.problems.length;
      if (!shape) continue;
      cursor.take();
      const outer = cursor.word;
      cursor.word = shape.word === ':' ? 'a class list' : shape.word;
      const isHalfTyped = !isCertain && !cursor.peek();
      const value = shape.value ? readShape(cursor, shape.value, cursor.isClause) : undefined;
      if (isHalfTyped) cursor.problems.length = known;
      cursor.word = outer;
      const clause: Clause = { word: shape.word, wordSpan: token, value, from: token.from, to: cursor.here().to };
      if (!found.has(shape.word)) found.set(shape.word, clause);
      else if (isCertain) this.report(token, 'word-repeated', `${shape.word} is stated twice; the first one counts`);
    }
  }

  private body(body: Body, known: Known, inner: Kind | undefined, clauses: Map<string, Clause>): readonly Sentence[] {
    const { property, block } = known;
    // Of what kind the things are is not known, so neither is what may stand here.
    if (block && !inner) return NO_SENTENCES;
    const { clauses: shapes, isClause } = property.shape;
    const isPart = ({ word }: Statement) =>
      !inner || (word !== undefined && shapes.has(word.text) && !find(word.text, inner));
    const asClauses = body.statements.filter(isPart);
    const rest = asClauses.length === 0 ? body.statements : body.statements.filter((statement) => !isPart(statement));
    for (const statement of asClauses) {
      const { word } = statement;
      if (!word) continue;
      const cursor = new Cursor([word, ...statement.args], property.word, { from: word.from, to: word.from }, isClause);
      this.clauses(cursor, property, clauses);
      this.problems.push(...cursor.problems);
    }
    return inner ? this.all(rest, inner) : NO_SENTENCES;
  }

  /** Tokens of a statement; what is glued together is taken apart, with a message. */
  private argumentsOf(statement: Statement, property: Property): readonly Token[] {
    const { shape } = property;
    const { args } = statement;
    const isGlued = shape.literals.size > 0 && args.some((token) => GLUED.test(token.text));
    const tokens = isGlued
      ? args.flatMap((token, index) => this.countAndWord(token, args[index + 1], shape.literals))
      : args;
    const first = tokens[0];
    const glued = shape.clauses.has(':') && first?.kind === 'word' ? /^([^:@]+):([^:]+)$/.exec(first.text) : null;
    if (!first || !glued) return tokens;
    const [, name = '', className = ''] = glued;
    const colon = first.from + name.length;
    this.report({ from: colon, to: colon + 1 }, 'syntax', 'the colon before a class stands alone: name : class', [
      replaceFix({ from: colon, to: colon + 1 }, ' : '),
    ]);
    return [
      { kind: 'word', text: name, from: first.from, to: colon },
      { kind: ':', text: ':', from: colon, to: colon + 1 },
      { kind: 'word', text: className, from: colon + 1, to: first.to },
      ...tokens.slice(1),
    ];
  }

  /** `4x10 Gbps`, `2U` and `16cores`, taken apart. */
  private countAndWord(token: Token, next: Token | undefined, literals: ReadonlySet<string>): readonly Token[] {
    if (token.text.startsWith('@') && token.kind === 'word') {
      const { from } = token;
      const to = token.text === '@' ? (next?.from ?? token.to) : from + 1;
      this.report({ from, to: from + 1 }, 'syntax', 'the clock rate follows the cores without @', [
        replaceFix({ from, to }, '', 'Remove @'),
      ]);
      return token.text === '@' ? [] : [{ ...token, text: token.text.slice(1), from: from + 1 }];
    }
    const [, digits = '', letters = '', rest = ''] = /^([\d_]+)([A-Za-z]+)(\d.*)?$/.exec(token.text) ?? [];
    const word = [...literals].find((literal) => literal === letters || literal === letters.toLowerCase());
    if (token.kind !== 'word' || word === undefined || (rest !== '' && word !== 'x')) return [token];
    const texts = [digits, word, rest].filter((text) => text !== '');
    const better = texts.join(' ');
    this.report(token, 'syntax', `blanks stand around ${word}: ${better}`, [replaceFix(token, better)]);
    let at = token.from;
    return texts.map((text) => {
      const from = at;
      at += text.length;
      return { kind: 'word', text, from, to: at };
    });
  }

  /** `cpu "Xeon Gold 6226R"`: what it is called says nothing of its cores. */
  private skipModel(cursor: Cursor, clauses: ReadonlyMap<string, unknown>): boolean {
    const token = cursor.peek();
    if (token?.kind !== 'text' || !clauses.has('model')) return false;
    cursor.take();
    const message = `what ${cursor.word} is called stands behind its figures: ${cursor.word} 2 x 16 cores 2.9 GHz model "${token.text}"`;
    cursor.report(token, 'value-malformed', message);
    return true;
  }

  /** `vcpu: 4` and `vcpu = 4` are understood, with a message. */
  private skipSign(cursor: Cursor, hasClasses: boolean): void {
    const sign = cursor.peek();
    if (!sign || hasClasses || (sign.kind !== ':' && !(sign.kind === 'word' && sign.text === '='))) return;
    const start = cursor.here().to;
    cursor.take();
    const fix = replaceFix({ from: start, to: sign.to }, '', `Remove ${sign.text}`);
    cursor.report(sign, 'syntax', `the value follows its word without ${sign.text}`, [fix]);
  }

  private report(span: Span, code: Problem['code'], message: string, fixes?: Problem['fixes']): void {
    const { from, to } = span;
    this.problems.push(fixes && fixes.length > 0 ? { from, to, code, message, fixes } : { from, to, code, message });
  }
}

/** A number with letters touching it, or a sign in front of one. */
const GLUED = /^\d[\d_]*[A-Za-z]|^@/;

/** What a word of a block is. */
interface Known {
  readonly word: string;
  readonly property: Property;
  readonly block: Kind | undefined;
}

const wordsKnown = new Map<Kind, ReadonlyMap<string, Known>>();

function find(word: string, context: Kind): Known | undefined {
  let known = wordsKnown.get(context);
  if (!known) {
    known = knownIn(context);
    wordsKnown.set(context, known);
  }
  const found = known.get(word);
  if (found || context.name !== 'policy' || word === 'RULE') return found;
  const property = propertyOf(context, word);
  return property && { word, property, block: undefined };
}

function knownIn({ properties, blocks }: Kind): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const [word, property] of properties) if (word !== 'RULE') known.set(word, { word, property, block: undefined });
  for (const [word, block] of blocks) known.set(word, { word, property: block.header, block });
  return known;
}

/** Every word that may begin a statement in a block of this kind. */
function wordsIn(context: Kind): string[] {
  return [...context.properties.keys(), ...context.blocks.keys()].filter((word) => word !== 'RULE');
}

function placesOf(word: string, except: Kind): string[] {
  const places: string[] = [];
  for (const kind of KINDS.values())
    if (kind !== except && find(word, kind) && kind.name !== 'policy') places.push(kind.name);
  return places;
}
