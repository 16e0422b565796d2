/** How long data takes over a link. Sizes in bytes, rates in bit/s, times in seconds. */

/**
 * Rate of a conversion where the links are unknown: 620 Mbps, the default of the migration planner of Forklift (verified in its source).
 * It is stated there as 500 GB in 110 minutes, with megabytes of 1024 x 1024 bytes over megabits of a million: in exact units
 * 500 GiB take 115.5 minutes at this rate, and 110 minutes are 651 Mbps.
 */
export const DEFAULT_CONVERSION_RATE = 620e6;

/** Time to send a size at the share of a rate: size x 8 / (rate x share). `undefined` if anything is unknown or the rate is 0. */
export function transferTime(size: number | undefined, rate: number | undefined, share = 1): number | undefined {
  const effective = rate === undefined ? undefined : rate * share;
  return size === undefined || !effective ? undefined : (size * 8) / effective;
}

/** What can be sent in a time: rate x share x time / 8. */
export function transferableSize(time: number | undefined, rate: number | undefined, share = 1): number | undefined {
  return time === undefined || rate === undefined ? undefined : (rate * share * time) / 8;
}

export interface BatchLimits {
  /** Rate of the path that all transfers share. */
  readonly rate: number | undefined;
  /** Share of it that they may use. */
  readonly share?: number | undefined;
  /** Transfers at once. */
  readonly parallel?: number | undefined;
  /** The most that one transfer reaches by itself; the whole path if unknown. */
  readonly perTransfer?: number | undefined;
}

/**
 * The least time for a batch: max(all bytes / what the transfers reach together, the largest / what one reaches).
 * Ours, a lower bound: an uneven end, with fewer transfers than may run at once, makes it longer by less than the time of one.
 */
export function batchTime(sizes: readonly (number | undefined)[], limits: BatchLimits): number | undefined {
  const { share = 1, parallel = 1 } = limits;
  if (limits.rate === undefined) return undefined;
  const path = limits.rate * share;
  const one = Math.min(path, limits.perTransfer ?? path);
  if (one <= 0 || parallel < 1) return undefined;
  let sum = 0;
  let largest = 0;
  for (const size of sizes) {
    if (size === undefined) return undefined;
    sum += size;
    largest = Math.max(largest, size);
  }
  return Math.max((sum * 8) / Math.min(path, one * parallel), (largest * 8) / one);
}

export interface WanPath {
  readonly rate: number | undefined;
  /** Share of it that transfers may use. */
  readonly share?: number | undefined;
  /** Round trip. */
  readonly rtt?: number | undefined;
  /** Share of packets lost. */
  readonly loss?: number | undefined;
  /** Parallel TCP streams of one transfer. */
  readonly streams?: number | undefined;
  /** Window of one stream. Without it the window sets no bound here. */
  readonly window?: number | undefined;
  /** Payload of one packet; 1460 bytes on Ethernet. */
  readonly segment?: number | undefined;
}

export type WanBound = 'link' | 'window' | 'loss';

export interface WanRate {
  readonly rate: number;
  /** What holds the rate down. */
  readonly bound: WanBound;
}

/** The constant of the bound by loss, for one acknowledgement per packet. */
const MATHIS_CONSTANT = Math.sqrt(3 / 2);

const ETHERNET_SEGMENT = 1_460;

/**
 * Rate over a distance, the least of: link x share; streams x window / round trip; streams x segment / round trip x 1.22 / sqrt(loss).
 * The second is how TCP works; the third is Mathis et al. 1997 (recalled). Bounds whose inputs are unknown are left out, so the
 * result is an upper bound. `undefined` if the rate of the link is unknown.
 */
export function wanRate(path: WanPath): WanRate | undefined {
  const { share = 1, rtt, loss, streams = 1, window, segment = ETHERNET_SEGMENT } = path;
  if (path.rate === undefined) return undefined;
  const bounds: WanRate[] = [{ rate: path.rate * share, bound: 'link' }];
  if (rtt && window !== undefined) bounds.push({ rate: (streams * window * 8) / rtt, bound: 'window' });
  if (rtt && loss)
    bounds.push({ rate: (streams * segment * 8 * MATHIS_CONSTANT) / (rtt * Math.sqrt(loss)), bound: 'loss' });
  return bounds.reduce((least, bound) => (bound.rate < least.rate ? bound : least));
}
