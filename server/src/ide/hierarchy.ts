import type { Span } from '../base/span.ts';
import { type Declaration, type Entity, entityId } from '../design/declaration.ts';
import { spanInFile } from '../design/place.ts';
import { blockOf, type FileSpan } from './definition.ts';
import { type Dependency, dependencies, dependents, mayDepend } from './dependencies.ts';
import { meantBy, mentionAt } from './mentions.ts';
import { type Spot, spotAt } from './spot.ts';
import type { Workspace } from './workspace.ts';
import { containerOf, writtenName } from './workspace-symbols.ts';

/** A declaration in a chain of things that stand on each other: all it declares, or some of it. */
export interface HierarchyItem {
  readonly name: string;
  readonly detail: string;
  /** Kind of the things. */
  readonly kind: string;
  readonly uri: string;
  readonly block: Span;
  readonly selection: Span;
  /** Finds the item again in a later text. */
  readonly key: HierarchyKey;
}

export interface HierarchyKey {
  readonly uri: string;
  /** Ids of the things; that of the first stands for all that its block declares. */
  readonly ids: readonly string[];
  readonly isWhole: boolean;
}

export interface HierarchyLink {
  readonly item: HierarchyItem;
  /** Where the text says so, all in the file of what stands on the other. */
  readonly at: readonly FileSpan[];
}

/** Of a range at most so many members are asked: the others say the same or nothing new. */
const MOST_MEMBERS = 64;
/** More than these are not listed beneath one item. */
const MOST_LINKS = 500;

/** What the name at an offset stands for, else the block around it. A range is one item. */
export function prepareHierarchy(workspace: Workspace, uri: string, offset: number): readonly HierarchyItem[] {
  const spot = spotAt(workspace, uri, offset);
  if (!spot) return [];
  const entities = entitiesAt(spot, offset).filter(({ kind }) => mayDepend(kind));
  return grouped(entities.map((entity) => ({ entity, at: [] }))).map(({ item }) => item);
}

function entitiesAt(spot: Spot, offset: number): readonly Entity[] {
  const mention = mentionAt(spot, offset);
  if (mention) return meantBy(mention, spot.owner).entities;
  for (let at: Declaration | undefined = spot.owner; at; at = at.parent) if (at.entities.length > 0) return at.entities;
  return [];
}

/** What the things of an item stand on. */
export function outgoing(workspace: Workspace, key: HierarchyKey): readonly HierarchyLink[] {
  const found = thingsOf(workspace, key)
    .slice(0, MOST_MEMBERS)
    .flatMap((entity) => dependencies(entity));
  return grouped(found.map((dependency) => ({ entity: dependency.to, at: placesOf(dependency) })));
}

/** What stands on the things of an item. */
export function incoming(workspace: Workspace, key: HierarchyKey): readonly HierarchyLink[] {
  const things = thingsOf(workspace, key).slice(0, MOST_MEMBERS);
  const found = new Set(things.flatMap((entity) => dependents(entity)));
  const asked = new Map<Declaration, number>();
  return grouped(
    [...found].map((entity) => {
      const count = (asked.get(entity.declaration) ?? 0) + 1;
      asked.set(entity.declaration, count);
      const own = count > MOST_MEMBERS ? [] : dependencies(entity).filter(({ to }) => things.includes(to));
      const stated = own.filter(({ isShared }) => !isShared);
      return { entity, at: (stated.length > 0 ? stated : own).flatMap(placesOf) };
    }),
  );
}

/** Places in the file of what stands on something; its name, where it is said in another file. */
function placesOf({ from, at }: Dependency): FileSpan[] {
  const { uri } = from.declaration;
  const span =
    at && at.place.file.uri === uri ? spanInFile(at.place, at.span) : blockOf(from.declaration, from.name)?.name;
  return span ? [{ uri, ...span }] : [];
}

/** The things that a key stands for in the present text; those that are gone are left out. */
function thingsOf(workspace: Workspace, { uri, ids, isWhole }: HierarchyKey): readonly Entity[] {
  const design = workspace.projectOf(uri)?.design;
  const [first] = ids;
  if (!design || first === undefined) return [];
  const wanted = new Set(ids);
  const kind = first.slice(0, first.indexOf(':'));
  const found: Entity[] = [];
  for (const entity of design.members(kind)) if (wanted.has(entityId(entity))) found.push(entity);
  const [one] = found;
  return isWhole && one ? one.declaration.entities : found;
}

/** One link for each declaration, in the order in which they are found. */
function grouped(found: readonly { readonly entity: Entity; readonly at: readonly FileSpan[] }[]): HierarchyLink[] {
  const groups = new Map<Declaration, { readonly entities: Set<Entity>; readonly at: Map<string, FileSpan> }>();
  for (const { entity, at } of found) {
    let group = groups.get(entity.declaration);
    if (!group) {
      group = { entities: new Set(), at: new Map() };
      groups.set(entity.declaration, group);
    }
    group.entities.add(entity);
    for (const place of at) group.at.set(`${place.from} ${place.to}`, place);
  }
  return [...groups].slice(0, MOST_LINKS).flatMap(([declaration, { entities, at }]) => {
    const item = itemOf(declaration, [...entities]);
    return item ? [{ item, at: [...at.values()].sort((a, b) => a.from - b.from) }] : [];
  });
}

function itemOf(declaration: Declaration, entities: readonly Entity[]): HierarchyItem | undefined {
  const [first] = entities;
  const spans = first && blockOf(declaration, first.name);
  if (!first || !spans) return undefined;
  const all = declaration.entities.length;
  const isWhole = entities.length === all;
  const container = containerOf(declaration);
  const parts = [first.kind, ...(container === undefined ? [] : [`in ${container}`])];
  if (!isWhole && entities.length > 1) parts.push(`(${entities.length} of ${all})`);
  return {
    name: entities.length === 1 ? first.name : writtenName(declaration),
    detail: parts.join(' '),
    kind: first.kind,
    uri: declaration.uri,
    block: spans.block,
    selection: spans.name,
    key: { uri: declaration.uri, ids: (isWhole ? [first] : entities).map(entityId), isWhole },
  };
}
