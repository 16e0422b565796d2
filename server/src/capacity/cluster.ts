import { derive, sameList } from '../base/reactive.ts';
import { formatNumber, formatShare } from '../base/units.ts';
import type { Entity } from '../design/declaration.ts';
import { hostsOf } from '../design/placement.ts';
import { partOf, Stated, textIn } from '../design/props.ts';
import { propsOf, rackOf, sitesOf } from '../design/things.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { type GrowingLoad, growingLoad, growingLoadOf, growingTogether } from './growing-load.ts';
import { carriesLoad, hostSupply, isFailoverHost } from './host.ts';
import { hostLoad, loadOf, type Peak, peakOf, runningOn, shareOf } from './load.ts';
import { type GrowingPart, sumAfter } from './models/growth.ts';
import { monthsAhead } from './time.ts';
import { vmFacts } from './vm.ts';

/** What a cluster must survive, as `failover` states it. */
export type FailoverDemand =
  | { readonly kind: 'hosts' | 'racks' | 'sites'; readonly count: number; readonly by: string; readonly stated: Stated }
  | { readonly kind: 'percent'; readonly share: number; readonly by: string; readonly stated: Stated }
  | { readonly kind: 'none'; readonly stated: Stated };

export const failoverDemand = derive((cluster: Entity): FailoverDemand | undefined => {
  const [stated] = propsOf(cluster).layers.flatMap((layer) =>
    layer.body.filter(({ word }) => word === 'failover').map((ref) => new Stated(ref, layer, cluster.index)),
  );
  if (!stated) return undefined;
  const { subject, clauses } = stated.sentence;
  if (subject?.none) return { kind: 'none', stated };
  const by = textIn(stated, clauses.get('by')?.value) ?? 'demand';
  const first = partOf(subject, 0, 0);
  const of = textIn(stated, subject, 1) ?? 'host';
  if (first?.type === 'number') {
    const kind = of.startsWith('rack') ? 'racks' : of.startsWith('site') ? 'sites' : 'hosts';
    return { kind, count: first.value, by, stated };
  }
  return first?.type === 'quantity' ? { kind: 'percent', share: first.value, by, stated } : undefined;
});

/** Hosts of a cluster that carry load, in text order. */
export const liveHosts = derive((cluster: Entity): readonly Entity[] => hostsOf(cluster).filter(carriesLoad), sameList);

/** Totals of a cluster. */
export interface ClusterUse {
  /** Those that carry load and are not kept empty for failover. */
  readonly hosts: readonly Entity[];
  /** Those kept empty for failover: what the cluster has is without them, until a host is lost. */
  readonly spares: readonly Entity[];
  /** Running VMs, on its hosts and in its pool. */
  readonly vms: readonly Entity[];
  readonly pooled: readonly Entity[];
  readonly cores: Figure | undefined;
  readonly cpuSupply: Figure | undefined;
  readonly memorySupply: Figure | undefined;
  readonly cpu: Figure | undefined;
  readonly memory: Figure | undefined;
  readonly vcpuRatio: Figure | undefined;
  readonly cpuShare: Figure | undefined;
  readonly memoryShare: Figure | undefined;
}

/** Hosts of a cluster that carry load, or would after a failure. */
const workingHosts = derive(
  (cluster: Entity): readonly Entity[] => liveHosts(cluster).filter((host) => !isFailoverHost(host)),
  sameList,
);

/** Hosts of a cluster that are kept empty for a failure. */
const spareHosts = derive((cluster: Entity): readonly Entity[] => liveHosts(cluster).filter(isFailoverHost), sameList);

