import type { Group } from '../base/bag.ts';
import { derive, sameList } from '../base/reactive.ts';
import { formatNumber } from '../base/units.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, clauseText, partOf, type Stated } from '../design/props.ts';
import { datastoresIn, propsOf, standsOn } from '../design/things.ts';
import { exists } from './exists.ts';
import { derivedFigure, type Figure, statedFigure, summedFigure } from './figure.ts';
import { datastoreGrowth } from './growth.ts';
import { shareOf } from './load.ts';
import { valueAfter } from './models/growth.ts';
import { frontEndIops, type RaidLevel, rawIops, usableCapacity, writePenalty } from './models/raid.ts';
import { monthsAhead } from './time.ts';
import { vmFacts } from './vm.ts';

/** What some VMs put on one datastore and ask of it. */
interface DatastoreDemand {
  readonly vms: Entity[];
  written: number;
  promised: number;
  /** Thin disks that do not say how much of them is used. */
  unknown: number;
  iops: number;
  reads: number;
  stating: number;
  asking: number;
  isAssumed: boolean;
}

/** What VMs put on datastores and ask of them, by datastore. A VM's operations go to its home, or to that of its first disk. */
const demandByDatastore = derive((group: Group<Entity>): ReadonlyMap<Entity, DatastoreDemand> => {
  const found = new Map<Entity, DatastoreDemand>();
  const at = (datastore: Entity) => {
    const nothing = { written: 0, promised: 0, unknown: 0, iops: 0, reads: 0, stating: 0, asking: 0, isAssumed: false };
    const demand = found.get(datastore) ?? { vms: [], ...nothing };
    found.set(datastore, demand);
    return demand;
  };
  for (const vm of group.members()) {
    const facts = vmFacts(vm);
    if (!exists(vm)) continue;
    for (const { datastore, promised, written } of contentsOf(vm)) {
      const demand = at(datastore);
      if (demand.vms.at(-1) !== vm) demand.vms.push(vm);
      demand.promised += promised;
      demand.written += written ?? 0;
      if (written === undefined) demand.unknown++;
    }
    const home = facts.home ?? facts.disks[0]?.datastore;
    if (!home || facts.state !== 'on') continue;
    const demand = at(home);
    demand.asking++;
    if (facts.iops === undefined) continue;
    demand.stating++;
    demand.iops += facts.iops;
    demand.reads += facts.iops * (facts.reads ?? 0.5);
    demand.isAssumed ||= facts.isIoAssumed || facts.reads === undefined;
  }
  return found;
}, sameDemands);

function sameDemands(a: ReadonlyMap<Entity, DatastoreDemand>, b: ReadonlyMap<Entity, DatastoreDemand>): boolean {
  if (a.size !== b.size) return false;
  for (const [datastore, demand] of a) {
    const other = b.get(datastore);
    if (!other || !sameList(demand.vms, other.vms)) return false;
    if (demand.written !== other.written || demand.promised !== other.promised || demand.unknown !== other.unknown)
      return false;
    if (demand.iops !== other.iops || demand.reads !== other.reads || demand.isAssumed !== other.isAssumed)
      return false;
    if (demand.stating !== other.stating || demand.asking !== other.asking) return false;
  }
  return true;
}

interface Content {
  readonly label: string;
  readonly datastore: Entity;
  readonly promised: number;
  /** Undefined for a thin disk that does not say how much of it is used. */
  readonly written: number | undefined;
}

/** What one VM keeps on datastores: its disks, or its storage as a whole where those are not known. */
function contentsOf(vm: Entity): Content[] {
  const facts = vmFacts(vm);
  if (facts.disks.length === 0) {
    const { home, provisioned, used } = facts;
    return home && provisioned !== undefined
      ? [{ label: vm.name, datastore: home, promised: provisioned, written: used ?? provisioned }]
      : [];
  }
  return facts.disks.flatMap(({ name, size, used, isThin, datastore }) => {
    if (!datastore || size === undefined) return [];
    const label = name === '' ? vm.name : `${vm.name} ${name}`;
    return [
      {
        label,
        datastore,
        promised: size,
        written: !isThin ? size : used === undefined ? undefined : Math.min(used, size),
      },
    ];
  });
}

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
  const vms: Entity[] = [];
  const images = storedImages(datastore);
  const sum = { written: 0, promised: 0, unknown: 0 };
  for (const { size } of images) {
    sum.written += size;
    sum.promised += size;
  }
  for (const group of datastore.design.names.groups('vm')) {
    const demand = demandByDatastore(group).get(datastore);
    if (!demand) continue;
    vms.push(...demand.vms);
    sum.written += demand.written;
    sum.promised += demand.promised;
    sum.unknown += demand.unknown;
  }
  const isEmpty = vms.length === 0 && images.length === 0;
  const list = (pick: (content: Content) => number | undefined) => () => [
    ...vms.flatMap((vm) =>
      contentsOf(vm).flatMap((content) =>
        content.datastore === datastore ? sizeFigure(content.label, pick(content)) : [],
      ),
    ),
    ...images.map(({ label, size }) => sizeFigure(label, size)),
  ];
  const written = isEmpty
    ? undefined
    : summedFigure(
        {
          label: 'written',
          unit: 'size',
          value: sum.written,
          formula: 'Σ disks (thick whole, thin as used) + images + files',
          isAtLeast: sum.unknown > 0,
        },
        list((content) => content.written),
      );
  const provisioned = isEmpty
    ? undefined
    : summedFigure(
        {
          label: 'promised',
          unit: 'size',
          value: sum.promised,
          formula: 'Σ disks whole + images + files',
          isAtLeast: false,
        },
        list((content) => content.promised),
      );
  const measured = props.clauseNumber('measured', 'used');
  const used = grownUse(datastore, measured ? statedFigure('measured used', 'size', measured) : written);
  const share = shareOf('space', used, capacity);
  return { capacity, used, provisioned, share, promised: shareOf('promised', provisioned, capacity), vms };
});

/** What a datastore holds on the day that the design is evaluated at. */
function grownUse(datastore: Entity, used: Figure | undefined): Figure | undefined {
  const months = monthsAhead(datastore.design);
  const stated = months > 0 ? datastoreGrowth(datastore) : undefined;
  const value = stated && valueAfter(used?.value, stated.growth, months);
  return used && value !== undefined
    ? derivedFigure('used', 'size', value, `${used.label}, grown for ${formatNumber(months)} months`, [used])
    : used;
}

function sizeFigure(label: string, value: number | undefined): Figure {
  return { label, unit: 'size', value: value ?? 0, origin: 'stated', isAtLeast: value === undefined };
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
      stating += demand.stating;
      vms += demand.asking;
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
  const limit = iopsLimit(array, iops > 0 ? reads / iops : undefined);
  const sizes = datastores.flatMap((datastore) => datastoreUse(datastore).capacity ?? []);
  const allocated =
    sizes.length > 0 ? derivedFigure('datastores', 'size', total(sizes), 'Σ capacity of datastores', sizes) : undefined;
  return { demand, limit, share: shareOf('IOPS', demand, limit), usable: usableOf(array), allocated, datastores };
});

/** Operations that an array can answer at a mix of reads and writes: as stated, else from its disks and their RAID level. */
export function iopsLimit(array: Entity, reads: number | undefined): Figure | undefined {
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
