import { formatQuantity } from '../base/units.ts';
import { featuresOf } from '../capacity/features.ts';
import { datastoreUse } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import { hostsOf } from '../design/placement.ts';
import { datastoresOf } from '../design/things.ts';
import { type Anchor, nameOf } from './anchor.ts';
import { defineRule } from './rule.ts';

interface Stuck {
  readonly vm: Entity;
  readonly size: number;
  readonly from: Entity;
  /** The datastore with most room, and how much that is. */
  readonly best: Entity;
  readonly free: number;
  /** Whether the cluster counts on moving disks. */
  readonly isCountedOn: boolean;
  readonly anchor: Anchor;
}

export const storageMoveImpossible = defineRule<Stuck>({
  id: 'storage-move-impossible',
  title: 'The largest VM of a datastore has nowhere to go',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'A datastore can be emptied for service, or relieved when it fills',
  why: 'The way out of a full or failing datastore is to move disks to another one. That works only while another one that the same hosts reach has room for the largest VM. Where a cluster has one datastore, or the room of one is not known, nothing is said. Surviving the loss of a whole datastore is a matter of replicas and backups, and not asked here.',
  formula: 'largest VM of a datastore > max(capacity − used) of the other datastores of the cluster',
  inputs: ['cluster.mount', 'cluster.features', 'datastore.capacity', 'datastore.measured', 'vm.disk', 'vm.storage'],
  severity: 'warning',
  source: { text: 'ours; a warning only where the cluster states storage-migration or sdrs', evidence: 'ours' },
  covers: ['OS11'],
  of: 'cluster',
  examples: {
    fires: {
      text: `datastore gold-[1..2] { capacity 4 TiB; measured used 2.5 TiB }
cluster prod {
  failover none
  features storage-migration
  mount gold-[1..2]
  host esx-[1..2]
  runs db
}
vm db { disk 2 TiB on gold-1 }`,
    },
    silent: {
      text: `datastore gold-[1..2] { capacity 6 TiB; measured used 2.5 TiB }
cluster prod {
  failover none
  features storage-migration
  mount gold-[1..2]
  host esx-[1..2]
  runs db
}
vm db { disk 2 TiB on gold-1 }`,
    },
  },
  find: (cluster) => {
    const [first] = hostsOf(cluster);
    const stores = first ? datastoresOf(first) : [];
    if (stores.length < 2) return [];
    const uses = stores.map((datastore) => ({ datastore, ...datastoreUse(datastore) }));
    // One whose room is not known may be the way out.
    if (uses.some(({ capacity, used }) => !capacity || !used)) return [];
    const features = featuresOf(cluster);
    const isCountedOn = features.has('storage-migration') || features.has('sdrs');
    const stuck = uses.flatMap(({ datastore, largest }): Stuck[] => {
      const others = uses
        .filter((other) => other.datastore !== datastore)
        .map(({ datastore: other, capacity, used }) => ({ other, free: (capacity?.value ?? 0) - (used?.value ?? 0) }));
      const best = others.reduce((most, one) => (one.free > most.free ? one : most));
      const anchor = largest && nameOf(largest.vm);
      if (!largest || !anchor || largest.size <= best.free) return [];
      return [{ ...largest, from: datastore, best: best.other, free: Math.max(0, best.free), isCountedOn, anchor }];
    });
    // Where one finds no room, smaller ones often find none either: the largest tells it.
    const [worst] = stuck.sort((one, other) => other.size - one.size);
    return worst ? [worst] : [];
  },
  say: ({ vm, size, from, best, free, isCountedOn, anchor }, _, cluster) => ({
    severity: isCountedOn ? 'warning' : 'info',
    message: `${vm.name} keeps ${formatQuantity(size, 'size')} on ${from.name}, and no other datastore of ${cluster.name} has room for it: ${best.name} has most, ${formatQuantity(free, 'size')}. ${from.name} cannot be emptied; keep that much free somewhere.`,
    ...anchor,
    related: [from, best].flatMap((datastore) => {
      const at = nameOf(datastore);
      return at ? [{ ...at, message: datastore === from ? 'it is here' : 'the most room' }] : [];
    }),
  }),
});
