/** Machines that start together. Sizes in bytes, times in seconds, rates in bit/s. */

/** Operations per second of a pooled desktop that starts, and their mix: 150 and 60 to 70 % reads (Citrix CTX135986, verified there). */
export const BOOT_IOPS = 150;
export const BOOT_READS = 0.65;

/** Share of what an array can do that machines ask for together: count x operations / limit. Above 1, starting takes that many times longer. */
export function bootShare(count: number, each: number, limit: number | undefined): number | undefined {
  return limit === undefined || limit <= 0 ? undefined : (count * each) / limit;
}

/** Rate at which machines must read to be up within a time: count x data x 8 / time. */
export function bootRate(count: number, data: number | undefined, within: number | undefined): number | undefined {
  return data === undefined || !within ? undefined : (count * data * 8) / within;
}
