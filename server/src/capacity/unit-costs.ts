import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { vmsOn } from '../design/placement.ts';
import { clusterUse, failoverDemand, liveHosts } from './cluster.ts';
import { linesFor } from './cost.ts';
import { exists } from './exists.ts';
import { nextHost } from './growth-steps.ts';
import { headroom } from './headroom.ts';
import { hostLicences } from './licence-shares.ts';
import { type Cost, costEach, costPart, marginalCost } from './models/unit-cost.ts';
import { arrayUse } from './storage.ts';

/** What a cluster costs with its hosts and their licences. In the currency of totals. */
export interface ClusterCost {
  readonly all: Cost;
  /** Some host or licence states no price. */
  readonly isAtLeast: boolean;
}

/** Undefined if no host of it states a price. */
const hostsCost = derive((cluster: Entity): ClusterCost | undefined => {
  const hosts = liveHosts(cluster);
  let once = 0;
  let yearly = 0;
  let priced = 0;
  let isAtLeast = false;
  for (const host of hosts) {
    const lines = linesFor(host);
    const licences = hostLicences(host);
    if (lines.some(({ isYearly }) => !isYearly)) priced++;
    isAtLeast ||= !licences.isComplete;
    for (const { amount, isYearly } of [...lines, ...licences.costs]) {
      if (isYearly) yearly += amount;
      else once += amount;
    }
  }
  for (const { amount, isYearly } of linesFor(cluster)) {
    if (isYearly) yearly += amount;
    else once += amount;
  }
  return priced > 0 ? { all: { once, yearly }, isAtLeast: isAtLeast || priced < hosts.length } : undefined;
});

/** VMs of a cluster, on its hosts and in its pool, whether they run or not. */
const vmsInCluster = derive(
  (cluster: Entity): number =>
    [...liveHosts(cluster), cluster].reduce((sum, holder) => sum + vmsOn(holder).filter(exists).length, 0),
  Object.is,
);

/** Hosts and their licences for each VM of a cluster; storage and network are others' to share. */
export function costPerVm(cluster: Entity): (ClusterCost & { readonly vms: number }) | undefined {
  const cost = hostsCost(cluster);
  const vms = vmsInCluster(cluster);
  const each = costEach(cost?.all, vms);
  return cost && each && { all: each, vms, isAtLeast: cost.isAtLeast };
}

/** What the hosts cost that a cluster keeps for a failure: the mean host × those that `failover` names. */
export function spareCost(cluster: Entity): (ClusterCost & { readonly hosts: number }) | undefined {
  const demand = failoverDemand(cluster);
  const cost = hostsCost(cluster);
  const count = liveHosts(cluster).length;
  if (!cost || !demand) return undefined;
  const lost =
    demand.kind === 'hosts' ? Math.min(demand.count, count) : demand.kind === 'percent' ? demand.share * count : 0;
  const all = lost > 0 ? costPart(cost.all, lost, count) : undefined;
  return all && { all, hosts: lost, isAtLeast: cost.isAtLeast };
}

/** What the next VM of the usual class costs: nothing while there is room, else a host with its licences. */
export interface NextVmCost {
  readonly className: string;
  /** Further VMs that find room before the step. */
  readonly room: number;
  /** Of the next VM, and of the one that finds no room. */
  readonly next: Cost;
  readonly step: Cost;
  readonly like: Entity;
  readonly isAtLeast: boolean;
}

/** Undefined where the room, or the price of a host, is not known. */
export function nextVmCost(cluster: Entity): NextVmCost | undefined {
  const room = headroom(cluster);
  const host = nextHost(cluster);
  if (!room || !host || clusterUse(cluster).vms.length === 0) return undefined;
  const step: Cost = { once: host.capex, yearly: host.opex };
  const count = room.count.value;
  const next = marginalCost(1, count, 1, step);
  return next && { className: room.className, room: count, next, step, like: host.like, isAtLeast: host.isAtLeast };
}

/** What an array costs for each byte that it can hold. Undefined if its price or its usable space is not known. */
export function costPerByte(array: Entity): Cost | undefined {
  const lines = linesFor(array);
  if (!lines.some(({ isYearly }) => !isYearly)) return undefined;
  const sum = (isYearly: boolean) =>
    lines.reduce((total, line) => total + (line.isYearly === isYearly ? line.amount : 0), 0);
  return costEach({ once: sum(false), yearly: sum(true) }, arrayUse(array).usable?.value);
}
