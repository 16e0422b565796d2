import { headingsOf, readTable, recordOf } from '../csv/table.ts';
import type { Importer, ImportFile, ImportOptions, ImportResult } from '../importer.ts';
import { assemble } from '../inventory/assemble.ts';
import { FieldLedger, Fields } from '../json/fields.ts';
import { DEFAULT_LIMITS, type ImportLimits, UnreadableFile } from '../limits.ts';
import { readEach, readText } from '../read-files.ts';
import { ImportReport } from '../report.ts';
import { emptyResult, resultOf } from '../result.ts';
import { startOf } from '../sniff.ts';
import { sourceName } from '../source-name.ts';
import { columnOf, MANDATORY, whyNotCarried } from './columns.ts';
import { readServers } from './read-servers.ts';

/** Azure Migrate: the CSV template that servers are imported there with. */
export const azureMigrate: Importer = {
  id: 'azure-migrate',
  title: 'Azure Migrate (CSV template for import)',
  accepts,
  read: async (files, options) => read(files, options),
};

function accepts(file: ImportFile): number {
  const columns = headingsOf(startOf(file)).map(columnOf);
  return MANDATORY.every((column) => columns.includes(column)) ? 1 : 0;
}

function read(files: readonly ImportFile[], options: ImportOptions = {}): ImportResult {
  const report = new ImportReport();
  const ledger = new FieldLedger();
  const rows: Fields[] = [];
  readEach(files, report, (file) => {
    for (const fields of rowsOf(file, { ...DEFAULT_LIMITS, ...options.limits }, ledger, report)) rows.push(fields);
  });
  const { vms, servers } = readServers(rows, report);
  const name = sourceName(files);
  if (vms.length === 0 && servers.length === 0) {
    if (report.problems.every((problem) => problem.severity !== 'error'))
      report.problem('error', 'it names no server', name);
    return emptyResult(report);
  }
  ledger.reportTo(report, (_, column) => whyNotCarried(column));
  const sites = servers.flatMap(({ site }) => site ?? []);
  const physical = servers.length === 1 ? 'One server is physical.' : `${servers.length} servers are physical.`;
  return resultOf(
    assemble({ sites, clusters: [], hosts: [], vms, servers, datastores: [], networks: [] }, report),
    {
      importer: azureMigrate.id,
      title: 'Azure Migrate',
      file: name,
      parts: [],
      notes: [
        ...(servers.length > 0 ? [physical] : []),
        'The template does not say what is off: all VMs are taken as on.',
        'In no template: hosts and clusters, networks, datastores, expected load, cost.',
      ],
    },
    report,
  );
}

function rowsOf(file: ImportFile, limits: ImportLimits, ledger: FieldLedger, report: ImportReport): readonly Fields[] {
  const text = readText(file, report);
  const { headings, rows, notes } = readTable(text, limits);
  for (const note of notes) report.problem('warning', note, file.name);
  const columns = headings.map(columnOf);
  if (!columns.includes('server name')) throw new UnreadableFile('it has no column "Server name"');
  for (const column of MANDATORY)
    if (!columns.includes(column)) report.problem('warning', `it has no column "${column}"`, file.name);
  return rows.map(
    ({ cells, number }) =>
      new Fields(recordOf(columns, cells), 'server', `${file.name} row ${number}`, { ledger, report }),
  );
}
