import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { datastoresOf, propsOf } from '../design/things.ts';
import { affinities, affinitiesOf } from './affinity.ts';
import { bondsIn } from './affinity-conflicts.ts';
import type { ClusterUse } from './cluster.ts';
import { hostSupply } from './host.ts';
import { cpuDemandOn, memoryDemandOn, runningOn } from './load.ts';
import type { FailoverHost, FailoverVm } from './models/failover.ts';
import { networksOf } from './reach.ts';
import { switchesOf } from './uplinks.ts';
import { vmFacts } from './vm.ts';

/** A cluster as its failover is packed: hosts that carry load or are kept for it, and what runs on them. */
export interface FailoverItems {
  readonly hosts: readonly Entity[];
  /** VMs of each item: one, or those that must share a host. */
  readonly units: readonly (readonly Entity[])[];
  readonly items: readonly FailoverVm[];
  readonly capacities: readonly FailoverHost[];
  /** Items that can run on no other host. The packing counts what they ask for all the same. */
  readonly tied: ReadonlySet<number>;
  readonly isAnyApart: boolean;
}

export function failoverItems(cluster: Entity, use: ClusterUse): FailoverItems {
  const hosts = [...use.hosts, ...use.spares];
  const units: (readonly Entity[])[] = [];
  const items: FailoverVm[] = [];
  const tied = new Set<number>();
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
      if (allowed.every((at) => at === index)) tied.add(units.length);
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
  return { hosts, units, items, capacities, tied, isAnyApart: groups.size > 0 };
}

/**
 * Whether what runs on the hosts that are left moves by itself to make room for what has to restart: only where balancing moves
 * VMs unasked. High availability alone restarts them where there is room, and moves nothing.
 */
export function makesRoomByItself(cluster: Entity): boolean {
  return propsOf(cluster).word('drs') === 'full';
}

/** Network of a host as one figure: where one virtual switch carries all its VMs, and all say what they send. */
export const networkOf = derive((host: Entity): { readonly capacity: number; readonly load: number } | undefined => {
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
