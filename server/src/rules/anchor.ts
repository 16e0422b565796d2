import type { Span } from '../base/span.ts';
import type { Entity, Located } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';

/** Where a finding points. */
export interface Anchor {
  readonly at: Located;
  readonly span: Span;
}

/** The names in the head of the block that declares a thing. */
export function nameOf(entity: Entity): Anchor | undefined {
  const at = entity.declaration.head();
  return at && { at, span: at.sentence.subject ?? at.sentence.wordSpan };
}

/** The subject of a statement: `4 x 10 Gbps` of `nic 4 x 10 Gbps`. */
export function subjectOf(at: Located): Anchor {
  return { at, span: at.sentence.subject ?? at.sentence.wordSpan };
}

/** A clause of a statement with its value, or the statement's word where it has no such clause. */
export function clauseIn(at: Located, clause: string): Anchor {
  return { at, span: at.sentence.clauses.get(clause) ?? at.sentence.wordSpan };
}

/** Whether a statement speaks of one thing alone: it stands in its block, and the block declares nothing else. */
export function isOwn(entity: Entity, stated: Stated): boolean {
  const { source, declaration } = stated.layer;
  if (source !== 'own' && source !== 'amend') return false;
  const holder = declaration.names.length > 0 && declaration.kind === entity.kind ? declaration : entity.declaration;
  return holder.names.length === 1 && entity.declaration.entities.length === 1;
}
