import type { Group } from '../base/bag.ts';
import { compareDates } from '../base/dates.ts';
import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { isDown, placementOf } from '../design/placement.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { exists } from './exists.ts';
import { plannedDiskSize, swapSize } from './models/thin.ts';
import { asOf, dateOf } from './time.ts';
import { vmFacts } from './vm.ts';

/** What some VMs put on one datastore and ask of it. Sizes in bytes. */
export interface DatastoreDemand {
  readonly vms: readonly Entity[];
  /** Disks as far as they are written, snapshots and swap files. */
  written: number;
  /** Disks whole. */
  promised: number;
  /** Thin disks that do not say how much of them is used. */
  unknown: number;
  /** Swap files of running VMs: a part of what is written. */
  swap: number;
  /** What VMs will write that do not exist yet. */
  later: number;
  readonly laterVms: readonly Entity[];
  /** The VM with the most on this datastore. */
  largest: { readonly vm: Entity; readonly size: number } | undefined;
  iops: number;
  reads: number;
  /** VMs that state IOPS, of those that ask for some. */
  stating: number;
  asking: number;
  isAssumed: boolean;
  /** bit/s of disk traffic, of the VMs that state it. */
  throughput: number;
  sending: number;
}

/** A demand that is being added up. */
interface Draft extends DatastoreDemand {
  vms: Entity[];
  laterVms: Entity[];
}

function noDemand(): Draft {
  return {
    vms: [],
    written: 0,
    promised: 0,
    unknown: 0,
    swap: 0,
    later: 0,
    laterVms: [],
    largest: undefined,
    iops: 0,
    reads: 0,
    stating: 0,
    asking: 0,
    isAssumed: false,
    throughput: 0,
    sending: 0,
  };
}

type DemandByDatastore = ReadonlyMap<Entity, DatastoreDemand>;

/**
 * What some VMs put on datastores and ask of them, by datastore. A VM's operations go to its home, or to that of its
 * first disk. A demand that has not changed is the same object as before.
 */
export const demandByDatastore = derive(
  (group: Group<Entity>, last: DemandByDatastore | undefined): DemandByDatastore => {
    const found = new Map<Entity, Draft>();
    const at = (datastore: Entity) => {
      const demand = found.get(datastore) ?? noDemand();
      found.set(datastore, demand);
      return demand;
    };
    for (const vm of group.members()) {
      if (exists(vm)) addTo(at, vm);
      else if (comesLater(vm)) {
        for (const { datastore, written } of contentsOf(vm)) {
          const demand = at(datastore);
          demand.later += written ?? 0;
          if (demand.laterVms.at(-1) !== vm) demand.laterVms.push(vm);
        }
      }
    }
    const demands = new Map<Entity, DatastoreDemand>();
    for (const [datastore, demand] of found) {
      const before = last?.get(datastore);
      demands.set(datastore, before && isSameDemand(before, demand) ? before : settled(demand));
    }
    return demands;
  },
  (a, b) => a.size === b.size && [...a].every(([datastore, demand]) => b.get(datastore) === demand),
);

interface DemandIndex {
  /** Of each group of VMs, in their order. */
  readonly groups: readonly DemandByDatastore[];
  readonly lists: ReadonlyMap<Entity, readonly DatastoreDemand[]>;
}

/** Demands by datastore. A group that has changed costs the datastores that it asks something else of. */
const demandIndex = derive((design: Design, last: DemandIndex | undefined): DemandIndex => {
  const groups = design.names.groups('vm').map(demandByDatastore);
  const isAnew = last?.groups.length !== groups.length;
  const touched = new Set<Entity>();
  for (const [index, demands] of groups.entries()) {
    const before = isAnew ? undefined : last?.groups[index];
    if (demands === before) continue;
    for (const [datastore, demand] of demands) if (before?.get(datastore) !== demand) touched.add(datastore);
    for (const datastore of before?.keys() ?? []) if (!demands.has(datastore)) touched.add(datastore);
  }
  const lists = new Map(isAnew ? [] : last?.lists);
  for (const datastore of touched) {
    const list = groups.flatMap((demands) => demands.get(datastore) ?? []);
    if (list.length > 0) lists.set(datastore, list);
    else lists.delete(datastore);
  }
  return { groups, lists };
});

const NO_DEMANDS: readonly DatastoreDemand[] = [];

/** What VMs put on a datastore and ask of it, some VMs at a time. */
export const demandsOn = derive(
  (datastore: Entity): readonly DatastoreDemand[] => demandIndex(datastore.design).lists.get(datastore) ?? NO_DEMANDS,
);

const NO_VMS: readonly Entity[] = [];

/** The same with lists that have no room to grow: there are as many of them as VMs. */
function settled(demand: Draft): DatastoreDemand {
  const { vms, laterVms } = demand;
  return { ...demand, vms: listed(vms), laterVms: listed(laterVms) };
}

/** One VM has a list of its own already, that of what its block declares. */
function listed(vms: readonly Entity[]): readonly Entity[] {
  const [first] = vms;
  if (!first) return NO_VMS;
  const { entities } = first.declaration;
  return vms.length === 1 && entities.length === 1 ? entities : vms.slice();
}

