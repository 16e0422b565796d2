import type { Entity } from '../design/declaration.ts';
import { datastoresOf } from '../design/things.ts';
import { affinitiesOf } from './affinity.ts';
import { clusterUse } from './cluster.ts';
import { type FailoverItems, failoverItems, makesRoomByItself } from './failover-items.ts';
import { type FailoverDimension, type FailoverVerdict, fitsAfterLoss } from './models/failover.ts';
import { type Remedy, remediesFor } from './restart-remedies.ts';
import { vmFacts } from './vm.ts';

/** What fits exactly is not turned away by the rounding of sums. */
const ROUNDING = 1e-9;

export interface RestartMove {
  readonly vm: Entity;
  readonly from: Entity;
  readonly to: Entity;
}

/** Room on a host for what found none, in one dimension: Hz, bytes or bit/s. */
export interface HostRoom {
  readonly host: Entity;
  readonly free: number;
}

/** Why VMs of a lost host run nowhere. */
export type NoPlace =
  /** Only the lost host reaches what they need, or a rule keeps them there. */
  | { readonly kind: 'tied'; readonly by: string }
  /** No other host carries load. */
  | { readonly kind: 'alone' }
  /** What they ask for, or what hosts offer, is not stated. */
  | { readonly kind: 'unknown' }
  /** They may share a host with none that is there. */
  | { readonly kind: 'apart' }
  | {
      readonly kind: 'room';
      readonly dimension: FailoverDimension;
      readonly needed: number;
      /** Free on all hosts that are left, after all others have restarted. */
      readonly free: number;
      /** The hosts with most room first. */
      readonly rooms: readonly HostRoom[];
      /** The least that would make room; undefined where no more of anything does. */
      readonly remedy: Remedy | undefined;
    };

export interface Restarts {
  readonly moves: readonly RestartMove[];
  /** Of VMs on hosts that are left, to make room. */
  readonly shifts: readonly RestartMove[];
  readonly noPlace: readonly { readonly vms: readonly Entity[]; readonly from: Entity; readonly why: NoPlace }[];
  /** The least that would give all a place that lack room, where they are several. */
  readonly remedy: Remedy | undefined;
}

/**
 * Where the VMs of hosts that fail restart: the packing that the verdict on the failover of a cluster rests on, for a loss that
 * was picked. Where all fit without moving others, they are spread over the emptiest hosts, as those who restart them do. VMs in
 * `down` have lost more than their host and are left alone.
 */
export function restartsIn(cluster: Entity, lost: readonly Entity[], down: ReadonlySet<Entity>): Restarts {
  const packing = failoverItems(cluster, clusterUse(cluster));
  const { hosts, units, tied } = packing;
  const lostIndexes = hosts.flatMap((host, index) => (lost.includes(host) ? [index] : []));
  const isLost = new Set(lostIndexes);
  const noPlace: Restarts['noPlace'][number][] = [];
  const items = packing.items.map((item, unit) => {
    const [from, vms = []] = [hosts[item.host], units[unit]];
    if (!isLost.has(item.host) || !from) return item;
    if (vms.every((vm) => down.has(vm))) return { ...item, host: -1 };
    if (!tied.has(unit) || isLost.size === hosts.length) return item;
    noPlace.push({ vms, from, why: { kind: 'tied', by: tieOf(vms, from, hosts) } });
    return { ...item, host: -1 };
  });
  const verdict = fitsAfterLoss(packing.capacities, items, lostIndexes, { mayShift: makesRoomByItself(cluster) });
  const placed = { ...packing, items };
  if (!verdict || isLost.size === hosts.length) {
    const why: NoPlace = isLost.size === hosts.length ? { kind: 'alone' } : { kind: 'unknown' };
    for (const [unit, item] of items.entries()) {
      const from = hosts[item.host];
      if (from && isLost.has(item.host)) noPlace.push({ vms: units[unit] ?? [], from, why });
    }
    return { moves: [], shifts: [], noPlace, remedy: undefined };
  }
  const remedies = remediesFor(placed, verdict, makesRoomByItself(cluster));
  const short: number[] = [];
  for (const unit of verdict.leftOut) {
    const from = hosts[items[unit]?.host ?? -1];
    if (!from) continue;
    const why = whyLeftOut(placed, verdict, unit);
    if (why.kind === 'room') short.push(unit);
    noPlace.push({
      vms: units[unit] ?? [],
      from,
      why: why.kind === 'room' ? { ...why, remedy: remedies.of(unit) } : why,
    });
  }
  const toMoves = (list: FailoverVerdict['moves']): RestartMove[] =>
    list.flatMap(({ vm: unit, from, to }) => {
      const [here, there] = [hosts[from], hosts[to]];
      return here && there ? (units[unit] ?? []).map((vm) => ({ vm, from: here, to: there })) : [];
    });
  const spread = verdict.outcome === 'fits' ? spreadOut(placed, verdict) : undefined;
  return {
    moves: toMoves(spread ?? verdict.moves),
    shifts: spread ? [] : toMoves(verdict.shifts),
    noPlace,
    remedy: remedies.forAll(short),
  };
}

