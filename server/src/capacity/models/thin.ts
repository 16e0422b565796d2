/** Space of a datastore or array that is promised, expected and left. Sizes in bytes. */

/**
 * Provisioned over capacity: above 1 more is promised than there is. Compared with 1.5 by other tools (verified in their source) and
 * with 1.0 by OpenStack Nova (verified in its source). `undefined` if anything is unknown or there is no capacity.
 */
export function overcommit(
  provisioned: readonly (number | undefined)[],
  capacity: number | undefined,
): number | undefined {
  const sum = sumOf(provisioned);
  return sum === undefined || !capacity ? undefined : sum / capacity;
}

export interface PlannedDisk {
  readonly size: number | undefined;
  readonly isThin: boolean;
  /** What a thin disk is expected to fill; its whole size if unknown, the safe side. */
  readonly expected?: number | undefined;
}

/** What a disk takes: all of its size if thick, what it is expected to fill if thin, but never more than its size. */
export function plannedDiskSize(disk: PlannedDisk): number | undefined {
  if (disk.size === undefined) return undefined;
  return disk.isThin ? Math.min(disk.size, disk.expected ?? disk.size) : disk.size;
}

/** Swap file of a running machine: its memory less its reservation, never negative (title verified at VMware, formula recalled). */
export function swapSize(memory: number | undefined, reservation: number | undefined): number | undefined {
  return memory === undefined || reservation === undefined ? undefined : Math.max(0, memory - reservation);
}

/**
 * Capacity that a plan needs: (disks + swap files + snapshots) / (1 - slack). Ours; a slack of 20 % is recalled.
 * `undefined` if any part is unknown or the slack leaves nothing.
 */
export function plannedNeed(parts: readonly (number | undefined)[], slack: number | undefined): number | undefined {
  const sum = sumOf(parts);
  return sum === undefined || slack === undefined || slack >= 1 ? undefined : sum / (1 - slack);
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
