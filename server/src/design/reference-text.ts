import type { Span } from '../base/span.ts';
import { isBareName } from '../language/make/bare-name.ts';
import type { Entity } from './declaration.ts';
import { type FileEdit, replaceAt } from './edits.ts';
import { referencesOf } from './names.ts';
import type { Stated } from './props.ts';
import { resolve, resolveAll, type Viewpoint } from './resolve.ts';

/** How a thing is named from somewhere: plainly, or with the container that makes it unique; undefined if neither finds it. */
export function referenceText(target: Entity, from: Viewpoint): string | undefined {
  const scopes: (string | undefined)[] = [undefined];
  for (let parent = target.parent; parent; parent = parent.parent) scopes.push(parent.name);
  scopes.push(target.declaration.scope);
  const quoted = (name: string) => (isBareName(name) ? name : `"${name.replaceAll('"', '""')}"`);
  for (const [index, scope] of scopes.entries()) {
    if (index > 0 && scope === undefined) continue;
    const text = quoted(target.name);
    const part = { type: 'name', text: target.name, quoted: true, scope, from: 0, to: 0 } as const;
    const resolution = resolve(target.design.names, [target.kind], { name: target.name, scope, part }, from);
    if ('found' in resolution && resolution.found === target)
      return scope === undefined ? text : `${text}@${quoted(scope)}`;
  }
  return undefined;
}

export function viewpointOf(stated: Stated): Viewpoint {
  return { entity: stated.layer.from, declaration: stated.layer.declaration };
}

/** The item of a list that names a thing: `web` in `carries web, app`. */
export function itemNaming(stated: Stated, target: Entity, clause?: string, slot = 0): Span | undefined {
  const value = clause === undefined ? stated.sentence.subject : stated.sentence.clauses.get(clause)?.value;
  const part = value?.parts[slot];
  const items = part?.type === 'list' ? part.items : part ? [part] : [];
  return items.find((item) =>
    resolveAll(target.design.names, [target.kind], referencesOf(item), viewpointOf(stated)).includes(target),
  );
}

/** Puts a thing at the end of a list that does not deal its items out. */
export function addToList(stated: Stated, target: Entity): FileEdit[] {
  const { subject } = stated.sentence;
  const part = subject?.parts[0];
  const text = referenceText(target, viewpointOf(stated));
  if (!part || subject.each || text === undefined) return [];
  return replaceAt(stated.place, { from: part.to, to: part.to }, `, ${text}`);
}
