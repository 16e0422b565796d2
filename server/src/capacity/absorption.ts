import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { datastoresOf } from '../design/things.ts';
import { type Affinity, affinities, affinitiesOf } from './affinity.ts';
import { bondsIn } from './affinity-conflicts.ts';
import {
  type ClusterUse,
  clusterUse,
  type FailoverDemand,
  failoverDemand,
  lossDomains,
  lostHosts,
  type SupplyLeft,
  shareOfLeft,
  supplyLeft,
} from './cluster.ts';
import type { Figure } from './figure.ts';
import { hostSupply } from './host.ts';
import { cpuDemandOn, hostLoad, memoryDemandOn, runningOn } from './load.ts';
import { afterLosses, type FailoverVerdict, type FailoverVm, lossesOf, singleLosses } from './models/failover.ts';
import { networksOf } from './reach.ts';
import { switchesOf } from './uplinks.ts';
import { vmFacts } from './vm.ts';

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
  /** Why nothing can be said. */
  readonly unknown?: string;
}

export interface FailoverResult extends Absorption {
  readonly demand: FailoverDemand;
}

type Loss = { readonly kind: 'hosts' | 'racks' | 'sites'; readonly count: number } | { readonly share: number };

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
  const lost = 'share' in loss ? [] : lostHosts(cluster, use.hosts, loss.kind, loss.count);
  const left = supplyLeft(use, lost, 'share' in loss ? loss.share : 0);
  const afterLoss = shareOfLeft(use, left);
  const common = { afterLoss, left, worst: undefined };
  if (!afterLoss) return { ...common, outcome: 'unknown', unknown: whyUnknown(use) };
  if (afterLoss.value > 1) return { ...common, outcome: 'fails', worst: { lost, verdict: undefined, leftOut: [] } };
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

/** Network of a host as one figure: where one virtual switch carries all its VMs, and all say what they send. */
const networkOf = derive((host: Entity): { readonly capacity: number; readonly load: number } | undefined => {
  const [only, ...others] = switchesOf(host).filter(({ networks }) => networks.length > 0);
  if (!only?.capacity || others.some(({ vms }) => vms.length > 0)) return undefined;
  let load = 0;
  for (const vm of runningOn(host)) {
    const own = networkDemandOf(vm);
    if (own === undefined) return undefined;
    load += own;
  }
  return { capacity: only.capacity.value, load };
});

