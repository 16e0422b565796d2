import type { Declaration, Located } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { locate } from '../design/place.ts';
import { insertAfter, statementSpan } from '../design/statement-edits.ts';
import type { Undeclared } from '../language/problem.ts';
import { kindOf } from '../language/schema/schema.ts';
import { fileText } from '../language/syntax/file.ts';
import { spotAt } from './spot.ts';
import type { Project, Workspace } from './workspace.ts';

/** A declaration of what is named and not there yet, as an edit. */
export interface NewDeclaration {
  readonly title: string;
  readonly edits: readonly FileEdit[];
}

/** Of the kinds that a name may be of so many are offered. */
const MOST_KINDS = 2;

/**
 * Declares what a place names, empty: what it is like is for people to say. It goes behind the last one of its kind in the
 * file, else behind the statement of the top level that names it.
 * @param offset of the name in the file
 */
export function declareMissing(
  workspace: Workspace,
  uri: string,
  offset: number,
  { text, kinds }: Undeclared,
): readonly NewDeclaration[] {
  const project = workspace.projectOf(uri);
  const file = workspace.file(uri);
  if (!project || !file) return [];
  const top = kindOf('file').blocks;
  const offered = kinds.filter((kind) => kind.startsWith('class ') || top.has(kind)).slice(0, MOST_KINDS);
  return offered.flatMap((kind) => {
    const kin = lastOf(project, uri, kind);
    const after = kin ?? outermost(workspace, uri, offset);
    const span = after && statementSpan(after);
    if (!span) return [];
    const block = kind.startsWith('class ') ? `${kind} ${text} { }` : `${kind} ${text}`;
    const edit = insertAfter(fileText(file), span, [block]);
    // Another kind of block stands apart from the one before.
    const isApart = !kin && /^\r?\n/.test(edit.text);
    return [
      { title: `Declare ${kind} ${text}`, edits: [{ uri, ...edit, text: isApart ? `\n${edit.text}` : edit.text }] },
    ];
  });
}

/** The last block of a kind at the top level of a file. */
function lastOf(project: Project, uri: string, kind: string): Located | undefined {
  let last: { readonly from: number; readonly declaration: Declaration } | undefined;
  for (const place of project.design.files.get(uri)?.items.values() ?? []) {
    const declaration = place.declarations.findLast((one) => one.kind === kind && one.word !== 'amend');
    const from = declaration ? (locate(place)?.from ?? -1) : -1;
    if (declaration && from > (last?.from ?? -1)) last = { from, declaration };
  }
  return last?.declaration.head();
}

/** The statement of the top level that an offset is in. */
function outermost(workspace: Workspace, uri: string, offset: number): Located | undefined {
  const spot = spotAt(workspace, uri, offset);
  if (!spot) return undefined;
  let { owner } = spot;
  while (owner.parent && owner.parent.word !== 'file') owner = owner.parent;
  const [sentence] = spot.sentences;
  return owner.word === 'file' ? sentence && { place: spot.place, sentence } : owner.head();
}
