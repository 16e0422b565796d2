/** What licences are charged for. Prices in any one currency. */

export interface LicensedHost {
  readonly sockets: number | undefined;
  /** Cores of all sockets. */
  readonly cores: number | undefined;
}

/** Cores charged at least; 0 or absent sets no floor. */
export interface CoreFloors {
  readonly perSocket?: number | undefined;
  readonly perHost?: number | undefined;
  readonly perOrder?: number | undefined;
}

/** Floor of a vSphere licence: 16 cores per CPU, from six secondary sources that agree. */
export const ESXI_FLOORS: CoreFloors = { perSocket: 16 };

/** Floors of a Windows Server licence: 8 cores per CPU and 16 per server, from five secondary sources that agree. */
export const WINDOWS_FLOORS: CoreFloors = { perSocket: 8, perHost: 16 };

/** Smallest order that was announced for vSphere in 2025: 72 cores. Secondary sources disagree whether it stands, so no floor has it unasked. */
export const DISPUTED_ESXI_ORDER_FLOOR = 72;

export interface LicensedCores {
  /** Cores that are charged. */
  readonly charged: number;
  /** Cores that there are. */
  readonly physical: number;
  /** Cores that are charged and do not exist, never negative. */
  readonly wasted: number;
}

/**
 * charged = max(sum over hosts of max(sockets x max(floor per socket, cores per socket), floor per host), floor per order).
 * Formula ours, after the terms of the vendors; sources of the floors are with them. Without hosts nothing is charged.
 * `undefined` if the cores of a host are unknown, or its sockets while there is a floor for each.
 */
export function licensedCores(hosts: readonly LicensedHost[], floors: CoreFloors): LicensedCores | undefined {
  let charged = 0;
  let physical = 0;
  for (const { sockets, cores } of hosts) {
    if (cores === undefined) return undefined;
    let onHost = cores;
    if (floors.perSocket) {
      if (sockets === undefined) return undefined;
      onHost = Math.max(onHost, sockets * floors.perSocket);
    }
    charged += Math.max(onHost, floors.perHost ?? 0);
    physical += cores;
  }
  if (hosts.length > 0) charged = Math.max(charged, floors.perOrder ?? 0);
  return { charged, physical, wasted: charged - physical };
}

export type WindowsEdition = 'standard' | 'datacenter';

export interface WindowsPrices {
  /** Price of a core of Standard, one full set of which covers two guests. */
  readonly standard: number | undefined;
  /** Price of a core of Datacenter, which covers any number of guests. */
  readonly datacenter: number | undefined;
}

export interface WindowsCost {
  /** Cores charged per set. */
  readonly cores: number;
  readonly standard: number;
  readonly datacenter: number;
  /** The edition that costs less; Standard if they cost the same. */
  readonly cheaper: WindowsEdition;
}

/** Guests that one full set of Standard covers: 2, from five secondary sources that agree. */
export const GUESTS_PER_STANDARD_SET = 2;

/**
 * Cost of licensing a host for Windows guests: with c = max(16, 8 x sockets, cores) charged cores and v guests,
 * Standard = c x price x ceil(v / 2), Datacenter = c x price if there is any guest. v is the most that the host may ever run, failover included.
 * Rules of the editions from secondary sources that agree, arithmetic checked by computing.
 */
export function windowsCost(
  host: LicensedHost,
  guests: number | undefined,
  prices: WindowsPrices,
): WindowsCost | undefined {
  const cores = licensedCores([host], WINDOWS_FLOORS)?.charged;
  if (cores === undefined || guests === undefined) return undefined;
  if (prices.standard === undefined || prices.datacenter === undefined) return undefined;
  const standard = cores * prices.standard * Math.ceil(guests / GUESTS_PER_STANDARD_SET);
  const datacenter = guests > 0 ? cores * prices.datacenter : 0;
  return { cores, standard, datacenter, cheaper: datacenter < standard ? 'datacenter' : 'standard' };
}

/** The least number of guests on a host for which Datacenter costs less: 2 x floor(Datacenter / Standard) + 1 (checked by computing). */
export function datacenterBreakEven(prices: WindowsPrices): number | undefined {
  if (!prices.standard || prices.datacenter === undefined) return undefined;
  return GUESTS_PER_STANDARD_SET * Math.floor(prices.datacenter / prices.standard) + 1;
}
