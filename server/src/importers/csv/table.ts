import { DEFAULT_LIMITS, type ImportLimits, UnreadableFile } from '../limits.ts';
import { readCsv } from './csv.ts';

/** A CSV file with a heading row. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly { readonly cells: readonly (string | undefined)[]; readonly number: number }[];
  /** What is odd about the file. */
  readonly notes: readonly string[];
}

/** The line that Windows PowerShell writes above the headings. */
const TYPE_LINE = /^#TYPE[^\n]*\n/;

/** @throws UnreadableFile also where the file has more rows than the limits allow */
export function readTable(text: string, limits: ImportLimits): Table {
  let headings: readonly string[] | undefined;
  const rows: Table['rows'][number][] = [];
  const notes = readCsv(
    text.replace(TYPE_LINE, ''),
    (cells, number) => {
      if (!headings) headings = Array.from(cells, (cell) => cell?.trim() ?? '');
      else rows.push({ cells, number });
      if (rows.length > limits.rows) throw new UnreadableFile(`it has more than ${limits.rows} rows (limit: rows)`);
    },
    limits,
  );
  return { headings: headings ?? [], rows, notes };
}

/** The headings of a text that may be cut anywhere below them. */
export function headingsOf(start: string): readonly string[] {
  const [line = ''] = /^[^\r\n]*/.exec(start.replace(/^\ufeff/, '').replace(TYPE_LINE, '')) ?? [];
  return line.length > 20_000 ? [] : readTable(line, DEFAULT_LIMITS).headings;
}

/** A row as a record; a repeated heading keeps its first cell. */
export function recordOf(headings: readonly string[], cells: readonly (string | undefined)[]): Record<string, string> {
  const record: Record<string, string> = Object.create(null);
  headings.forEach((heading, at) => {
    const cell = cells[at];
    if (heading !== '' && cell !== undefined && !(heading in record)) record[heading] = cell;
  });
  return record;
}
