import { formatWindow } from '../base/dates.ts';
import type { Entity } from '../design/declaration.ts';
import { hostsOf, placementOf } from '../design/placement.ts';
import { clauseNumber, partOf } from '../design/props.ts';
import { hasFailed } from '../design/supposed.ts';
import { datastoresOf, propsOf, referred } from '../design/things.ts';
import { serverDisks } from './conversions.ts';
import { carriesLoad, hostSupply, portsOf } from './host.ts';
import { runningOn } from './load.ts';
import { migrationPath, serviceOf } from './migration.ts';
import { batchTime, DEFAULT_CONVERSION_RATE, transferTime, wanRate } from './models/transfer.ts';
import { concurrencyOf } from './platforms/concurrency.ts';
import { switchesOf } from './uplinks.ts';
import { trafficOver, vmFacts } from './vm.ts';
import { backupOf, type Job, waveOf } from './waves.ts';

/** The way that data takes, and what holds it down. */
export interface JobPath {
  /** bit/s that all transfers of a job reach together. */
  readonly rate: number;
  /** What bounds it, for people: `link ber-den`, `packet loss on ber-den`. */
  readonly bound: string;
  /** Rests on how TCP behaves under loss, which differs between systems. */
  readonly isEstimate?: boolean;
}

/** How long a job takes at least, and what that rests on. */
export interface JobTime {
  readonly job: Job;
  /** Bytes to move. */
  readonly size: number;
  /** Whether some of the things do not state their size: it is more. */
  readonly isAtLeast: boolean;
  readonly path: JobPath;
  /** Seconds, a lower bound. */
  readonly time: number;
  /** Bytes of each thing or disk, in the order of the job. */
  readonly sizes: readonly (number | undefined)[];
  readonly limits: TransferLimits;
}

interface TransferLimits {
  readonly parallel?: number | undefined;
  readonly perTransfer?: number | undefined;
}

/** Seconds for a part of a job, over the same path. */
export function timeOfPart({ path, limits }: JobTime, sizes: readonly (number | undefined)[]): number | undefined {
  return batchTime(sizes, { rate: path.rate, parallel: Math.max(1, sizes.length), ...limits });
}

/** Least time of a wave of conversions or moves. Undefined if no size or no rate is known. */
export function waveTime(wave: Entity): JobTime | undefined {
  const job = waveOf(wave);
  const props = propsOf(wave);
  const target = targetHosts(wave);
  const sizes = job.things.map((thing) =>
    thing.kind === 'server' ? serverData(thing) : vmData(thing, job.method, target),
  );
  const parallel = atOnce(job, target, props.number('parallel')?.value ?? 1);
  const stated = props.number('speed')?.value;
  const share = props.number('share')?.value ?? 1;
  const link = pathOf(wave, target, share, parallel.count) ?? servicePath(job, target, share);
  const one = pathOf(wave, target, share, 1)?.rate;
  const own = link ? leastNic(job.things) : undefined;
  const alone = stated ?? own ?? (link ? undefined : DEFAULT_CONVERSION_RATE);
  const together = alone === undefined ? undefined : alone * parallel.count;
  const path =
    link && (together === undefined || link.rate <= together)
      ? link
      : together === undefined
        ? undefined
        : { rate: together, bound: boundOf(parallel, stated !== undefined, own !== undefined) };
  const perTransfer = one === undefined ? alone : Math.min(one, alone ?? one);
  return path && timeOf(job, sizes, path, { parallel: parallel.count, perTransfer });
}

/**
 * The same beside what VMs at its target receive: a wave over a network has what they leave of the uplinks that carry it. `isThere`
 * says which of them run by then. Without end where they leave nothing.
 */
export function waveTimeBeside(wave: Entity, isThere: (vm: Entity) => boolean): JobTime | undefined {
  const time = waveTime(wave);
  const left = time && leftFor(wave, isThere);
  if (!time || left === undefined || left >= time.path.rate) return time;
  const path = { rate: left, bound: `what VMs leave of ${time.path.bound}` };
  if (left <= 0) return { ...time, path, time: Number.POSITIVE_INFINITY };
  const limits = { ...time.limits, perTransfer: Math.min(left, time.limits.perTransfer ?? left) };
  const beside = { ...time, path, limits };
  return {
    ...beside,
    time:
      timeOfPart(
        beside,
        time.sizes.filter((size) => size !== undefined),
      ) ?? time.time,
  };
}

