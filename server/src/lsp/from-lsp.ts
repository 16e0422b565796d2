import type * as lsp from 'vscode-languageserver';
import type { Span, TextEdit } from '../base/span.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { offsetAt } from '../language/syntax/positions.ts';

export function fromPosition(file: ParsedFile, position: lsp.Position): number {
  return offsetAt(file, { line: position.line, column: position.character });
}

export function fromRange(file: ParsedFile, range: lsp.Range): Span {
  const from = fromPosition(file, range.start);
  return { from, to: Math.max(from, fromPosition(file, range.end)) };
}

/** One change of a text, or undefined where the whole text is replaced. */
export function fromChange(file: ParsedFile, change: lsp.TextDocumentContentChangeEvent): TextEdit | undefined {
  if (!('range' in change)) return undefined;
  return { ...fromRange(file, change.range), text: change.text };
}
