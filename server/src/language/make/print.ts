import type { NewArg, NewComment, NewItem, NewName, NewStatement, NewToken } from '../make.ts';
import { Scanner } from '../syntax/scanner.ts';
import { clauseWordsOf, isBareName } from './bare-name.ts';

/** Widest line that a body is written into if its statement leaves the choice to the printer. */
export const PRINT_WIDTH = 120;

/** Lists end a little earlier, so that a name can be added to a line without breaking it. */
const LIST_WIDTH = 112;

/** Statements in the canonical format of the language: what `vdc fmt` would leave as it is. Ends with a newline unless empty. */
export function printStatements(items: readonly NewItem[], indent = 0): string {
  const lines: string[] = [];
  printBlock(items, '  '.repeat(indent), lines);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** One statement without indentation, comment and line end, its body on one line: what a fix inserts into a line. */
export function printInline(statement: NewStatement): string {
  const head = printHead(statement);
  const body = (statement.body ?? []).filter(isStatement);
  return body.length === 0 ? head : `${head} { ${body.map(printInline).join('; ')} }`;
}

/**
 * A list that is appended over repeated statements (`runs`, `mount`, `carries`), as many to a line as fit.
 * @param depth blocks around the statement, for the width of its indentation
 */
export function listStatements(word: string, items: readonly NewToken[], depth: number): readonly NewStatement[] {
  const statements: NewStatement[] = [];
  let args: NewToken[] = [];
  let width = 0;
  const flush = (): void => {
    if (args.length > 0) statements.push({ word, args });
    args = [];
    width = depth * 2 + word.length;
  };
  flush();
  for (const item of items) {
    const length = printToken(item, word).length + 2;
    if (args.length > 0 && width + length > LIST_WIDTH) flush();
    if (args.length > 0) args.push({ kind: 'punctuation', text: ',' });
    args.push(item);
    width += length;
  }
  flush();
  return statements;
}

function printBlock(items: readonly NewItem[], indent: string, lines: string[]): void {
  const start = lines.length;
  let afterComment = false;
  for (const item of items) {
    if ((item.gap || afterComment) && lines.length > start) lines.push('');
    for (const comment of item.comment ?? []) lines.push(`${indent}${commentLine(comment)}`);
    afterComment = !isStatement(item) && item.comment.length > 0;
    if (isStatement(item)) printStatement(item, indent, lines);
  }
}

function printStatement(item: NewStatement, indent: string, lines: string[]): void {
  const body = item.body ?? [];
  if (body.length === 0) {
    lines.push(indent + printHead(item));
    return;
  }
  if (canInline(body) && item.inline !== false) {
    const line = indent + printInline(item);
    if (item.inline === true || line.length <= PRINT_WIDTH) {
      lines.push(line);
      return;
    }
  }
  lines.push(`${indent}${printHead(item)} {`);
  printBlock(body, `${indent}  `, lines);
  lines.push(`${indent}}`);
}

/** A comment cannot stand on a line with what follows it, and a block that must be broken breaks what holds it. */
function canInline(body: readonly NewItem[]): boolean {
  return body.every(
    (item) => isStatement(item) && !item.comment?.length && item.inline !== false && canInline(item.body ?? []),
  );
}

function isStatement(item: NewItem): item is NewStatement {
  return (item as Partial<NewStatement & NewComment>).word !== undefined;
}

function printHead(statement: NewStatement): string {
  const printed = [printWord(statement.word)];
  for (const token of flatten(statement.args ?? [])) {
    if (token.kind === 'punctuation' && token.text === ',') printed[printed.length - 1] += ',';
    else printed.push(printToken(token, statement.word));
  }
  return printed.join(' ');
}

function* flatten(args: readonly NewArg[]): Generator<NewToken> {
  for (const arg of args) {
    if (isToken(arg)) yield arg;
    else yield* flatten(arg);
  }
}

function isToken(arg: NewArg): arg is NewToken {
  return !Array.isArray(arg);
}

function printToken(token: NewToken, statementWord: string): string {
  switch (token.kind) {
    case 'punctuation':
      return token.text;
    case 'text':
      return quote(token.text);
    case 'word':
      return printWord(token.text);
    case 'name': {
      const own = isBareHere(token, statementWord) ? token.text : quote(token.text);
      return token.scope === undefined
        ? own
        : `${own}@${printToken({ kind: 'name', text: token.scope }, statementWord)}`;
    }
  }
}

function isBareHere(token: NewName, statementWord: string): boolean {
  if (!isBareName(token.text) || (token.optional && /^\p{Nd}/u.test(token.text))) return false;
  return token.scope !== undefined || !clauseWordsOf(statementWord).has(token.text);
}

function printWord(text: string): string {
  return isOneWord(text) ? text : quote(text);
}

const scanner = new Scanner();

/** Whether the lexer reads the text as one bare word and nothing else. */
function isOneWord(text: string): boolean {
  scanner.reset(text);
  return scanner.next() === 'word' && !scanner.unclosed && scanner.to === text.length;
}

/** A text in quotation marks, with whatever it may not hold made harmless. */
export function quote(text: string): string {
  return `"${cleanText(text).replace(/["\u201c-\u201f]/g, '""')}"`;
}

/**
 * What a quoted text or a comment can hold: line ends, control characters and the marks that reorder text on screen
 * become blanks, halves of a character the replacement mark.
 */
export function cleanText(text: string): string {
  return text.replace(UNPRINTABLE, ' ').replace(LONE_SURROGATE, '\ufffd');
}

/** C0 and C1 controls, line and paragraph separators, bidirectional overrides and isolates, the byte order mark. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

const LONE_SURROGATE = /\p{Cs}/gu;

function commentLine(text: string): string {
  return `// ${cleanText(text)}`.trimEnd();
}
