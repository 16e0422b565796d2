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

/** Demand of a machine whose use is known as a share of its virtual CPUs: vCPU x clock of the core they run on x share (common practice). */
export function cpuDemandFromShare(
  vcpus: number | undefined,
  clock: number | undefined,
  share: number | undefined,
): number | undefined {
  return vcpus === undefined || clock === undefined || share === undefined ? undefined : vcpus * clock * share;
}

/** What a host spends on a demand: demand x (1 + overhead). Ours; see `DEFAULT_CPU_OVERHEAD`. */
export function withCpuOverhead(demand: number | undefined, overhead: number | undefined): number | undefined {
  return demand === undefined || overhead === undefined ? undefined : demand * (1 + overhead);
}

/**
 * Share of time that a virtual CPU was ready and waited for a core: ready time / (interval x vCPU). Times in seconds.
 * Source: how VMware explains its ready counter (recalled).
 */
export function cpuReadyShare(
  ready: number | undefined,
  interval: number | undefined,
  vcpus: number | undefined,
): number | undefined {
  return ready === undefined || !interval || !vcpus ? undefined : ready / (interval * vcpus);
}

/** Cores that TLS handshakes take: handshakes per second / handshakes per second and core (definition of the latter). */
export function tlsCores(handshakes: number | undefined, perCore: number | undefined): number | undefined {
  return handshakes === undefined || !perCore ? undefined : handshakes / perCore;
}
