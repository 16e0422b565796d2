import { headingsOf } from '../csv/table.ts';
import type { Importer, ImportFile, ImportOptions, ImportResult } from '../importer.ts';
import { assemble, type Parts } from '../inventory/assemble.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { SwitchNetworks } from '../inventory/switch-networks.ts';
import { optional } from '../inventory/values.ts';
import type { Fields } from '../json/fields.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { ImportReport } from '../report.ts';
import { emptyResult, resultOf } from '../result.ts';
import { startOf } from '../sniff.ts';
import { sourceName } from '../source-name.ts';
import { readHosts, switchesOf } from './hosts.ts';
import { whyNotCarried } from './not-carried.ts';
import { hostKey, kindOf, nameOf, type Records, readRecords } from './records.ts';
import { Volumes } from './storage.ts';
import { readVm } from './vms.ts';

/** Hyper-V: what its cmdlets give, as JSON or CSV. */
export const hyperV: Importer = {
  id: 'hyper-v',
  title: 'Hyper-V (cmdlets, as JSON or CSV)',
  accepts,
  read: async (files, options) => read(files, options),
};

/** Words that stand together in no other JSON. */
const SIGNS = [
  /"(?:ProcessorCount|MemoryStartup)"\s*:/,
  /"(?:VMId|MemoryStartup|MemoryAssigned|LogicalProcessorCount)"\s*:/,
];

function accepts(file: ImportFile): number {
  const start = startOf(file);
  if (/^\s*[[{]/.test(start)) {
    if (SIGNS.every((sign) => sign.test(start))) return 1;
    return /"(?:LogicalProcessorCount|ControllerLocation|VhdType|SwitchName)"\s*:/.test(start) ? 0.7 : 0;
  }
  return kindOf(new Set(headingsOf(start))) === undefined ? 0 : 0.9;
}

function read(files: readonly ImportFile[], options: ImportOptions = {}): ImportResult {
  const report = new ImportReport();
  const records = readRecords(files, { ...DEFAULT_LIMITS, ...options.limits }, report);
  const file = sourceName(files);
  if (records.of('VM').length === 0) {
    if (report.problems.every((problem) => problem.severity !== 'error'))
      report.problem('error', 'there is no answer of Get-VM: without it there are no VMs to import', file);
    return emptyResult(report);
  }
  const inventory = readInventory(records, report);
  records.ledger.reportTo(report, whyNotCarried);
  return resultOf(
    inventory,
    {
      importer: hyperV.id,
      title: 'Hyper-V',
      file,
      parts: records.parts,
      ...(records.taken !== undefined && { taken: records.taken }),
      notes: notesOf(records),
    },
    report,
  );
}

function readInventory(records: Records, report: ImportReport): Inventory {
  const hosts = readHosts(records, report);
  const [onlyHost] = hosts.size === 1 ? hosts.keys() : [];
  const hostOf = (fields: Fields): string | undefined => {
    const name = nameOf(fields);
    return name === undefined ? onlyHost : hostKey(name);
  };
  const switches = records.of('VMSwitch').flatMap((fields) => fields.text('Name') ?? []);
  const networks = new SwitchNetworks(switches);
  const volumes = new Volumes(records, report);
  const adapters = byVm(records.of('VMNetworkAdapter'));
  const drives = byVm(records.of('VMHardDiskDrive'));
  const usesHa = records.of('VM').some((fields) => fields.flag('IsClustered'));
  const seen = new Set<string>();
  const vms = records.of('VM').flatMap((fields): Parts['vms'] => {
    const key = keyOf(fields.text('VMId') ?? fields.text('Id'), fields.text('Name'));
    if (fields.text('VMId') !== undefined && seen.has(key)) {
      report.drop('VMs that are listed twice', 'the first is taken');
      return [];
    }
    seen.add(key);
    const at = hostOf(fields);
    const host = at === undefined ? undefined : hosts.get(at);
    const name = host?.facts.name ?? nameOf(fields);
    const disks = (drives.get(key) ?? []).flatMap((drive) => volumes.diskOf(drive, name) ?? []);
    const vm = readVm(fields, { disks, adapters: adapters.get(key) ?? [], host, usesHa }, networks, report);
    return vm === undefined ? [] : [{ vm, ...optional('host', name), ...optional('cluster', records.cluster) }];
  });
  const shared = volumes.all().flatMap(({ name, host }) => (host === undefined ? [name] : []));
  return assemble(
    {
      clusters:
        records.cluster === undefined ? [] : [{ name: records.cluster, settings: { features: usesHa ? ['ha'] : [] } }],
      hosts: [...hosts.values()].map(({ facts }) => ({
        host: {
          ...facts,
          mounts: shared,
          vswitches: switchesOf(facts.name, hosts.size === 1, records, networks),
        },
        ...optional('cluster', records.cluster),
      })),
      vms,
      datastores: volumes.all(),
      networks: networks.all(),
    },
    report,
  );
}

/** Drives and cards belong to a VM by its id, or by its name where they have none. */
function byVm(records: readonly Fields[]): ReadonlyMap<string, readonly Fields[]> {
  const groups = new Map<string, Fields[]>();
  for (const fields of records) {
    const key = keyOf(fields.text('VMId'), fields.text('VMName'));
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(fields);
  }
  return groups;
}

function keyOf(id: string | undefined, name: string | undefined): string {
  return (id ?? `name ${name ?? ''}`).toLowerCase();
}

function notesOf(records: Records): readonly string[] {
  const missing = [
    ...(records.of('VMHost').length === 0 ? ['hosts (Get-VMHost)'] : []),
    ...(records.of('Processor').length === 0 ? ['cores (Win32_Processor)'] : []),
    ...(records.of('VMNetworkAdapter').length === 0 ? ['network cards (Get-VMNetworkAdapter)'] : []),
    ...(records.of('VHD').length === 0 ? ['disks (Get-VMHardDiskDrive, Get-VHD)'] : []),
  ];
  return [
    'CPU and memory of VMs were measured in the moment of asking; CPU in whole percents of the host.',
    ...(missing.length > 0 ? [`Not in the export: ${missing.join(', ')}.`] : []),
    'In no export: guest systems, networks of hosts, physical switches, arrays and IOPS, expected load, cost, owners.',
  ];
}
