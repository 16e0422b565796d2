import type { Import } from '../../design/design.ts';
import type { FileEdit } from '../../design/edits.ts';
import { lineBreak, lineEnd, removeStatements, statementSpan } from '../../design/statement-edits.ts';
import { fileText } from '../../language/syntax/file.ts';
import { importPath } from '../import-path.ts';
import { dedented, startWithComments } from './block-text.ts';
import type { Block } from './blocks.ts';
import { declaredParts } from './ranges.ts';
import type { Draft, Offer, Refactoring, Selection } from './refactoring.ts';

/** Files of imports that are offered. */
const MOST_FILES = 8;
/** Blocks that speak of the file that they stand in. */
const STAYING = new Set(['import', 'source', 'design']);

/** Blocks of the top level go to a file that this one imports, or to a new one that it then imports. */
export const moveToFile: Refactoring = {
  kind: 'refactor.move',
  offers: (at) => {
    const { blocks, project, uri } = at;
    const [first] = blocks;
    if (!first || !blocks.every(isMovable)) return [];
    const what = blocks.length > 1 ? `${blocks.length} blocks` : nameOf(first);
    const offers = [...targetsOf(at)].slice(0, MOST_FILES).map(
      ({ path, uri: target }): Offer => ({
        title: `Move ${what} to ${path}`,
        draft: () => (target === undefined ? undefined : draft(at, target)),
      }),
    );
    const target = newFile(at, first);
    const path = target === undefined ? undefined : importPath(uri, target);
    if (target === undefined || path === undefined || project.design.files.size === 0) return offers;
    return [...offers, { title: `Move ${what} to a new file ${path}`, draft: () => draftNew(at, target, path) }];
  },
};

function isMovable({ declaration }: Block): boolean {
  const { parent, word, names } = declaration;
  const isNamed = names.length > 0 || word === 'assume' || word === 'policy';
  return parent?.word === 'file' && isNamed && !STAYING.has(word);
}

function nameOf(block: Block): string {
  const names = declaredParts(block).map(({ text }) => text);
  return names.length > 0 ? names.join(', ') : `this ${block.sentence.word}`;
}

/** Files that the file imports into its own scope, and that no design has without it. */
function targetsOf({ workspace, project, uri }: Selection): readonly Import[] {
  const designs = new Set(workspace.projectsOf(uri));
  const scope = project.design.files.get(uri)?.scope;
  return project.design
    .imports()
    .filter(
      (statement) =>
        statement.declaration.uri === uri &&
        statement.isRead &&
        statement.uri !== undefined &&
        statement.uri !== uri &&
        statement.scope === scope &&
        workspace.projectsOf(statement.uri).every((other) => designs.has(other)),
    );
}

/** A uri beside the file that no file is known by. */
function newFile({ workspace, uri }: Selection, first: Block): string | undefined {
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const stem = (first.declaration.names[0] ?? first.sentence.word)
    .replace(/[^\p{L}\p{N}._-]/gu, '-')
    .replace(/^[.-]+/, '');
  for (let number = 1; number < 100; number++) {
    const name = `${stem || 'part'}${number > 1 ? `-${number}` : ''}.vdc`;
    const candidate = folder + encodeURIComponent(name);
    if (!workspace.isKnown(candidate)) return candidate;
  }
  return undefined;
}

function draft(at: Selection, target: string): Draft | undefined {
  const file = at.workspace.file(target);
  const moved = movedText(at);
  if (!file || moved === undefined) return undefined;
  const text = fileText(file);
  const newline = lineBreak(text);
  const lead = text.trim() === '' ? '' : text.endsWith('\n') || text.endsWith('\r') ? newline : newline + newline;
  const to = text.length;
  const added: FileEdit = { uri: target, from: text.trim() === '' ? 0 : to, to, text: lead + moved };
  return { edits: [...takenOut(at), added] };
}

function draftNew(at: Selection, target: string, path: string): Draft | undefined {
  const moved = movedText(at);
  if (moved === undefined) return undefined;
  return {
    creates: [target],
    edits: [...takenOut(at), importOf(at, path), { uri: target, from: 0, to: 0, text: moved }],
  };
}

/** The blocks with the comments right above them, as the text of a file. */
function movedText(at: Selection): string | undefined {
  const text = fileText(at.file);
  const newline = lineBreak(text);
  const pieces = at.blocks.map((block, index) => {
    const from = startOf(text, block);
    const own = block.at.from - from > 0 ? text.slice(from, block.at.from) : '';
    const before = at.blocks[index - 1];
    const isApart =
      before !== undefined && /(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)/.test(text.slice(before.at.to, from));
    return (isApart ? newline : '') + own + dedented(text, { from: block.at.from, to: endOf(text, block) }) + newline;
  });
  return pieces.join('');
}

/** With the comments above a block, if it begins its line. */
function startOf(text: string, { at }: Block): number {
  return /(?:^|[\r\n])[^\S\r\n]*$/.test(text.slice(Math.max(0, at.from - 200), at.from))
    ? startWithComments(text, at.from)
    : at.from;
}

/** With the comment behind a block on its last line. */
function endOf(text: string, { at }: Block): number {
  const rest = /^[^\S\r\n]*\/\/[^\r\n]*/.exec(text.slice(at.to, lineEnd(text, at.to)))?.[0] ?? '';
  return at.to + rest.trimEnd().length;
}

function takenOut(at: Selection): readonly FileEdit[] {
  const text = fileText(at.file);
  const spans: { from: number; to: number }[] = [];
  for (const block of at.blocks) {
    const span = { from: startOf(text, block), to: endOf(text, block) };
    const last = spans.at(-1);
    if (last && text.slice(last.to, span.from).trim() === '') last.to = span.to;
    else spans.push(span);
  }
  return removeStatements(text, spans).map((edit) => ({ uri: at.uri, ...edit }));
}

/** The import behind the others, or at the start of the file below its first comment. */
function importOf(at: Selection, path: string): FileEdit {
  const text = fileText(at.file);
  const newline = lineBreak(text);
  const line = `import "${path.replaceAll('"', '""')}"`;
  const ends = at.project.design.imports().flatMap(({ declaration }) => {
    const head = declaration.uri === at.uri ? declaration.head() : undefined;
    return (head && statementSpan(head)?.to) ?? [];
  });
  if (ends.length > 0) {
    const end = lineEnd(text, Math.max(...ends));
    return { uri: at.uri, from: end, to: end, text: newline + line };
  }
  let start = text.startsWith('\ufeff') ? 1 : 0;
  const comment = /^(?:[^\S\r\n]*(?:\/\/|#)[^\r\n]*(?:\r\n|\r|\n))+(?:[^\S\r\n]*(?:\r\n|\r|\n))/.exec(
    text.slice(start),
  );
  if (comment) start += comment[0].length;
  const gap = /^[^\S\r\n]*(?:[\r\n]|$)/.test(text.slice(start)) ? '' : newline;
  return { uri: at.uri, from: start, to: start, text: line + newline + gap };
}