/** Each VM on the host that is least full with it, the largest first; undefined if one finds none that way. */
function spreadOut(
  { hosts, items, capacities }: FailoverItems,
  verdict: FailoverVerdict,
): FailoverVerdict['moves'] | undefined {
  const { judged } = verdict;
  const lost = new Set(verdict.lost);
  const load = hosts.map(() => judged.map(() => 0));
  const groups = hosts.map(() => new Set<number>());
  const put = (unit: number, host: number): void => {
    judged.forEach((dimension, d) => {
      const own = load[host];
      if (own) own[d] = (own[d] ?? 0) + (items[unit]?.[dimension] ?? 0);
    });
    for (const group of items[unit]?.apart ?? []) groups[host]?.add(group);
  };
  const displaced: number[] = [];
  for (const [unit, { host }] of items.entries()) {
    if (lost.has(host)) displaced.push(unit);
    else if (host >= 0) put(unit, host);
  }
  const fullWith = (unit: number, host: number): number =>
    Math.max(
      ...judged.map((dimension, d) => {
        const demand = (load[host]?.[d] ?? 0) + (items[unit]?.[dimension] ?? 0);
        const capacity = capacities[host]?.[dimension] ?? 0;
        return capacity > 0 ? demand / capacity : demand > 0 ? Number.POSITIVE_INFINITY : 0;
      }),
    );
  const sizeOf = (unit: number): number =>
    Math.max(...judged.map((dimension) => (items[unit]?.[dimension] ?? 0) / (capacities[0]?.[dimension] || 1)));
  const sizes = new Map(displaced.map((unit) => [unit, sizeOf(unit)]));
  displaced.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b);
  const moves: { vm: number; from: number; to: number }[] = [];
  for (const unit of displaced) {
    const item = items[unit];
    let best = -1;
    let least = 1 + ROUNDING;
    for (let host = 0; host < hosts.length; host++) {
      if (lost.has(host) || (item?.hosts && !item.hosts.includes(host))) continue;
      if (item?.apart?.some((group) => groups[host]?.has(group))) continue;
      const full = fullWith(unit, host);
      if (full < least) [best, least] = [host, full];
    }
    if (best < 0 || !item) return undefined;
    moves.push({ vm: unit, from: item.host, to: best });
    put(unit, best);
  }
  return moves.sort((a, b) => a.vm - b.vm);
}

/** What ties VMs to their host, in words. */
function tieOf(vms: readonly Entity[], from: Entity, hosts: readonly Entity[]): string {
  for (const vm of vms) {
    const { home, disks } = vmFacts(vm);
    for (const store of [home, ...disks.map((disk) => disk.datastore)]) {
      if (store && !hosts.some((host) => host !== from && datastoresOf(host).includes(store)))
        return `no other host reaches datastore ${store.name}`;
    }
    if (affinitiesOf(vm).some(({ kind, isMust }) => kind === 'keep' && isMust))
      return `a rule keeps it on ${from.name}`;
  }
  return 'no other host reaches its networks and datastores together';
}

function whyLeftOut({ hosts, items, capacities }: FailoverItems, verdict: FailoverVerdict, unit: number): NoPlace {
  if (verdict.proof?.kind === 'apart' && items[unit]?.apart?.includes(verdict.proof.group)) return { kind: 'apart' };
  const now = new Map([...verdict.moves, ...verdict.shifts].map(({ vm, to }) => [vm, to]));
  const out = new Set(verdict.leftOut);
  const lost = new Set(verdict.lost);
  const allowed = items[unit]?.hosts;
  const open = [...hosts.keys()].filter((index) => !lost.has(index) && (!allowed || allowed.includes(index)));
  const frees = new Map(
    verdict.judged.map((dimension) => [dimension, capacities.map((capacity) => capacity[dimension] ?? 0)]),
  );
  for (const [index, item] of items.entries()) {
    const host = now.get(index) ?? item.host;
    if (host < 0 || out.has(index)) continue;
    for (const [dimension, free] of frees) free[host] = (free[host] ?? 0) - (item[dimension] ?? 0);
  }
  const roomsIn = (dimension: FailoverDimension): HostRoom[] =>
    open
      .flatMap((index) => {
        const host = hosts[index];
        return host ? [{ host, free: Math.max(0, frees.get(dimension)?.[index] ?? 0) }] : [];
      })
      .sort((a, b) => b.free - a.free);
  let worst: Extract<NoPlace, { kind: 'room' }> | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const dimension of verdict.judged) {
    const needed = items[unit]?.[dimension] ?? 0;
    const rooms = roomsIn(dimension);
    // The dimension that the host with most room has least of, measured by what is needed.
    const fit = needed > 0 ? (rooms[0]?.free ?? 0) / needed : Number.POSITIVE_INFINITY;
    if (fit >= least) continue;
    least = fit;
    worst = {
      kind: 'room',
      dimension,
      needed,
      free: rooms.reduce((sum, room) => sum + room.free, 0),
      rooms,
      remedy: undefined,
    };
  }
  if (worst && least < 1) return worst;
  return items[unit]?.apart?.length ? { kind: 'apart' } : (worst ?? { kind: 'unknown' });
}
