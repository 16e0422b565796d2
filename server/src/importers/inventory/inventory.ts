import type { GuestOs } from './guest-os.ts';

/** What an export says, put together from its parts. Names are those of the design: unique, and references resolve. */
export interface Inventory {
  readonly sites: readonly string[];
  readonly clusters: readonly Cluster[];
  /** Hosts in no cluster are in `hosts` alone. */
  readonly hosts: readonly Host[];
  readonly vms: readonly Vm[];
  readonly datastores: readonly Datastore[];
  readonly networks: readonly Network[];
  readonly servers?: readonly Server[];
}

/** A physical machine without a hypervisor. */
export interface Server {
  readonly name: string;
  readonly site?: string;
  readonly id?: string;
  readonly os?: GuestOs;
  readonly cores?: number;
  readonly memory?: number;
  readonly disks: readonly { readonly size: number }[];
  readonly measured: MeasuredVm;
  readonly used?: number;
  /** The day that it is retired. */
  readonly until?: string;
}

export interface Cluster {
  readonly name: string;
  readonly site?: string;
  readonly hosts: readonly Host[];
  /** VMs of the cluster that no host is known for. */
  readonly pool: readonly Vm[];
  readonly settings: ClusterSettings;
}

export interface ClusterSettings {
  readonly features: readonly string[];
  readonly drs?: { readonly mode: 'manual' | 'partial' | 'full'; readonly level?: number };
  /** Host failures that admission control keeps room for. */
  readonly failover?: number;
}

export interface Host {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly id?: string;
  readonly site?: string;
  /** Whether the host list has it; else VMs or other tabs name it, and nothing else is known. */
  readonly listed: boolean;
  readonly hardware: Hardware;
  readonly hypervisor?: Hypervisor;
  /** What is not stated runs. */
  readonly state?: 'maintenance' | 'off';
  readonly evc?: string;
  readonly features: readonly string[];
  /** Fractions of 1. */
  readonly cpuUsage?: number;
  readonly memoryUsage?: number;
  readonly nics: readonly PhysicalNic[];
  readonly nicCount?: number;
  readonly hbas: readonly string[];
  readonly hbaCount?: number;
  readonly vswitches: readonly VirtualSwitch[];
  readonly services: readonly Service[];
  readonly mounts: readonly string[];
  readonly vms: readonly Vm[];
  readonly note?: string;
}

export interface Hardware {
  readonly model?: string;
  readonly cpuModel?: string;
  /** Hz. */
  readonly clock?: number;
  readonly sockets?: number;
  readonly coresPerSocket?: number;
  readonly cores?: number;
  /** Bytes. */
  readonly memory?: number;
}

export interface Hypervisor {
  readonly type: 'esxi' | 'proxmox' | 'hyper-v' | 'kvm' | 'xen';
  readonly version?: string;
  readonly build?: number;
  readonly edition?: string;
}

export interface PhysicalNic {
  readonly name: string;
  /** bit/s; undefined for a link that is down. */
  readonly speed?: number;
  /** Number of the card, by its place on the bus. */
  readonly card?: number;
}

export interface VirtualSwitch {
  readonly name: string;
  /** A standard one where nothing is stated. */
  readonly type?: 'distributed' | 'bridge';
  readonly uplinks: readonly string[];
  readonly carries: readonly string[];
  readonly teaming?: string;
  readonly mtu?: number;
}

export interface Service {
  readonly type: string;
  readonly network: string;
  readonly address?: string;
  readonly mtu?: number;
}

export interface Datastore {
  readonly name: string;
  /** The one host that it belongs to. */
  readonly host?: string;
  readonly type?: string;
  readonly capacity?: number;
  readonly used?: number;
  readonly id?: string;
}

export interface Network {
  readonly name: string;
  readonly sites: readonly string[];
  readonly vlan?: number;
  readonly subnet?: { readonly prefix: string; readonly gateway?: string };
}

export interface Vm {
  readonly name: string;
  /** Its name in the export if another VM has it too. */
  readonly sharedName?: string;
  readonly id?: string;
  readonly state: 'on' | 'off' | 'suspended' | 'template';
  /** A container that shares the kernel of its host. */
  readonly container?: boolean;
  readonly os?: GuestOs;
  readonly vcpus?: number;
  readonly sockets?: number;
  readonly memory?: number;
  /** Dynamic memory: it may shrink to `least`, and starts with `startup`; `memory` is the most. */
  readonly dynamic?: { readonly least: number; readonly startup?: number };
  /** Bytes; swap files and snapshots included, as the hypervisor counts. */
  readonly provisioned?: number;
  readonly used?: number;
  readonly datastore?: string;
  readonly nics: readonly VirtualNic[];
  readonly disks: readonly VirtualDisk[];
  readonly snapshots: readonly Snapshot[];
  readonly devices: readonly string[];
  readonly pinned?: readonly string[];
  readonly hotAdd: readonly string[];
  /** Hz and bytes. */
  readonly reservedCpu?: number;
  readonly reservedMemory?: number;
  readonly measured: MeasuredVm;
  readonly restart?: string;
  readonly faultTolerant?: boolean;
  readonly tags?: readonly string[];
  readonly note?: string;
}

/** In base units; shares are fractions. */
export interface MeasuredVm {
  readonly cpu?: number;
  readonly cpuShare?: number;
  readonly ready?: number;
  readonly memory?: number;
  readonly memoryShare?: number;
  readonly active?: number;
  readonly consumed?: number;
  readonly ballooned?: number;
  readonly swapped?: number;
  /** bit/s. */
  readonly sent?: number;
  readonly received?: number;
  readonly iops?: number;
  /** Part of `iops` that reads. */
  readonly reads?: number;
  /** bit/s to and from disks. */
  readonly throughput?: number;
}

export interface VirtualNic {
  readonly network?: string;
  readonly address?: string;
  readonly mac?: string;
  readonly adapter?: string;
  /** bit/s. */
  readonly limit?: number;
}

export interface VirtualDisk {
  readonly name?: string;
  readonly size: number;
  readonly used?: number;
  readonly thin?: boolean;
  readonly datastore?: string;
  readonly mode?: string;
}

export interface Snapshot {
  readonly name: string;
  readonly size: number;
  readonly taken?: string;
}

/** Bytes of a binary megabyte, what most inventories count sizes in. */
export const MIB = 2 ** 20;
