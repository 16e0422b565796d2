import { derive } from '../base/reactive.ts';
import { isPattern, patternTest } from '../language/values/names.ts';
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
export const classesNamed = (declaration: Declaration, kind: string): readonly Declaration[] => {
  const value = declaration.head()?.sentence.clauses.get(':')?.value;
  return value ? referencesIn(value).flatMap((reference) => classOf(kind, reference, declaration) ?? []) : NO_CLASSES;
};

const NO_CLASSES: readonly Declaration[] = [];

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

/** What a class adds, then what the classes that it builds on add, each behind what amends it. Ten thousand VMs have one class. */
const layersOfClass = derive((named: Declaration): readonly (readonly LayerOfClass[])[] =>
  [named, ...classesFrom(named, named.kind, new Set([named]))].map((declaration) => {
    const amends = declaration.names.flatMap((name) =>
      blocksInOrder(named.design.names.read(`class ${named.kind}`, name).amends),
    );
    return [
      ...amends.map(
        (amend) => ({ source: 'amend', declaration: amend, body: amend.body(), head: amend.head() }) as const,
      ),
      { source: 'class', declaration, body: declaration.body(), head: declaration.head() },
    ];
  }),
);

type LayerOfClass = Omit<Layer, 'from'>;

/** What an amendment, a block or a class adds, with the classes it names and what amends those. */
const addWithClasses = (
  source: Layer['source'],
  declaration: Declaration,
  entity: Entity,
  seen: Set<Declaration>,
  layers: Layer[],
): void => {
  layers.push(layerOf(source, declaration, entity));
  for (const named of classesNamed(declaration, entity.kind)) {
    if (seen.has(named)) continue;
    for (const amended of layersOfClass(named)) {
      const { declaration: one } = amended.at(-1) as LayerOfClass;
      if (seen.has(one)) continue;
      seen.add(one);
      for (const { source: from, declaration: by, body, head } of amended)
        layers.push({ source: from, declaration: by, body, head, from: entity });
    }
  }
};

export const ownLayers = (entity: Entity): Layer[] => {
  const seen = new Set<Declaration>();
  const layers: Layer[] = [];
  for (const amend of amendsOf(entity)) addWithClasses('amend', amend, entity, seen, layers);
  addWithClasses('own', entity.declaration, entity, seen, layers);
  return layers;
};

/** Blocks that amend a thing. */
export const amendsOf = (entity: Entity): readonly Declaration[] => {
  const { amends } = entity.design.names.read(entity.kind, entity.name);
  return amends.length === 0 ? amends : blocksInOrder(amends.filter((amend) => applies(amend, entity)));
};

/** An amendment with `@` speaks only of things in that container or scope. */
const applies = (amend: Declaration, entity: Entity): boolean => {
  const references = referencesIn(amend.head()?.sentence.subject, 1);
  if (references.every((reference) => reference.scope === undefined)) return true;
  return references.some(({ name, scope, part }) => {
    const isMeant = isPattern(name) && !part.quoted ? patternTest(name)(entity.name) : name === entity.name;
    return isMeant && (scope === undefined || containers(entity).includes(scope));
  });
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
