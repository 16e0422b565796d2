import { commands, ProgressLocation, Uri, window, workspace } from 'vscode';
import { type FixParams, type FixResult, fixRequest } from '../../../../server/src/protocol/requests.ts';
import { type TryMove, type TryMoveParams, tryMoveRequest } from '../../../../server/src/protocol/topology.ts';
import { toWorkspaceEdit } from '../../file-edits.ts';
import type { LanguageServer } from '../../language-server.ts';

/** Applies a fix of a finding as one step that undo takes back. Answers false if there is no such fix any more. */
export async function applyFix(server: LanguageServer, params: FixParams): Promise<boolean> {
  // A plan of moves is searched for when it is asked for.
  const files = await window.withProgress({ location: ProgressLocation.Window, title: 'VDC: finding a fix' }, () =>
    server.request<FixResult>(fixRequest, params).catch(() => null),
  );
  return files !== null && (await workspace.applyEdit(toWorkspaceEdit(files)));
}

/** Moves a VM to another host in the text, as one step that undo takes back; says why where that cannot be. */
export async function moveVm(server: LanguageServer, params: TryMoveParams): Promise<void> {
  const trial = await server.request<TryMove | null>(tryMoveRequest, params).catch(() => null);
  const reason = trial ? (trial.barred ?? trial.refused) : 'the design has changed meanwhile';
  if (trial?.edits && reason === undefined) await workspace.applyEdit(toWorkspaceEdit(trial.edits));
  else void window.showWarningMessage(`The VM stays where it is: ${reason ?? 'the text cannot say it'}.`);
}

/** Undo or redo in the text of a design, whose editor has the keyboard meanwhile. */
export async function takeBack(design: string, command: 'undo' | 'redo'): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(design));
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  // Only where the user sees what changes.
  if (!shown) return;
  await window.showTextDocument(document, { viewColumn: shown.viewColumn });
  await commands.executeCommand(command);
}
