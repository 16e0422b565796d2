import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { datastoresOf } from '../design/things.ts';
import { type Affinity, affinitiesOf } from './affinity.ts';
import {
  type ClusterUse,
  clusterUse,
  type FailoverDemand,
  failoverDemand,
  type Loss,
  lossDomains,
  type SupplyLeft,
  shareOfLeft,
  worstLoss,
} from './cluster.ts';
import { failoverItems, makesRoomByItself, networkOf } from './failover-items.ts';
import type { Figure } from './figure.ts';
import { hostSupply } from './host.ts';
import { hostLoad } from './load.ts';
import {
  afterLosses,
  type FailoverVerdict,
  type FailoverVm,
  fitsAfterLoss,
  lossesOf,
  singleLosses,
} from './models/failover.ts';
import { networksOf } from './reach.ts';

/** A loss of hosts, and the VMs that found no other. */
export interface LossResult {
  readonly lost: readonly Entity[];
  readonly verdict: FailoverVerdict | undefined;
  readonly leftOut: readonly Entity[];
}

/** Whether the rest of a cluster can take the VMs of hosts that fail. */
export interface Absorption {
  readonly outcome: 'holds' | 'fails' | 'unknown';
  /** Load after the loss of the largest hosts, as a share of what is left; the worse of CPU and memory. */
  readonly afterLoss: Figure | undefined;
  /** What is left after it. */
  readonly left: SupplyLeft;
  /** The loss that is worst: the hosts, and what was found. */
  readonly worst: LossResult | undefined;
  /** There is room for all, but VMs that must be apart would have to share a host, and stay down. */
  readonly keptApart?: LossResult;
  /** What found no host would, if others moved first to make room. */
  readonly isScattered?: boolean;
  /** Why nothing can be said. */
  readonly unknown?: string;
}

export interface FailoverResult extends Absorption {
  readonly demand: FailoverDemand;
}

/** Of several hosts that fail at once this many combinations are tried, those of the busiest hosts: ours. */
const MOST_LOSSES = 100;

export const failoverResult = derive((cluster: Entity): FailoverResult | undefined => {
  const demand = failoverDemand(cluster);
  if (!demand || demand.kind === 'none') return undefined;
  if (demand.kind === 'hosts' && demand.count === 1) return { ...lossOfOneHost(cluster), demand };
  return { ...absorption(cluster, demand), demand };
});

/** What the loss of any one host would do, whether the design asks for it or not. */
export const lossOfOneHost = derive((cluster: Entity): Absorption => absorption(cluster, { kind: 'hosts', count: 1 }));

function absorption(cluster: Entity, loss: Loss): Absorption {
  const use = clusterUse(cluster);
  const left = worstLoss(cluster, use, loss);
  const afterLoss = shareOfLeft(use, left);
  const common = { afterLoss, left, worst: undefined };
  if (!afterLoss) return { ...common, outcome: 'unknown', unknown: whyUnknown(use) };
  if (afterLoss.value > 1) {
    const isOfCpu = left.cpu !== undefined && afterLoss.inputs?.[1] === left.cpu;
    const lost = isOfCpu ? left.lost.cpu : left.lost.memory;
    return { ...common, outcome: 'fails', worst: { lost, verdict: undefined, leftOut: [] } };
  }
  const holds: Absorption = { ...common, outcome: 'holds' };
  if ('share' in loss || use.pooled.length > 0) return holds;
  if (loss.kind === 'hosts' && loss.count === 1 && hasSpareHosts(use)) return holds;
  return { ...common, ...packed(cluster, use, lossesIn(use, loss)) };
}

/** The losses to try, as indices of the hosts that carry load. */
function lossesIn(
  { hosts }: ClusterUse,
  loss: Exclude<Loss, { readonly share: number }>,
): readonly (readonly number[])[] {
  if (loss.kind !== 'hosts') {
    const index = new Map(hosts.map((host, at) => [host, at]));
    return lossDomains(hosts, loss.kind, loss.count).map((lost) => lost.flatMap((host) => index.get(host) ?? []));
  }
  if (loss.count === 1) return singleLosses(hosts.length);
  const loads = hosts.map((host) => hostLoad(host).memory?.value ?? hostLoad(host).cpu?.value ?? 0);
  return loss.count < hosts.length ? lossesOf(loads, loss.count, MOST_LOSSES).losses : [];
}

/** What the VMs of a host ask for together, and what it has left for others. */
interface Room {
  readonly cpu: number;
  readonly memory: number;
  readonly freeCpu: number;
  readonly freeMemory: number;
  /** Undefined where it is not known. */
  readonly network: { readonly capacity: number; readonly load: number } | undefined;
  /** Whether all its VMs say what they ask for. */
  readonly isKnown: boolean;
  /** A rule that must be kept binds one of its VMs to hosts. */
  readonly isBound: boolean;
  readonly networks: readonly Entity[];
}

