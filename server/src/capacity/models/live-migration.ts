/** Live migration by pre-copy: how long it takes, how long the machine stands still, and whether it ends. Sizes in bytes, rates in bit/s, times in seconds. */

/** What VMware asks for each concurrent migration (vSphere 6.5 and 6.7 documentation, verified there). */
export const LEAST_RATE_PER_MIGRATION = 250e6;

/** Rounds after the first after which the copying is broken off: Xen's 29, recalled. */
const DEFAULT_MAX_ROUNDS = 29;

/** Dirty memory at which the machine is stopped: 50 MiB, ours. */
const DEFAULT_STOP_THRESHOLD = 50 * 2 ** 20;

export interface PreCopy {
  /** Memory to copy. */
  readonly memory: number | undefined;
  /** Rate of the copying. */
  readonly rate: number | undefined;
  /** Rate at which the machine writes to its memory. */
  readonly dirtyRate: number | undefined;
  /** Memory that it keeps writing to; no round copies more than this. Its whole memory if unknown. */
  readonly workingSet?: number | undefined;
  /** Remaining memory at which the machine is stopped and the rest copied. */
  readonly stopThreshold?: number | undefined;
  readonly maxRounds?: number | undefined;
  /** Copying is broken off when more than this many times the memory was sent (Xen: 3, recalled). No limit if absent. */
  readonly maxDataFactor?: number | undefined;
  /** Time to start on the target, all of it while the machine still runs. */
  readonly setupTime?: number | undefined;
  /** Time to go on running on the target, in which the machine stands still. */
  readonly resumeTime?: number | undefined;
}

export interface Migration {
  /** Dirty rate over rate of copying. */
  readonly dirtyRatio: number;
  /** Rounds of copying after the first, the last one with the machine stopped. */
  readonly rounds: number;
  /** From the start until the machine runs on the target. */
  readonly time: number;
  /** How long it stands still. */
  readonly downtime: number;
  readonly dataSent: number;
  /** Whether what remains came down to the threshold; if not, the machine was stopped with whatever remained. */
  readonly isConvergent: boolean;
}

/**
 * Pre-copy, round by round: V(0) = memory, V(i+1) = min(dirty rate x V(i) / rate, working set), until V(n) is at most the threshold or the
 * rounds are used up; time = sum of V(i) / rate + setup + resume, downtime = V(n) / rate + resume.
 *
 * Without a working set this is the closed form with the ratio L of dirty rate to rate: V(n) = V L^n, time = V/rate (1 - L^(n+1)) / (1 - L).
 * Source: Liu et al., HPDC 2011 (recalled); symbols as in SpringerPlus 2016, 10.1186/s40064-016-2642-2 (verified there); the two forms
 * were computed and agree. That writes saturate at a working set is from QEMU's and others' experience; the cap is ours.
 * `undefined` if memory, rate or dirty rate is unknown or the rate is 0.
 */
export function preCopyMigration(migration: PreCopy): Migration | undefined {
  const { memory, rate, dirtyRate, setupTime = 0, resumeTime = 0 } = migration;
  if (memory === undefined || !rate || dirtyRate === undefined) return undefined;
  const threshold = migration.stopThreshold ?? DEFAULT_STOP_THRESHOLD;
  const maxRounds = migration.maxRounds ?? DEFAULT_MAX_ROUNDS;
  const maxData = memory * (migration.maxDataFactor ?? Number.POSITIVE_INFINITY);
  const workingSet = Math.min(memory, migration.workingSet ?? memory);
  const dirtyRatio = dirtyRate / rate;
  let remaining = memory;
  let dataSent = memory;
  let rounds = 0;
  while (remaining > threshold && rounds < maxRounds && dataSent <= maxData) {
    remaining = Math.min(remaining * dirtyRatio, workingSet);
    dataSent += remaining;
    rounds++;
  }
  return {
    dirtyRatio,
    rounds,
    time: (dataSent * 8) / rate + setupTime + resumeTime,
    downtime: (remaining * 8) / rate + resumeTime,
    dataSent,
    isConvergent: remaining <= threshold,
  };
}

/**
 * How many migrations may run at once over a link: 4 on 1 Gbps, 8 from 10 Gbps on, and never with less than 250 Mbps each.
 * Source: vSphere 6.5 and 6.7 documentation (verified there); other hypervisors have their own limits.
 */
export function concurrentMigrations(rate: number | undefined): number | undefined {
  if (rate === undefined) return undefined;
  return Math.min(rate >= 10e9 ? 8 : 4, Math.floor(rate / LEAST_RATE_PER_MIGRATION));
}

/**
 * Time to empty a host over one link: the memory in use of all its machines / rate. Machines that move side by side share the link, so
 * their number does not matter; what they write meanwhile is left out, so this is a lower bound (ours).
 */
export function evacuationTime(memory: readonly (number | undefined)[], rate: number | undefined): number | undefined {
  if (!rate) return undefined;
  let sum = 0;
  for (const one of memory) {
    if (one === undefined) return undefined;
    sum += one;
  }
  return (sum * 8) / rate;
}

/** Requests that wait while a machine stands still: requests per second x downtime (ours). */
export function stalledRequests(perSecond: number | undefined, downtime: number | undefined): number | undefined {
  return perSecond === undefined || downtime === undefined ? undefined : perSecond * downtime;
}
