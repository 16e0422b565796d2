import type { Unit } from '../../capacity/figure.ts';
import { hostSupply } from '../../capacity/host.ts';
import { cpuDemandOn, hostLoad, memoryDemandOn, reservedMemoryOn, runningOn } from '../../capacity/load.ts';
import { afterUplinkLoss } from '../../capacity/models/network-uplinks.ts';
import { pathCapacity } from '../../capacity/models/storage-paths.ts';
import { storagePaths, usesPaths } from '../../capacity/san.ts';
import { switchesOf } from '../../capacity/uplinks.ts';
import { trafficOver, type VmFacts, vmFacts } from '../../capacity/vm.ts';
import type { Entity } from '../../design/declaration.ts';
import { clusterOfHost } from '../../design/placement.ts';
import { propsOf } from '../../design/things.ts';

/** Where rules begin to find something, as shares of what a host offers; ascending. Empty where the rule is off. */
export interface Thresholds {
  readonly all: readonly number[];
  /** The one of `all` from which it is an error. */
  readonly error: number | undefined;
}

/** The limits of the rules, as the policies of the design set them. */
export interface PlanLimits {
  readonly of: (rule: string, host: Entity) => Thresholds;
  /** vCPU per core of a host for a kind of work, or for that of its cluster; undefined where the rule is off. */
  readonly vcpusPerCore: (host: Entity, workload: string | undefined) => number | undefined;
}

/** One measure of one host: what it offers, where its rule begins to find something, and what a VM would add. */
export interface HostGauge {
  /** The same for the same measure on every host: `CPU`, `network sent over vs0`. */
  readonly key: string;
  /** The rule that watches it. */
  readonly rule: string;
  /** In a sentence. */
  readonly label: string;
  readonly unit: Unit;
  readonly capacity: number;
  /** Amounts from which the rule finds something; ascending. */
  readonly thresholds: readonly number[];
  /** The one of them from which it is an error. */
  readonly error: number | undefined;
  /** Gauges of one key and kind ask the same of every VM. */
  readonly kind: string;
  readonly demand: (vm: Entity) => number;
  /** Its weight in the balance of hosts. */
  readonly balance: number;
}

/** What is reckoned for VMs that state nothing, from what was measured on their host as a whole. */
export interface Estimates {
  /** Hz. */
  readonly cpu: ReadonlyMap<Entity, number>;
  /** Bytes. */
  readonly activeMemory: ReadonlyMap<Entity, number>;
}

/** What the gauges of some hosts are made from. */
export interface GaugeInputs {
  readonly limits: PlanLimits;
  readonly estimates: Estimates;
  /** Windows in which VMs ask for more CPU. */
  readonly windows: readonly string[];
  /** Kinds of work that VMs state. */
  readonly workloads: readonly string[];
}

/** Everything about a host that moves change and a rule watches. What is not stated has no gauge. */
export function gaugesOf(host: Entity, inputs: GaugeInputs): readonly HostGauge[] {
  return [
    ...cpuGauges(host, inputs),
    ...memoryGauges(host, inputs),
    ...vcpuGauge(host, inputs),
    ...uplinkGauges(host, inputs),
    ...pathGauge(host, inputs),
    ...crowdGauge(host, inputs),
  ];
}

function cpuGauges(host: Entity, { limits, estimates, windows }: GaugeInputs): HostGauge[] {
  const { clock, cpu } = hostSupply(host);
  const overhead = propsOf(host).number('cpu-overhead')?.value;
  return [undefined, ...windows].flatMap((window) => {
    const label = window === undefined ? 'CPU' : `CPU ${window}`;
    return gauge(host, limits, {
      key: label,
      label,
      rule: 'host-cpu-overloaded',
      unit: 'frequency',
      capacity: cpu?.value,
      kind: `${clock} ${overhead}`,
      demand: (vm) => cpuDemandOn(vmFacts(vm), clock, overhead, window) ?? estimates.cpu.get(vm),
      balance: window === undefined ? 1 : 0,
    });
  });
}

function memoryGauges(host: Entity, { limits, estimates }: GaugeInputs): HostGauge[] {
  const { memory, hypervisor } = hostSupply(host);
  const base = { unit: 'size', capacity: memory?.value } as const;
  return [
    ...gauge(host, limits, {
      ...base,
      key: 'memory',
      label: 'memory',
      rule: 'host-memory-overcommitted',
      kind: hypervisor ?? '',
      demand: (vm) => memoryDemandOn(vmFacts(vm), hypervisor),
      balance: 1,
    }),
    ...gauge(host, limits, {
      ...base,
      key: 'active memory',
      label: 'active memory',
      rule: 'host-memory-active-high',
      kind: '',
      demand: (vm) => vmFacts(vm).activeMemory ?? estimates.activeMemory.get(vm),
      balance: 1,
    }),
    ...gauge(host, limits, {
      ...base,
      key: 'reserved memory',
      label: 'reserved memory',
      rule: 'reservations-exceed-memory',
      kind: hypervisor ?? '',
      demand: (vm) => reservedMemoryOn(vmFacts(vm), hypervisor),
      balance: 0,
    }),
  ];
}

