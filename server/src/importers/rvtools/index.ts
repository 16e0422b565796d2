import type { Importer, ImportFile, ImportOptions, ImportResult } from '../importer.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { SourceFacts } from '../inventory/write-design.ts';
import { DEFAULT_LIMITS, UnreadableFile } from '../limits.ts';
import { ImportReport } from '../report.ts';
import { emptyResult, resultOf } from '../result.ts';
import { sourceName } from '../source-name.ts';
import { openWorkbook } from '../xlsx/workbook.ts';
import { looksLikeZip } from '../xlsx/zip.ts';
import { headerNotes, joinSentence } from './header.ts';
import { readInventory } from './read-inventory.ts';
import { readSources, tabOf } from './sources.ts';
import type { Tabs } from './tabs.ts';

/** RVTools: a workbook with a sheet for each tab, or a folder with a CSV file for each. */
export const rvtools: Importer = {
  id: 'rvtools',
  title: 'RVTools (workbook or CSV files)',
  accepts,
  read: async (files, options) => read(files, options),
};

function accepts(file: ImportFile): number {
  if (/\.(csv|txt)$/i.test(file.name) && tabOf(file.name) !== undefined) return 1;
  if (!looksLikeZip(file.bytes)) return /rvtools.*\.xlsx?$/i.test(file.name) ? 0.5 : 0;
  try {
    const { sheets } = openWorkbook(file.bytes, DEFAULT_LIMITS, { bytes: DEFAULT_LIMITS.unpackedBytes });
    const tabs = sheets.map(tabOf);
    return tabs.includes('vInfo') ? 1 : tabs.some((tab) => tab !== undefined) ? 0.8 : 0;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return /\.xlsx$/i.test(file.name) ? 0.3 : 0;
  }
}

function read(files: readonly ImportFile[], options: ImportOptions = {}): ImportResult {
  const report = new ImportReport();
  const { tabs, present } = readSources(files, { ...DEFAULT_LIMITS, ...options.limits }, report);
  const name = sourceName(files);
  if (!tabs.vInfo.present) {
    if (report.problems.every((problem) => problem.severity !== 'error')) {
      report.problem('error', 'the tab vInfo is missing: without it there are no VMs to import', name);
    }
    return emptyResult(report);
  }
  if (!tabs.vInfo.has('vm')) {
    report.problem('error', 'vInfo has no column VM', name);
    return emptyResult(report);
  }
  const { inventory, joins } = readInventory(tabs, report);
  if (joins.length > 0) report.problem('info', joinSentence(joins), name);
  const [row] = tabs.vMetaData.rows;
  const taken = row && tabs.vMetaData.day(row, 'created');
  const source: SourceFacts = {
    importer: rvtools.id,
    title: 'RVTools',
    file: name,
    parts: present,
    ...(taken !== undefined && { taken }),
    notes: headerNotes(present, joins),
    usualAdapter: 'vmxnet3',
  };
  return resultOf(inventory, source, report, alwaysLost(inventory, tabs));
}

/** Figures that the design derives from others in place of repeating them. */
function alwaysLost(inventory: Inventory, tabs: Tabs): ImportResult['notCarried'] {
  const withDisks = inventory.vms.filter((vm) => vm.disks.length > 0 && vm.provisioned !== undefined).length;
  const clocks = tabs.vHost.rows.length;
  return [
    ...(withDisks > 0
      ? [
          {
            what: 'Provisioned of VMs with known disks',
            count: withDisks,
            reason: 'it follows from disks, memory and snapshots',
          },
        ]
      : []),
    ...(clocks > 0 && tabs.vHost.has('cpuModel')
      ? [
          {
            what: 'measured clock of hosts',
            count: clocks,
            reason: 'the one in the name of the processor is written where they are within 1 %',
          },
        ]
      : []),
  ];
}
