import { Position, ProgressLocation, Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import {
  type FixParams,
  type FixResult,
  fixRequest,
  type WirePosition,
} from '../../../../server/src/protocol/requests.ts';
import type { LanguageServer } from '../../language-server.ts';

/** Applies a fix of a finding as one step that undo takes back. Answers false if there is no such fix any more. */
export async function applyFix(server: LanguageServer, params: FixParams): Promise<boolean> {
  // A plan of moves is searched for when it is asked for.
  const files = await window.withProgress({ location: ProgressLocation.Window, title: 'VDC: finding a fix' }, () =>
    server.request<FixResult>(fixRequest, params).catch(() => null),
  );
  if (!files) return false;
  const edit = new WorkspaceEdit();
  for (const { uri, edits } of files) {
    for (const { range, newText } of edits) {
      edit.replace(Uri.parse(uri), new Range(position(range.start), position(range.end)), newText);
    }
  }
  return await workspace.applyEdit(edit);
}

const position = ({ line, character }: WirePosition): Position => new Position(line, character);
