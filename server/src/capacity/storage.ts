import type { Group } from '../base/bag.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, clauseText, partOf, type Stated } from '../design/props.ts';
import { datastoresIn, propsOf, standsOn } from '../design/things.ts';
import { derivedFigure, type Figure, statedFigure } from './figure.ts';
import { shareOf } from './load.ts';
import { frontEndIops, type RaidLevel, rawIops, usableCapacity, writePenalty } from './models/raid.ts';
import { exists } from './time.ts';
import { type VmDisk, vmFacts } from './vm.ts';

interface DatastoreDemand {
  readonly vms: { readonly vm: Entity; readonly disks: readonly VmDisk[] }[];
  iops: number;
  reads: number;
  statedIops: number;
  isAssumed: boolean;
}

/** What VMs put on datastores and ask of them, by datastore. A VM's operations go to its home, or to that of its first disk. */
const demandByDatastore = derive((group: Group<Entity>): ReadonlyMap<Entity, DatastoreDemand> => {
  const found = new Map<Entity, DatastoreDemand>();
  const at = (datastore: Entity) => {
    const demand = found.get(datastore) ?? { vms: [], iops: 0, reads: 0, statedIops: 0, isAssumed: false };
    found.set(datastore, demand);
    return demand;
  };
  for (const vm of group.members()) {
    const facts = vmFacts(vm);
    if (!exists(vm)) continue;
    const touched = new Set(facts.disks.map((disk) => disk.datastore));
    if (facts.disks.length === 0 && facts.home) touched.add(facts.home);
    for (const datastore of touched) {
      if (!datastore) continue;
      const disks =
        facts.disks.length > 0
          ? facts.disks.filter((disk) => disk.datastore === datastore)
          : [{ name: '', size: facts.provisioned, used: facts.used, isThin: facts.used !== undefined, datastore }];
      at(datastore).vms.push({ vm, disks });
    }
    const home = facts.home ?? facts.disks[0]?.datastore;
    if (!home || facts.state !== 'on') continue;
    const demand = at(home);
    if (facts.iops === undefined) continue;
    demand.statedIops++;
    demand.iops += facts.iops;
    demand.reads += facts.iops * (facts.reads ?? 0.5);
    demand.isAssumed ||= facts.isIoAssumed || facts.reads === undefined;
  }
  return found;
});

/** How full a datastore is, and how much has been promised on it. */
export interface DatastoreUse {
  readonly capacity: Figure | undefined;
  /** Bytes written: measured, else thick disks whole and thin ones as far as used. */
  readonly used: Figure | undefined;
  /** Bytes promised: every disk whole. */
  readonly provisioned: Figure | undefined;
  readonly share: Figure | undefined;
  readonly promised: Figure | undefined;
  readonly vms: readonly Entity[];
}

export const datastoreUse = derive((datastore: Entity): DatastoreUse => {
  const props = propsOf(datastore);
  const stated = props.number('capacity');
  const capacity = stated && statedFigure('capacity', 'size', stated);
  const contents: Figure[] = [];
  const promises: Figure[] = [];
  const vms: Entity[] = [];
  for (const group of datastore.design.names.groups('vm')) {
    for (const { vm, disks } of demandByDatastore(group).get(datastore)?.vms ?? []) {
      vms.push(vm);
      for (const disk of disks) addDisk(vm, disk, contents, promises);
    }
  }
  for (const { label, size } of storedImages(datastore)) {
    const figure: Figure = { label, unit: 'size', value: size, origin: 'stated', isAtLeast: false };
    contents.push(figure);
    promises.push(figure);
  }
  const measured = props.clauseNumber('measured', 'used');
  const written =
    contents.length > 0
      ? derivedFigure(
          'written',
          'size',
          total(contents),
          'Σ disks (thick whole, thin as used) + snapshots + images + files',
          contents,
        )
      : undefined;
  const used = measured ? statedFigure('measured used', 'size', measured) : written;
  const provisioned =
    promises.length > 0
      ? derivedFigure('promised', 'size', total(promises), 'Σ disks whole + snapshots + images + files', promises)
      : undefined;
  return {
    capacity,
    used,
    provisioned,
    share: shareOf('space', used, capacity),
    promised: shareOf('promised', provisioned, capacity),
    vms,
  };
});

function addDisk(vm: Entity, disk: VmDisk, contents: Figure[], promises: Figure[]): void {
  if (disk.size === undefined) return;
  const label = disk.name === '' ? vm.name : `${vm.name} ${disk.name}`;
  promises.push({ label, unit: 'size', value: disk.size, origin: 'stated', isAtLeast: false });
  const used = disk.isThin ? disk.used : disk.size;
  if (used !== undefined)
    contents.push({ label, unit: 'size', value: Math.min(used, disk.size), origin: 'stated', isAtLeast: false });
  else contents.push({ label, unit: 'size', value: 0, origin: 'stated', isAtLeast: true });
}

/** Images and forgotten files on a datastore, with the size that they take. */
function storedImages(datastore: Entity): { readonly label: string; readonly size: number }[] {
  const found: { label: string; size: number }[] = [];
  for (const image of datastore.design.members('image')) {
    if (standsOn(image) !== datastore) continue;
    const size = imageSize(image);
    if (size !== undefined) found.push({ label: image.name, size });
  }
  for (const stated of propsOf(datastore).list('file')) {
    const size = clauseNumber(stated, 'size');
    const name = partOf(stated.sentence.subject, 0, stated.index);
    if (size) found.push({ label: name?.type === 'text' ? name.text : 'file', size: size.value });
  }
  return found;
}

