import { readCsv } from '../csv/csv.ts';
import type { ImportFile } from '../importer.ts';
import { type ImportLimits, UnreadableFile } from '../limits.ts';
import { readEach } from '../read-files.ts';
import type { ImportReport } from '../report.ts';
import { decodeText } from '../text-decoding.ts';
import { type Cell, openWorkbook, type Workbook } from '../xlsx/workbook.ts';
import { type Budget, looksLikeZip } from '../xlsx/zip.ts';
import { TABS, TABS_NOT_CARRIED, type TabName } from './schema.ts';
import { type TabBuilder, TabCollection, type Tabs } from './tabs.ts';

/** The tabs of an export, and which ones it has. */
export interface Sources {
  readonly tabs: Tabs;
  /** Tabs of the export in its own order, those included that are not read. */
  readonly present: readonly string[];
}

interface Reading {
  readonly limits: ImportLimits;
  readonly budget: Budget;
  readonly report: ImportReport;
  readonly tabs: TabCollection;
  readonly present: Set<string>;
  cells: number;
}

/** Raised by a sink to leave a sheet that is longer than the limits allow. */
class SheetFull extends Error {}

/** Reads workbooks and folders of CSV files; what cannot be read is reported. */
export function readSources(files: readonly ImportFile[], limits: ImportLimits, report: ImportReport): Sources {
  const reading: Reading = {
    limits,
    budget: { bytes: limits.unpackedBytes },
    report,
    tabs: new TabCollection(report),
    present: new Set(),
    cells: 0,
  };
  readEach(files, report, (file) => {
    if (isCsv(file)) readCsvFile(file, reading);
    else readWorkbookFile(file, reading);
  });
  return { tabs: reading.tabs.tabs(), present: [...reading.present] };
}

/** The tab that a sheet or file is named after: `vInfo`, `tabvInfo`, `RVTools_tabvInfo.csv`. */
export function tabOf(name: string): string | undefined {
  const base = name.replace(/^.*[\\/]/, '').replace(/\.(csv|txt)$/i, '');
  const bare = base.replace(/^(?:rvtools[_ -]?)?(?:tab)?/i, '').toLowerCase();
  return ALL_TABS.find((tab) => tab.toLowerCase() === bare);
}

const ALL_TABS: readonly string[] = [...Object.keys(TABS), ...Object.keys(TABS_NOT_CARRIED)];

function isCsv(file: ImportFile): boolean {
  return !looksLikeZip(file.bytes) && tabOf(file.name) !== undefined && /\.(csv|txt)$/i.test(file.name);
}

function isRead(tab: string): tab is TabName {
  return Object.hasOwn(TABS, tab);
}

function readWorkbookFile(file: ImportFile, reading: Reading): void {
  const workbook = openWorkbook(file.bytes, reading.limits, reading.budget);
  const sheets = workbook.sheets.map((sheet) => ({ sheet, tab: tabOf(sheet) }));
  for (const { tab } of sheets) if (tab) reading.present.add(tab);
  if (!sheets.some(({ tab }) => tab !== undefined)) {
    throw new UnreadableFile('the workbook has none of the tabs of RVTools, such as vInfo');
  }
  for (const { sheet, tab } of sheets) if (tab && isRead(tab)) readSheet(file, workbook, sheet, tab, reading);
  for (const { sheet, tab } of sheets) {
    if (tab && !isRead(tab))
      reading.report.drop(`${tab} (whole tab)`, TABS_NOT_CARRIED[tab] ?? '', countRows(workbook, sheet));
    else if (!tab) reading.report.drop(`sheet ${sheet}`, 'it is no tab of RVTools');
  }
}

function readSheet(file: ImportFile, workbook: Workbook, sheet: string, tab: TabName, reading: Reading): void {
  const builder = reading.tabs.sheet(tab, file.name);
  try {
    const notes = workbook.readSheet(sheet, limited(builder, reading));
    for (const note of notes) reading.report.problem('warning', note, `${file.name}, ${sheet}`);
  } catch (error) {
    reportStop(error, `${file.name}, ${sheet}`, reading);
  }
  builder.end();
}

function readCsvFile(file: ImportFile, reading: Reading): void {
  const tab = tabOf(file.name) ?? '';
  reading.present.add(tab);
  reading.budget.bytes -= file.bytes.length;
  if (reading.budget.bytes < 0) {
    throw new UnreadableFile(
      `the files are larger than ${reading.limits.unpackedBytes} bytes in all (limit: unpackedBytes)`,
    );
  }
  const { text, guessed } = decodeText(file.bytes);
  if (guessed) reading.report.problem('warning', `it is not written in UTF-8; read as ${guessed}`, file.name);
  if (!isRead(tab)) {
    let rows = -1;
    readCsv(text, () => rows++, reading.limits);
    reading.report.drop(`${tab} (whole tab)`, TABS_NOT_CARRIED[tab] ?? '', Math.max(0, rows));
    return;
  }
  const builder = reading.tabs.sheet(tab, file.name);
  try {
    const notes = readCsv(text, limited(builder, reading), reading.limits);
    for (const note of notes) reading.report.problem('warning', note, file.name);
  } catch (error) {
    reportStop(error, file.name, reading);
  }
  builder.end();
}

function limited(builder: TabBuilder, reading: Reading): (cells: readonly Cell[], row: number) => void {
  const { limits } = reading;
  let rows = 0;
  return (cells, row) => {
    if (rows++ > limits.rows) throw new SheetFull(`only its first ${limits.rows} rows were read (limit: rows)`);
    for (const cell of cells) if (cell !== undefined) reading.cells++;
    if (reading.cells > limits.cells) {
      throw new SheetFull(`reading ended in row ${row}: more than ${limits.cells} cells in all (limit: cells)`);
    }
    builder.row(cells, row);
  };
}

function reportStop(error: unknown, where: string, reading: Reading): void {
  if (!(error instanceof SheetFull || error instanceof UnreadableFile)) throw error;
  reading.report.problem('error', error.message, where);
}

/** Rows below the heading of a tab that is only counted; as many as could be read. */
function countRows(workbook: Workbook, sheet: string): number {
  let rows = -1;
  try {
    workbook.readSheet(sheet, () => rows++);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return Math.max(0, rows);
}