function addTo(at: (datastore: Entity) => Draft, vm: Entity): void {
  const facts = vmFacts(vm);
  const own = new Map<Entity, number>();
  for (const { datastore, promised, written, isSwap } of contentsOf(vm)) {
    const demand = at(datastore);
    if (demand.vms.at(-1) !== vm) demand.vms.push(vm);
    demand.promised += promised;
    demand.written += written ?? 0;
    if (written === undefined) demand.unknown++;
    if (isSwap) demand.swap += written ?? 0;
    else own.set(datastore, (own.get(datastore) ?? 0) + (written ?? 0));
  }
  for (const [datastore, size] of own) {
    const demand = at(datastore);
    if (size > (demand.largest?.size ?? 0)) demand.largest = { vm, size };
  }
  const home = homeOf(vm);
  if (!home || facts.state !== 'on' || isDown(vm)) return;
  const demand = at(home);
  demand.asking++;
  if (facts.throughput !== undefined) {
    demand.throughput += summable(facts.throughput);
    demand.sending++;
  }
  if (facts.iops === undefined) return;
  demand.stating++;
  demand.iops += summable(facts.iops);
  demand.reads += summable(facts.iops * (facts.reads ?? 0.5));
  demand.isAssumed ||= facts.isIoAssumed || facts.reads === undefined;
}

/** So little rounded that sums are exact, in whichever order: it depends on past edits which VMs are added up together. */
function summable(value: number): number {
  return Math.round(value * 1024) / 1024;
}

const NUMBERS = [
  'written',
  'promised',
  'unknown',
  'swap',
  'later',
  'iops',
  'reads',
  'stating',
  'asking',
  'isAssumed',
  'throughput',
  'sending',
] as const satisfies readonly (keyof DatastoreDemand)[];

function isSameDemand(a: DatastoreDemand, b: DatastoreDemand): boolean {
  if (!sameList(a.vms, b.vms) || !sameList(a.laterVms, b.laterVms)) return false;
  if (a.largest?.vm !== b.largest?.vm || a.largest?.size !== b.largest?.size) return false;
  return NUMBERS.every((key) => a[key] === b[key]);
}

/** Where the configuration, the snapshots and the swap file of a VM are. */
export function homeOf(vm: Entity): Entity | undefined {
  const { home, disks } = vmFacts(vm);
  return home ?? disks[0]?.datastore;
}

export interface Content {
  readonly label: string;
  readonly datastore: Entity;
  readonly promised: number;
  /** Undefined for a thin disk that does not say how much of it is used. */
  readonly written: number | undefined;
  readonly isSwap?: boolean;
}

/** What one VM keeps on datastores: its disks, snapshots and swap file, or its storage as a whole where disks are not known. */
export function contentsOf(vm: Entity): Content[] {
  const { disks, home, provisioned, used } = vmFacts(vm);
  if (disks.length === 0) {
    return home && provisioned !== undefined
      ? [{ label: vm.name, datastore: home, promised: provisioned, written: used ?? provisioned }]
      : [];
  }
  const contents = disks.flatMap(({ name, size, used: own, isThin, datastore }): Content[] => {
    if (!datastore || size === undefined) return [];
    const isUnknown = isThin && own === undefined;
    const written = isUnknown ? undefined : plannedDiskSize({ size, isThin, expected: own });
    return [{ label: name === '' ? vm.name : `${vm.name} ${name}`, datastore, promised: size, written }];
  });
  // What was measured of the VM as a whole stands in for thin disks that say nothing, and contains all the rest.
  const [first] = contents;
  const isOnOne = first !== undefined && contents.every(({ datastore }) => datastore === first.datastore);
  if (isOnOne && used !== undefined && contents.some(({ written }) => written === undefined)) {
    const promised = contents.reduce((sum, content) => sum + content.promised, 0);
    return [{ label: vm.name, datastore: first.datastore, promised, written: used }];
  }
  const at = homeOf(vm);
  if (!at) return contents;
  const snapshots = snapshotsOf(vm).reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (snapshots > 0) contents.push({ label: `${vm.name} snapshots`, datastore: at, promised: 0, written: snapshots });
  const swap = swapOf(vm);
  if (swap > 0) contents.push({ label: `${vm.name} swap`, datastore: at, promised: 0, written: swap, isSwap: true });
  return contents;
}

export interface Snapshot {
  readonly name: string | undefined;
  /** Bytes. */
  readonly size: number | undefined;
  readonly by: Stated;
}

/** Snapshots of a VM, in the order of the text. */
export function snapshotsOf(vm: Entity): readonly Snapshot[] {
  if (!vmFacts(vm).hasSnapshots) return [];
  const all = propsOf(vm).keyed('snapshot', ({ subject, statement }) => {
    const name = subject?.parts[0];
    return name?.type === 'name' ? name.text : String(statement.from);
  });
  return all.map((by) => {
    const [name, size] = [0, 1].map((slot) => partOf(by.sentence.subject, slot, by.index));
    return {
      by,
      name: name?.type === 'name' ? name.text : undefined,
      size: size?.type === 'quantity' ? size.value : undefined,
    };
  });
}

/** The hypervisor that a host states; narrow, so that VMs do not follow whatever else changes of their host. */
const hypervisorOf = derive((holder: Entity): string | undefined => propsOf(holder).word('hypervisor'));

/** Bytes of the swap file that ESXi makes for a running VM; other hypervisors make none, and an unknown one is none of them. */
export function swapOf(vm: Entity): number {
  const { state, memory, reservedMemory } = vmFacts(vm);
  if (state !== 'on' || memory === undefined || isDown(vm)) return 0;
  const { host, cluster } = placementOf(vm);
  const holder = host ?? cluster;
  return holder && hypervisorOf(holder) === 'esxi' ? (swapSize(memory, reservedMemory ?? 0) ?? 0) : 0;
}

/** Whether a VM that does not exist on the plan's day will: its `from` is yet to come. */
function comesLater(vm: Entity): boolean {
  const today = asOf(vm.design);
  const from = dateOf(vm, 'from');
  return today !== undefined && from !== undefined && compareDates(today, from) < 0;
}