/** bit/s that VMs do not receive over the uplinks of a wave's target; undefined where it does not go over known ones. */
function leftFor(wave: Entity, isThere: (vm: Entity) => boolean): number | undefined {
  const via = viaOf(wave);
  if (via?.kind !== 'network') return undefined;
  const receivedBy = (vms: readonly Entity[], over: ReadonlySet<Entity>) =>
    vms.reduce((sum, vm) => sum + (isThere(vm) ? (trafficOver(vmFacts(vm), over, 'rx') ?? 0) : 0), 0);
  let left = 0;
  const networks = new Set<Entity>();
  for (const host of targetHosts(wave)) {
    const own = switchesOf(host).find((one) => one.networks.includes(via));
    if (!own?.capacity) return undefined;
    left += Math.max(0, own.capacity.value - receivedBy(own.vms, new Set(own.networks)));
    for (const network of own.networks) networks.add(network);
  }
  const { to } = waveOf(wave);
  const pooled = to?.kind === 'cluster' ? runningOn(to) : [];
  return Math.max(0, left - receivedBy(pooled, networks));
}

interface AtOnce {
  readonly count: number;
  /** Whether it is the platform that allows no more. */
  readonly isPlatform: boolean;
}

/** Transfers at once: as stated, but no more than the platform of the hosts makes when VMs move. */
function atOnce(job: Job, target: readonly Entity[], stated: number): AtOnce {
  const vms = job.things.filter(({ kind }) => kind === 'vm');
  if (vms.length < job.things.length || vms.length === 0) return { count: stated, isPlatform: false };
  const sources = vms.map((vm) => placementOf(vm).host);
  const known = sources.filter((host) => host !== undefined);
  // A VM of a pool may be on any host: then its source sets no limit.
  const ends = [known.length < sources.length ? [] : [...new Set(known)], target].filter(({ length }) => length > 0);
  const limits = ends.map((hosts) => {
    let sum = 0;
    for (const host of hosts) {
      const facts = concurrencyOf(hostSupply(host).hypervisor);
      const limit = job.method === 'live' ? facts?.live(migrationPath(host)?.rate) : facts?.storagePerHost;
      if (limit === undefined) return Number.POSITIVE_INFINITY;
      sum += limit;
    }
    return sum;
  });
  if (job.to?.kind === 'datastore' && known[0])
    limits.push(concurrencyOf(hostSupply(known[0]).hypervisor)?.storagePerDatastore ?? Number.POSITIVE_INFINITY);
  const most = Math.max(1, Math.min(Number.POSITIVE_INFINITY, ...limits));
  return most < stated ? { count: most, isPlatform: true } : { count: stated, isPlatform: false };
}

/** The way of VMs that move without a stated one: the migration service, at both ends. Servers have none. */
function servicePath({ things }: Job, target: readonly Entity[], share: number): JobPath | undefined {
  const sources = things.map((vm) => (vm.kind === 'vm' ? placementOf(vm).host : undefined));
  const ends = [new Set(sources), new Set<Entity | undefined>(target)];
  let least = Number.POSITIVE_INFINITY;
  for (const hosts of ends) {
    let sum = 0;
    for (const host of hosts) {
      const rate = host && migrationPath(host)?.rate;
      if (!rate) return undefined;
      sum += rate;
    }
    least = Math.min(least, sum);
  }
  return least > 0 && Number.isFinite(least) ? { rate: least * share, bound: 'the migration service' } : undefined;
}

function boundOf({ count, isPlatform }: AtOnce, isStated: boolean, isOwn: boolean): string {
  const most = isPlatform ? ', the most the platform makes,' : '';
  const at = count > 1 ? `${count} transfers at once${most}` : `one transfer at a time${most}`;
  return isStated
    ? `${at} at the stated speed`
    : isOwn
      ? `${at} from cards of their own`
      : `${at.replace(/,$/, '')}, 620 Mbps each assumed`;
}

