import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { hostsOf } from '../design/placement.ts';
import { partOf, type Stated, textIn } from '../design/props.ts';
import { datastoresOf, propsOf, rackOf, sitesOf } from '../design/things.ts';
import { affinities } from './affinity.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { carriesLoad, hostSupply } from './host.ts';
import { cpuDemandOn, hostLoad, loadOf, memoryDemandOn, runningOn, shareOf } from './load.ts';
import { afterLosses, type FailoverVerdict, type FailoverVm, singleLosses } from './models/failover.ts';
import { vmFacts } from './vm.ts';

/** What a cluster must survive, as `failover` states it. */
export type FailoverDemand =
  | { readonly kind: 'hosts' | 'racks' | 'sites'; readonly count: number; readonly by: string; readonly stated: Stated }
  | { readonly kind: 'percent'; readonly share: number; readonly by: string; readonly stated: Stated }
  | { readonly kind: 'none'; readonly stated: Stated };

export const failoverDemand = derive((cluster: Entity): FailoverDemand | undefined => {
  const [stated] = propsOf(cluster).layers.flatMap((layer) =>
    layer.body
      .filter((located) => located.sentence.word === 'failover')
      .map((located): Stated => ({ ...located, layer, index: cluster.index })),
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
export const liveHosts = derive((cluster: Entity): readonly Entity[] => hostsOf(cluster).filter(carriesLoad));

/** Totals of a cluster. */
export interface ClusterUse {
  readonly hosts: readonly Entity[];
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

export const clusterUse = derive((cluster: Entity): ClusterUse => {
  const hosts = liveHosts(cluster);
  const supplies = hosts.map(hostSupply);
  const pooled = runningOn(cluster);
  const clock = meanClock(hosts);
  const pool = pooled.length > 0 ? loadOf(pooled, clock, supplies[0]?.hypervisor, undefined) : undefined;
  const loads = [...hosts.map(hostLoad), ...(pool ? [pool] : [])];
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
  const cpu = add(
    'CPU demand',
    loads.map((load) => load.cpu),
    !anyEmpty((load) => load.cpu),
  );
  const memory = add(
    'memory of VMs',
    loads.map((load) => load.memory),
    !anyEmpty((load) => load.memory),
  );
  const vcpus = add(
    'vCPU',
    loads.map((load) => load.vcpus),
    !anyEmpty((load) => load.vcpus),
  );
  const isSupplyKnown = (pick: (supply: (typeof supplies)[number]) => unknown) =>
    supplies.length > 0 && supplies.every((supply) => pick(supply) !== undefined);
  return {
    hosts,
    vms: [...hosts.flatMap((host) => runningOn(host)), ...pooled],
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

/** A loss of hosts, and the VMs that found no other. */
export interface LossResult {
  readonly lost: readonly Entity[];
  readonly verdict: FailoverVerdict | undefined;
  readonly leftOut: readonly Entity[];
}

/** What a cluster offers after a loss. */
export interface SupplyLeft {
  readonly cpu: Figure | undefined;
  readonly memory: Figure | undefined;
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
  const isPacked = !('share' in loss) && loss.kind === 'hosts' && loss.count === 1 && use.pooled.length === 0;
  if (!isPacked || hasSpareHosts(cluster, use)) return { ...common, outcome: 'holds' };
  return { ...common, ...packed(cluster, use) };
}

/** Whether for every host there is another that could take all its VMs by itself; then nothing needs to be packed. */
function hasSpareHosts(cluster: Entity, { hosts, vms }: ClusterUse): boolean {
  const [first] = hosts;
  const groups = apartGroups(cluster);
  if (!first || vms.some((vm) => groups.has(vm))) return false;
  const reach = datastoresOf(first);
  const rooms = hosts.map((host) => {
    const [supply, load] = [hostSupply(host), hostLoad(host)];
    const isIdle = load.vms.length === 0;
    const known = [load.cpu, load.memory].every((figure) => isIdle || (figure && !figure.isAtLeast));
    const [cpu, memory] = [load.cpu?.value ?? 0, load.memory?.value ?? 0];
    const free = { cpu: (supply.cpu?.value ?? 0) - cpu, memory: (supply.memory?.value ?? 0) - memory };
    return { cpu, memory, free, known: known && sameList(datastoresOf(host), reach) };
  });
  if (rooms.some(({ known }) => !known)) return false;
  return rooms.every((host) =>
    rooms.some((other) => other !== host && other.free.cpu >= host.cpu && other.free.memory >= host.memory),
  );
}

/** One host at a time is taken away and its VMs are packed onto the others. */
function packed(cluster: Entity, use: ClusterUse): Pick<Absorption, 'outcome' | 'worst' | 'keptApart'> {
  const { hosts } = use;
  const vms: Entity[] = [];
  const items: FailoverVm[] = [];
  const hostIndex = new Map(hosts.map((host, index) => [host, index]));
  const groups = apartGroups(cluster);
  const reach = hosts.map((host) => new Set(datastoresOf(host)));
  for (const host of hosts) {
    const { clock, hypervisor } = hostSupply(host);
    for (const vm of runningOn(host)) {
      const facts = vmFacts(vm);
      const stores = [...new Set([facts.home, ...facts.disks.map((disk) => disk.datastore)])].filter(
        (store) => store !== undefined,
      );
      const allowed =
        stores.length === 0
          ? undefined
          : hosts.flatMap((_, index) => (stores.every((store) => reach[index]?.has(store)) ? [index] : []));
      vms.push(vm);
      items.push({
        host: hostIndex.get(host) ?? -1,
        cpu: cpuDemandOn(facts, clock, undefined),
        memory: memoryDemandOn(facts, hypervisor),
        apart: groups.get(vm) ?? [],
        ...(allowed && allowed.length > 1 && allowed.length < hosts.length ? { hosts: allowed } : {}),
      });
    }
  }
  const capacities = hosts.map((host) => ({
    cpu: hostSupply(host).cpu?.value,
    memory: hostSupply(host).memory?.value,
  }));
  const result = (verdict: FailoverVerdict): LossResult => {
    const pick = (indices: readonly number[], from: readonly Entity[]) => indices.flatMap((index) => from[index] ?? []);
    return { lost: pick(verdict.lost, hosts), verdict, leftOut: pick(verdict.leftOut, vms) };
  };
  const failing = (verdicts: readonly FailoverVerdict[] = []) => verdicts.filter(({ outcome }) => outcome !== 'fits');
  const failed = failing(afterLosses(capacities, items, singleLosses(hosts.length)));
  const [first] = failed;
  if (!first) return { outcome: 'holds', worst: undefined };
  const free = items.map((item) => ({ ...item, apart: [] }));
  const lacking =
    groups.size > 0
      ? failing(
          afterLosses(
            capacities,
            free,
            failed.map(({ lost }) => lost),
          ),
        )
      : failed;
  const worst = lacking.find(({ outcome }) => outcome === 'impossible') ?? lacking[0];
  if (!worst) return { outcome: 'holds', worst: undefined, keptApart: result(first) };
  return { outcome: 'fails', worst: result(worst) };
}

function apartGroups(cluster: Entity): ReadonlyMap<Entity, number[]> {
  const groups = new Map<Entity, number[]>();
  for (const [index, rule] of affinities(cluster.design).entries()) {
    if (rule.kind !== 'apart' || rule.by !== 'host' || !rule.isMust) continue;
    for (const vm of rule.vms) groups.set(vm, [...(groups.get(vm) ?? []), index]);
  }
  return groups;
}

/** The hosts whose loss takes away most. */
function lostHosts(
  cluster: Entity,
  hosts: readonly Entity[],
  kind: 'hosts' | 'racks' | 'sites',
  count: number,
): readonly Entity[] {
  if (kind === 'hosts') return byMemory(hosts).slice(0, count);
  const groups = new Map<Entity | undefined, Entity[]>();
  const keyOf = kind === 'racks' ? rackOf : (host: Entity) => sitesOf(host)[0];
  for (const host of hosts) groups.set(keyOf(host), [...(groups.get(keyOf(host)) ?? []), host]);
  groups.delete(undefined);
  const sized = [...groups.values()].sort((a, b) => memoryOf(b) - memoryOf(a));
  return groups.size > 1 || cluster.kind !== 'cluster' ? sized.slice(0, count).flat() : [];
}

function byMemory(hosts: readonly Entity[]): Entity[] {
  return [...hosts].sort((a, b) => memoryOf([b]) - memoryOf([a]));
}

function memoryOf(hosts: readonly Entity[]): number {
  return hosts.reduce((sum, host) => sum + (hostSupply(host).memory?.value ?? 0), 0);
}

function supplyLeft(use: ClusterUse, lost: readonly Entity[], percent: number): SupplyLeft {
  if (lost.length === 0 && percent === 0) return { cpu: undefined, memory: undefined };
  const what = percent > 0 ? `${percent * 100} %` : lost.map((host) => host.name).join(', ');
  const left = (supply: Figure | undefined, pick: (host: Entity) => number | undefined) => {
    if (!supply) return undefined;
    const gone = percent > 0 ? supply.value * percent : lost.reduce((sum, host) => sum + (pick(host) ?? 0), 0);
    return derivedFigure(`${supply.label} without ${what}`, supply.unit, supply.value - gone, 'total − what fails', [
      supply,
    ]);
  };
  return {
    cpu: left(use.cpuSupply, (host) => hostSupply(host).cpu?.value),
    memory: left(use.memorySupply, (host) => hostSupply(host).memory?.value),
  };
}

function shareOfLeft(use: ClusterUse, left: SupplyLeft): Figure | undefined {
  const cpu = use.cpuShare && shareOf('CPU after the loss', use.cpu, left.cpu);
  const memory = use.memoryShare && shareOf('memory after the loss', use.memory, left.memory);
  return cpu && memory ? (cpu.value >= memory.value ? cpu : memory) : (memory ?? cpu);
}

function whyUnknown(use: ClusterUse): string {
  if (use.hosts.length < 2) return 'fewer than two hosts carry load';
  const unnamed = use.hosts.filter((host) => !hostSupply(host).memory);
  return unnamed.length > 0
    ? `memory of ${unnamed.map((host) => host.name).join(', ')} is not stated`
    : 'demand of its VMs is not stated';
}
