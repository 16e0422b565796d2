import { addToBody, type FileEdit } from '../design/edits.ts';
import { insertAfter, statementSpan } from '../design/statement-edits.ts';
import { quotedName } from '../language/make/bare-name.ts';
import { quote } from '../language/make/print.ts';
import { fileText } from '../language/syntax/file.ts';
import type { Finding } from '../rules/run.ts';
import { nameIn } from './mentions.ts';

/** A way to silence a finding, as edits. */
export interface Silencing {
  readonly title: string;
  readonly edits: readonly FileEdit[];
}

/**
 * Silences a rule where its finding stands, and before that for the member that is meant if that is one of a range. `alike`: how many findings
 * of the range say the same.
 */
export function silencings({ rule, entity }: Finding, alike: number, reason: string): readonly Silencing[] {
  const block = entity.declaration.head();
  if (!block) return [];
  const statement = `ignore ${rule.id} because ${quote(reason)}`;
  const { entities } = entity.declaration;
  const range = entities.length > 1 ? ` for all of ${nameIn(block.sentence, entity.name)}` : '';
  const whole = { title: `Silence here${range}: ${rule.id}`, edits: addToBody(block, statement) };
  const member = entities.length > 1 && alike === 1 ? onlyFor(entity, statement) : [];
  if (member.length === 0) return [whole];
  return [{ title: `Silence for ${entity.name} only: ${rule.id}`, edits: member }, whole];
}

/** An amendment of one member behind the block of the top level that it stands in; none where its name is not its alone. */
function onlyFor({ kind, name, declaration, design }: Finding['entity'], statement: string): readonly FileEdit[] {
  let outer = declaration;
  while (outer.parent && outer.parent.word !== 'file') outer = outer.parent;
  const head = outer.head();
  const at = head && statementSpan(head);
  if (!at || design.names.read(kind, name).entities.length > 1) return [];
  const amend = `amend ${kind} ${quotedName(name)} { ${statement} }`;
  return [{ uri: outer.uri, ...insertAfter(fileText(head.place.file.parsed), at, [amend]) }];
}
