import { hostSupply } from '../capacity/host.ts';
import { cpuDemandOn, hostLoad, memoryDemandOn, runningOn } from '../capacity/load.ts';
import { afterUplinkLoss } from '../capacity/models/network-uplinks.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import { type VmFacts, vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';
import type { Gauge } from './model.ts';

/** The most that rules find nothing wrong with. */
export interface PlanLimits {
  /** Share of what a host offers: where a rule begins to find something, and where it is an error; undefined where it is off. */
  readonly share: (
    rule: string,
    host: Entity,
  ) => { readonly first: number; readonly error: number | undefined } | undefined;
  /** vCPU per core of a host for this kind of work, or for that of its cluster; undefined where the rule is off. */
  readonly vcpusPerCore: (host: Entity, workload: string | undefined) => number | undefined;
}

/** What is reckoned for VMs that state nothing, from what was measured on their host as a whole. */
export interface Estimates {
  /** Hz. */
  readonly cpu: ReadonlyMap<Entity, number>;
  /** Bytes. */
  readonly activeMemory: ReadonlyMap<Entity, number>;
}

/** Adds up what the VMs of a unit take. */
type SumOver = (unit: number, take: (facts: VmFacts, vm: Entity) => number | undefined) => number;

/** Everything about a host that moves change and a rule watches. What is not stated has no gauge. */
export function gaugesOf(
  host: Entity,
  vmsOf: readonly (readonly Entity[])[],
  limits: PlanLimits,
  estimates: Estimates,
  windows: readonly string[],
): readonly Gauge[] {
  const sum: SumOver = (unit, take) => {
    let total = 0;
    for (const vm of vmsOf[unit] ?? []) total += take(vmFacts(vm), vm) ?? 0;
    return total;
  };
  return [
    ...cpuGauges(host, limits, estimates, windows, sum),
    ...memoryGauges(host, limits, estimates, sum),
    ...vcpuGauge(host, limits, sum),
    ...uplinkGauges(host, limits, sum),
  ];
}

function cpuGauges(
  host: Entity,
  limits: PlanLimits,
  estimates: Estimates,
  windows: readonly string[],
  sum: SumOver,
): Gauge[] {
  const { clock, cpu } = hostSupply(host);
  const overhead = propsOf(host).number('cpu-overhead')?.value;
  const demandIn = (window: string | undefined) => (unit: number) =>
    sum(unit, (facts, vm) => cpuDemandOn(facts, clock, overhead, window) ?? estimates.cpu.get(vm));
  const base = { rule: 'host-cpu-overloaded', unit: 'frequency', capacity: cpu?.value } as const;
  return [undefined, ...windows].flatMap((window) => {
    const label = window === undefined ? 'CPU' : `CPU ${window}`;
    return gauge(host, limits, { ...base, key: label, label, demand: demandIn(window) });
  });
}

function memoryGauges(host: Entity, limits: PlanLimits, estimates: Estimates, sum: SumOver): Gauge[] {
  const { memory, hypervisor } = hostSupply(host);
  const base = { unit: 'size', capacity: memory?.value } as const;
  return [
    ...gauge(host, limits, {
      ...base,
      key: 'memory',
      label: 'memory',
      rule: 'host-memory-overcommitted',
      demand: (unit) => sum(unit, (facts) => memoryDemandOn(facts, hypervisor)),
    }),
    ...gauge(host, limits, {
      ...base,
      key: 'active memory',
      label: 'active memory',
      rule: 'host-memory-active-high',
      demand: (unit) => sum(unit, (facts, vm) => facts.activeMemory ?? estimates.activeMemory.get(vm)),
    }),
  ];
}

