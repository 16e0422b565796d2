/** The three reckonings of vSphere HA admission control. They judge reservations and sizes of hosts; whether machines fit, `failover.ts` says. */

/** Sums of fractions are rounded: what is exactly enough must not fail by a last digit. */
const ROUNDING = 1e-9;

export interface AdmissionHost {
  /** Usable frequency in Hz. */
  readonly cpu: number | undefined;
  /** Usable memory in bytes. */
  readonly memory: number | undefined;
}

export interface ResourceReserve {
  /** Share of the whole that the `failures` largest hosts make up. */
  readonly reserve: number;
  /** Share of the whole that is not used; negative if more is used than there is. */
  readonly free: number;
  readonly isEnough: boolean;
}

/**
 * Failover by a share of the cluster: reserve = sum of the k largest hosts / total, free = (total - used) / total, enough if free >= reserve.
 * Source: vSphere 6.5 Availability (verified there: k of n equal hosts make k / n); taking the largest hosts of unequal ones is VMware's best practice.
 * `undefined` if a capacity or the use is unknown, or there is no capacity.
 */
export function percentageReserve(
  capacities: readonly (number | undefined)[],
  used: number | undefined,
  failures: number,
): ResourceReserve | undefined {
  const known = allKnown(capacities);
  if (!known || used === undefined) return undefined;
  const total = known.reduce((sum, capacity) => sum + capacity, 0);
  if (total <= 0) return undefined;
  const largest = known.toSorted((a, b) => b - a).slice(0, failures);
  const reserve = largest.reduce((sum, capacity) => sum + capacity, 0) / total;
  const free = (total - used) / total;
  return { reserve, free, isEnough: free >= reserve - ROUNDING };
}

/** CPU of a slot where no machine has a reservation: 32 MHz. Source: vSphere 6.5 Availability (verified there). */
export const DEFAULT_SLOT_CPU = 32e6;

export interface SlotVm {
  /** Reserved CPU in Hz, 0 without a reservation. */
  readonly cpu: number | undefined;
  /** Reserved memory and overhead in bytes. */
  readonly memory: number | undefined;
}

export interface SlotCaps {
  /** Largest slot in CPU; a machine with a larger reservation takes several slots. */
  readonly cpu?: number | undefined;
  /** The same in memory. */
  readonly memory?: number | undefined;
}

export interface SlotCount {
  readonly slotCpu: number;
  readonly slotMemory: number;
  /** Slots of each host, in the order given. */
  readonly slots: readonly number[];
  /** Slots that the machines take. */
  readonly needed: number;
  /** How many of the hosts with most slots may fail at once; -1 if the machines need more slots than there are. */
  readonly failures: number;
}

/**
 * Failover by slots: a slot is the largest reservation, at least 32 MHz; a host has min(floor(CPU / slot), floor(memory / slot)) slots;
 * as many hosts may fail as can be taken away, those with most slots first, while the rest has a slot for each machine.
 * Source: vSphere 6.5 Availability (verified there, its worked example too). That a capped slot makes larger machines take several is recalled.
 * `undefined` if any figure is unknown.
 */
export function slotFailover(
  hosts: readonly AdmissionHost[],
  vms: readonly SlotVm[],
  caps: SlotCaps = {},
): SlotCount | undefined {
  const cpu = allKnown(vms.map((vm) => vm.cpu));
  const memory = allKnown(vms.map((vm) => vm.memory));
  const hostCpu = allKnown(hosts.map((host) => host.cpu));
  const hostMemory = allKnown(hosts.map((host) => host.memory));
  if (!cpu || !memory || !hostCpu || !hostMemory) return undefined;
  const slotCpu = Math.min(caps.cpu ?? Number.POSITIVE_INFINITY, largest(cpu, DEFAULT_SLOT_CPU));
  const slotMemory = Math.min(caps.memory ?? Number.POSITIVE_INFINITY, largest(memory, 0));
  const needed = cpu.reduce((sum, of, vm) => {
    const byMemory = slotMemory > 0 ? Math.ceil((memory[vm] ?? 0) / slotMemory) : 1;
    return sum + Math.max(1, Math.ceil(of / slotCpu), byMemory);
  }, 0);
  const slots = hostCpu.map((of, host) => {
    const byMemory = slotMemory > 0 ? Math.floor((hostMemory[host] ?? 0) / slotMemory) : Number.POSITIVE_INFINITY;
    return Math.min(Math.floor(of / slotCpu), byMemory);
  });
  return { slotCpu, slotMemory, slots, needed, failures: failuresBySlots(slots, needed) };
}

export interface DedicatedHosts {
  /** Dedicated hosts that are empty and large enough. */
  readonly ready: number;
  /** Indices of dedicated hosts that run machines. */
  readonly occupied: readonly number[];
  /** Indices of dedicated hosts that are smaller in CPU or memory than the largest other host. */
  readonly tooSmall: readonly number[];
}

/**
 * Failover to dedicated hosts: each must run nothing and be at least as large as the largest of the others, in CPU and in memory.
 * Source: vSphere 6.5 Availability, best practice (verified there). `undefined` if any capacity is unknown.
 */
export function dedicatedFailover(
  hosts: readonly (AdmissionHost & { readonly isDedicated: boolean; readonly vms: number })[],
): DedicatedHosts | undefined {
  const cpu = allKnown(hosts.map((host) => host.cpu));
  const memory = allKnown(hosts.map((host) => host.memory));
  if (!cpu || !memory) return undefined;
  const isWorking = (_: number, host: number) => hosts[host]?.isDedicated === false;
  const largestCpu = largest(cpu.filter(isWorking), 0);
  const largestMemory = largest(memory.filter(isWorking), 0);
  const dedicated = hosts.flatMap((host, index) => (host.isDedicated ? [index] : []));
  const occupied = dedicated.filter((host) => (hosts[host]?.vms ?? 0) > 0);
  const tooSmall = dedicated.filter((host) => (cpu[host] ?? 0) < largestCpu || (memory[host] ?? 0) < largestMemory);
  return { ready: dedicated.length - new Set([...occupied, ...tooSmall]).size, occupied, tooSmall };
}

function failuresBySlots(slots: readonly number[], needed: number): number {
  const largestFirst = slots.toSorted((a, b) => b - a);
  let left = largestFirst.reduce((sum, of) => sum + of, 0);
  let failures = -1;
  for (const of of [...largestFirst, 0]) {
    if (left < needed) break;
    failures++;
    left -= of;
  }
  return Math.min(failures, slots.length);
}

function largest(values: readonly number[], atLeast: number): number {
  return values.reduce((most, value) => Math.max(most, value), atLeast);
}

function allKnown(values: readonly (number | undefined)[]): readonly number[] | undefined {
  return values.every((value) => value !== undefined) ? values : undefined;
}
