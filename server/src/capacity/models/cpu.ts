/** Processor capacity of a host and what virtual machines ask of it. Frequencies in Hz, shares as fractions. */

/** CPU that the hypervisor spends on top of the demand of a virtual machine: 5 %, ours (VMware only calls it small for most workloads). */
export const DEFAULT_CPU_OVERHEAD = 0.05;

/** The same for machines with much I/O or cryptography: 10 %, ours. */
export const IO_HEAVY_CPU_OVERHEAD = 0.1;

export interface HostCpu {
  /** Physical cores of all sockets; threads are not cores. */
  readonly cores: number | undefined;
  /** Cores kept for the hypervisor or a controller machine. */
  readonly reservedCores: number | undefined;
  /** Clock of a core. */
  readonly clock: number | undefined;
  /** 1 counts cores only; up to 1.3, from a secondary source, credits hyper-threading. */
  readonly htFactor: number | undefined;
}

/** usable = (cores - reserved cores) x clock x factor for hyper-threading (ours: cores, as in capacity planning for vSphere, never threads). */
export function usableCpu(host: HostCpu): number | undefined {
  const { cores, reservedCores, clock, htFactor } = host;
  if (cores === undefined || reservedCores === undefined || clock === undefined || htFactor === undefined)
    return undefined;
  return Math.max(0, cores - reservedCores) * clock * htFactor;
}

/**
 * Virtual CPUs per core that is not reserved: the usual measure of CPU overcommitment. Typical limits (4 per core for servers) are
 * from secondary sources, and VMware says there is no common one. `undefined` if unknown or no core is left.
 */
export function vcpuRatio(
  vcpus: number | undefined,
  cores: number | undefined,
  reservedCores: number | undefined,
): number | undefined {
  if (vcpus === undefined || cores === undefined || reservedCores === undefined) return undefined;
  return cores > reservedCores ? vcpus / (cores - reservedCores) : undefined;
}

/** Cores that TLS handshakes take: handshakes per second / handshakes per second and core (definition of the latter). */
export function tlsCores(handshakes: number | undefined, perCore: number | undefined): number | undefined {
  return handshakes === undefined || !perCore ? undefined : handshakes / perCore;
}
