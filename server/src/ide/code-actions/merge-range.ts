import type { Declaration } from '../../design/declaration.ts';
import { removeStatements } from '../../design/statement-edits.ts';
import { fileText, sliceFile } from '../../language/syntax/file.ts';
import { type Block, blockOf, neighbours } from './blocks.ts';
import { dealsOut, declaredParts, isDealtFromOutside, rangeOf } from './ranges.ts';
import type { Draft, Refactoring, Selection } from './refactoring.ts';

/** More blocks than this are not made one. */
const MOST_BLOCKS = 1_000;

/** Neighbours that are alike but for their name become one block of a range. */
export const mergeRange: Refactoring = {
  kind: 'refactor.rewrite',
  offers: (at) => {
    const [block] = at.blocks;
    if (!block || !mayMerge(block)) return [];
    const all = at.blocks.length > 1 ? at.blocks : around(at, block);
    const range = mergedName(at, all);
    if (range === undefined) return [];
    return [{ title: `Merge ${all.length} blocks into ${range}`, draft: () => draft(at, all, range) }];
  },
};

/** A block that runs or silences something speaks of itself alone, as does one that deals something out. */
function mayMerge({ declaration }: Block): boolean {
  if (declaration.entities.length === 0) return false;
  if (declaration.body().some(({ sentence }) => sentence.word === 'runs')) return false;
  return !dealsOut(declaration) && !isDealtFromOutside(declaration);
}

/** The block with those around it that it can be merged with, in text order. */
function around(at: Selection, block: Block): readonly Block[] {
  const found = [block];
  for (const step of [-1, 1] as const) {
    for (const declaration of neighbours(block, step)) {
      const next = likeBlock(declaration, block);
      if (!next || found.length >= MOST_BLOCKS) break;
      const all = step < 0 ? [next, ...found] : [...found, next];
      const pair = step < 0 ? [next, found[0] ?? block] : [found.at(-1) ?? block, next];
      if (!areAlike(at, pair) || rangeOf(namesOf(all)) === undefined) break;
      found.splice(0, found.length, ...all);
    }
  }
  return found;
}

function likeBlock(declaration: Declaration, block: Block): Block | undefined {
  return declaration.word === block.declaration.word ? blockOf(declaration) : undefined;
}

/** The range that blocks become; undefined if they cannot become one. */
function mergedName(at: Selection, blocks: readonly Block[]): string | undefined {
  if (blocks.length < 2 || blocks.length > MOST_BLOCKS || !blocks.every(mayMerge) || !areAlike(at, blocks))
    return undefined;
  return rangeOf(namesOf(blocks));
}

function namesOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap(({ declaration }) => declaration.names);
}

/** Whether blocks follow one another, nothing between them, with the same text but for their names. */
function areAlike({ file }: Selection, blocks: readonly Block[]): boolean {
  const [first, ...others] = blocks;
  let before = first;
  const text = first && aroundName(file, first);
  for (const block of others) {
    if (!before || block.sentence.word !== before.sentence.word || aroundName(file, block) !== text) return false;
    if (!/^[\s;]*$/.test(sliceFile(file, before.at.to, block.at.from))) return false;
    before = block;
  }
  return text !== undefined;
}

function aroundName(file: Selection['file'], block: Block): string | undefined {
  const parts = declaredParts(block);
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return undefined;
  const start = block.at.from - block.sentence.from;
  const before = sliceFile(file, block.at.from, start + first.from);
  return `${before}\u0000${sliceFile(file, start + last.to, block.at.to)}`;
}

function draft(at: Selection, blocks: readonly Block[], range: string): Draft | undefined {
  const [first, ...others] = blocks;
  const parts = first ? declaredParts(first) : [];
  const [from, to] = [parts[0]?.from, parts.at(-1)?.to];
  if (!first || from === undefined || to === undefined) return undefined;
  const start = first.at.from - first.sentence.from;
  const gone = removeStatements(
    fileText(at.file),
    others.map((block) => block.at),
  );
  const edits = [{ from: start + from, to: start + to, text: range }, ...gone];
  return { edits: edits.map((edit) => ({ uri: at.uri, ...edit })) };
}
