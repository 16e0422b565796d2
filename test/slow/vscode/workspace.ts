import * as vscode from 'vscode';

/** The uri of a file in the opened folder; its scheme is the editor's business. */
export function workspaceUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a file of the folder in the first column. */
export async function openExample(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(workspaceUri(name));
  return await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** The rule or slip that a diagnostic is of. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Puts the caret at the first place of a text. */
export function selectAt(editor: vscode.TextEditor, needle: string): void {
  const offset = editor.document.getText().indexOf(needle);
  if (offset < 0) throw new Error(`there is no "${needle}" in ${editor.document.fileName}`);
  const position = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
}
