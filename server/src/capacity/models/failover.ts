/** Whether hosts may fail: by their demand, which is what counts, and by the two reckonings of vSphere HA that need no packing. */
import {
  closeHosts,
  createPacking,
  largestShares,
  movedItems,
  type Packing,
  placeAll,
  reopen,
  repair,
} from './packing.ts';

export type FailoverDimension = 'cpu' | 'memory' | 'network';

const DIMENSIONS: readonly FailoverDimension[] = ['cpu', 'memory', 'network'];

/** What a host can give, in any unit as long as machines use the same; the caller takes off overheads and keeps to its limits. */
export interface FailoverHost {
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly network?: number | undefined;
}

export interface FailoverVm {
  /** Index of the host it runs on; -1 if it runs nowhere, and then it is left alone. */
  readonly host: number;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly network?: number | undefined;
  /** Groups (small whole numbers) of which it must share a host with no other member. */
  readonly apart?: readonly number[] | undefined;
  /** Indices of the hosts that it may run on: reach of VLANs and datastores, rules. All if absent. */
  readonly hosts?: readonly number[] | undefined;
}

export interface FailoverOptions {
  /** Whether machines of the remaining hosts may be moved to make room, as live migration allows. Default: yes. */
  readonly mayShift?: boolean | undefined;
}

export interface FailoverMove {
  readonly vm: number;
  readonly from: number;
  readonly to: number;
}

/** Why no placement can exist. */
export type FailoverProof =
  | { readonly kind: 'sum'; readonly dimension: FailoverDimension; readonly needed: number; readonly room: number }
  | { readonly kind: 'machine'; readonly vm: number }
  | { readonly kind: 'apart'; readonly group: number; readonly needed: number; readonly hosts: number };

export interface FailoverVerdict {
  /** Indices of the hosts that were lost. */
  readonly lost: readonly number[];
  /**
   * `fits`: `moves` is a placement for every machine of the lost hosts.
   * `impossible`: there is none, and `proof` says why. `no-way-found`: the search found none, which proves nothing.
   */
  readonly outcome: 'fits' | 'impossible' | 'no-way-found';
  /** What was judged: a dimension counts if it is known for every host and every machine. */
  readonly judged: readonly FailoverDimension[];
  /** Where machines of the lost hosts restart, by machine. */
  readonly moves: readonly FailoverMove[];
  /** Machines of the remaining hosts that move to make room, by machine; the order of carrying them out is not judged. */
  readonly shifts: readonly FailoverMove[];
  /** Machines that found no host, by machine. */
  readonly leftOut: readonly number[];
  /** By how much the machines left out exceed all that is still free; what is missing here is enough in total but scattered. */
  readonly short: Readonly<Partial<Record<FailoverDimension, number>>>;
  readonly proof?: FailoverProof;
}

/**
 * Whether the machines of the lost hosts find room on the others, as a packing in all known dimensions at once.
 *
 * Ours: first-fit decreasing by the largest share of a mean host, then a repair that makes room for those left over by chains of up to two
 * placed machines that move on.
 * That finds a way or finds none; "impossible" is said only if one of three bounds proves it:
 * the machines need more of a dimension than is free on all remaining hosts together; a machine is too large for each host that it may run on
 * (for its whole capacity, or only for what is free if nothing may be shifted); or a group that must be apart outnumbers the hosts.
 * A remaining host that is overloaded before the loss takes nothing more and is otherwise not held against the loss.
 * `undefined` if no dimension is known for every host and machine; figures that are partly unknown are left out, never taken as 0.
 */
export function fitsAfterLoss(
  hosts: readonly FailoverHost[],
  vms: readonly FailoverVm[],
  lost: readonly number[],
  options: FailoverOptions = {},
): FailoverVerdict | undefined {
  return afterLosses(hosts, vms, [lost], options)?.[0];
}

/** `fitsAfterLoss` for each of several losses, sharing the preparation: the cost of one is that of what it displaces. */
export function afterLosses(
  hosts: readonly FailoverHost[],
  vms: readonly FailoverVm[],
  losses: readonly (readonly number[])[],
  options: FailoverOptions = {},
): readonly FailoverVerdict[] | undefined {
  const judged = DIMENSIONS.filter((dimension) => isKnown(hosts, dimension) && isKnown(vms, dimension));
  if (judged.length === 0 || hosts.length === 0) return undefined;
  const capacities = hosts.map((host) => judged.map((dimension) => host[dimension] ?? 0));
  const items = vms.map((vm) => ({
    demand: judged.map((dimension) => vm[dimension] ?? 0),
    apart: vm.apart ?? [],
    hosts: vm.hosts,
  }));
  const packing = createPacking(
    capacities,
    items,
    vms.map((vm) => vm.host),
  );
  const cluster: Cluster = { vms, judged, capacities, packing, order: largestShares(capacities, items) };
  return losses.map((lost) => afterLoss(cluster, lost, options.mayShift ?? true));
}

/** One loss for each host. */
export function singleLosses(hostCount: number): readonly (readonly number[])[] {
  return Array.from({ length: hostCount }, (_, host) => [host]);
}

export interface Losses {
  readonly losses: readonly (readonly number[])[];
  /** Whether these are all losses of so many hosts, or only those among the hosts with most load. */
  readonly isComplete: boolean;
}

/**
 * The losses of `failures` hosts at once, at most `limit` of them: all, or those among as many hosts as the limit allows, the ones
 * with most load (ours: what is left out is likely, but not sure, to be no worse). `loads` has one figure per host, in any unit.
 */
