/** Usable capacity and input/output operations of a set of disks. Sizes in bytes, shares as fractions. */

export type RaidLevel = '0' | '1' | '5' | '6' | '10' | '50' | '60' | 'z1' | 'z2' | 'z3' | 'dp';

export interface DiskSet {
  readonly count: number | undefined;
  /** Size of one disk. */
  readonly size: number | undefined;
  /** Without a level, `replica` alone says how the data is kept. */
  readonly raid?: RaidLevel | undefined;
  /** Disks in a RAID group; without it all disks but the spares are one group, which 50 and 60 do not allow. */
  readonly group?: number | undefined;
  readonly spares?: number | undefined;
  /** Copies of all data, over nodes or disks. */
  readonly replica?: number | undefined;
}

export interface UsableCapacity {
  /** What data can be written to, before file systems and snapshots. */
  readonly usable: number;
  /** Disks that no whole group could be made of. */
  readonly leftOver: number;
}

/**
 * usable = groups x (disks per group - parity disks) x size / copies, with groups = floor((disks - spares) / group size).
 *
 * Parity: RAID 5, 50 and z1 lose one disk per group, 6, 60, dp and z2 two, z3 three; 1 and 10 keep half. RAID 5, 6, 1 and 10 are from a
 * secondary source, the others follow from what their names promise (ours). Padding of RAID-Z is left out.
 * `undefined` if the count, the size or the layout is unknown, and for a group too small for its level.
 */
export function usableCapacity(disks: DiskSet): UsableCapacity | undefined {
  const { count, size, raid, spares = 0, replica = 1 } = disks;
  if (count === undefined || size === undefined || replica < 1) return undefined;
  if (raid === undefined && disks.replica === undefined) return undefined;
  const dataDisks = Math.max(0, count - spares);
  const group = disks.group ?? oneGroup(raid, dataDisks);
  if (group === undefined) return undefined;
  const groups = group > 0 ? Math.floor(dataDisks / group) : 0;
  const perGroup = dataDisksPerGroup(raid, group);
  if (perGroup === undefined) return undefined;
  return { usable: (groups * perGroup * size) / replica, leftOver: dataDisks - groups * group };
}

/**
 * Back-end operations that one front-end write costs: RAID 0 one, 1 and 10 two, 5 four, 6 six (secondary source).
 * 50 as 5, 60 as 6 and z1, z2, z3, dp by their number of parity disks are ours, and the worst case: what writes whole stripes does better.
 */
export function writePenalty(raid: RaidLevel): number {
  switch (raid) {
    case '0':
      return 1;
    case '1':
    case '10':
      return 2;
    case '5':
    case '50':
    case 'z1':
      return 4;
    case '6':
    case '60':
    case 'z2':
    case 'dp':
      return 6;
    case 'z3':
      return 8;
  }
}

export interface IoMix {
  /** Share of reads, 0 to 1. */
  readonly reads: number | undefined;
  /** Back-end operations per write: of the RAID level, times the copies. */
  readonly penalty: number | undefined;
  /** Share of reads answered by the cache; 0 without one. */
  readonly cacheHit: number | undefined;
}

/**
 * Operations that servers can ask of disks able to do `raw` in all: raw / (reads x (1 - hit) + writes x penalty).
 *
 * The formula that is often repeated, raw x writes / penalty + raw x reads, is wrong: it gives reads and writes each their share of the
 * disks, not of the operations, so its mix is not the one asked for. For 900 raw operations, 16 % writes and RAID 5 it says 792, but
 * 792 x (0.84 + 0.16 x 4) = 1172 would reach disks that do 900; the right figure is 608 (checked by computing).
 * Infinite if nothing reaches the disks.
 */
export function frontEndIops(raw: number | undefined, mix: IoMix): number | undefined {
  const cost = costOfOperation(mix);
  if (raw === undefined || cost === undefined) return undefined;
  return cost > 0 ? raw / cost : Number.POSITIVE_INFINITY;
}

/** Operations of all disks that hold data: (count - spares - those that no whole group could be made of) x iops of one disk. */
export function rawIops(disks: DiskSet, perDisk: number | undefined): number | undefined {
  const { count, spares = 0 } = disks;
  if (count === undefined || perDisk === undefined) return undefined;
  const leftOver = usableCapacity({ ...disks, size: disks.size ?? 0 })?.leftOver ?? 0;
  return Math.max(0, count - spares - leftOver) * perDisk;
}

function costOfOperation({ reads, penalty, cacheHit }: IoMix): number | undefined {
  if (reads === undefined || penalty === undefined || cacheHit === undefined) return undefined;
  return reads * (1 - cacheHit) + (1 - reads) * penalty;
}

/** The size of the only group that all disks make; mirrors take them in pairs. */
function oneGroup(raid: RaidLevel | undefined, disks: number): number | undefined {
  if (raid === '50' || raid === '60') return undefined;
  return raid === '1' || raid === '10' ? Math.max(Math.min(disks, 1), disks - (disks % 2)) : disks;
}

function dataDisksPerGroup(raid: RaidLevel | undefined, group: number): number | undefined {
  if (raid === undefined || raid === '0') return group;
  if (group === 0) return 0;
  if (raid === '1' || raid === '10') return group > 1 ? Math.floor(group / 2) : undefined;
  const parity = parityDisks(raid);
  return group > parity ? group - parity : undefined;
}

function parityDisks(raid: Exclude<RaidLevel, '0' | '1' | '10'>): number {
  switch (raid) {
    case '5':
    case '50':
    case 'z1':
      return 1;
    case '6':
    case '60':
    case 'z2':
    case 'dp':
      return 2;
    case 'z3':
      return 3;
  }
}
