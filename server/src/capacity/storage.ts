import { derive } from '../base/reactive.ts';
import { formatNumber } from '../base/units.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, partOf, type Stated } from '../design/props.ts';
import { datastoresIn, propsOf, standsOn } from '../design/things.ts';
import { type Content, contentsOf, demandsOn, homeOf, swapOf } from './contents.ts';
import { iopsLimit, usableOf } from './disks.ts';
import { assumedFigure, derivedFigure, type Figure, SummedFigure, statedFigure } from './figure.ts';
import { datastoreGrowth } from './growth.ts';
import { shareOf } from './load.ts';
import { valueAfter } from './models/growth.ts';
import { type Clone, storedSize } from './models/images.ts';
import { overcommit, plannedNeed } from './models/thin.ts';
import { monthsAhead } from './time.ts';

/** How full a datastore is, and how much has been promised on it. */
export interface DatastoreUse {
  readonly capacity: Figure | undefined;
  /** Bytes written: measured, else thick disks whole and thin ones as far as used, with snapshots and swap files. */
  readonly used: Figure | undefined;
  /** Bytes promised: every disk whole. */
  readonly provisioned: Figure | undefined;
  readonly share: Figure | undefined;
  readonly promised: Figure | undefined;
  readonly vms: readonly Entity[];
  /** Swap files of running VMs, as far as they are known; a part of what is written. */
  readonly swap: Figure | undefined;
  readonly plan: SpacePlan | undefined;
  /** The VM with the most on it. */
  readonly largest: { readonly vm: Entity; readonly size: number } | undefined;
}

/** What all of the plan needs of a datastore, VMs to come and the slack kept free included. */
export interface SpacePlan {
  /** Bytes that will be written. */
  readonly content: Figure;
  /** Whether the slack is the datastore's own, not the default. */
  readonly isSlackStated: boolean;
  readonly need: Figure;
  readonly share: Figure;
  readonly laterVms: readonly Entity[];
}

/** Kept free for planning where nothing is stated: 20 %, recalled. */
const DEFAULT_SLACK = 0.2;

