import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { applyEdits } from '../../server/src/base/span.ts';
import type { FileEdit } from '../../server/src/design/edits.ts';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { fixture } from '../support/fixture.ts';

/** Files of a case in a workspace of their own, all of them open, and where its `$0` stands. */
export interface Editing {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly offset: number;
  /** The text of the file that the cursor is in. */
  readonly text: string;
}

export function editing(marked: string): Editing {
  const { files, cursor, text } = fixture(marked);
  const workspace = new Workspace({ resolve: (from, path) => posix.join(posix.dirname(from), path) });
  for (const file of files) workspace.openText(file.name, file.text);
  const uri = cursor?.file ?? files[0]?.name ?? '';
  const own = files.find(({ name }) => name === uri);
  return { workspace, uri, offset: cursor?.offset ?? 0, text: own?.text ?? text };
}

/** Applies edits of any files to the workspace, and answers the text of the case's own. */
export function applied({ workspace, uri }: Editing, edits: readonly FileEdit[]): string {
  assert.ok(edits.length > 0, 'an action changes something');
  for (const file of new Set(edits.map((edit) => edit.uri))) {
    const own = edits.filter((edit) => edit.uri === file);
    workspace.replaceText(file, applyEdits(workspace.text(file) ?? '', own));
  }
  return workspace.text(uri) ?? '';
}

/** Codes of what is wrong in a file. */
export function codes(workspace: Workspace, uri: string): string[] {
  return diagnosticsOf(workspace, uri).map(({ code }) => code);
}