/** VMs whose kind of work bears fewer vCPUs per core count for more, so that a mix of work has one limit. */
function vcpuGauge(host: Entity, { limits, workloads }: GaugeInputs): HostGauge[] {
  const { cores, reservedCores } = hostSupply(host);
  const common = limits.vcpusPerCore(host, undefined);
  if (cores === undefined || cores <= reservedCores || common === undefined) return [];
  const capacity = cores - reservedCores;
  const { all, error } = limits.of('vcpu-ratio-high', host);
  const ratios = new Map(workloads.map((workload) => [workload, limits.vcpusPerCore(host, workload) ?? common]));
  return [
    {
      key: 'vCPU per core',
      label: 'vCPU per core',
      rule: 'vcpu-ratio-high',
      unit: 'vCPU',
      capacity,
      thresholds: all.map((ratio) => ratio * capacity),
      error: error === undefined ? undefined : error * capacity,
      kind: `${common} ${[...ratios.values()].join(' ')}`,
      demand: (vm) => {
        const { vcpus = 0, workload } = vmFacts(vm);
        return (vcpus * common) / (ratios.get(workload ?? '') ?? common);
      },
      balance: 1 / common,
    },
  ];
}

/** Both directions of each virtual switch, whole and after the loss of an uplink. */
function uplinkGauges(host: Entity, { limits }: GaugeInputs): HostGauge[] {
  return switchesOf(host).flatMap(({ name, networks, capacity, uplinks, teaming }) => {
    const carried = new Set(networks);
    const loss = uplinks.length > 1 ? afterUplinkLoss(uplinks, teaming) : undefined;
    return (['tx', 'rx'] as const).flatMap((direction) => {
      const label = `network ${direction === 'tx' ? 'sent' : 'received'} over ${name}`;
      const demand = (vm: Entity) => trafficOver(vmFacts(vm), carried, direction);
      const kind = networks.map((network) => network.name).join(' ');
      const base = { unit: 'rate', demand, kind } as const;
      const lost = `${label} after the loss of ${loss?.lost}`;
      return [
        ...gauge(host, limits, {
          ...base,
          key: label,
          label,
          rule: 'uplinks-overloaded',
          capacity: capacity?.value,
          balance: 0.5,
        }),
        ...gauge(host, limits, {
          ...base,
          key: `${label} after a loss`,
          label: lost,
          rule: 'uplink-loss-unsurvivable',
          capacity: loss?.capacity,
          balance: 0,
        }),
      ];
    });
  });
}

/** What disks on arrays move over the paths of a host. */
function pathGauge(host: Entity, { limits }: GaugeInputs): HostGauge[] {
  return gauge(host, limits, {
    key: 'storage paths',
    label: 'storage paths',
    rule: 'storage-path-overloaded',
    unit: 'rate',
    capacity: pathCapacity(storagePaths(host) ?? []),
    kind: '',
    demand: (vm) => (usesPaths(vm) ? vmFacts(vm).throughput : undefined),
    balance: 0.5,
  });
}

/** How many VMs fail together. Desktops are many by design. */
function crowdGauge(host: Entity, { limits }: GaugeInputs): HostGauge[] {
  if (workloadOf(host) === 'vdi') return [];
  const { all, error } = limits.of('host-crowded', host);
  const [first] = all;
  if (first === undefined) return [];
  return [
    {
      key: 'VMs',
      label: 'number of VMs',
      rule: 'host-crowded',
      unit: 'count',
      capacity: first,
      thresholds: all,
      error,
      kind: '',
      demand: () => 1,
      balance: 0,
    },
  ];
}

type Sketch = Omit<HostGauge, 'thresholds' | 'error' | 'capacity' | 'demand'> & {
  readonly capacity: number | undefined;
  readonly demand: (vm: Entity) => number | undefined;
};

function gauge(host: Entity, limits: PlanLimits, { capacity, demand, ...own }: Sketch): HostGauge[] {
  if (capacity === undefined || capacity <= 0) return [];
  const { all, error } = limits.of(own.rule, host);
  if (all.length === 0) return [];
  return [
    {
      ...own,
      capacity,
      thresholds: all.map((share) => share * capacity),
      error: error === undefined ? undefined : error * capacity,
      demand: (vm) => demand(vm) ?? 0,
    },
  ];
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
