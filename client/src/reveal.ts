import {
  commands,
  Position,
  Range,
  Selection,
  TabInputWebview,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { WireLocation } from '../../server/src/protocol/requests.ts';

/**
 * Shows a place in the text: in the editor that has it already, else in a column other than the topology's.
 * `show` leaves the keyboard where it is, `focus` moves it, `fix` also opens the menu of quick fixes.
 */
export async function revealLocation(location: WireLocation, purpose: 'show' | 'focus' | 'fix'): Promise<TextEditor> {
  const { start, end } = location.range;
  const from = new Position(start.line, start.character);
  const range = new Range(from, new Position(end.line, end.character));
  const document = await workspace.openTextDocument(Uri.parse(location.uri));
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? columnForText(),
    preserveFocus: purpose === 'show',
  });
  editor.selection = new Selection(from, from);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  if (purpose === 'fix') await commands.executeCommand('editor.action.quickFix');
  return editor;
}

/** The first column, unless the topology or a report is in front there. */
function columnForText(): ViewColumn {
  const first = window.tabGroups.all.find(({ viewColumn }) => viewColumn === ViewColumn.One)?.activeTab?.input;
  const isOurs = first instanceof TabInputWebview && /vdc\.(topology|report)$/.test(first.viewType);
  return isOurs ? ViewColumn.Two : ViewColumn.One;
}

/** The beginning of a line. */
export function lineOf({ uri, line }: { readonly uri: string; readonly line: number }): WireLocation {
  return { uri, range: { start: { line, character: 0 }, end: { line, character: 0 } } };
}
