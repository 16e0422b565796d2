import type { Declaration, Entity } from '../design/declaration.ts';
import { amendsOf, classesFrom, classesNamed } from '../design/layers.ts';
import { blocksInOrder } from '../design/order.ts';
import { locate } from '../design/place.ts';
import { type Definition, MOST_BLOCKS, toBlocks } from './definition.ts';
import { type Meant, meantBy, mentionAt } from './mentions.ts';
import { inAllDesigns } from './same-things.ts';
import { inFile, spotAt } from './spot.ts';
import type { Workspace } from './workspace.ts';

/**
 * The classes of what the name at an offset stands for: those that its block names behind `:`, and those that an
 * amendment gives it. The name of a class leads to that class.
 */
export function typeDefinitions(workspace: Workspace, uri: string, offset: number): readonly Definition[] {
  const spot = spotAt(workspace, uri, offset);
  const mention = spot && mentionAt(spot, offset);
  if (!spot || !mention) return [];
  const { entities, classes } = meantBy(mention, spot.owner);
  const found = new Set(classes);
  for (const block of blocksOf(entities)) for (const named of classesNamed(block, block.kind)) found.add(named);
  return toBlocks(
    [...found].map((declaration) => [declaration, undefined]),
    inFile(spot, mention.part),
  );
}

/** Blocks that declare or amend things, those that declare them first. */
function blocksOf(entities: readonly Entity[]): ReadonlySet<Declaration> {
  return new Set([...entities.map(({ declaration }) => declaration), ...entities.flatMap(amendsOf)]);
}

/**
 * Blocks and amendments whose things are of the class at an offset, directly or through classes that build on it; in
 * every design that shares the file of the class.
 */
export function implementations(workspace: Workspace, uri: string, offset: number): readonly Definition[] {
  const spot = spotAt(workspace, uri, offset);
  const mention = spot && mentionAt(spot, offset);
  if (!spot || !mention) return [];
  const meant: Meant = { entities: [], classes: meantBy(mention, spot.owner).classes };
  const found = new Map<string, Declaration>();
  for (const { classes } of new Map([[spot.project, meant], ...inAllDesigns(workspace, meant)]).values())
    for (const user of classes.flatMap((target) => usersOf(target, MOST_BLOCKS))) {
      const key = keyOf(user);
      if (!found.has(key)) found.set(key, user);
    }
  return toBlocks(
    [...found.values()].map((declaration) => [declaration, undefined]),
    inFile(spot, mention.part),
  );
}

/** The same for the same block of each design that has its file. */
function keyOf({ place, path, uri }: Declaration): string {
  return `${(place && locate(place)?.from) ?? 0} ${path.join(' ')} ${uri}`;
}

/**
 * Blocks and amendments of one design that name a class or one that builds on it, in text order. `most`: to know what
 * a block names its text is read, so that no more are asked than are shown.
 */
function usersOf(target: Declaration, most: number): readonly Declaration[] {
  const { kind, design } = target;
  const { names } = design;
  const classes = new Set(
    names
      .declaredClasses(kind)
      .flatMap((name) => names.read(kind, name).classes)
      .filter((one) => one === target || classesFrom(one, kind, new Set()).includes(target)),
  );
  const named = new Set([...classes].flatMap((one) => one.names));
  const inside = [...named].flatMap((name) => names.inside(`class ${kind}`, name));
  const blocks = new Set(inside.filter((entity) => entity.kind === kind).map(({ declaration }) => declaration));
  for (const entity of names.members(kind)) for (const amend of amendsOf(entity)) blocks.add(amend);
  const found: Declaration[] = [];
  for (const block of blocksInOrder([...blocks])) {
    if (found.length === most) break;
    if (classesNamed(block, kind).some((one) => classes.has(one))) found.push(block);
  }
  return found;
}
