import { Position, Range, type TextDocument, Uri, WorkspaceEdit } from 'vscode';
import type { WireFileEdits, WirePosition, WireRange } from '../../server/src/protocol/requests.ts';

/** Edits of the server as the editor applies them: one step that undo takes back. */
export function toWorkspaceEdit(files: readonly WireFileEdits[]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { uri, edits } of files)
    for (const { range, newText } of edits) edit.replace(Uri.parse(uri), toRange(range), newText);
  return edit;
}

/** The text that edits leave of a document. */
export function editedText(document: TextDocument, { edits }: WireFileEdits): string {
  const text = document.getText();
  const spans = edits.map(({ range, newText }) => {
    const { start, end } = toRange(range);
    return { from: document.offsetAt(start), to: document.offsetAt(end), newText };
  });
  let edited = '';
  let at = 0;
  // The sort is stable: of two insertions at one place the first comes first.
  for (const { from, to, newText } of spans.sort((a, b) => a.from - b.from || a.to - b.to)) {
    edited += text.slice(at, from) + newText;
    at = to;
  }
  return edited + text.slice(at);
}

function toRange({ start, end }: WireRange): Range {
  return new Range(toPosition(start), toPosition(end));
}

const toPosition = ({ line, character }: WirePosition): Position => new Position(line, character);