export function lossesOf(loads: readonly number[], failures: number, limit = 500): Losses {
  const byLoad = loads.map((_, host) => host).sort((a, b) => (loads[b] ?? 0) - (loads[a] ?? 0) || a - b);
  const wanted = Math.min(failures, loads.length);
  let among = byLoad.length;
  while (among > wanted && combinationCount(among, wanted) > limit) among--;
  const hosts = byLoad.slice(0, among).sort((a, b) => a - b);
  return { losses: combinations(hosts, wanted), isComplete: among === loads.length };
}

interface Cluster {
  readonly vms: readonly FailoverVm[];
  readonly judged: readonly FailoverDimension[];
  readonly capacities: readonly (readonly number[])[];
  readonly packing: Packing;
  readonly order: Float64Array;
}

function afterLoss(cluster: Cluster, lost: readonly number[], mayShift: boolean): FailoverVerdict {
  const { packing, vms, judged, order } = cluster;
  const displaced = closeHosts(packing, lost);
  const proof = proofAgainst(cluster, displaced, mayShift);
  let left = placeAll(packing, displaced, order);
  if (left.length > 0 && proof?.kind !== 'sum') {
    const isDisplaced = new Set(displaced);
    left = repair(packing, left, (item) => mayShift || isDisplaced.has(item));
  }
  const leftOut = left.toSorted((a, b) => a - b);
  const isLost = new Set(lost);
  const moved = movedItems(packing).flatMap((vm) => {
    const from = vms[vm]?.host ?? -1;
    const to = packing.hostOf[vm] ?? -1;
    return to < 0 ? [] : [{ vm, from, to }];
  });
  const verdict: FailoverVerdict = {
    lost,
    outcome: leftOut.length === 0 ? 'fits' : proof ? 'impossible' : 'no-way-found',
    judged,
    moves: moved.filter((move) => isLost.has(move.from)),
    shifts: moved.filter((move) => !isLost.has(move.from)),
    leftOut,
    short: shortage(cluster, leftOut),
    ...(leftOut.length > 0 && proof ? { proof } : {}),
  };
  reopen(packing);
  return verdict;
}

/** A bound that shows that the displaced machines have no room, taken after they left and before any is placed. */
function proofAgainst(cluster: Cluster, displaced: readonly number[], mayShift: boolean): FailoverProof | undefined {
  const { judged, packing } = cluster;
  for (const [d, dimension] of judged.entries()) {
    const needed = displaced.reduce((sum, vm) => sum + (packing.items[vm]?.demand[d] ?? 0), 0);
    const room = roomLeft(packing, d);
    if (exceeds(needed, room)) return { kind: 'sum', dimension, needed, room };
  }
  const vm = displaced.find((item) => !hasHostLargeEnough(cluster, item, mayShift));
  if (vm !== undefined) return { kind: 'machine', vm };
  return proofByApart(packing, displaced);
}

function hasHostLargeEnough({ packing, capacities }: Cluster, vm: number, mayShift: boolean): boolean {
  const { hosts, demand } = packing.items[vm] ?? { demand: [] };
  const isLargeEnough = (host: number) =>
    !packing.closed.has(host) &&
    demand.every((need, d) => {
      const has = mayShift ? capacities[host]?.[d] : packing.free[host * packing.dimensions + d];
      return !exceeds(need, has ?? 0);
    });
  return hosts ? hosts.some(isLargeEnough) : capacities.some((_, host) => isLargeEnough(host));
}

/** Shifting never lowers the number of hosts that a group takes, so members to be placed need as many further hosts. */
function proofByApart(packing: Packing, displaced: readonly number[]): FailoverProof | undefined {
  const members = new Map<number, number>();
  for (const vm of displaced) {
    for (const group of packing.items[vm]?.apart ?? []) members.set(group, (members.get(group) ?? 0) + 1);
  }
  const hosts = packing.hostCount - packing.closed.size;
  for (const [group, count] of members) {
    let taken = 0;
    for (let host = 0; host < packing.hostCount; host++) {
      if ((packing.apartOnHost.get(group * packing.hostCount + host) ?? 0) > 0) taken++;
    }
    if (taken + count > hosts) return { kind: 'apart', group, needed: taken + count, hosts };
  }
  return undefined;
}

function shortage(
  { judged, packing }: Cluster,
  leftOut: readonly number[],
): Partial<Record<FailoverDimension, number>> {
  const short: Partial<Record<FailoverDimension, number>> = {};
  for (const [d, dimension] of judged.entries()) {
    const needed = leftOut.reduce((sum, vm) => sum + (packing.items[vm]?.demand[d] ?? 0), 0);
    const room = roomLeft(packing, d);
    if (exceeds(needed, room)) short[dimension] = needed - room;
  }
  return short;
}

/** What the hosts that are not closed have free together; a host that is overloaded has nothing, not less. */
function roomLeft({ free, hostCount, dimensions, closed }: Packing, dimension: number): number {
  let room = 0;
  for (let host = 0; host < hostCount; host++) {
    if (!closed.has(host)) room += Math.max(0, free[host * dimensions + dimension] ?? 0);
  }
  return room;
}

function exceeds(needed: number, room: number): boolean {
  return needed * (1 - 1e-9) > room;
}

function combinationCount(from: number, choose: number): number {
  let count = 1;
  for (let i = 1; i <= choose; i++) count = (count * (from - choose + i)) / i;
  return count;
}

function combinations(from: readonly number[], choose: number): readonly (readonly number[])[] {
  if (choose === 0) return [[]];
  return from.flatMap((first, i) => combinations(from.slice(i + 1), choose - 1).map((rest) => [first, ...rest]));
}

function isKnown(
  figures: readonly Partial<Record<FailoverDimension, number | undefined>>[],
  of: FailoverDimension,
): boolean {
  return figures.every((figure) => figure[of] !== undefined);
}
