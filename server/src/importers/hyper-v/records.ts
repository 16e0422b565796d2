import { readTable, recordOf } from '../csv/table.ts';
import type { ImportFile } from '../importer.ts';
import { readJsonDocuments } from '../json/documents.ts';
import { type FieldContext, FieldLedger, Fields, isRecord, recordsOf } from '../json/fields.ts';
import { type ImportLimits, UnreadableFile } from '../limits.ts';
import { readEach, readText } from '../read-files.ts';
import type { ImportReport } from '../report.ts';

/** What the cmdlets give, each known by fields that no other has. The first that fits counts. */
const KINDS = {
  VMHost: ['LogicalProcessorCount', 'MemoryCapacity'],
  VM: ['ProcessorCount', 'MemoryStartup'],
  VHD: ['VhdType', 'Path', 'Size'],
  VMHardDiskDrive: ['ControllerType', 'ControllerLocation', 'Path'],
  VMNetworkAdapter: ['SwitchName', 'MacAddress'],
  VMSwitch: ['SwitchType', 'Name'],
  NetAdapter: ['InterfaceDescription', 'Speed'],
  Processor: ['NumberOfCores', 'Name'],
  OperatingSystem: ['Caption', 'BuildNumber'],
  ComputerSystem: ['Manufacturer', 'Model'],
  ClusterSharedVolume: ['FriendlyVolumeName'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Kind = keyof typeof KINDS;

export interface Records {
  readonly of: (kind: Kind) => readonly Fields[];
  /** Records of a host by its key; those that name none are its, too, if it is the only one. */
  readonly onHost: (kind: Kind, key: string, isOnly: boolean) => readonly Fields[];
  readonly cluster: string | undefined;
  readonly taken: string | undefined;
  /** Kinds that are there, for the comment at the top. */
  readonly parts: readonly string[];
  readonly ledger: FieldLedger;
}

interface Collecting extends FieldContext {
  readonly byKind: Map<Kind, Fields[]>;
  cluster: string | undefined;
  taken: string | undefined;
}

/** Keys tell what a record is, whatever file or property it came in. */
export function kindOf(keys: ReadonlySet<string>): Kind | undefined {
  const kinds = Object.keys(KINDS) as Kind[];
  return kinds.find((kind) => KINDS[kind].every((key) => keys.has(key)));
}

/** Reads JSON and CSV files; what cannot be read is reported. */
export function readRecords(files: readonly ImportFile[], limits: ImportLimits, report: ImportReport): Records {
  const ledger = new FieldLedger();
  const collecting: Collecting = { ledger, report, byKind: new Map(), cluster: undefined, taken: undefined };
  readEach(files, report, (file) => {
    readFile(file, limits, collecting);
  });
  const byHost = new Map<Kind, ReadonlyMap<string | undefined, readonly Fields[]>>();
  const grouped = (kind: Kind): ReadonlyMap<string | undefined, readonly Fields[]> => {
    const groups = byHost.get(kind) ?? groupByHost(collecting.byKind.get(kind) ?? []);
    byHost.set(kind, groups);
    return groups;
  };
  return {
    of: (kind) => collecting.byKind.get(kind) ?? [],
    onHost: (kind, key, isOnly) => [
      ...(grouped(kind).get(key) ?? []),
      ...(isOnly ? (grouped(kind).get(undefined) ?? []) : []),
    ],
    cluster: collecting.cluster,
    taken: collecting.taken,
    parts: [...collecting.byKind.keys()],
    ledger,
  };
}

function readFile(file: ImportFile, limits: ImportLimits, collecting: Collecting): void {
  const { report } = collecting;
  const text = readText(file, report, 'utf-16le');
  if (/^\s*[[{]/.test(text)) {
    const { documents, damaged } = readJsonDocuments(text, limits);
    for (const { message, line } of damaged) report.problem('error', message, `${file.name} line ${line}`);
    for (const { value, line } of documents) take(value, `${file.name} line ${line}`, collecting, 0);
    return;
  }
  const { headings, rows, notes } = readTable(text, limits);
  for (const note of notes) report.problem('warning', note, file.name);
  const kind = kindOf(new Set(headings));
  if (kind === undefined) throw new UnreadableFile('its columns are those of no cmdlet that is known');
  for (const { cells, number } of rows) add(kind, recordOf(headings, cells), `${file.name} row ${number}`, collecting);
}

/** A host by the first label of its name, in small letters: cmdlets write it in different ways. */
export function hostKey(name: string): string {
  const lower = name.toLowerCase();
  return /^[\d.]+$/.test(lower) ? lower : lower.replace(/\..*$/, '');
}

/** CIM writes `PSComputerName`, the cmdlets of Hyper-V `ComputerName`; a host itself is called `Name`, too. */
export function nameOf(fields: Fields): string | undefined {
  return (
    fields.text('ComputerName') ?? fields.text('PSComputerName') ?? (isHost(fields) ? fields.text('Name') : undefined)
  );
}

function isHost(fields: Fields): boolean {
  return Object.hasOwn(fields.record, 'MemoryCapacity');
}

function groupByHost(records: readonly Fields[]): ReadonlyMap<string | undefined, readonly Fields[]> {
  const groups = new Map<string | undefined, Fields[]>();
  for (const fields of records) {
    const name = nameOf(fields);
    const key = name === undefined ? undefined : hostKey(name);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(fields);
  }
  return groups;
}

/** Deepest property in which records are looked for: a section of the export, and what hangs on a VM. */
const DEEPEST = 2;

function take(value: unknown, where: string, collecting: Collecting, depth: number): void {
  for (const record of recordsOf(Array.isArray(value) ? value.flat() : value)) {
    const kind = kindOf(new Set(Object.keys(record)));
    if (kind !== undefined) add(kind, record, where, collecting);
    else if (typeof record.Cluster === 'string' && record.Cluster !== '') collecting.cluster ??= record.Cluster;
    if (kind === undefined && typeof record.Taken === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(record.Taken))
      collecting.taken = record.Taken;
    if (depth >= DEEPEST) continue;
    const owner = kind === 'VM' ? { VMName: record.Name, VMId: record.VMId, ComputerName: record.ComputerName } : {};
    for (const inner of Object.values(record)) {
      if (!isRecord(inner) && !Array.isArray(inner)) continue;
      for (const one of recordsOf(inner)) take({ ...owner, ...one }, where, collecting, depth + 1);
    }
  }
}

function add(kind: Kind, record: Readonly<Record<string, unknown>>, where: string, collecting: Collecting): void {
  const known = collecting.byKind.get(kind) ?? [];
  collecting.byKind.set(kind, known);
  known.push(new Fields(record, kind, where, collecting));
}
