import type { Datastore } from '../inventory/inventory.ts';
import { optional } from '../inventory/values.ts';
import type { Fields } from '../json/fields.ts';
import type { ImportReport } from '../report.ts';
import type { Answers } from './answers.ts';

export interface Storage {
  readonly datastores: readonly Datastore[];
  /** What a storage is called in the design, seen from a node. */
  readonly nameOf: (storage: string, node: string | undefined) => string;
  /** Shared storages by node. */
  readonly mounts: ReadonlyMap<string, readonly string[]>;
  /** Whether disks on it take space only as they are written; undefined where that depends on the disk. */
  readonly isThin: (storage: string) => boolean | undefined;
}

/** Types of the storage plugins, and what the language calls them. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['dir', 'dir'],
  ['btrfs', 'dir'],
  ['nfs', 'nfs'],
  ['cifs', 'smb'],
  ['lvm', 'lvm'],
  ['lvmthin', 'lvm'],
  ['zfspool', 'zfs'],
  ['zfs', 'zfs'],
  ['rbd', 'ceph'],
  ['cephfs', 'ceph'],
]);

/** @param used storages that disks of VMs lie on */
export function readStorage(answers: Answers, used: ReadonlySet<string>, report: ImportReport): Storage {
  const configured = new Map(answers.storage.map((fields) => [fields.text('storage') ?? '', fields]));
  const groups = new Map<string, Fields[]>();
  for (const fields of answers.resources ?? []) {
    if (fields.value('type') !== 'storage') continue;
    const name = fields.text('storage');
    if (name === undefined) report.drop('storages', 'they have no name');
    else groups.set(name, [...(groups.get(name) ?? []), fields]);
  }
  const datastores: Datastore[] = [];
  const names = new Map<string, string>();
  const mounts = new Map<string, string[]>();
  const types = new Map<string, string>();
  for (const [name, places] of groups) {
    const type = places.map((one) => one.text('plugintype')).find((one) => one !== undefined);
    if (type !== undefined) types.set(name, type);
    if (!used.has(name) && !places.some(holdsDisks)) {
      report.drop('storages for backups, images and templates alone', 'no disk of a VM lies there', places.length);
      continue;
    }
    if (places.some((one) => one.flag('shared'))) {
      const largest = places.reduce((best, one) =>
        (one.number('maxdisk') ?? 0) > (best.number('maxdisk') ?? 0) ? one : best,
      );
      datastores.push(datastoreOf(name, type, largest, undefined, report));
      names.set(name, name);
      for (const node of places.map((one) => one.text('node')))
        if (node !== undefined) mounts.set(node, [...(mounts.get(node) ?? []), name]);
      continue;
    }
    for (const place of places) {
      const node = place.text('node');
      const own = places.length > 1 && node !== undefined ? `${name}-${node}` : name;
      datastores.push(datastoreOf(own, type, place, node, report));
      names.set(`${name}\n${node ?? ''}`, own);
    }
  }
  for (const name of used) {
    if (groups.has(name)) continue;
    datastores.push({ name });
    names.set(name, name);
  }
  const known = namedOnce(datastores, report);
  return {
    datastores: known,
    nameOf: (storage, node) => {
      const found = names.get(`${storage}\n${node ?? ''}`) ?? names.get(storage);
      if (found !== undefined) return found;
      // The resources do not have it on this node.
      const own = node === undefined ? storage : `${storage}-${node}`;
      names.set(`${storage}\n${node ?? ''}`, own);
      if (!known.some(({ name }) => name === own)) known.push({ name: own, ...optional('host', node) });
      return own;
    },
    mounts,
    isThin: (storage) => {
      const type = types.get(storage) ?? configured.get(storage)?.text('type');
      if (type === 'lvmthin' || type === 'rbd') return true;
      if (type === 'zfspool') return configured.get(storage)?.flag('sparse') ? true : undefined;
      return type === 'lvm' ? false : undefined;
    },
  };
}

function holdsDisks(fields: Fields): boolean {
  const content = fields.text('content');
  return content === undefined || /\b(?:images|rootdir)\b/.test(content);
}

function datastoreOf(
  name: string,
  plugin: string | undefined,
  fields: Fields,
  node: string | undefined,
  report: ImportReport,
): Datastore {
  const type = TYPES.get(plugin ?? '');
  if (plugin !== undefined && type === undefined)
    report.drop(`type ${plugin} of storages`, 'the language has no word for it');
  return {
    name,
    ...optional('host', node),
    ...optional('type', type),
    ...optional('capacity', fields.positive('maxdisk')),
    ...optional('used', fields.positive('disk')),
  };
}

/** A storage `data` of node `a` and a storage `data-a` would share a name. */
function namedOnce(datastores: readonly Datastore[], report: ImportReport): Datastore[] {
  const seen = new Set<string>();
  return datastores.filter(({ name }) => {
    if (seen.has(name)) report.problem('warning', `two storages would be called ${name}; one is left out`, '');
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew;
  });
}
