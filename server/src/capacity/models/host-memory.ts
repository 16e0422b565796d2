/** Memory of a host that is left for virtual machines, and what a virtual machine takes beside its own. All sizes in bytes. */

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Kept by the hypervisor for itself where the design states nothing: 4 GiB, ours. */
export const DEFAULT_SYSTEM_MEMORY = 4 * GIB;

export interface HostMemory {
  /** Installed memory. */
  readonly memory: number | undefined;
  /** Used by the hypervisor itself. */
  readonly systemMemory: number | undefined;
  /** ESXi also keeps a minimum free; other hypervisors keep none here. */
  readonly hypervisor?: string | undefined;
}

/** usable = installed - system - minimum free of ESXi, never negative (ours, after how vSphere accounts for memory). */
export function usableMemory(host: HostMemory): number | undefined {
  const { memory, systemMemory } = host;
  if (memory === undefined || systemMemory === undefined) return undefined;
  const minFree = host.hypervisor === 'esxi' ? esxiMinFree(memory) : 0;
  return Math.max(0, memory - systemMemory - minFree);
}

/**
 * The free memory that ESXi defends: 6 % of the first 4 GiB, 4 % of the next 8, 2 % of the next 16 and 1 % of the rest.
 * Source: secondary descriptions of the sliding scale of `Mem.MinFreePct`; not read at VMware.
 */
export function esxiMinFree(memory: number): number {
  const band = (from: number, to: number) => Math.max(0, Math.min(memory, to * GIB) - from * GIB);
  return 0.06 * band(0, 4) + 0.04 * band(4, 12) + 0.02 * band(12, 28) + 0.01 * band(28, Number.POSITIVE_INFINITY);
}

const TABLE_MEMORY = [256, 1_024, 4_096, 16_384] as const;
const TABLE_VCPU = [1, 2, 4, 8] as const;
const TABLE_OVERHEAD = [
  [20.29, 24.28, 32.23, 48.16],
  [25.9, 29.91, 37.86, 53.82],
  [48.64, 52.72, 60.67, 76.78],
  [139.62, 143.98, 151.93, 168.6],
] as const;

/**
 * Memory that the hypervisor takes for running a virtual machine, beside the machine's own.
 *
 * Source: vSphere 6.5 and 6.7 Resource Management, table 6-1 (verified there): overhead in MiB by memory and number of virtual CPUs.
 * Between the entries linear in both directions, beyond them the line through the last two (about 7.6 MiB per GiB, 4 MiB per vCPU); that is ours.
 */
export function vmMemoryOverhead(memory: number | undefined, vcpus: number | undefined): number | undefined {
  if (memory === undefined || vcpus === undefined) return undefined;
  const mib = memory / MIB;
  const atColumn = (column: number) => alongLine(TABLE_MEMORY, (row) => TABLE_OVERHEAD[row]?.[column] ?? 0, mib);
  return Math.max(0, alongLine(TABLE_VCPU, atColumn, vcpus)) * MIB;
}

/** The piecewise linear function through (points[i], valueAt(i)) at x, continued straight beyond both ends. */
function alongLine(points: readonly number[], valueAt: (index: number) => number, x: number): number {
  let right = 1;
  while (right < points.length - 1 && x > (points[right] ?? 0)) right++;
  const x0 = points[right - 1] ?? 0;
  const x1 = points[right] ?? 0;
  const y0 = valueAt(right - 1);
  return y0 + ((valueAt(right) - y0) * (x - x0)) / (x1 - x0);
}
