import type { Declaration, Located } from '../../design/declaration.ts';
import type { FileEdit } from '../../design/edits.ts';
import { lineBreak, removeStatements, statementSpan } from '../../design/statement-edits.ts';
import { isBareName } from '../../language/make/bare-name.ts';
import { PRINT_WIDTH } from '../../language/make/print.ts';
import { fileText } from '../../language/syntax/file.ts';
import { dedented, hasComment, indented, isOneLine, startWithComments } from './block-text.ts';
import { type Block, blockOf, neighbours } from './blocks.ts';
import {
  behindNames,
  bracesOf,
  formOf,
  inheritableByWord,
  ownClasses,
  takesClasses,
  wordsOfClasses,
} from './class-text.ts';
import type { Draft, Offer, Refactoring, Selection } from './refactoring.ts';

/** Neighbours on either side that are looked at to tell whether a block is like others. */
const NEAR = 40;
/** Blocks that were not selected together have at least this many words in common. */
const LEAST_SHARED = 2;

/** What blocks of one kind have in common becomes a class of theirs. */
export const extractClass: Refactoring = {
  kind: 'refactor.extract',
  offers: (at) => {
    const [block] = at.blocks;
    if (!block || !at.blocks.every((other) => takesClasses(other) && other.sentence.word === block.sentence.word))
      return [];
    return at.blocks.length > 1 ? fromSelected(at) : fromAlike(at, block);
  },
};

function fromSelected(at: Selection): Offer[] {
  const blocks = at.blocks.map(({ declaration }) => declaration);
  if (sharedBy(blocks).size === 0) return [];
  return [{ title: `Extract a class from these ${blocks.length} blocks`, draft: () => draft(at, blocks) }];
}

function fromAlike(at: Selection, block: Block): Offer[] {
  const { declaration } = block;
  const own = inheritableByWord(declaration);
  if (own.size < LEAST_SHARED) return [];
  const near = [...take(neighbours(block, 1)), ...take(neighbours(block, -1))];
  if (!near.some((other) => other.word === declaration.word && sharedBy([declaration, other]).size >= LEAST_SHARED))
    return [];
  return [
    {
      title: `Extract a class from ${declaration.word} blocks like this one`,
      isWide: true,
      draft: () => draft(at, alike(at, declaration)),
    },
  ];
}

function* take(all: Iterable<Declaration>): Generator<Declaration> {
  let count = 0;
  for (const one of all) {
    if (count++ >= NEAR) return;
    yield one;
  }
}

/** Blocks of the file that have most in common with one: as many words as possible in as many blocks as possible. */
function alike(at: Selection, declaration: Declaration): readonly Declaration[] {
  const shared = new Map<Declaration, ReadonlySet<string>>();
  const counts = new Map<string, number>();
  for (const { declaration: other } of at.project.design.members(declaration.kind)) {
    if (other === declaration || other.uri !== at.uri || shared.has(other)) continue;
    const words = new Set(sharedBy([declaration, other]).keys());
    if (words.size < LEAST_SHARED) continue;
    shared.set(other, words);
    const key = [...words].sort().join(' ');
    counts.set(key, (counts.get(key) ?? 0) + words.size);
  }
  const best = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0])[0].split(' ');
  const others = [...shared].filter(([, words]) => best.every((word) => words.has(word))).map(([other]) => other);
  return [declaration, ...others];
}

/** Statements that all of the blocks have, by word, as the first one writes them. */
function sharedBy(blocks: readonly Declaration[]): ReadonlyMap<string, readonly Located[]> {
  const [first, ...others] = blocks;
  if (!first) return new Map();
  const shared = new Map(inheritableByWord(first));
  const isAlike = others.every((other) => ownClasses(other).join(' ') === ownClasses(first).join(' '));
  for (const other of others) {
    const theirs = inheritableByWord(other);
    for (const [word, list] of shared) {
      const own = theirs.get(word);
      if (!own || formOf(own) !== formOf(list)) shared.delete(word);
    }
  }
  // Of two classes of one block none outranks the other: they may not state the same.
  if (!isAlike) for (const block of blocks) for (const word of wordsOfClasses(block)) shared.delete(word);
  return shared;
}