/** Least time of one run of a backup job. Undefined if no size or no rate is known. */
export function backupTime(backup: Entity): JobTime | undefined {
  const job = backupOf(backup);
  const parallel = propsOf(backup).number('parallel')?.value ?? 1;
  const hosts = hostsOfThings(job);
  const path = pathOf(backup, hosts, 1, parallel) ?? serviceUplinks(hosts);
  const perTransfer = pathOf(backup, hosts, 1, 1)?.rate;
  const sizes = backupSizes(job);
  // Over a network, streams share uplinks and their number does not matter.
  return path && sizes && timeOf(job, sizes, path, { parallel: Math.max(parallel, 1), perTransfer });
}

/**
 * Least time of a job together with those that use the same path in the same window, at the largest of them; undefined
 * if there are none, or if one of them is not known.
 */
export function sharedBackupTime(
  backup: Entity,
): { readonly others: readonly Entity[]; readonly time: number } | undefined {
  const own = backupTime(backup);
  const via = viaOf(backup);
  const { window } = backupOf(backup);
  if (!own || !via || !window) return undefined;
  const others = [...backup.design.members('backup')].filter((other) => {
    const theirs = backupOf(other).window;
    return (
      other !== backup && viaOf(other) === via && theirs && formatWindow(theirs.window) === formatWindow(window.window)
    );
  });
  const times = others.map(backupTime);
  if (others.length === 0 || times.some((time) => time === undefined)) return undefined;
  const isLargest = times.every((time, k) => {
    const theirs = time?.size ?? 0;
    return theirs < own.size || (theirs === own.size && backup.name < (others[k]?.name ?? ''));
  });
  if (!isLargest) return undefined;
  const size = times.reduce((sum, time) => sum + (time?.size ?? 0), own.size);
  const time = transferTime(size, Math.max(own.path.rate, ...times.map((other) => other?.path.rate ?? 0)));
  return time === undefined ? undefined : { others, time };
}

function viaOf(job: Entity): Entity | undefined {
  const stated = propsOf(job).one('via');
  return stated && referred(stated, ['network', 'wan'])[0];
}

/** Bytes that one run copies of each disk; undefined where it saves changes and they are not stated. */
function backupSizes(job: Job): (number | undefined)[] | undefined {
  const full = job.things.flatMap(diskData);
  const share = job.method === 'incremental' ? changedShare(job, sumOfKnown(full)) : 1;
  return share === undefined ? undefined : full.map((size) => (size === undefined ? undefined : size * share));
}

/** Hosts that the VMs of a job run on, or may run on. */
function hostsOfThings(job: Job): readonly Entity[] {
  const hosts = new Set<Entity>();
  for (const vm of job.things) {
    const { host, cluster } = placementOf(vm);
    for (const one of host ? [host] : cluster ? hostsOf(cluster) : []) hosts.add(one);
  }
  return [...hosts];
}

/** The uplinks that carry the backup service of all hosts, where no path is stated. */
function serviceUplinks(hosts: readonly Entity[]): JobPath | undefined {
  let rate = 0;
  for (const host of hosts) {
    const service = serviceOf(host, 'backup');
    const [network] = service ? referred(service, ['network'], 'on') : [];
    const capacity = network && uplinksFor(host, network);
    if (!service || !capacity) return undefined;
    rate += Math.min(capacity, clauseNumber(service, 'limit')?.value ?? capacity);
  }
  return rate > 0 ? { rate, bound: 'the backup service of the hosts' } : undefined;
}

function uplinksFor(host: Entity, network: Entity): number | undefined {
  return switchesOf(host).find(({ networks }) => networks.includes(network))?.capacity?.value;
}

const DAY = 86_400;

/** What changes between two runs, as a share of a full copy: of `change 3 %/day` in a job that runs daily, 3 %. */
export function changedShare(job: Job, full: number): number | undefined {
  const stated = propsOf(job.job).one('change');
  const part = stated && partOf(stated.sentence.subject, 0, stated.index);
  const interval = intervalOf(job);
  if (part?.type !== 'growth' || interval === undefined || full <= 0) return undefined;
  const changed = (part.amount * interval) / part.seconds;
  if (part.dimension === 'size') return Math.min(1, changed / full);
  return part.dimension === 'share' ? Math.min(1, changed) : undefined;
}

/** Mean time between two runs of a job, seconds; undefined for one that runs once. */
export function intervalOf({ window }: Job): number | undefined {
  if (window?.window.kind !== 'recurring') return undefined;
  return (7 / Math.max(1, window.window.days.length)) * DAY;
}