export const clusterUse = derive((cluster: Entity): ClusterUse => {
  const all = liveHosts(cluster);
  const spares = spareHosts(cluster);
  const hosts = workingHosts(cluster);
  const supplies = hosts.map(hostSupply);
  const pooled = runningOn(cluster);
  const pool = pooled.length > 0 ? loadOf(pooled, meanClock(hosts), supplies[0]?.hypervisor, undefined) : undefined;
  const loads = [...all.map(hostLoad), ...(pool ? [pool] : [])];
  const further = furtherVms(cluster);
  const add = (label: string, figures: readonly (Figure | undefined)[], isComplete: boolean) =>
    sumOf(label, figures, isComplete);
  const anyEmpty = (pick: (load: (typeof loads)[number]) => Figure | undefined) =>
    loads.some((load) => load.vms.length > 0 && !pick(load));
  const cores = add(
    'cores',
    supplies.map((supply) => coreFigure(supply.cores, supply.reservedCores)),
    true,
  );
  const cpuSupply = add(
    'usable CPU',
    supplies.map((supply) => supply.cpu),
    true,
  );
  const memorySupply = add(
    'usable memory',
    supplies.map((supply) => supply.memory),
    true,
  );
  const cpu = add('CPU demand', [...loads.map((load) => load.cpu), further?.cpu], !anyEmpty((load) => load.cpu));
  const memory = add(
    'memory of VMs',
    [...loads.map((load) => load.memory), further?.memory],
    !anyEmpty((load) => load.memory),
  );
  const vcpus = add('vCPU', [...loads.map((load) => load.vcpus), further?.vcpus], !anyEmpty((load) => load.vcpus));
  const isSupplyKnown = (pick: (supply: (typeof supplies)[number]) => unknown) =>
    supplies.length > 0 && supplies.every((supply) => pick(supply) !== undefined);
  return {
    hosts,
    spares,
    vms: [...all.flatMap((host) => runningOn(host)), ...pooled],
    pooled,
    cores,
    cpuSupply,
    memorySupply,
    cpu,
    memory,
    vcpuRatio:
      vcpus && cores && cores.value > 0 && isSupplyKnown((supply) => supply.cores)
        ? derivedFigure('vCPU per core', 'ratio', vcpus.value / cores.value, 'Σ vCPU ÷ Σ cores', [vcpus, cores])
        : undefined,
    cpuShare: isSupplyKnown((supply) => supply.cpu) ? shareOf('CPU', cpu, cpuSupply) : undefined,
    memoryShare: isSupplyKnown((supply) => supply.memory) ? shareOf('memory', memory, memorySupply) : undefined,
  };
});

/** The busiest window of a cluster with a pool, as `hostPeak` has it for one host. Undefined while the CPU of a host is not known. */
export const clusterPeak = derive((cluster: Entity): Peak | undefined => {
  const { hosts, vms, cpuShare, cpuSupply } = clusterUse(cluster);
  return cpuShare && peakOf({ vms, facts: vms.map(vmFacts) }, meanClock(hosts), cpuSupply, undefined);
});

/** What runs in a cluster, in the parts that grow in one way. */
export const growingCluster = derive((cluster: Entity): GrowingLoad => {
  const hosts = liveHosts(cluster);
  const pooled = runningOn(cluster);
  const working = workingHosts(cluster);
  const hypervisor = working[0] && hostSupply(working[0]).hypervisor;
  const pool = pooled.length > 0 ? [growingLoadOf(pooled, meanClock(working), hypervisor, undefined)] : [];
  return growingTogether([...hosts.map(growingLoad), ...pool]);
});

/** What the VMs ask for that have come by the day of evaluation: of the mix of today's, in the cluster, and on no host yet. */
function furtherVms(cluster: Entity): { readonly [K in keyof GrowingLoad]: Figure | undefined } | undefined {
  const months = monthsAhead(cluster.design);
  if (months === 0) return undefined;
  const load = growingCluster(cluster);
  const figure = (parts: readonly GrowingPart[], unit: Figure['unit']) => {
    const value = sumAfter(parts, 0, months) - parts.reduce((sum, { base }) => sum + base, 0);
    const formula = `what the VMs of today ask for × their growth in number in ${formatNumber(months)} months`;
    return value === 0 ? undefined : derivedFigure('further VMs', unit, value, formula, []);
  };
  return {
    cpu: figure(load.cpu, 'frequency'),
    memory: figure(load.memory, 'size'),
    vcpus: figure(load.vcpus, 'vCPU'),
  };
}

function coreFigure(cores: number | undefined, reserved: number): Figure | undefined {
  return cores === undefined
    ? undefined
    : { label: 'cores', unit: 'cores', value: cores - reserved, origin: 'stated', isAtLeast: false };
}

function sumOf(label: string, figures: readonly (Figure | undefined)[], isComplete: boolean): Figure | undefined {
  const known = figures.filter((figure) => figure !== undefined);
  const [first] = known;
  if (!first) return undefined;
  const value = known.reduce((sum, figure) => sum + figure.value, 0);
  const isAtLeast = !isComplete || known.some((figure) => figure.isAtLeast);
  return derivedFigure(
    label,
    first.unit,
    value,
    `Σ ${label} of ${known.length} ${known.length === 1 ? 'host' : 'hosts'}`,
    known,
    { isAtLeast },
  );
}

/** Clock that the demand of pooled VMs is reckoned with: the mean over the cores of the hosts. */
export function meanClock(hosts: readonly Entity[]): number | undefined {
  let cores = 0;
  let total = 0;
  for (const host of hosts) {
    const supply = hostSupply(host);
    if (supply.cores === undefined || supply.clock === undefined) return undefined;
    cores += supply.cores;
    total += supply.cores * supply.clock;
  }
  return cores > 0 ? total / cores : undefined;
}

