import {
  type Importer,
  type ImportFile,
  type ImportOptions,
  type ImportResult,
  type ImportTotals,
  NO_TOTALS,
} from '../importer.ts';
import { DEFAULT_LIMITS, UnreadableFile } from '../limits.ts';
import { ImportReport } from '../report.ts';
import { openWorkbook } from '../xlsx/workbook.ts';
import { looksLikeZip } from '../xlsx/zip.ts';
import { joinSentence } from './header.ts';
import type { Inventory } from './inventory.ts';
import { readInventory } from './read-inventory.ts';
import { readSources, tabOf } from './sources.ts';
import type { Tabs } from './tabs.ts';
import { writeDesign } from './write-design.ts';
import { countUsualAdapters } from './write-vms.ts';

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
    return { statements: [], notCarried: report.notCarried, problems: report.problems, summary: NO_TOTALS };
  }
  if (!tabs.vInfo.has('vm')) {
    report.problem('error', 'vInfo has no column VM', name);
    return { statements: [], notCarried: report.notCarried, problems: report.problems, summary: NO_TOTALS };
  }
  const inventory = readInventory(tabs, report);
  if (inventory.joins.length > 0) report.problem('info', joinSentence(inventory.joins), name);
  const adapters = countUsualAdapters(inventory.vms);
  if (adapters > 0) report.drop('adapter vmxnet3 of network cards', 'the usual one; only others are written', adapters);
  const [row] = tabs.vMetaData.rows;
  const taken = row && tabs.vMetaData.day(row, 'created');
  const summary = totalsOf(inventory);
  const source = { file: name, present, ...(taken !== undefined && { taken }) };
  return {
    statements: writeDesign(inventory, source, summary),
    notCarried: [...report.notCarried, ...alwaysLost(inventory, tabs)],
    problems: report.problems,
    summary,
  };
}

/** The last part of the path; of a folder of CSV files the folder. */
function sourceName(files: readonly ImportFile[]): string {
  const [first] = files;
  const parts = (first?.name ?? '').split(/[\\/]/);
  const isFolder = files.length > 1 && parts.length > 1;
  const own = parts[parts.length - (isFolder ? 2 : 1)] ?? '';
  return files.length > 1 && !isFolder ? `${own} and ${files.length - 1} more` : own;
}

function totalsOf(inventory: Inventory): ImportTotals {
  const sum = (values: readonly (number | undefined)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const { vms, hosts } = inventory;
  const on = vms.filter((vm) => vm.state === 'on');
  return {
    vms: vms.length,
    vmsOn: on.length,
    vmsOff: vms.length - on.length,
    templates: vms.filter((vm) => vm.state === 'template').length,
    vcpus: sum(on.map((vm) => vm.vcpus)),
    vmMemory: sum(on.map((vm) => vm.memory)),
    provisioned: sum(vms.map((vm) => vm.provisioned ?? sum(vm.disks.map((disk) => disk.size)))),
    clusters: inventory.clusters.length,
    hosts: hosts.filter((host) => host.listed).length,
    hostsUnknown: hosts.filter((host) => !host.listed).length,
    cores: sum(hosts.map((host) => host.hardware.cores)),
    hostMemory: sum(hosts.map((host) => host.hardware.memory)),
  };
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
