import * as vscode from 'vscode';
import { askPage, eventually, eventuallyAfter } from '../../support/vscode-suite.ts';

/** The uri of a file in the opened folder; its scheme is the editor's business. */
export function workspaceUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Whether the workbench has opened what it was told to. */
export const hasFolders = (): boolean => (vscode.workspace.workspaceFolders?.length ?? 0) > 0;

/** Opens a file of the folder in the first column. */
export async function openExample(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(workspaceUri(name));
  return await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** Opens a file of the second folder of the workspace in the first column. */
export async function openSecond(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[1];
  if (!folder) throw new Error('there is no second folder');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
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

/** Puts the caret at the first place of a text, and waits until the page has it there, too: keys go to the page. */
export async function showCaretAt(editor: vscode.TextEditor, needle: string): Promise<void> {
  await keysGoTo(editor);
  selectAt(editor, needle);
  await caretIsShown(editor);
}

/** Waits until the page has the caret where the editor has it. */
export async function caretIsShown({ selection }: vscode.TextEditor): Promise<void> {
  const { line, character } = selection.active;
  const place = `Ln ${line + 1}, Col ${character + 1}`;
  await eventually(place, async () =>
    (await askPage<string[]>({ op: 'workbenchTexts', selector: '.statusbar-item' })).some((text) =>
      text.includes(place),
    ),
  );
}

/** Waits until what is typed goes into the text of an editor. */
export async function keysGoTo({ document, viewColumn }: vscode.TextEditor): Promise<void> {
  const focused = '.editor-instance .monaco-editor.focused';
  await eventuallyAfter(
    () => vscode.window.showTextDocument(document, viewColumn),
    'the focus in the text',
    async () => (await askPage<string[]>({ op: 'workbenchTexts', selector: focused })).length > 0,
  );
}

/** What a screen reader says of our item in the status bar; empty while there is none. */
export async function statusBar(): Promise<string> {
  const selector = '.statusbar-item:not(.hidden) [aria-label^="VDC."]';
  const labels = await askPage<(string | null)[]>({ op: 'workbenchAttributes', selector, attribute: 'aria-label' });
  return labels.join();
}

/** Closes all editors; what is not saved is thrown away. */
export async function closeAll(): Promise<void> {
  for (let tabs = openTabs(); tabs > 0; tabs = openTabs()) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    // An empty group stays in front of one with tabs.
    if (openTabs() === tabs) await vscode.commands.executeCommand('workbench.action.focusNextGroup');
  }
}

const openTabs = (): number => vscode.window.tabGroups.all.reduce((count, { tabs }) => count + tabs.length, 0);

/** Waits for the box at the top, gives it a text, and presses Enter there; without a text only once it has one already. */
export async function answerBox(text?: string): Promise<void> {
  const selector = '.quick-input-widget:not([style*="display: none"]) .quick-input-box input';
  if (text !== undefined) await askPage({ op: 'workbenchFill', selector, text });
  await askPage({ op: 'workbenchPress', selector, key: 'Enter' });
}
