import { type Declaration, type Entity, type Located, statementKey } from './declaration.ts';
import { propsOf } from './things.ts';

/** Whether anything names a class in its header. */
export function isUsed(declaration: Declaration): boolean {
  return declaration.names.some((name) => usersOf(declaration, name).length > 0);
}

/**
 * Whether anything takes this statement of a class from it: what all that are of it state for themselves need not mean anything
 * where they are. Statements that are combined, key by key or clause by clause, are taken to be.
 */
export function isInForce(declaration: Declaration, located: Located): boolean {
  const { word, subject, property } = located.sentence;
  if (property.repeat === 'keyed' || !subject) return true;
  const key = statementKey(located);
  const takes = (entity: Entity) =>
    propsOf(entity)
      .list(word)
      .some((stated) => statementKey(stated) === key);
  return declaration.names.some((name) => usersOf(declaration, name).some(takes));
}

function usersOf({ design, kind }: Declaration, name: string): readonly Entity[] {
  return design.names.inside(`class ${kind}`, name);
}
