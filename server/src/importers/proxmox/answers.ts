import type { ImportFile } from '../importer.ts';
import { cleanText } from '../inventory/values.ts';
import { readJsonDocuments } from '../json/documents.ts';
import { type FieldContext, FieldLedger, Fields, isRecord, recordsOf } from '../json/fields.ts';
import type { ImportLimits } from '../limits.ts';
import { readEach, readText } from '../read-files.ts';
import type { ImportReport } from '../report.ts';

/** What a cluster answered, by the path that was asked. */
export interface Answers {
  /** `/cluster/resources`; undefined if it is not among the answers. */
  readonly resources: readonly Fields[] | undefined;
  /** `/cluster/status` */
  readonly status: readonly Fields[];
  /** `/cluster/options` */
  readonly options: Fields | undefined;
  /** `/storage` */
  readonly storage: readonly Fields[];
  /** `/cluster/sdn/vnets` and `/cluster/sdn/zones` */
  readonly vnets: readonly Fields[];
  readonly zones: readonly Fields[];
  /** `/nodes/{node}/status`, by node. */
  readonly nodeStatus: ReadonlyMap<string, Fields>;
  /** `/nodes/{node}/network`, by node. */
  readonly networks: ReadonlyMap<string, readonly Fields[]>;
  /** `/nodes/{node}/qemu/{vmid}/config` and the same of `lxc`, by vmid. */
  readonly configs: ReadonlyMap<string, Fields>;
  /** The day that the loop ran, if it wrote one. */
  readonly taken: string | undefined;
  /** Kinds of answers that are there, for the comment at the top. */
  readonly parts: readonly string[];
  readonly ledger: FieldLedger;
}

interface Collecting extends FieldContext {
  readonly byPath: Map<string, Fields[]>;
  readonly kinds: Set<string>;
  taken: string | undefined;
}

/** Paths that are read, and what their records are called in reports. */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/cluster\/resources$/, ''],
  [/^\/cluster\/status$/, 'cluster status'],
  [/^\/cluster\/options$/, 'cluster options'],
  [/^\/storage$/, 'storage configuration'],
  [/^\/cluster\/sdn\/vnets$/, 'vnet'],
  [/^\/cluster\/sdn\/zones$/, 'zone'],
  [/^\/nodes\/[^/]+\/status$/, 'node status'],
  [/^\/nodes\/[^/]+\/network$/, 'interface'],
  [/^\/nodes\/[^/]+\/qemu\/\d+\/config$/, 'qemu configuration'],
  [/^\/nodes\/[^/]+\/lxc\/\d+\/config$/, 'lxc configuration'],
];

/** Reads the answers of all files; what cannot be read is reported. */
export function readAnswers(files: readonly ImportFile[], limits: ImportLimits, report: ImportReport): Answers {
  const ledger = new FieldLedger();
  const collecting: Collecting = { ledger, report, byPath: new Map(), kinds: new Set(), taken: undefined };
  readEach(files, report, (file) => {
    readFile(file, limits, collecting);
  });
  const { byPath } = collecting;
  const below = (pattern: RegExp): ReadonlyMap<string, readonly Fields[]> =>
    new Map(
      [...byPath].flatMap(([path, records]) => {
        const key = pattern.exec(path)?.[1];
        return key === undefined ? [] : [[key, records]];
      }),
    );
  const single = (pattern: RegExp): ReadonlyMap<string, Fields> =>
    new Map([...below(pattern)].flatMap(([key, [first]]) => (first === undefined ? [] : [[key, first]])));
  return {
    resources: byPath.get('/cluster/resources'),
    status: byPath.get('/cluster/status') ?? [],
    options: byPath.get('/cluster/options')?.[0],
    storage: byPath.get('/storage') ?? [],
    vnets: byPath.get('/cluster/sdn/vnets') ?? [],
    zones: byPath.get('/cluster/sdn/zones') ?? [],
    nodeStatus: single(/^\/nodes\/([^/]+)\/status$/),
    networks: below(/^\/nodes\/([^/]+)\/network$/),
    configs: single(/^\/nodes\/[^/]+\/(?:qemu|lxc)\/(\d+)\/config$/),
    taken: collecting.taken,
    parts: [...collecting.kinds],
    ledger,
  };
}

function readFile(file: ImportFile, limits: ImportLimits, collecting: Collecting): void {
  const { report } = collecting;
  const text = readText(file, report);
  const { documents, damaged } = readJsonDocuments(text, limits);
  for (const { message, line } of damaged)
    report.problem('error', message, `${file.name} line ${line}`, 'answers that are no JSON or cut off');
  for (const { value, line } of documents) takeDocument(value, `${file.name} line ${line}`, collecting);
}

function takeDocument(value: unknown, where: string, collecting: Collecting): void {
  if (isRecord(value) && typeof value.path === 'string') {
    takeAnswer(value.path.replace(/\/+$/, ''), value.data, where, collecting);
  } else if (isRecord(value) && typeof value.taken === 'string') {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value.taken)) collecting.taken = value.taken;
  } else {
    const data = isRecord(value) && 'data' in value ? value.data : value;
    if (recordsOf(data).some(isResource)) takeAnswer('/cluster/resources', data, where, collecting);
    else collecting.report.problem('warning', 'it is no answer of /cluster/resources and names no path', where);
  }
}

/** An answer of the interface over HTTP is wrapped once more in `data`. */
function takeAnswer(path: string, answer: unknown, where: string, collecting: Collecting): void {
  const kind = PATHS.find(([pattern]) => pattern.test(path))?.[1];
  if (kind === undefined) {
    collecting.report.drop(`answer of ${path.slice(0, 80)}`, 'nothing of it has a place in a design');
    return;
  }
  const data = isRecord(answer) && Array.isArray(answer.data) ? answer.data : answer;
  const records = recordsOf(data);
  if (records.length === 0 && !Array.isArray(data))
    collecting.report.problem('error', `${path} was not answered`, where, 'paths that were not answered');
  const known = collecting.byPath.get(path) ?? [];
  collecting.byPath.set(path, known);
  if (records.length > 0) collecting.kinds.add(path.replace(/^\/nodes\/[^/]+/, '/nodes/…').replace(/\/\d+\//, '/…/'));
  for (const record of records) {
    const own = kind === '' ? String(record.type ?? 'resource').slice(0, 20) : kind;
    if (kind === '' && !RESOURCES.has(own)) {
      collecting.report.drop(`resources of type ${cleanText(own) ?? ''}`, 'no check reads them');
      continue;
    }
    known.push(new Fields(record, own, where, collecting));
  }
}

/** Types of resources that are read. */
const RESOURCES: ReadonlySet<string> = new Set(['node', 'qemu', 'lxc', 'storage']);

/** Every resource says what it is in its id: `node/pve1`, `qemu/100`, `storage/pve1/local`. */
function isResource(record: Readonly<Record<string, unknown>>): boolean {
  return typeof record.id === 'string' && /^(?:node|qemu|lxc|storage|pool|sdn|network)\//.test(record.id);
}
