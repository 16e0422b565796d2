import type { Span } from '../base/span.ts';
import type { Declaration, Located } from '../design/declaration.ts';
import { locate } from '../design/place.ts';
import { meantBy, mentionAt, nameSpan } from './mentions.ts';
import { spotAt } from './spot.ts';
import type { Workspace } from './workspace.ts';

/** A span of a file. */
export interface FileSpan extends Span {
  readonly uri: string;
}

/** A definition and the text that leads to it. */
export interface Definition {
  /** What the name in question covers. */
  readonly origin: Span;
  readonly uri: string;
  /** The whole block. */
  readonly block: Span;
  /** Its name. */
  readonly name: Span;
}

/** At most this many of a range are shown: nobody looks through more. */
export const MOST_BLOCKS = 1_000;

/** Where what the name at an offset stands for is declared; several for a range or a pattern. An import leads to its file. */
export function definitions(workspace: Workspace, uri: string, offset: number): readonly Definition[] {
  const spot = spotAt(workspace, uri, offset);
  if (!spot) return [];
  const link = spot.sentences.at(-1);
  const path = link?.word === 'import' ? link.subject?.parts[0] : undefined;
  if (path && offset >= path.from + spot.placeFrom && offset <= path.to + spot.placeFrom) {
    const target = spot.project.design.imports().find(({ declaration }) => declaration === spot.owner);
    const origin = { from: path.from + spot.placeFrom, to: path.to + spot.placeFrom };
    const start = { from: 0, to: 0 };
    return target?.uri !== undefined && target.isRead ? [{ origin, uri: target.uri, block: start, name: start }] : [];
  }
  const mention = mentionAt(spot, offset);
  if (!mention) return [];
  const origin = { from: mention.part.from + spot.placeFrom, to: mention.part.to + spot.placeFrom };
  const { entities, classes } = meantBy(mention, spot.owner);
  const found = new Map<Declaration, string | undefined>();
  for (const { declaration, name } of entities) if (!found.has(declaration)) found.set(declaration, name);
  for (const declaration of classes) found.set(declaration, undefined);
  return toBlocks(found, origin);
}

/** Blocks that a name leads to, each at the name of its that is asked about, by default the first. */
export function toBlocks(
  blocks: Iterable<readonly [declaration: Declaration, name: string | undefined]>,
  origin: Span,
): readonly Definition[] {
  return [...blocks].slice(0, MOST_BLOCKS).flatMap(([declaration, name]) => {
    const spans = blockOf(declaration, name);
    return spans ? [{ origin, uri: declaration.uri, ...spans }] : [];
  });
}

/** Where a block stands in its file, with the place of one of its names, by default the first. */
export function blockOf(
  declaration: Declaration,
  name?: string,
): { readonly block: Span; readonly name: Span } | undefined {
  const head = declaration.head();
  const position = head && locate(head.place);
  const span = nameSpan(declaration, name);
  if (!head || !position || !span) return undefined;
  const at = ({ from, to }: Span) => ({ from: from + position.from, to: to + position.from });
  const isOpen = head.sentence.statement.body?.close === -1 && head.place.item.kind === 'block';
  const to = isOpen ? head.place.item.length : head.sentence.to;
  return { block: at({ from: head.sentence.from, to }), name: at(span) };
}

/** A whole statement in its file. */
export function spanOf({ place, sentence }: Located): FileSpan | undefined {
  const position = locate(place);
  return position && { uri: place.file.uri, from: position.from + sentence.from, to: position.from + sentence.to };
}
