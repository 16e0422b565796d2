import { formatDate, monthsBetween } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { hostsOf } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';
import { clusterUse, failoverDemand, growingCluster, supplyAfterLoss } from './cluster.ts';
import type { Figure } from './figure.ts';
import { datastoreGrowth, dayAfter, growsInParts, growthOf, horizonOf, type StatedGrowth } from './growth.ts';
import { hostSupply, isFailoverHost } from './host.ts';
import { monthsUntil, monthsUntilOver, sumAfter } from './models/growth.ts';
import { datastoreUse } from './storage.ts';
import { type SubnetUse, subnetsOf } from './subnets.ts';
import { asOf, dateOf, monthsAhead } from './time.ts';

/** When something that grows reaches what there is of it. Months count from the day that the design is judged by. */
export interface Exhaustion {
  /** Undefined if it does not within the horizon; 0 if it has. */
  readonly months: number | undefined;
  readonly now: number;
  readonly limit: Figure;
  /** Growth that is stated for it; undefined where only parts of it state theirs. */
  readonly by: StatedGrowth | undefined;
  /** Hosts that come or go until then, by their `from` and `until`; they are reckoned with. */
  readonly changing?: number;
}

/** When the VMs of a cluster ask for more than is left of it when what its `failover` names is lost; undefined where nothing grows. */
export const clusterExhaustion = derive(
  (cluster: Entity): { readonly cpu: Exhaustion | undefined; readonly memory: Exhaustion | undefined } => {
    const growing = (['vms', 'cpu', 'memory'] as const).map((what) => growthOf(cluster, what));
    if (growing.every((found) => !found) && !growsInParts(cluster.design)) return { cpu: undefined, memory: undefined };
    const [vms, perCpu, perMemory] = growing;
    const use = clusterUse(cluster);
    const left = supplyAfterLoss(cluster);
    const load = growingCluster(cluster);
    const lead = monthsAhead(cluster.design);
    const horizon = horizonOf(cluster.design);
    const when = (
      what: 'cpu' | 'memory',
      parts: typeof load.cpu,
      limit: Figure | undefined,
      by: StatedGrowth | undefined,
    ): Exhaustion | undefined => {
      if (!limit || limit.value <= 0 || parts.every(({ each, count }) => !each && !count)) return undefined;
      const changes = changesOf(cluster, what);
      const valueAt = (months: number) => sumAfter(parts, months, lead);
      // What comes is room for as much more, what goes is asked of the rest.
      const overAt = (months: number) => valueAt(months) - changedBy(changes, months);
      const months = monthsUntilOver(overAt, limit.value, horizon);
      const changing = changes.filter((change) => change.months <= (months ?? horizon)).length;
      return { months, now: valueAt(0), limit, by, changing };
    };
    return {
      cpu: use.cpuShare && when('cpu', load.cpu, left.cpu, perCpu ?? vms),
      memory: use.memoryShare && when('memory', load.memory, left.memory, perMemory ?? vms),
    };
  },
);

/** A host that comes or goes: after so many months, with so much of what counts when a loss is kept room for. */
interface Change {
  readonly months: number;
  readonly amount: number;
}

function changedBy(changes: readonly Change[], months: number): number {
  return changes.reduce((sum, change) => (change.months <= months ? sum + change.amount : sum), 0);
}

/** Hosts of a cluster whose `from` or `until` lies ahead. A newcomer larger than all others counts as the largest of them: what may fail grows with it. */
function changesOf(cluster: Entity, what: 'cpu' | 'memory'): readonly Change[] {
  const today = asOf(cluster.design);
  if (!today) return [];
  const demand = failoverDemand(cluster);
  const share = demand?.kind === 'percent' ? 1 - demand.share : 1;
  const sizeOf = (host: Entity) => hostSupply(host)[what]?.value ?? 0;
  const live = new Set(clusterUse(cluster).hosts);
  const largest = Math.max(0, ...[...live].map(sizeOf));
  const isReserved = demand !== undefined && demand.kind !== 'none' && demand.kind !== 'percent';
  return hostsOf(cluster).flatMap((host): Change[] => {
    const [from, until] = [dateOf(host, 'from'), dateOf(host, 'until')];
    const amount = (isReserved ? Math.min(sizeOf(host), largest) : sizeOf(host)) * share;
    const comes = from && from.day > today.day && isMeantToRun(host) && !live.has(host);
    const goes = until && until.day >= today.day && (comes || live.has(host));
    return [
      ...(comes ? [{ months: monthsBetween(today, from), amount }] : []),
      ...(goes ? [{ months: monthsBetween(today, until), amount: -amount }] : []),
    ];
  });
}

function isMeantToRun(host: Entity): boolean {
  return (propsOf(host).word('state') ?? 'on') === 'on' && !isFailoverHost(host);
}

/** When a subnet, or its DHCP range, has no address left for the next VM; undefined where nothing grows. */
export interface SubnetExhaustion extends Exhaustion {
  readonly subnet: SubnetUse;
  readonly isRange: boolean;
}

export const subnetExhaustions = derive((network: Entity): readonly SubnetExhaustion[] => {
  const lead = monthsAhead(network.design);
  const horizon = horizonOf(network.design);
  const by = growthOf(network, 'vms');
  return subnetsOf(network).flatMap((subnet): SubnetExhaustion[] => {
    const { dhcp, neededAfter, available } = subnet;
    const found: SubnetExhaustion[] = [];
    const add = (needed: SubnetUse['neededAfter'], limit: Figure, isRange: boolean) => {
      if (!needed || limit.value <= 0) return;
      const valueAt = (months: number) => needed(lead + months);
      const months = monthsUntilOver(valueAt, limit.value, horizon);
      found.push({ subnet, isRange, months, now: valueAt(0), limit, by });
    };
    add(neededAfter, available, false);
    const size = {
      label: 'addresses of the DHCP range',
      unit: 'addresses',
      origin: 'stated',
      isAtLeast: false,
    } as const;
    if (dhcp) add(dhcp.neededAfter, { ...size, value: dhcp.size }, true);
    return found;
  });
});

/** When a datastore is full; undefined where its growth or its capacity is not known. Not bound by the horizon. */
export function datastoreExhaustion(datastore: Entity): Exhaustion | undefined {
  const { used, capacity } = datastoreUse(datastore);
  const by = datastoreGrowth(datastore);
  const months = monthsUntil(used?.value, capacity?.value, by?.growth);
  if (!used || !capacity || !by || months === undefined) return undefined;
  return { months: Number.isFinite(months) ? months : undefined, now: used.value, limit: capacity, by };
}

/** When, in words: `in June 2027`, `in 7 months` where the design has no day. */
export function monthText(design: Design, months: number): string {
  const day = dayAfter(design, months);
  if (!day)
    return months < 1 ? 'within a month' : `in ${Math.floor(months)} month${Math.floor(months) === 1 ? '' : 's'}`;
  return `in ${formatDate(day).slice(0, 7)}`;
}