function draft(at: Selection, declarations: readonly Declaration[]): Draft | undefined {
  const blocks = declarations
    .flatMap((declaration) => blockOf(declaration) ?? [])
    .sort((a, b) => a.at.from - b.at.from);
  const [first] = blocks;
  const ordered = blocks.map(({ declaration }) => declaration);
  const shared = sharedBy(ordered);
  if (!first || blocks.length < 2 || shared.size === 0) return undefined;
  const text = fileText(at.file);
  const name = freeName(at, ordered);
  const bases = ownClasses(first.declaration);
  const isAlike = ordered.every((other) => ownClasses(other).join(' ') === bases.join(' '));
  const list = first.sentence.clauses.get(':');
  const written =
    list?.value &&
    text.slice(
      first.at.from - first.sentence.from + list.value.from,
      first.at.from - first.sentence.from + list.value.to,
    );
  const statements = first.declaration
    .body()
    .filter(({ sentence }) => shared.has(sentence.word))
    .flatMap((located) => {
      const span = statementSpan(located);
      return span ? [dedented(text, span)] : [];
    });
  const head = `class ${first.declaration.kind} ${name}${isAlike && written ? ` : ${written}` : ''}`;
  const start = startWithComments(text, outermost(first).at.from);
  const edits: FileEdit[] = [{ uri: at.uri, from: start, to: start, text: classText(text, head, statements) }];
  for (const block of blocks) {
    const all = block.declaration.body();
    const gone = all.filter(({ sentence }) => shared.has(sentence.word));
    edits.push({ uri: at.uri, ...classClause(block, name, isAlike) });
    for (const edit of withoutStatements(text, block, gone, gone.length === all.length))
      edits.push({ uri: at.uri, ...edit });
  }
  return { edits };
}

/** The block of the top level that a block stands in. */
function outermost(block: Block): Block {
  const { parent } = block.declaration;
  const outer = parent && parent.word !== 'file' ? blockOf(parent) : undefined;
  return outer ? outermost(outer) : block;
}

function classText(text: string, head: string, statements: readonly string[]): string {
  const newline = lineBreak(text);
  const inline = `${head} { ${statements.join('; ')} }`;
  if (statements.every(isOneLine) && inline.length <= PRINT_WIDTH) return inline + newline;
  const body = statements.map((statement) => indented(statement, '  ') + newline).join('');
  return `${head} {${newline}${body}}${newline}${newline}`;
}

/** The new class takes the place of those that it builds on, or joins them. */
function classClause(block: Block, name: string, isAlike: boolean) {
  const value = block.sentence.clauses.get(':')?.value;
  const start = block.at.from - block.sentence.from;
  if (!value) {
    const at = behindNames(block);
    return { from: at, to: at, text: ` : ${name}` };
  }
  if (isAlike) return { from: start + value.from, to: start + value.to, text: name };
  return { from: start + value.to, to: start + value.to, text: `, ${name}` };
}

function withoutStatements(text: string, { at, declaration }: Block, gone: readonly Located[], isAll: boolean) {
  const braces = bracesOf(text, at);
  if (isAll && declaration.children.size === 0 && braces && !hasComment(text.slice(braces.from, braces.to)))
    return [{ ...braces, text: '' }];
  return removeStatements(
    text,
    gone.flatMap((located) => statementSpan(located) ?? []),
  );
}

/** A name that no class of the kind has: what the names of the blocks begin with, if that is one. */
function freeName({ workspace, uri }: Selection, blocks: readonly Declaration[]): string {
  const kind = blocks[0]?.kind ?? '';
  const isFree = (name: string) =>
    isBareName(name) &&
    workspace.projectsOf(uri).every(({ design }) => design.names.cell(kind, name).classes.length === 0);
  const stem = stemOf(blocks.flatMap(({ names }) => names)) || kind;
  const taken = (name: string) => !isFree(name);
  let name = stem;
  if (taken(name)) name = `${stem}-class`;
  for (let number = 2; taken(name); number++) name = `${isBareName(stem) ? stem : kind}-${number}`;
  return name;
}

/** What all names begin with, without the number that tells them apart. */
function stemOf(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) while (!name.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length).replace(/[\d._-]+$/, '');
}