/** Bytes that an image takes: a linked one only what differs from its base. */
export function imageSize(image: Entity): number | undefined {
  const props = propsOf(image);
  const size = props.number('size')?.value;
  return props.has('linked') ? (props.number('unique')?.value ?? 0) : size;
}

function total(figures: readonly Figure[]): number {
  return figures.reduce((sum, figure) => sum + figure.value, 0);
}

/** What servers ask of an array or pool, and what it can answer. */
export interface ArrayUse {
  readonly demand: Figure | undefined;
  readonly limit: Figure | undefined;
  readonly share: Figure | undefined;
  readonly usable: Figure | undefined;
  readonly allocated: Figure | undefined;
  readonly datastores: readonly Entity[];
}

export const arrayUse = derive((array: Entity): ArrayUse => {
  const datastores = datastoresIn(array);
  let iops = 0;
  let reads = 0;
  let stating = 0;
  let isAssumed = false;
  let vms = 0;
  for (const group of array.design.names.groups('vm')) {
    const demands = demandByDatastore(group);
    for (const datastore of datastores) {
      const demand = demands.get(datastore);
      if (!demand) continue;
      iops += demand.iops;
      reads += demand.reads;
      stating += demand.statedIops;
      vms += demand.vms.length;
      isAssumed ||= demand.isAssumed;
    }
  }
  const demand: Figure | undefined =
    stating === 0
      ? undefined
      : {
          ...derivedFigure('IOPS of VMs', 'IOPS', iops, `Σ IOPS of ${stating} of ${vms} VMs`, [], {
            isAtLeast: stating < vms,
          }),
          origin: isAssumed ? 'assumed' : 'derived',
        };
  const limit = limitOf(array, iops > 0 ? reads / iops : undefined);
  const sizes = datastores.flatMap((datastore) => datastoreUse(datastore).capacity ?? []);
  const allocated =
    sizes.length > 0 ? derivedFigure('datastores', 'size', total(sizes), 'Σ capacity of datastores', sizes) : undefined;
  return { demand, limit, share: shareOf('IOPS', demand, limit), usable: usableOf(array), allocated, datastores };
});

/** Operations that an array can answer at a mix of reads and writes: as stated, else from its disks and their RAID level. */
function limitOf(array: Entity, reads: number | undefined): Figure | undefined {
  const props = propsOf(array);
  const stated = props.number('iops');
  if (stated) return statedFigure('IOPS limit', 'IOPS', stated);
  const cache = props.one('cache');
  const cacheHit = (cache && clauseNumber(cache, 'hit')?.value) ?? 0;
  const sets = disksOf(array).map((by) => {
    const raw = rawIops(diskSet(by), clauseNumber(by, 'iops')?.value);
    const raid = clauseText(by, 'raid') as RaidLevel | undefined;
    const replica = clauseNumber(by, 'replica')?.value;
    const penalty = raid ? writePenalty(raid) * (replica ?? 1) : replica;
    return { raw, penalty, value: frontEndIops(raw, { reads, penalty, cacheHit }) };
  });
  const known = sets.filter((set) => set.value !== undefined);
  if (known.length === 0 || known.length < sets.length || reads === undefined) return undefined;
  const inputs: Figure[] = known.flatMap((set) => [
    { label: 'IOPS of the disks', unit: 'IOPS', value: set.raw ?? 0, origin: 'stated', isAtLeast: false } as const,
    { label: 'write penalty', unit: 'count', value: set.penalty ?? 1, origin: 'derived', isAtLeast: false } as const,
  ]);
  inputs.push({ label: 'reads', unit: 'share', value: reads, origin: 'derived', isAtLeast: false });
  if (cacheHit > 0)
    inputs.push({ label: 'cache hits', unit: 'share', value: cacheHit, origin: 'stated', isAtLeast: false });
  const value = known.reduce((sum, set) => sum + (set.value ?? 0), 0);
  if (!Number.isFinite(value)) return undefined;
  return derivedFigure(
    'IOPS limit',
    'IOPS',
    value,
    'disks × IOPS ÷ (reads × (1 − cache hits) + writes × write penalty)',
    inputs,
  );
}

function disksOf(array: Entity): Stated[] {
  const own = propsOf(array).list('disks');
  if (own.length > 0) return [...own];
  return array.design.names
    .read(array.kind, array.name)
    .inside.filter((pool) => pool.kind === 'pool' && pool.parent === array)
    .flatMap((pool) => [...propsOf(pool).list('disks')]);
}

function diskSet(by: Stated) {
  const count = partOf(by.sentence.subject, 0, by.index);
  const size = partOf(by.sentence.subject, 1, by.index);
  return {
    count: count?.type === 'number' ? count.value : undefined,
    size: size?.type === 'quantity' ? size.value : undefined,
    raid: clauseText(by, 'raid') as RaidLevel | undefined,
    group: clauseNumber(by, 'group')?.value,
    spares: clauseNumber(by, 'spares')?.value,
    replica: clauseNumber(by, 'replica')?.value,
  };
}

/** Usable capacity of an array or pool: as stated, else from its disks. */
function usableOf(array: Entity): Figure | undefined {
  const stated = propsOf(array).number('usable');
  if (stated) return statedFigure('usable', 'size', stated);
  const sets = disksOf(array).map((by) => usableCapacity(diskSet(by))?.usable);
  if (sets.length === 0 || sets.some((size) => size === undefined)) return undefined;
  const value = sets.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return derivedFigure('usable', 'size', value, 'Σ groups × data disks × disk size', []);
}