function timeOf(
  job: Job,
  sizes: readonly (number | undefined)[],
  path: JobPath,
  limits: TransferLimits,
): JobTime | undefined {
  const known = sizes.filter((size) => size !== undefined);
  const size = sumOfKnown(sizes);
  const time = batchTime(known, { rate: path.rate, parallel: Math.max(1, sizes.length), ...limits });
  if (time === undefined || size === 0) return undefined;
  return { job, size, isAtLeast: known.length < sizes.length, path, time, sizes, limits };
}

/** What is known of some sizes: the sum is at least this. */
export function sumOfKnown(sizes: readonly (number | undefined)[]): number {
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

function targetHosts(wave: Entity): readonly Entity[] {
  const to = propsOf(wave).one('to');
  const [target] = to ? referred(to, ['cluster', 'host', 'datastore']) : [];
  if (target?.kind === 'cluster') return hostsOf(target).filter(carriesLoad);
  return target?.kind === 'host' ? [target] : [];
}

/** Bytes on the disks of a physical server, as far as they are used. */
function serverData(server: Entity): number | undefined {
  let sum: number | undefined;
  for (const { size, used } of serverDisks(server)) {
    const known = used ?? size;
    if (known === undefined) return undefined;
    sum = (sum ?? 0) + known;
  }
  return sum;
}

/** Bytes on each disk of a VM, as far as it is used; undefined for a thin disk that does not say. */
export function diskData(vm: Entity): (number | undefined)[] {
  const { disks, used, provisioned } = vmFacts(vm);
  if (disks.length === 0) return [used ?? provisioned];
  return disks.map((disk) => disk.used ?? (disk.isThin ? undefined : disk.size));
}

/** What a move of a VM sends: its memory if it runs on, its disks if the target does not reach them. */
function vmData(vm: Entity, method: string, target: readonly Entity[]): number | undefined {
  const { memory, used, provisioned, home, disks } = vmFacts(vm);
  const stores = [...new Set([home, ...disks.map(({ datastore }) => datastore)])].filter(
    (store) => store !== undefined,
  );
  const isShared =
    stores.length > 0 &&
    target.length > 0 &&
    target.every((host) => stores.every((store) => datastoresOf(host).includes(store)));
  const data = isShared ? 0 : (used ?? provisioned);
  const state = method === 'live' || method === 'warm' ? memory : 0;
  return data === undefined || state === undefined ? undefined : data + state;
}

/** The slowest of the fastest cards of physical servers: a transfer goes over one of them. */
function leastNic(things: readonly Entity[]): number | undefined {
  let least: number | undefined;
  for (const thing of things) {
    if (thing.kind !== 'server') return undefined;
    const rates = portsOf(thing, 'nic').flatMap(({ rate }) => rate ?? []);
    if (rates.length === 0) return undefined;
    const fastest = Math.max(...rates);
    least = Math.min(least ?? fastest, fastest);
  }
  return least;
}

/** What the stated path carries at best: a WAN by its bounds, a network by all uplinks of the hosts that it reaches. */
function pathOf(job: Entity, hosts: readonly Entity[], share: number, transfers: number): JobPath | undefined {
  const via = viaOf(job);
  if (!via) return undefined;
  if (via.kind === 'wan') return wanCapacity(via, share, transfers);
  let rate = 0;
  for (const host of hosts) {
    const capacity = uplinksFor(host, via);
    if (capacity === undefined) return undefined;
    rate += capacity;
  }
  return rate > 0 ? { rate: rate * share, bound: `the uplinks that carry ${via.name}` } : undefined;
}

/** What a WAN link carries at best for some transfers at once, and what holds it down. */
export function wanCapacity(wan: Entity, share: number, transfers: number): JobPath | undefined {
  if (hasFailed(wan)) return undefined;
  const props = propsOf(wan);
  const number = (word: string) => props.number(word)?.value;
  const found = wanRate({
    rate: number('speed'),
    share: share * (number('share') ?? 1),
    rtt: number('rtt'),
    loss: number('loss'),
    streams: (number('streams') ?? 1) * transfers,
    window: number('tcp-window'),
  });
  const bounds = { link: wan.name, window: `the TCP window on ${wan.name}`, loss: `packet loss on ${wan.name}` };
  return found && { rate: found.rate, bound: bounds[found.bound], isEstimate: found.bound === 'loss' };
}