const roomOf = derive((host: Entity): Room => {
  const [supply, load] = [hostSupply(host), hostLoad(host)];
  const isIdle = load.vms.length === 0;
  const [cpu, memory] = [load.cpu?.value ?? 0, load.memory?.value ?? 0];
  return {
    cpu,
    memory,
    freeCpu: (supply.cpu?.value ?? 0) - cpu,
    freeMemory: (supply.memory?.value ?? 0) - memory,
    network: networkOf(host),
    isKnown: [load.cpu, load.memory].every((figure) => isIdle || (figure !== undefined && !figure.isAtLeast)),
    isBound: load.vms.some((vm) => affinitiesOf(vm).some(isOfHosts)),
    networks: [...(networksOf(host) ?? [])],
  };
});

/** Whether for every host there is another that could take all its VMs by itself; then nothing needs to be packed. */
function hasSpareHosts({ hosts: working, spares }: ClusterUse): boolean {
  const hosts = spares.length > 0 ? [...working, ...spares] : working;
  const [first] = hosts;
  if (!first) return false;
  const reach = datastoresOf(first);
  const rooms = hosts.map(roomOf);
  const { networks } = roomOf(first);
  const isAlike = (room: Room, index: number) =>
    sameList(room.networks, networks) && sameList(datastoresOf(hosts[index] ?? first), reach);
  if (!rooms.every((room, index) => room.isKnown && !room.isBound && isAlike(room, index))) return false;
  const isNetKnown = rooms.every(({ network }) => network !== undefined);
  const takes = (other: Room, { cpu, memory, network }: Room) => {
    const freeNetwork = (other.network?.capacity ?? 0) - (other.network?.load ?? 0);
    const fits = other.freeCpu >= cpu && other.freeMemory >= memory;
    return fits && (!isNetKnown || freeNetwork >= (network?.load ?? 0));
  };
  return rooms.every((room) => rooms.some((other) => other !== room && takes(other, room)));
}

function isOfHosts({ isMust, kind, by }: Affinity): boolean {
  return isMust && (kind === 'keep' || by === 'host');
}

/** Some hosts at a time are taken away and their VMs are packed onto the others. */
function packed(
  cluster: Entity,
  use: ClusterUse,
  losses: readonly (readonly number[])[],
): Pick<Absorption, 'outcome' | 'worst' | 'keptApart' | 'isScattered'> {
  const { hosts, units, items, capacities, isAnyApart } = failoverItems(cluster, use);
  const result = (verdict: FailoverVerdict): LossResult => ({
    lost: verdict.lost.flatMap((index) => hosts[index] ?? []),
    verdict,
    leftOut: verdict.leftOut.flatMap((index) => units[index] ?? []),
  });
  const failing = (list: readonly FailoverVm[], tried: readonly (readonly number[])[], mayShift: boolean) =>
    (afterLosses(capacities, list, tried, { mayShift }) ?? []).filter(({ outcome }) => outcome !== 'fits');
  const failed = failing(items, losses, true);
  const lacking = isAnyApart
    ? failing(
        items.map((item) => ({ ...item, apart: [] })),
        failed.map(({ lost }) => lost),
        true,
      )
    : failed;
  const worst = lacking.find(({ outcome }) => outcome === 'impossible') ?? lacking[0];
  if (worst) return { outcome: 'fails', worst: result(worst) };
  const [byRule] = failed;
  if (!makesRoomByItself(cluster)) {
    const others = losses.filter((lost) => !failed.some((one) => one.lost === lost));
    const [scattered] = failing(items, others, false);
    if (scattered) return { outcome: 'fails', worst: result(scattered), isScattered: true };
  }
  return { outcome: 'holds', worst: undefined, ...(byRule ? { keptApart: result(byRule) } : {}) };
}

function whyUnknown(use: ClusterUse): string {
  if (use.hosts.length < 2) return 'fewer than two hosts carry load';
  const unnamed = use.hosts.filter((host) => !hostSupply(host).memory);
  return unnamed.length > 0
    ? `memory of ${unnamed.map((host) => host.name).join(', ')} is not stated`
    : 'demand of its VMs is not stated';
}

/** Where VMs of one unit are to go. */
export interface RoomMove {
  readonly vms: readonly Entity[];
  readonly to: Entity;
}

/** Rounds of making room, each for one loss: ours. What is moved for one must not undo what was moved for another for ever. */
const MOST_ROUNDS = 64;

/**
 * Moves after which what is left takes in each loss as it stands, without moving anything more: for one loss after the other those
 * that make its room come together. Undefined if none were found.
 */
export function movesToMakeRoom(cluster: Entity, loss: Loss): readonly RoomMove[] | undefined {
  const use = clusterUse(cluster);
  const { hosts, units, items, capacities } = failoverItems(cluster, use);
  if ('share' in loss) return undefined;
  const losses = lossesIn(use, loss);
  let now: readonly FailoverVm[] = items;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const failing = afterLosses(capacities, now, losses, { mayShift: false })?.find(
      ({ outcome }) => outcome !== 'fits',
    );
    if (!failing) {
      return now.flatMap(({ host }, unit) => {
        const to = hosts[host];
        return to && host !== items[unit]?.host ? [{ vms: units[unit] ?? [], to }] : [];
      });
    }
    const found = fitsAfterLoss(capacities, now, failing.lost);
    if (found?.outcome !== 'fits' || found.shifts.length === 0) return undefined;
    const shifted = new Map(found.shifts.map(({ vm, to }) => [vm, to]));
    now = now.map((item, unit) => ({ ...item, host: shifted.get(unit) ?? item.host }));
  }
  return undefined;
}
