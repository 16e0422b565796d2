import { distinctName, type Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { inTextOrder } from '../design/order.ts';
import { clusterUse } from './cluster.ts';
import { exists } from './exists.ts';
import type { Figure } from './figure.ts';
import { hostSupply } from './host.ts';
import { hostUse } from './load.ts';
import { vmFacts } from './vm.ts';

/** A sum over things of which some may not state their part; null if none does. */
export interface Total {
  readonly value: number | null;
  /** How many do not state it: the true sum is larger. */
  readonly unstated: number;
}

/** What a design holds in all, on its day. Sizes in bytes. */
export interface Totals {
  readonly vms: number;
  readonly on: number;
  /** Every VM that is not running: off, suspended, templates. */
  readonly off: number;
  /** Of the VMs that are on. */
  readonly vcpus: Total;
  /** Configured memory of the VMs that are on. */
  readonly memory: Total;
  /** Disks whole, of all VMs. */
  readonly provisioned: Total;
  /** Hosts that state CPU or memory. */
  readonly hosts: number;
  /** Hosts that are named and state neither. */
  readonly hostsUndescribed: number;
  readonly cores: Total;
  /** Installed. */
  readonly hostMemory: Total;
  readonly clusters: readonly ClusterTotals[];
}

export interface ClusterTotals {
  readonly name: string;
  readonly hosts: number;
  readonly hostsUndescribed: number;
  readonly vmsOn: number;
  readonly vcpus: number | null;
  readonly cores: number | null;
  /** vCPU per core; null unless every host states its cores. */
  readonly ratio: number | null;
  /** The host with the most vCPU per core. */
  readonly worstHost: {
    readonly name: string;
    readonly vcpus: number;
    readonly cores: number;
    readonly ratio: number;
  } | null;
}

export function totalsOf(design: Design): Totals {
  const vms = [...design.members('vm')].filter(exists).map(vmFacts);
  const on = vms.filter((vm) => vm.state === 'on');
  const all = [...design.members('host')].filter(exists);
  const hosts = all.filter(isDescribed).map(hostSupply);
  return {
    vms: vms.length,
    on: on.length,
    off: vms.length - on.length,
    vcpus: total(on, (vm) => vm.vcpus),
    memory: total(on, (vm) => vm.memory),
    provisioned: total(vms, (vm) => vm.provisioned),
    hosts: hosts.length,
    hostsUndescribed: all.length - hosts.length,
    cores: total(hosts, (host) => host.cores),
    hostMemory: total(hosts, (host) => host.installedMemory),
    clusters: inTextOrder([...design.members('cluster')])
      .filter(exists)
      .map(clusterTotals),
  };
}

function clusterTotals(cluster: Entity): ClusterTotals {
  const use = clusterUse(cluster);
  const described = use.hosts.filter(isDescribed);
  const vcpus = total(use.vms.map(vmFacts), (vm) => vm.vcpus);
  return {
    name: distinctName(cluster),
    hosts: described.length,
    hostsUndescribed: use.hosts.length - described.length,
    vmsOn: use.vms.length,
    vcpus: vcpus.value,
    cores: use.cores?.value ?? null,
    ratio: use.vcpuRatio?.value ?? null,
    worstHost: worstOf(use.hosts),
  };
}

function worstOf(hosts: readonly Entity[]): ClusterTotals['worstHost'] {
  let worst: { readonly host: Entity; readonly ratio: Figure } | undefined;
  for (const host of hosts) {
    const ratio = hostUse(host).vcpuRatio;
    if (ratio && (!worst || ratio.value > worst.ratio.value)) worst = { host, ratio };
  }
  const [vcpus, cores] = worst?.ratio.inputs ?? [];
  if (!worst || !vcpus || !cores) return null;
  return { name: worst.host.name, vcpus: vcpus.value, cores: cores.value, ratio: worst.ratio.value };
}

function isDescribed(host: Entity): boolean {
  const { cores, installedMemory } = hostSupply(host);
  return cores !== undefined || installedMemory !== undefined;
}

function total<T>(items: readonly T[], read: (item: T) => number | undefined): Total {
  const stated = items.map(read).filter((value) => value !== undefined);
  return {
    value: stated.length > 0 || items.length === 0 ? stated.reduce((sum, value) => sum + value, 0) : null,
    unstated: items.length - stated.length,
  };
}
