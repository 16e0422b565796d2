import { type TextEditor, window } from 'vscode';

/** The design that the user works on: in the active editor, else in any that can be seen. */
export function designEditor(): TextEditor | undefined {
  const isDesign = (editor: TextEditor | undefined): boolean => editor?.document.languageId === 'vdc';
  return isDesign(window.activeTextEditor) ? window.activeTextEditor : window.visibleTextEditors.find(isDesign);
}
