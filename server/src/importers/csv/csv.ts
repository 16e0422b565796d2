/** Reads comma-separated values (RFC 4180), with the separators that spreadsheets of other countries write in place of the comma. */
import { type ImportLimits, UnreadableFile } from '../limits.ts';

/** @param row from 1, as a spreadsheet counts */
export type CsvSink = (cells: readonly (string | undefined)[], row: number) => void;

const QUOTE = 0x22;

/** Reads the records that have a value. Returns sentences about what is odd. @throws UnreadableFile */
export function readCsv(text: string, sink: CsvSink, limits: ImportLimits): readonly string[] {
  const separator = separatorOf(text);
  const notes: string[] = [];
  let cells: (string | undefined)[] = [];
  let filled = false;
  let row = 1;
  let at = 0;

  const endRow = (): void => {
    if (filled) sink(cells, row);
    cells = [];
    filled = false;
    row++;
  };
  const take = (value: string): void => {
    if (value.length > limits.cellLength) {
      throw new UnreadableFile(
        `row ${row} has a cell of more than ${limits.cellLength} characters (limit: cellLength)`,
      );
    }
    const isEmpty = value.trim() === '';
    cells.push(isEmpty ? undefined : value);
    if (!isEmpty) filled = true;
  };

  while (at < text.length) {
    if (text.charCodeAt(at) === QUOTE) {
      const end = endOfQuoted(text, at);
      if (end > text.length) notes.push(`the quotation mark that opens in row ${row} is never closed`);
      const next = endOfPlain(text, Math.min(end, text.length), separator);
      take(text.slice(at + 1, end - 1).replaceAll('""', '"') + text.slice(end, next));
      at = next;
    } else {
      const end = endOfPlain(text, at, separator);
      take(text.slice(at, end));
      at = end;
    }
    const after = text.charAt(at);
    at += after === '\r' && text.charAt(at + 1) === '\n' ? 2 : 1;
    if (after === separator) {
      if (at >= text.length) take('');
    } else endRow();
  }
  if (cells.length > 0) endRow();
  return notes;
}

/** Just past the closing quotation mark, or one more than the text is long if there is none. */
function endOfQuoted(text: string, at: number): number {
  let to = at + 1;
  for (;;) {
    const mark = text.indexOf('"', to);
    if (mark < 0) return text.length + 1;
    if (text.charCodeAt(mark + 1) !== QUOTE) return mark + 1;
    to = mark + 2;
  }
}

function endOfPlain(text: string, at: number, separator: string): number {
  let to = at;
  while (to < text.length) {
    const character = text.charAt(to);
    if (character === separator || character === '\n' || character === '\r') break;
    to++;
  }
  return to;
}

/** The most frequent candidate of the first line. */
function separatorOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const counts = [',', ';', '\t'].map((candidate) => ({ candidate, count: line.split(candidate).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).candidate;
}