/** The busier direction of a VM, bit/s. Taking it for each VM is a little more than the host sends or receives. */
function networkDemandOf(vm: Entity): number | undefined {
  const { tx, rx } = vmFacts(vm);
  return tx === undefined && rx === undefined ? undefined : Math.max(tx ?? 0, rx ?? 0);
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

/** VMs that have to find a host together: one, or those of a host that must share one. */
function unitsOn(cluster: Entity, host: Entity): readonly (readonly Entity[])[] {
  const bonds = bondsIn(cluster.design).filter((bond) => bond.by === 'host');
  if (bonds.length === 0) return runningOn(host).map((vm) => [vm]);
  const units = new Map<unknown, Entity[]>();
  for (const vm of runningOn(host)) {
    const key = bonds.find((bond) => bond.vms.has(vm)) ?? vm;
    const known = units.get(key);
    if (known) known.push(vm);
    else units.set(key, [vm]);
  }
  return [...units.values()];
}

/** Some hosts at a time are taken away and their VMs are packed onto the others. */
function packed(
  cluster: Entity,
  use: ClusterUse,
  losses: readonly (readonly number[])[],
): Pick<Absorption, 'outcome' | 'worst' | 'keptApart'> {
  const hosts = [...use.hosts, ...use.spares];
  const units: (readonly Entity[])[] = [];
  const items: FailoverVm[] = [];
  const groups = apartGroups(cluster);
  const stores = hosts.map((host) => new Set(datastoresOf(host)));
  const networks = hosts.map(networksOf);
  const net = hosts.map(networkOf);
  const isNetKnown = net.every((one) => one !== undefined);
  for (const [index, host] of hosts.entries()) {
    const { clock, hypervisor } = hostSupply(host);
    for (const unit of unitsOn(cluster, host)) {
      const sum = (read: (vm: Entity) => number | undefined) => total(unit.map(read));
      const allowed = hosts.flatMap((other, at) =>
        unit.every((vm) => mayRunOn(vm, other, stores[at], networks[index], networks[at])) ? [at] : [],
      );
      units.push(unit);
      items.push({
        host: index,
        cpu: sum((vm) => cpuDemandOn(vmFacts(vm), clock, undefined)),
        memory: sum((vm) => memoryDemandOn(vmFacts(vm), hypervisor)),
        ...(isNetKnown ? { network: sum(networkDemandOf) } : {}),
        apart: unit.flatMap((vm) => groups.get(vm) ?? []),
        // What can run on one host only is tied to it, and no failover brings it back.
        ...(allowed.length > 1 && allowed.length < hosts.length ? { hosts: allowed } : {}),
      });
    }
  }
  const capacities = hosts.map((host, index) => ({
    cpu: hostSupply(host).cpu?.value,
    memory: hostSupply(host).memory?.value,
    ...(isNetKnown ? { network: net[index]?.capacity } : {}),
  }));
  const result = (verdict: FailoverVerdict): LossResult => ({
    lost: verdict.lost.flatMap((index) => hosts[index] ?? []),
    verdict,
    leftOut: verdict.leftOut.flatMap((index) => units[index] ?? []),
  });
  const failing = (list: readonly FailoverVm[], tried: readonly (readonly number[])[]) =>
    (afterLosses(capacities, list, tried) ?? []).filter(({ outcome }) => outcome !== 'fits');
  const failed = failing(items, losses);
  const [first] = failed;
  if (!first) return { outcome: 'holds', worst: undefined };
  const lacking =
    groups.size > 0
      ? failing(
          items.map((item) => ({ ...item, apart: [] })),
          failed.map(({ lost }) => lost),
        )
      : failed;
  const worst = lacking.find(({ outcome }) => outcome === 'impossible') ?? lacking[0];
  if (!worst) return { outcome: 'holds', worst: undefined, keptApart: result(first) };
  return { outcome: 'fails', worst: result(worst) };
}

/** Whether a VM reaches its datastores and networks from a host, and no rule that must be kept bars it. What is not stated bars nothing. */
function mayRunOn(
  vm: Entity,
  host: Entity,
  stores: ReadonlySet<Entity> | undefined,
  here: ReadonlySet<Entity> | undefined,
  there: ReadonlySet<Entity> | undefined,
): boolean {
  const { home, disks, nics } = vmFacts(vm);
  const isReached = (store: Entity | undefined) => !store || stores?.has(store);
  if (!isReached(home) || !disks.every((disk) => isReached(disk.datastore))) return false;
  if (there && nics.some(({ network }) => network && here?.has(network) && !there.has(network))) return false;
  return affinitiesOf(vm).every((rule) => {
    if (rule.kind !== 'keep' || !rule.isMust) return true;
    return (rule.on.length === 0 || rule.on.includes(host)) && !rule.off.includes(host);
  });
}

function apartGroups(cluster: Entity): ReadonlyMap<Entity, number[]> {
  const groups = new Map<Entity, number[]>();
  for (const [index, rule] of affinities(cluster.design).entries()) {
    if (rule.kind !== 'apart' || rule.by !== 'host' || !rule.isMust) continue;
    for (const vm of rule.vms) groups.set(vm, [...(groups.get(vm) ?? []), index]);
  }
  return groups;
}

function total(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

function whyUnknown(use: ClusterUse): string {
  if (use.hosts.length < 2) return 'fewer than two hosts carry load';
  const unnamed = use.hosts.filter((host) => !hostSupply(host).memory);
  return unnamed.length > 0
    ? `memory of ${unnamed.map((host) => host.name).join(', ')} is not stated`
    : 'demand of its VMs is not stated';
}