export const datastoreUse = derive((datastore: Entity): DatastoreUse => {
  const props = propsOf(datastore);
  const stated = props.number('capacity');
  const capacity = stated && statedFigure('capacity', 'size', stated);
  const vms: Entity[] = [];
  const images = storedImages(datastore);
  const sum = { written: 0, promised: 0, unknown: 0, swap: 0, later: 0 };
  const laterVms: Entity[] = [];
  let largest: DatastoreUse['largest'];
  for (const { size } of images) {
    sum.written += size;
    sum.promised += size;
  }
  for (const demand of demandsOn(datastore)) {
    vms.push(...demand.vms);
    sum.written += demand.written;
    sum.promised += demand.promised;
    sum.unknown += demand.unknown;
    sum.swap += demand.swap;
    sum.later += demand.later;
    laterVms.push(...demand.laterVms);
    if (demand.largest && demand.largest.size > (largest?.size ?? 0)) largest = demand.largest;
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
    : new SummedFigure(
        {
          label: 'written',
          unit: 'size',
          value: sum.written,
          formula: 'Σ disks (thick whole, thin as used) + snapshots + swap files + images + files',
          isAtLeast: sum.unknown > 0,
        },
        list((content) => content.written),
      );
  const provisioned = isEmpty
    ? undefined
    : new SummedFigure(
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
  const swap = sum.swap > 0 ? summedSwap(datastore, vms, sum.swap) : undefined;
  const base = keepsDisksWhole(datastore) && written && (!used || written.value > used.value) ? written : used;
  const plan = capacity && spacePlan(datastore, capacity, base, sum.later, laterVms);
  const given = grownPromise(datastore, provisioned, used);
  const promised = shareOf('promised', given, capacity);
  return { capacity, used, provisioned: given, share, promised, vms, swap, plan, largest };
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

/**
 * What is promised on the day that the design is evaluated at. Growth fills disks and makes none larger, so it stays what is promised today, until
 * more than that is written: then disks have been added or enlarged, by so much at least.
 */
function grownPromise(datastore: Entity, provisioned: Figure | undefined, used: Figure | undefined) {
  if (!provisioned || !used || monthsAhead(datastore.design) <= 0 || !datastoreGrowth(datastore)) return provisioned;
  const { label, unit, value } = provisioned;
  return used.value > value
    ? derivedFigure(label, unit, used.value, 'at least what is written by then', [provisioned, used], {
        isAtLeast: true,
      })
    : derivedFigure(label, unit, value, 'as today: growth fills disks, it makes none larger', [provisioned]);
}

/** Whether a thick disk takes all of its size there. Files of NAS and pools that deduplicate or leave out zeros take less. */
function keepsDisksWhole(datastore: Entity): boolean {
  const type = propsOf(datastore).word('type');
  if (type !== undefined) return ['vmfs', 'csv', 'lvm'].includes(type);
  const array = arrayOf(datastore);
  const protocol = array && propsOf(array).word('protocol');
  return protocol === undefined || ['fc', 'iscsi', 'fcoe', 'nvme-of', 'sas'].includes(protocol);
}

function spacePlan(
  datastore: Entity,
  capacity: Figure,
  base: Figure | undefined,
  later: number,
  laterVms: readonly Entity[],
): SpacePlan | undefined {
  if (!base && later === 0) return undefined;
  const coming: Figure = { label: 'VMs to come', unit: 'size', value: later, origin: 'derived', isAtLeast: false };
  const parts = [...(base ? [base] : []), ...(later > 0 ? [coming] : [])];
  const stated = propsOf(datastore).number('slack');
  const slack = stated
    ? statedFigure('slack', 'share', stated)
    : assumedFigure('slack', 'share', DEFAULT_SLACK, 'our default for `slack`, recalled and not checked');
  const content = derivedFigure('planned content', 'size', total(parts), 'written + VMs to come', parts);
  const size = plannedNeed(
    parts.map(({ value }) => value),
    slack.value,
  );
  if (size === undefined) return undefined;
  const need = derivedFigure('space needed', 'size', size, 'planned content ÷ (1 − slack)', [content, slack]);
  const share = derivedFigure('need', 'share', need.value / capacity.value, 'space needed ÷ capacity', [
    need,
    capacity,
  ]);
  return { content, isSlackStated: stated !== undefined, need, share, laterVms };
}

function summedSwap(datastore: Entity, vms: readonly Entity[], value: number): Figure {
  const formula = 'Σ (memory − reservation) of running VMs on ESXi';
  return new SummedFigure({ label: 'swap files', unit: 'size', value, formula, isAtLeast: false }, () =>
    vms.flatMap((vm) => (homeOf(vm) === datastore && swapOf(vm) > 0 ? sizeFigure(vm.name, swapOf(vm)) : [])),
  );
}

/** The array that a datastore is on, in a pool or not. */
export function arrayOf(datastore: Entity): Entity | undefined {
  const holder = standsOn(datastore);
  if (holder?.kind === 'pool') return holder.parent?.kind === 'array' ? holder.parent : undefined;
  return holder?.kind === 'array' ? holder : undefined;
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
  for (const { name, size } of filesOf(datastore)) if (size !== undefined) found.push({ label: name, size });
  return found;
}

/** A disk on a datastore that no VM refers to. */
export interface StrayFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly by: Stated;
}

export function filesOf(datastore: Entity): readonly StrayFile[] {
  const all = propsOf(datastore).keyed('file', ({ subject, statement }) => {
    const part = subject?.parts[0];
    return part?.type === 'text' ? part.text : String(statement.from);
  });
  return all.map((by) => {
    const name = partOf(by.sentence.subject, 0, by.index);
    return { by, name: name?.type === 'text' ? name.text : 'file', size: clauseNumber(by, 'size')?.value };
  });
}

/** What an image says of its size and of the one that it was cloned from. */
export function cloneOf(image: Entity): Clone {
  const props = propsOf(image);
  return {
    size: props.number('size')?.value,
    unique: props.number('unique')?.value,
    isLinked: props.has('linked'),
  };
}

/** Bytes that an image takes: a linked one only what differs from its base. */
export function imageSize(image: Entity): number | undefined {
  return storedSize(cloneOf(image));
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
  /** Capacity of its datastores over what it has, thin ones included. */
  readonly promised: Figure | undefined;
  /** What is written on its thin datastores over what the thick ones leave. */
  readonly filled: Figure | undefined;
  readonly datastores: readonly Entity[];
  /** bit/s that VMs move to and from it. */
  readonly throughput: Figure | undefined;
}

export const arrayUse = derive((array: Entity): ArrayUse => {
  const datastores = datastoresIn(array);
  let iops = 0;
  let reads = 0;
  let stating = 0;
  let isAssumed = false;
  let vms = 0;
  let throughput = 0;
  let sending = 0;
  for (const datastore of datastores) {
    for (const demand of demandsOn(datastore)) {
      iops += demand.iops;
      reads += demand.reads;
      stating += demand.stating;
      vms += demand.asking;
      throughput += demand.throughput;
      sending += demand.sending;
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
  const usable = usableOf(array);
  return {
    demand,
    limit,
    share: shareOf('IOPS', demand, limit),
    usable,
    allocated,
    promised: promisedOn(sizes, allocated, usable),
    filled: filledOn(array, datastores, usable),
    datastores,
    throughput:
      sending === 0
        ? undefined
        : derivedFigure('disk traffic', 'rate', throughput, `Σ throughput of ${sending} of ${vms} VMs`, [], {
            isAtLeast: sending < vms,
          }),
  };
});

function promisedOn(sizes: readonly Figure[], allocated: Figure | undefined, usable: Figure | undefined) {
  const share = overcommit(
    sizes.map(({ value }) => value),
    usable?.value,
  );
  if (!allocated || !usable || share === undefined) return undefined;
  return derivedFigure('promised', 'share', share, 'Σ capacity of datastores ÷ usable', [allocated, usable]);
}

function filledOn(array: Entity, datastores: readonly Entity[], usable: Figure | undefined): Figure | undefined {
  const thin = datastores.filter((datastore) => propsOf(datastore).has('thin'));
  if (!usable || thin.length === 0) return undefined;
  const measured = propsOf(array).clauseNumber('measured', 'used');
  if (measured) return shareOf('filled', statedFigure('measured used', 'size', measured), usable);
  const parts = thin.map((datastore) => datastoreUse(datastore).used);
  const known = parts.filter((used) => used !== undefined);
  const thick = datastores.filter((datastore) => !thin.includes(datastore));
  const kept = thick.map((datastore) => datastoreUse(datastore).capacity);
  if (known.length === 0 || kept.some((size) => size === undefined)) return undefined;
  const isAtLeast = known.length < parts.length || known.some((used) => used.isAtLeast);
  const written = derivedFigure('on thin datastores', 'size', total(known), 'Σ written', known, { isAtLeast });
  const reserved = kept.flatMap((size) => size ?? []);
  const room = derivedFigure('left for them', 'size', usable.value - total(reserved), 'usable − Σ thick datastores', [
    usable,
    ...reserved,
  ]);
  return shareOf('filled', written, room);
}
