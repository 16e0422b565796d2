import type { Datastore } from '../inventory/inventory.ts';
import { UniqueNames } from '../inventory/unique-names.ts';
import { optional } from '../inventory/values.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { HostSource } from './sources.ts';
import { bytesOf } from './values.ts';

/** Types of pools, and what the language calls them; whether several hosts reach the same one. */
const TYPES: ReadonlyMap<string, { readonly type?: string; readonly shared: boolean }> = new Map([
  ['dir', { type: 'dir', shared: false }],
  ['fs', { type: 'dir', shared: false }],
  ['logical', { type: 'lvm', shared: false }],
  ['zfs', { type: 'zfs', shared: false }],
  ['netfs', { type: 'nfs', shared: true }],
  ['rbd', { type: 'ceph', shared: true }],
  ['iscsi', { shared: true }],
  ['iscsi-direct', { shared: true }],
  ['gluster', { shared: true }],
]);

interface Pool {
  readonly host: string | undefined;
  readonly name: string;
  readonly path: string | undefined;
  readonly isShared: boolean;
  readonly datastore: string;
}

/** Pools of all hosts, and what lies in them. */
export class Pools {
  readonly datastores: Datastore[] = [];
  readonly #pools: Pool[] = [];

  constructor(hosts: readonly HostSource[]) {
    const all = hosts.flatMap((host) => host.pools.map((pool) => ({ host: host.name, pool })));
    const counts = new Map<string, number>();
    for (const { pool } of all) {
      const name = pool.find('name')?.text ?? '';
      if (!isShared(pool)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const unique = new UniqueNames();
    const shared = new Map<string, string>();
    for (const { host, pool } of all) {
      const name = pool.find('name')?.text;
      if (name === undefined) continue;
      const known = isShared(pool) ? shared.get(name) : undefined;
      const isRepeated = (counts.get(name) ?? 0) > 1 && !isShared(pool);
      const datastore = known ?? unique.take(isRepeated && host !== undefined ? `${name}-${host}` : name);
      if (isShared(pool)) shared.set(name, datastore);
      if (known === undefined) this.datastores.push(datastoreOf(datastore, host, pool));
      const path = pool.find('target', 'path')?.text?.replace(/\/+$/, '');
      this.#pools.push({ host, name, path, isShared: isShared(pool), datastore });
    }
  }

  /** Where a volume of a pool lies. */
  byName(host: string | undefined, pool: string): string | undefined {
    return this.#pools.find((one) => one.host === host && one.name === pool)?.datastore;
  }

  /** Where a file or device lies: in the pool whose folder is nearest above it. */
  byPath(host: string | undefined, path: string): string | undefined {
    let best: Pool | undefined;
    for (const pool of this.#pools) {
      if (pool.host !== host || pool.path === undefined || !path.startsWith(`${pool.path}/`)) continue;
      if (best?.path === undefined || pool.path.length > best.path.length) best = pool;
    }
    return best?.datastore;
  }

  mountsOf(host: string): readonly string[] {
    return [
      ...new Set(this.#pools.filter((pool) => pool.host === host && pool.isShared).map((pool) => pool.datastore)),
    ];
  }
}

function isShared(pool: XmlElement): boolean {
  return TYPES.get(pool.attribute('type') ?? '')?.shared ?? false;
}

function datastoreOf(name: string, host: string | undefined, pool: XmlElement): Datastore {
  const { type, shared } = TYPES.get(pool.attribute('type') ?? '') ?? { shared: false };
  return {
    name,
    ...(!shared && optional('host', host)),
    ...optional('type', type),
    ...optional('capacity', bytesOf(pool.find('capacity'), 'bytes') || undefined),
    ...optional('used', bytesOf(pool.find('allocation'), 'bytes') || undefined),
  };
}
