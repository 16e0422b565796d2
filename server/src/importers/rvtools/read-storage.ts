import type { Datastore } from '../inventory/inventory.ts';
import { compareNames, UniqueNames } from '../inventory/unique-names.ts';
import { mib, optional, splitList } from '../inventory/values.ts';
import type { ImportReport } from '../report.ts';
import { datastoreOfPath } from './paths.ts';
import type { DatastoreNames } from './read-vms.ts';
import { type Tabs, whereOf } from './tabs.ts';

export interface Storage {
  readonly datastores: readonly Datastore[];
  readonly nameOf: DatastoreNames;
  /** Datastores by the name of the host that mounts them, as the export writes it. */
  readonly mounts: ReadonlyMap<string, readonly string[]>;
}

interface Candidate {
  readonly name: string;
  readonly hosts: ReadonlySet<string>;
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^vmfs/i, 'vmfs'],
  [/^nfs/i, 'nfs'],
  [/^vsan/i, 'vsan'],
];

/** Datastores of vDatastore, and those that only the paths of VMs and disks name. */
export function readStorage(tabs: Tabs, report: ImportReport): Storage {
  const { vDatastore } = tabs;
  const rows = vDatastore.rows.flatMap((row) => {
    const name = vDatastore.text(row, 'datastore');
    return name === undefined ? [] : [{ row, name }];
  });
  const unique = new UniqueNames(rows.map(({ name }) => name));
  const byName = new Map<string, Candidate[]>();
  const mounts = new Map<string, string[]>();
  const datastores: Datastore[] = rows.map(({ row, name }) => {
    const alike = byName.get(name) ?? [];
    byName.set(name, alike);
    const own = alike.length === 0 ? name : unique.take(name);
    if (alike.length > 0) {
      report.problem(
        'warning',
        `several datastores are called ${name}; this one is ${own} in the design`,
        whereOf(row),
        'datastores of one name',
      );
    }
    const hosts = splitList(vDatastore.text(row, 'hosts')).filter((host) => !/^\d+$/.test(host));
    alike.push({ name: own, hosts: new Set(hosts) });
    for (const host of hosts) mounts.set(host, [...(mounts.get(host) ?? []), own]);
    const typeText = vDatastore.text(row, 'type');
    const type = TYPES.find(([pattern]) => pattern.test(typeText ?? ''))?.[1];
    if (typeText !== undefined && type === undefined)
      report.drop(`type ${typeText} of datastores`, 'the language has no word for it');
    return {
      name: own,
      ...optional('type', type),
      ...optional('capacity', mib(vDatastore.number(row, 'capacity'))),
      ...optional('used', mib(vDatastore.number(row, 'used'))),
      ...optional('id', vDatastore.text(row, 'id')),
    };
  });
  for (const name of namedByPaths(tabs)) {
    if (byName.has(name)) continue;
    byName.set(name, [{ name, hosts: new Set() }]);
    datastores.push({ name });
  }
  return {
    datastores: datastores.sort((a, b) => compareNames(a.name, b.name)),
    mounts,
    nameOf: (name, host) => {
      const candidates = byName.get(name) ?? [];
      const mounted = candidates.find((candidate) => host !== undefined && candidate.hosts.has(host));
      return (mounted ?? candidates[0])?.name ?? name;
    },
  };
}

function namedByPaths(tabs: Tabs): ReadonlySet<string> {
  const names = new Set<string>();
  for (const row of tabs.vInfo.rows) names.add(datastoreOfPath(tabs.vInfo.text(row, 'path')) ?? '');
  for (const row of tabs.vDisk.rows) names.add(datastoreOfPath(tabs.vDisk.text(row, 'path')) ?? '');
  names.delete('');
  return names;
}
