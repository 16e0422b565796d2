import { type TextEditor, window } from 'vscode';
import { previewScheme } from './language-server.ts';

/** The design that the user works on: in the active editor, else in any that can be seen. */
export function designEditor(): TextEditor | undefined {
  const { activeTextEditor: active, visibleTextEditors: visible } = window;
  return active && isDesign(active) ? active : visible.find(isDesign);
}

/** What a plan would leave behind is no design yet. */
export function isDesign({ document: { languageId, uri } }: TextEditor): boolean {
  return languageId === 'vdc' && uri.scheme !== previewScheme;
}
