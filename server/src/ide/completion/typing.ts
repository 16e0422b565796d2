import { type Kind, kindOf, type Property, propertyOf } from '../../language/schema/schema.ts';
import { bodyKind, readStatements, type Sentence } from '../../language/sentence.ts';
import { editFile, type ParsedFile } from '../../language/syntax/file.ts';
import { parse, type Statement, type Token } from '../../language/syntax/parser.ts';
import type { Sequence } from '../../language/syntax/sequence.ts';

/** Put where the cursor is, so that the parser says what the text there belongs to. No text holds it. */
const MARK = '\ue000';
/** In a longer body it is not looked up what is stated already. */
const MOST_SIBLINGS = 400;

/** What is being typed, and what it is a part of. */
export interface Typing {
  /** The kind of block around the statement. */
  readonly context: Kind;
  /** The statement whose body it is, where that is no block: its clauses stand there. */
  readonly clausesOf: { readonly property: Property; readonly statement: Statement } | undefined;
  /** Words that the statements of the same body begin with, this one's not counted. */
  readonly siblings: readonly string[];
  readonly statement: Statement;
  /** Number of the argument that is typed; -1 for the word that the statement begins with. */
  readonly argument: number;
  /** Text of the word up to the cursor. */
  readonly prefix: string;
  /** The word that is typed, in offsets of the file. */
  readonly from: number;
  readonly to: number;
}

/** What is typed at an offset; undefined in a comment, in a text, and within brackets. */
export function typingAt(file: ParsedFile, offset: number): Typing | undefined {
  const marked = editFile(file, { from: offset, to: offset, text: MARK });
  let sequence: Sequence = marked.root;
  let context = kindOf('file');
  let base = 0;
  for (;;) {
    const { index, from } = sequence.indexAt(offset - base);
    const item = sequence.at(index);
    if (!item) return undefined;
    const start = base + from;
    if (item.kind === 'block' && offset >= start + item.head.length) {
      const last = parse(item.head, 'braces', true).statements.at(-1);
      const head = last && headOf(last, context);
      context = (head?.block && bodyKind(head)) ?? context;
      base = start + item.head.length;
      sequence = item.body;
      continue;
    }
    const text = item.kind === 'leaf' ? item.text : item.head;
    const { statements } = item.kind === 'leaf' ? parse(text, item.mode) : parse(text, 'braces', true);
    const found = find(statements, offset - start, context);
    if (!found) return undefined;
    const isOuter = statements.includes(found.statement);
    const siblings = isOuter ? [...found.siblings, ...wordsAround(sequence, index)] : found.siblings;
    return typed({ ...found, siblings }, start);
  }
}

type Found = Pick<Typing, 'context' | 'clausesOf' | 'siblings' | 'statement'>;

function find(statements: readonly Statement[], at: number, context: Kind): Found | undefined {
  const clausesOf = undefined;
  for (const statement of statements) {
    if (at < statement.from || at > statement.to) continue;
    const { body } = statement;
    if (!body || at <= body.open) {
      return { context, clausesOf, siblings: wordsOf(statements, statement), statement };
    }
    const head = headOf(statement, context);
    const inner = head?.block ? bodyKind(head) : context;
    const within = inner && find(body.statements, at, inner);
    if (!within || !head || head.block || within.context !== context) return within;
    return { ...within, clausesOf: { property: head.property, statement } };
  }
  return undefined;
}

function typed(found: Found, start: number): Typing | undefined {
  const { statement } = found;
  const tokens = [statement.word, ...statement.args];
  const index = tokens.findIndex((token) => token?.text.includes(MARK));
  const token = tokens[index];
  if (token?.kind !== 'word') return undefined;
  const prefix = token.text.slice(0, token.text.indexOf(MARK));
  if (prefix.lastIndexOf('[') > prefix.lastIndexOf(']')) return undefined;
  return { ...found, argument: index - 1, prefix, from: start + token.from, to: start + token.to - MARK.length };
}

/** The property that a word stands for; the header of a block for that of a block. */
export function propertyIn(context: Kind, word: string): Property | undefined {
  return context.blocks.get(word)?.header ?? (word === 'RULE' ? undefined : propertyOf(context, word));
}

/** A statement without its body, read: a slip of one letter is understood. */
function headOf(statement: Statement, context: Kind): Sentence | undefined {
  return readStatements([{ ...statement, body: undefined }], context.name).sentences[0];
}

function wordsOf(statements: readonly Statement[], except: Statement): string[] {
  return statements.flatMap((statement) => (statement !== except && statement.word ? [statement.word.text] : []));
}

function wordsAround(sequence: Sequence, except: number): string[] {
  if (sequence.count > MOST_SIBLINGS) return [];
  const words: string[] = [];
  let index = 0;
  for (const item of sequence) {
    if (index++ === except) continue;
    if (item.kind === 'leaf')
      for (const { word } of parse(item.text, item.mode).statements) if (word) words.push(word.text);
  }
  return words;
}

/** The arguments without the one that is typed. */
export function otherArguments({ statement, argument }: Typing): readonly Token[] {
  return statement.args.filter((_, index) => index !== argument);
}
