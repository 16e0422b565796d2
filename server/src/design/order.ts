import type { Declaration, Entity, Located } from './declaration.ts';
import { locate, type Place } from './place.ts';

/** Things in the order of the text: by file, then by position, then by number within a range. */
export function inTextOrder(entities: readonly Entity[]): Entity[] {
  if (entities.length < 2) return [...entities];
  const position = positions();
  const keyed = entities.map((entity, order): Keyed => {
    const { place, uri } = entity.declaration;
    return { entity, order, uri, at: position(place), path: undefined };
  });
  keyed.sort((a, b) => compare(a.uri, b.uri) || a.at - b.at || compare(pathOf(a), pathOf(b)) || a.order - b.order);
  return keyed.map(({ entity }) => entity);
}

/** Blocks in the order of the text. Which of several was written first must not depend on which was typed first. */
export function blocksInOrder(blocks: readonly Declaration[]): readonly Declaration[] {
  if (blocks.length < 2) return blocks;
  const position = positions();
  const keyed = blocks.map((block) => ({ block, at: position(block.place), path: block.path.map(pad).join('.') }));
  keyed.sort((a, b) => compare(a.block.uri, b.block.uri) || a.at - b.at || compare(a.path, b.path));
  return keyed.map(({ block }) => block);
}

interface Keyed {
  readonly entity: Entity;
  readonly order: number;
  readonly uri: string;
  readonly at: number;
  path: string | undefined;
}

/** Most things stand at places of their own: then nobody asks. */
function pathOf(keyed: Keyed): string {
  keyed.path ??= pathKey(keyed.entity);
  return keyed.path;
}

/** Statements in the order of the text. */
export function locatedInOrder<T extends { readonly located: Located }>(items: readonly T[]): T[] {
  const [first] = items;
  if (!first || items.every((item) => item.located === first.located)) return [...items];
  const position = positions();
  const keyed = items.map((item, order) => ({
    item,
    order,
    at: position(item.located.place) + item.located.sentence.from,
  }));
  keyed.sort(
    (a, b) => compare(a.item.located.place.file.uri, b.item.located.place.file.uri) || a.at - b.at || a.order - b.order,
  );
  return keyed.map(({ item }) => item);
}

function positions(): (place: Place | undefined) => number {
  const known = new Map<Place, number>();
  let page = 0;
  return (place) => {
    if (!place) return -1;
    const last = known.get(place);
    if (last !== undefined) return last;
    // One that was never looked for mostly stands behind the one before.
    if (place.page === 0) place.page = page;
    const at = locate(place)?.from ?? -1;
    page = place.page;
    known.set(place, at);
    return at;
  };
}

/** Indices as a text that sorts like them. */
function pathKey(entity: Entity): string {
  const parts: string[] = [];
  for (let at: Entity | undefined = entity; at; at = at.parent) {
    parts.unshift(`${at.declaration.path.map(pad).join('.')}/${pad(at.index)}`);
  }
  return parts.join('|');
}

function pad(index: number): string {
  return String(index).padStart(6, '0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
