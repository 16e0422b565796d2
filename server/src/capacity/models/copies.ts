/** Space that copies take, and how replicas keep up. Sizes in bytes, rates in bit/s, times in seconds. */

export interface Retention {
  /** Size of what is saved. */
  readonly full: number | undefined;
  /** Copies kept: restore points. */
  readonly copies: number | undefined;
  /** Share that changes between two runs; undefined where each run copies everything. */
  readonly change?: number | undefined;
}

/**
 * Space of a repository: full x copies where each run copies everything, else full x (1 + (copies - 1) x change), one full and what changed
 * since. Ours, before compression and deduplication, which differ too much to be assumed. `undefined` if size or copies are unknown.
 */
export function repositoryNeed({ full, copies, change }: Retention): number | undefined {
  if (full === undefined || copies === undefined || copies < 1) return undefined;
  return change === undefined ? full * copies : full * (1 + (copies - 1) * Math.min(1, change));
}

/** Copies kept for a time when one is made each interval: at least one. */
export function copiesWithin(time: number | undefined, interval: number | undefined): number | undefined {
  return time === undefined || !interval ? undefined : Math.max(1, Math.ceil(time / interval - 1e-9));
}

/** How far a replica falls behind in a time, in seconds of work, when more changes than the link carries: time x (share - 1). */
export function lagAfter(time: number, share: number): number {
  return Math.max(0, time * (share - 1));
}
