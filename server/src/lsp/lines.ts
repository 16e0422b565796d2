import type * as lsp from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { fileText, type ParsedFile } from '../language/syntax/file.ts';

/** Line starts of a whole text: for answers that hold many places of one file. */
class Lines {
  readonly length: number;
  private readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
    this.starts = starts;
    this.length = text.length;
  }

  position(offset: number): lsp.Position {
    const at = Math.max(0, Math.min(offset, this.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.starts[low] ?? 0) };
  }

  range({ from, to }: Span): lsp.Range {
    return { start: this.position(from), end: this.position(to) };
  }
}

const known = new WeakMap<ParsedFile, Lines>();

/** The lines of a file, kept as long as this version of it is. */
export function linesOf(file: ParsedFile): Lines {
  let lines = known.get(file);
  if (!lines) {
    lines = new Lines(fileText(file));
    known.set(file, lines);
  }
  return lines;
}
