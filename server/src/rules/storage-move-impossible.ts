import { derive } from '../base/reactive.ts';
import { formatQuantity } from '../base/units.ts';
import { featuresOf } from '../capacity/features.ts';
import { datastoreUse } from '../capacity/storage.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { hostsOf } from '../design/placement.ts';
import { datastoresOf } from '../design/things.ts';
import { extension } from './fixes/extension.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';

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
    const worst = worstOf(cluster);
    const anchor = worst && nameOf(worst.vm);
    if (!worst || !anchor) return [];
    const features = featuresOf(cluster);
    return [{ ...worst, isCountedOn: features.has('storage-migration') || features.has('sdrs'), anchor }];
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
  fix: ({ best, size }) => {
    const { used } = datastoreUse(best);
    return used ? extension(best, used.value + size) : [];
  },
});

interface Room {
  readonly free: number;
  readonly vm: Entity | undefined;
  /** Bytes of that VM, the largest. */
  readonly size: number;
}

/** What each datastore has left, where that is known, and its largest VM: one step that all clusters share. */
const roomsOf = derive((design: Design): ReadonlyMap<Entity, Room> => {
  const rooms = new Map<Entity, Room>();
  for (const datastore of design.members('datastore')) {
    const { capacity, used, largest } = datastoreUse(datastore);
    if (!capacity || !used) continue;
    rooms.set(datastore, { free: capacity.value - used.value, vm: largest?.vm, size: largest?.size ?? 0 });
  }
  return rooms;
}, sameRooms);

function sameRooms(a: ReadonlyMap<Entity, Room>, b: ReadonlyMap<Entity, Room>): boolean {
  if (a.size !== b.size) return false;
  for (const [datastore, { free, vm, size }] of a) {
    const other = b.get(datastore);
    if (!other || other.free !== free || other.vm !== vm || other.size !== size) return false;
  }
  return true;
}

/** The largest VM that no other datastore of its cluster has room for. */
const worstOf = derive((cluster: Entity): Omit<Stuck, 'isCountedOn' | 'anchor'> | undefined => {
  const [first] = hostsOf(cluster);
  const stores = first ? datastoresOf(first) : [];
  if (stores.length < 2) return undefined;
  const known = roomsOf(cluster.design);
  const uses = stores.flatMap((datastore) => {
    const room = known.get(datastore);
    return room ? [{ datastore, ...room }] : [];
  });
  // One whose room is not known may be the way out.
  if (uses.length < stores.length) return undefined;
  const byRoom = [...uses].sort((one, other) => other.free - one.free);
  let worst: Omit<Stuck, 'isCountedOn' | 'anchor'> | undefined;
  for (const { datastore, vm, size } of uses) {
    const best = byRoom.find((room) => room.datastore !== datastore);
    if (!vm || !best || size <= best.free || size <= (worst?.size ?? 0)) continue;
    worst = { vm, size, from: datastore, best: best.datastore, free: Math.max(0, best.free) };
  }
  return worst;
});
