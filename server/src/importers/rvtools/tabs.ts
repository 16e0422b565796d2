import { dayOf, flagOf, numberOf, textOf } from '../cells.ts';
import type { ImportReport } from '../report.ts';
import type { Cell } from '../xlsx/workbook.ts';
import { type Column, headingKey, TABS, type TabName, whyNotCarried } from './schema.ts';

/** A row of a tab: only the columns that the schema names. */
export interface Row {
  /** In the order of the schema's columns. */
  readonly cells: readonly Cell[];
  readonly sheet: string;
  readonly number: number;
}

/** File, tab and row number, for messages. */
export function whereOf(row: Row): string {
  return `${row.sheet} row ${row.number}`;
}

/** A tab of all files together; without rows where no file has it. */
export interface Tab<T extends TabName> {
  readonly name: T;
  readonly present: boolean;
  readonly rows: readonly Row[];
  /** Whether any file has the column. */
  readonly has: (column: Column<T>) => boolean;
  readonly text: (row: Row, column: Column<T>) => string | undefined;
  /** A number that is not negative; a cell that holds none is reported. */
  readonly number: (row: Row, column: Column<T>) => number | undefined;
  readonly flag: (row: Row, column: Column<T>) => boolean | undefined;
  /** A day as `2026-11-22`. */
  readonly day: (row: Row, column: Column<T>) => string | undefined;
}

export type Tabs = { readonly [T in TabName]: Tab<T> };

/** Takes one sheet: the first row with a value is its heading. */
export interface TabBuilder {
  readonly row: (cells: readonly Cell[], number: number) => void;
  readonly end: () => void;
}

/** Collects the sheets of all files by tab. */
export class TabCollection {
  readonly #rows = new Map<TabName, Row[]>();
  readonly #columns = new Map<TabName, Set<string>>();
  readonly #texts = new Map<string, string>();
  readonly #report: ImportReport;

  constructor(report: ImportReport) {
    this.#report = report;
  }

  has(tab: TabName): boolean {
    return this.#rows.has(tab);
  }

  sheet(tab: TabName, file: string): TabBuilder {
    const rows = this.#rows.get(tab) ?? [];
    this.#rows.set(tab, rows);
    const columns = this.#columns.get(tab) ?? new Set<string>();
    this.#columns.set(tab, columns);
    const order = Object.keys(TABS[tab]);
    const name = `${file}, ${tab}`;
    let places: readonly number[] | undefined;
    const others = new Map<number, { heading: string; count: number }>();
    return {
      row: (cells, number) => {
        if (!places) {
          const known = columnsOf(tab, cells);
          for (const column of known) if (column) columns.add(column);
          cells.forEach((cell, index) => {
            if (cell !== undefined && !known[index]) others.set(index, { heading: String(cell), count: 0 });
          });
          places = known.map((column) => (column === undefined ? -1 : order.indexOf(column)));
          return;
        }
        const values: Cell[] = [];
        for (let index = 0; index < cells.length; index++) {
          const cell = cells[index];
          if (cell === undefined) continue;
          const place = places[index] ?? -1;
          if (place >= 0) {
            while (values.length < place) values.push(undefined);
            values[place] = this.#kept(cell);
          } else {
            const other = others.get(index);
            if (other) other.count++;
          }
        }
        if (values.length > 0) rows.push({ cells: values, sheet: name, number });
      },
      end: () => this.#reportOthers(tab, [...others.values()]),
    };
  }

  tabs(): Tabs {
    const entries = Object.keys(TABS).map((name) => [name, this.#tab(name as TabName)]);
    return Object.fromEntries(entries) as Tabs;
  }

  /** Equal texts are kept once, cut loose from the sheet that they were read from. */
  #kept(cell: Cell): Cell {
    if (typeof cell !== 'string') return cell;
    const seen = this.#texts.get(cell);
    if (seen !== undefined) return seen;
    const own = ` ${cell}`.slice(1);
    this.#texts.set(own, own);
    return own;
  }

  #reportOthers(tab: TabName, others: readonly { heading: string; count: number }[]): void {
    const byReason = new Map<string, { headings: string[]; count: number }>();
    for (const { heading, count } of others) {
      if (count === 0) continue;
      const reason = whyNotCarried(heading);
      const group = byReason.get(reason) ?? { headings: [], count: 0 };
      group.headings.push(heading.trim());
      group.count += count;
      byReason.set(reason, group);
    }
    for (const [reason, group] of byReason)
      this.#report.drop(`${tab}: ${group.headings.join(', ')}`, reason, group.count);
  }

  #tab<T extends TabName>(name: T): Tab<T> {
    const rows = this.#rows.get(name) ?? [];
    const columns = this.#columns.get(name) ?? new Set();
    const places = new Map(Object.keys(TABS[name]).map((column, index) => [column, index]));
    const cellAt = (row: Row, column: string): Cell => row.cells[places.get(column) ?? -1];
    return {
      name,
      present: this.#rows.has(name),
      rows,
      has: (column) => columns.has(column),
      text: (row, column) => textOf(cellAt(row, column)),
      number: (row, column) => {
        const cell = cellAt(row, column);
        const value = numberOf(cell);
        if (value === undefined && cell !== undefined) {
          const shown = textOf(cell) ?? '';
          this.#report.problem(
            'warning',
            `${column} is no number: ${shown.slice(0, 40)}`,
            whereOf(row),
            `${name} ${column} is no number`,
          );
        }
        return value !== undefined && value >= 0 ? value : undefined;
      },
      flag: (row, column) => flagOf(cellAt(row, column)),
      day: (row, column) => dayOf(cellAt(row, column)),
    };
  }
}

/** For each cell of a heading row the column it stands for; the alias named first wins where a sheet has several. */
function columnsOf(tab: TabName, headings: readonly Cell[]): readonly (string | undefined)[] {
  const keys = Array.from(headings, (heading) => (heading === undefined ? '' : headingKey(String(heading))));
  const columns: (string | undefined)[] = keys.map(() => undefined);
  for (const [column, aliases] of Object.entries<readonly string[]>(TABS[tab])) {
    for (const alias of aliases) {
      const index = keys.indexOf(headingKey(alias));
      if (index < 0 || columns[index] !== undefined) continue;
      columns[index] = column;
      break;
    }
  }
  return columns;
}
