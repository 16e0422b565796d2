import type { Declaration, Entity } from './declaration.ts';
import { type Reference, referencesIn } from './names.ts';
import { blocksInOrder } from './order.ts';
import { type Layer, referencesFor } from './props.ts';
import { resolveAll } from './resolve.ts';

/** A class by name. Classes have a namespace of their own; of several the nearest scope's wins. */
export const classOf = (kind: string, reference: Reference, declaration: Declaration): Declaration | undefined => {
  const classes = blocksInOrder(declaration.design.names.read(kind, reference.name).classes);
  if (classes.length < 2) return classes[0];
  const scope = reference.scope ?? declaration.scope;
  return classes.find((candidate) => candidate.scope === scope) ?? classes[0];
};

/** Classes named behind `:`. */
export const classesNamed = (declaration: Declaration, kind: string): Declaration[] =>
  referencesIn(declaration.head()?.sentence.clauses.get(':')?.value).flatMap(
    (reference) => classOf(kind, reference, declaration) ?? [],
  );

/** The same, each followed by the classes it builds on. */
export const classesFrom = (declaration: Declaration, kind: string, seen: Set<Declaration>): Declaration[] => {
  const found: Declaration[] = [];
  for (const named of classesNamed(declaration, kind)) {
    if (seen.has(named)) continue;
    seen.add(named);
    found.push(named, ...classesFrom(named, kind, seen));
  }
  return found;
};

export const layerOf = (source: Layer['source'], declaration: Declaration, from: Entity): Layer => ({
  source,
  declaration,
  body: declaration.body(),
  head: declaration.head(),
  from,
});

/** What an amendment, a block or a class adds, with the classes it names and what amends those. */
const withClasses = (
  source: Layer['source'],
  declaration: Declaration,
  entity: Entity,
  seen: Set<Declaration>,
): Layer[] => {
  const layers = [layerOf(source, declaration, entity)];
  for (const named of classesFrom(declaration, entity.kind, seen)) {
    for (const name of named.names) {
      for (const amend of blocksInOrder(entity.design.names.read(`class ${entity.kind}`, name).amends))
        layers.push(layerOf('amend', amend, entity));
    }
    layers.push(layerOf('class', named, entity));
  }
  return layers;
};

export const ownLayers = (entity: Entity): Layer[] => {
  const seen = new Set<Declaration>();
  const layers: Layer[] = [];
  for (const amend of amendsOf(entity)) layers.push(...withClasses('amend', amend, entity, seen));
  layers.push(...withClasses('own', entity.declaration, entity, seen));
  return layers;
};

/** Blocks that amend a thing. */
export const amendsOf = (entity: Entity): readonly Declaration[] =>
  blocksInOrder(entity.design.names.read(entity.kind, entity.name).amends.filter((amend) => applies(amend, entity)));

/** An amendment with `@` speaks only of things in that container or scope. */
const applies = (amend: Declaration, entity: Entity): boolean => {
  const references = referencesIn(amend.head()?.sentence.subject, 1);
  const scoped = references.filter((reference) => reference.scope !== undefined);
  if (scoped.length === 0) return true;
  return scoped.some(
    (reference) => reference.name === entity.name && containers(entity).includes(reference.scope ?? ''),
  );
};

const containers = (entity: Entity): string[] => {
  const found: string[] = entity.declaration.scope === undefined ? [] : [entity.declaration.scope];
  for (let parent = entity.parent; parent; parent = parent.parent) found.push(parent.name);
  return found;
};

/** Things that a header clause such as `at`, `in`, `on` names; empty if it is not stated. */
export const named = (entity: Entity, clause: string, kinds: readonly string[]): Entity[] => {
  for (const { head } of ownLayers(entity)) {
    const value = head?.sentence.clauses.get(clause)?.value;
    if (!value) continue;
    const references = referencesFor(value, 0, entity.index);
    return resolveAll(entity.design.names, kinds, references, { entity, declaration: entity.declaration });
  }
  return [];
};

export const parentOf = (entity: Entity, kinds: readonly string[]): Entity | undefined => {
  for (let parent = entity.parent; parent; parent = parent.parent) if (kinds.includes(parent.kind)) return parent;
  return undefined;
};
