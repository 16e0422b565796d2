import { isPattern, patternTest } from '../language/values/names.ts';
import type { Declaration, Entity } from './declaration.ts';
import type { Named, Names, Reference } from './names.ts';
import { inTextOrder } from './order.ts';

/** Where a reference stands: names are looked for from here outwards. */
export interface Viewpoint {
  readonly entity: Entity | undefined;
  readonly declaration: Declaration;
}

export type Resolution<R extends Named = Reference> =
  | { readonly found: Entity }
  | { readonly missing: R }
  | { readonly ambiguous: readonly Entity[] };

/**
 * The thing that a reference means. It is looked for in its own container and outwards, then in its file's scope, then
 * everywhere; the first level with exactly one match wins, more than one is ambiguous. `@` narrows to a container or scope.
 */
export function resolve<R extends Named>(
  names: Names,
  kinds: readonly string[],
  reference: R,
  from: Viewpoint,
): Resolution<R> {
  const { scope } = reference;
  let candidates: readonly Entity[] = NONE;
  for (const kind of kinds) {
    const { entities } = names.read(kind, reference.name);
    if (entities.length > 0) candidates = candidates.length === 0 ? entities : [...candidates, ...entities];
  }
  const fitting = scope === undefined ? candidates : candidates.filter((candidate) => isWithin(candidate, scope));
  const [only] = fitting;
  if (!only) return { missing: reference };
  if (fitting.length === 1) return { found: only };
  for (const isNear of levels(from)) {
    const near = fitting.filter(isNear);
    if (near.length === 1 && near[0]) return { found: near[0] };
    if (near.length > 1) return { ambiguous: near };
  }
  return { ambiguous: fitting };
}

const NONE: readonly Entity[] = [];

function* levels(from: Viewpoint): Generator<(candidate: Entity) => boolean> {
  for (let container = from.entity; container; container = container.parent) {
    const level = container;
    yield (candidate) => candidate.parent === level;
  }
  const { scope } = from.declaration;
  yield (candidate) => candidate.parent === undefined && candidate.declaration.scope === scope;
  yield (candidate) => candidate.declaration.scope === scope;
}

/** Whether a thing stands in a block or an import scope of this name. */
export function isWithin(entity: Entity, name: string): boolean {
  for (let parent = entity.parent; parent; parent = parent.parent) if (parent.name === name) return true;
  return entity.declaration.scope === name;
}

/** Every thing that a list of references means; patterns match any number, what cannot be resolved is left out. */
export function resolveAll(
  names: Names,
  kinds: readonly string[],
  references: readonly Reference[],
  from: Viewpoint,
): Entity[] {
  const found = new Set<Entity>();
  for (const reference of references) {
    if (isPattern(reference.name) && !reference.part.quoted) {
      for (const entity of matching(names, kinds, reference)) found.add(entity);
      continue;
    }
    const resolution = resolve(names, kinds, reference, from);
    if ('found' in resolution) found.add(resolution.found);
  }
  return [...found];
}

/** Every thing that a reference with `*` matches, in text order. */
export function matching(names: Names, kinds: readonly string[], reference: Reference): Entity[] {
  const test = patternTest(reference.name);
  const { scope } = reference;
  const found: Entity[] = [];
  for (const kind of kinds) {
    for (const entity of names.members(kind)) {
      if (test(entity.name) && (scope === undefined || isWithin(entity, scope))) found.push(entity);
    }
  }
  return inTextOrder(found);
}