type Resource = 'cpu' | 'memory';

/** The hosts whose loss takes away most of a resource. */
export function lostHosts(
  cluster: Entity,
  hosts: readonly Entity[],
  kind: 'hosts' | 'racks' | 'sites',
  count: number,
  of: Resource = 'memory',
): readonly Entity[] {
  if (kind === 'hosts') return [...hosts].sort((a, b) => sizeOf([b], of) - sizeOf([a], of)).slice(0, count);
  const groups = groupsOf(hosts, kind, of);
  return groups.length > 1 || cluster.kind !== 'cluster' ? groups.slice(0, count).flat() : [];
}

/** Each loss of a rack or site; of several at once only that of the largest. */
export function lossDomains(
  hosts: readonly Entity[],
  kind: 'racks' | 'sites',
  count: number,
): readonly (readonly Entity[])[] {
  const groups = groupsOf(hosts, kind, 'memory');
  if (groups.length <= count) return [];
  return count === 1 ? groups : [groups.slice(0, count).flat()];
}

/** Hosts by rack or site, the largest first; those of which it is not known are left out. */
function groupsOf(hosts: readonly Entity[], kind: 'racks' | 'sites', of: Resource): readonly (readonly Entity[])[] {
  const groups = new Map<Entity | undefined, Entity[]>();
  const keyOf = kind === 'racks' ? rackOf : (host: Entity) => sitesOf(host)[0];
  for (const host of hosts) groups.set(keyOf(host), [...(groups.get(keyOf(host)) ?? []), host]);
  groups.delete(undefined);
  return [...groups.values()].sort((a, b) => sizeOf(b, of) - sizeOf(a, of));
}

function sizeOf(hosts: readonly Entity[], of: Resource): number {
  return hosts.reduce((sum, host) => sum + (hostSupply(host)[of]?.value ?? 0), 0);
}

/** What may be lost of a cluster: hosts, or a share of the whole. */
export type Loss = { readonly kind: 'hosts' | 'racks' | 'sites'; readonly count: number } | { readonly share: number };

/** What a cluster offers after a loss. */
export interface SupplyLeft {
  readonly cpu: Figure | undefined;
  readonly memory: Figure | undefined;
}

/** What a cluster has left for VMs when what its `failover` names is lost; all that it has where nothing is named. */
export function supplyAfterLoss(cluster: Entity): SupplyLeft {
  const use = clusterUse(cluster);
  const demand = failoverDemand(cluster);
  if (!demand || demand.kind === 'none') return { cpu: use.cpuSupply, memory: use.memorySupply };
  return worstLoss(cluster, use, demand);
}

/** What is left after a loss, with the hosts that each of its figures is without. */
export interface WorstLoss extends SupplyLeft {
  readonly lost: Readonly<Record<Resource, readonly Entity[]>>;
}

/**
 * What a loss leaves at worst, of CPU and of memory each: where hosts differ, those with most CPU are not always those with most memory.
 * Hosts that are kept for failover come in.
 */
export function worstLoss(cluster: Entity, use: ClusterUse, loss: Loss): WorstLoss {
  const share = 'share' in loss ? loss.share : 0;
  const lostOf = (of: Resource) => ('share' in loss ? [] : lostHosts(cluster, use.hosts, loss.kind, loss.count, of));
  const lost = { cpu: lostOf('cpu'), memory: lostOf('memory') };
  const left = (supply: Figure | undefined, of: Resource) => {
    if (!supply || (lost[of].length === 0 && share === 0)) return undefined;
    const what = share > 0 ? formatShare(share) : namesOf(lost[of]);
    const spare = sizeOf(use.spares, of);
    const gone = share > 0 ? supply.value * share : sizeOf(lost[of], of);
    const formula = spare > 0 ? 'total + hosts kept for failover − what fails' : 'total − what fails';
    return derivedFigure(`${supply.label} without ${what}`, supply.unit, supply.value + spare - gone, formula, [
      supply,
    ]);
  };
  return { cpu: left(use.cpuSupply, 'cpu'), memory: left(use.memorySupply, 'memory'), lost };
}

function namesOf(hosts: readonly Entity[]): string {
  const names = hosts.map((host) => host.name);
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}

/** Load as a share of what is left after a loss; the worse of CPU and memory. */
export function shareOfLeft(use: ClusterUse, left: SupplyLeft): Figure | undefined {
  const cpu = use.cpuShare && shareOf('CPU after the loss', use.cpu, left.cpu);
  const memory = use.memoryShare && shareOf('memory after the loss', use.memory, left.memory);
  return cpu && memory ? (cpu.value >= memory.value ? cpu : memory) : (memory ?? cpu);
}
