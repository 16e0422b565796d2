import type { Span } from '../base/span.ts';
import { KINDS, type Kind, kindOf } from '../language/schema/schema.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import type { Item } from '../language/syntax/item.ts';
import { parse, type Statement, type Token } from '../language/syntax/parser.ts';
import type { Sequence } from '../language/syntax/sequence.ts';

/** A block of a file, for outlines and breadcrumbs. Offsets count in the file. */
export interface DocumentSymbol extends Span {
  readonly name: string;
  /** What it is, as written: `class host`, `vm : web-large`. */
  readonly detail: string;
  /** Word of the schema that it begins with. */
  readonly word: string;
  /** Where its name stands. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** An outline with more than this is cut off: no editor shows it. */
export const MOST_SYMBOLS = 20_000;

/** Blocks that are no things of their own. */
const UNLISTED = new Set(['import', 'source']);

/** The blocks of a file, nested. Any text has some; what is not understood is left out. */
export function documentSymbols(file: ParsedFile): readonly DocumentSymbol[] {
  const budget = { left: MOST_SYMBOLS };
  return inSequence(file.root, 0, kindOf('file'), budget);
}

interface Budget {
  left: number;
}

function inSequence(sequence: Sequence, start: number, context: Kind, budget: Budget): DocumentSymbol[] {
  const found: DocumentSymbol[] = [];
  let from = start;
  for (const item of sequence) {
    if (budget.left <= 0) break;
    found.push(...inItem(item, from, context, budget));
    from += item.length;
  }
  return found;
}

/** Outlines of items, which do not change while the item stands in the same kind of block; offsets count from its start. */
const known = new WeakMap<Item, { readonly context: Kind; readonly symbols: readonly DocumentSymbol[] }>();

function inItem(item: Item, from: number, context: Kind, budget: Budget): DocumentSymbol[] {
  if (item.kind === 'leaf') {
    let outline = known.get(item);
    if (outline?.context !== context) {
      const { statements } = parse(item.text, item.mode);
      outline = { context, symbols: ofStatements(item.text, statements, context) };
      known.set(item, outline);
    }
    return outline.symbols.flatMap((symbol) => take(symbol, from, budget));
  }
  const { statements } = parse(item.head, 'braces', true);
  const before = ofStatements(item.head, statements, context).flatMap((symbol) => take(symbol, from, budget));
  const last = statements.at(-1);
  const inner = last && innerKind(last, context);
  const outer = last && inner ? before.at(-1) : undefined;
  const children = inner ? inSequence(item.body, from + item.head.length, inner, budget) : [];
  if (!outer) return [...before, ...children];
  const to = from + item.head.length + item.body.length + item.tail.trimEnd().length;
  return [...before.slice(0, -1), { ...outer, to, children: [...outer.children, ...children] }];
}

/** The symbol moved to where its item stands, as long as there is room. */
function take(symbol: DocumentSymbol, by: number, budget: Budget): DocumentSymbol[] {
  if (budget.left <= 0) return [];
  budget.left--;
  const { from, to, selection } = symbol;
  return [
    {
      ...symbol,
      from: from + by,
      to: to + by,
      selection: { from: selection.from + by, to: selection.to + by },
      children: symbol.children.flatMap((child) => take(child, by, budget)),
    },
  ];
}

function ofStatements(text: string, statements: readonly Statement[], context: Kind): DocumentSymbol[] {
  return statements.flatMap((statement) => {
    const { word, body, from, to } = statement;
    const inner = innerKind(statement, context);
    const children = body ? ofStatements(text, body.statements, inner ?? context) : [];
    const kind = word && context.blocks.get(word.text);
    if (!word || !kind || UNLISTED.has(kind.name)) return children;
    const selection = nameOf(statement, kind) ?? word;
    const written = text.slice(selection.from, selection.to);
    const name = selection === word ? kind.name : written;
    const detail = detailOf(text, statement, selection);
    return [{ name, detail, word: kind.name, from, to, selection: span(selection), children }];
  });
}

function innerKind({ word, args }: Statement, context: Kind): Kind | undefined {
  const kind = word && context.blocks.get(word.text);
  if (!kind) return undefined;
  if (kind.name !== 'class' && kind.name !== 'amend' && kind.name !== 'assume') return kind;
  const of = args.find(({ text }) => text !== 'class');
  return of && KINDS.get(of.text);
}

/** Where the names of a block stand: its subject without the words in front of it, or the kind it speaks of. */
function nameOf({ args }: Statement, kind: Kind): Span | undefined {
  let first = 0;
  if (kind.name === 'class') first = 1;
  if (kind.name === 'amend') first = args[0]?.text === 'class' ? 2 : 1;
  let end = first;
  while (end < args.length && !isClause(args[end], kind)) end++;
  const [from, to] = [args[first], args[end - 1]];
  return from && to && end > first ? { from: from.from, to: to.to } : undefined;
}

function isClause(token: Token | undefined, kind: Kind): boolean {
  return token?.kind === ':' || (token?.kind === 'word' && kind.header.shape.clauses.has(token.text));
}

/** What stands around the name: the words in front of it, and the classes behind it. */
function detailOf(text: string, { word, args }: Statement, name: Span): string {
  const before = word ? text.slice(word.from, name.from).trim() : '';
  const colon = args.findIndex(({ kind }) => kind === ':');
  if (colon < 0) return before;
  let end = colon;
  while (args[end + 1] && (args[end + 1]?.kind === ',' || args[end]?.kind !== 'word')) end++;
  const [from, to] = [args[colon], args[end]];
  return from && to ? `${before} ${text.slice(from.from, to.to)}` : before;
}

function span({ from, to }: Span): Span {
  return { from, to };
}