/** VMs whose kind of work bears fewer vCPUs per core count for more, so that a mix of work has one limit. */
function vcpuGauge(host: Entity, limits: PlanLimits, sum: SumOver): Gauge[] {
  const { cores, reservedCores } = hostSupply(host);
  const common = limits.vcpusPerCore(host, undefined);
  if (cores === undefined || cores <= reservedCores || common === undefined) return [];
  const capacity = cores - reservedCores;
  return [
    {
      key: 'vCPU per core',
      label: 'vCPU per core',
      rule: 'vcpu-ratio-high',
      unit: 'vCPU',
      capacity,
      limit: common * capacity,
      ceiling: undefined,
      demand: (unit) =>
        sum(unit, ({ vcpus, workload }) => ((vcpus ?? 0) * common) / (limits.vcpusPerCore(host, workload) ?? common)),
    },
  ];
}

/** Both directions of each virtual switch, whole and after the loss of an uplink. */
function uplinkGauges(host: Entity, limits: PlanLimits, sum: SumOver): Gauge[] {
  return switchesOf(host).flatMap(({ name, networks, capacity, uplinks, teaming }) => {
    const carried = new Set(networks);
    const loss = uplinks.length > 1 ? afterUplinkLoss(uplinks, teaming) : undefined;
    return (['tx', 'rx'] as const).flatMap((direction) => {
      const label = `network ${direction === 'tx' ? 'sent' : 'received'} over ${name}`;
      const demand = (unit: number) =>
        sum(unit, (facts) =>
          facts.nics.some((nic) => nic.network && carried.has(nic.network)) ? facts[direction] : undefined,
        );
      const base = { unit: 'rate', demand } as const;
      const lost = `${label} after the loss of ${loss?.lost}`;
      return [
        ...gauge(host, limits, { ...base, key: label, label, rule: 'uplinks-overloaded', capacity: capacity?.value }),
        ...gauge(host, limits, {
          ...base,
          key: `${label} after a loss`,
          label: lost,
          rule: 'uplink-loss-unsurvivable',
          capacity: loss?.capacity,
        }),
      ];
    });
  });
}

function gauge(
  host: Entity,
  limits: PlanLimits,
  own: Omit<Gauge, 'limit' | 'ceiling' | 'capacity'> & { readonly capacity: number | undefined },
): Gauge[] {
  const share = limits.share(own.rule, host);
  const { capacity } = own;
  return capacity === undefined || capacity <= 0 || share === undefined
    ? []
    : [{ ...own, capacity, limit: capacity * share.first, ceiling: share.error && capacity * share.error }];
}

/**
 * Where only the host as a whole was measured, each VM is taken to have its share by vCPU of the CPU, and by configured
 * memory of the memory in use (ours).
 */
export function estimatesFor(hosts: readonly Entity[]): Estimates {
  const cpu = new Map<Entity, number>();
  const activeMemory = new Map<Entity, number>();
  for (const host of hosts) {
    const vms = runningOn(host);
    const facts = vms.map(vmFacts);
    const load = hostLoad(host);
    const { clock } = hostSupply(host);
    if (facts.every((vm) => cpuDemandOn(vm, clock, undefined) === undefined))
      deal(vms, facts, load.cpu?.value, ({ vcpus }) => vcpus, cpu);
    if (facts.every((vm) => vm.activeMemory === undefined))
      deal(vms, facts, load.activeMemory?.value, ({ memory }) => memory, activeMemory);
  }
  return { cpu, activeMemory };
}

function deal(
  vms: readonly Entity[],
  facts: readonly VmFacts[],
  total: number | undefined,
  weightOf: (facts: VmFacts) => number | undefined,
  found: Map<Entity, number>,
): void {
  const weights = facts.map((vm) => weightOf(vm) ?? 0);
  const sum = weights.reduce((a, b) => a + b, 0);
  if (total === undefined || sum <= 0) return;
  for (const [index, vm] of vms.entries()) found.set(vm, (total * (weights[index] ?? 0)) / sum);
}

/** Kind of work that the VMs of a host do where they do not say. */
export function workloadOf(host: Entity): string | undefined {
  const cluster = clusterOfHost(host);
  return cluster && propsOf(cluster).word('workload');
}
