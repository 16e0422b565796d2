import type { Span, TextEdit } from '../base/span.ts';
import { formatFile, formatRange } from '../language/format.ts';
import type { ParsedFile } from '../language/syntax/file.ts';

/** The least edits that bring a file, or the lines that a span touches, into the one format of the language. */
export function formatting(file: ParsedFile, span?: Span): readonly TextEdit[] {
  return span ? formatRange(file, span.from, span.to) : formatFile(file);
}
