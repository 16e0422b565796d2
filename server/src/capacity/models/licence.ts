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

/** What an edition is charged for: every host once for each full set of guests that it needs. */
export interface EditionTerms {
  /** Of a core. */
  readonly price: number;
  readonly floors: CoreFloors;
  /** Guests that one full set covers; infinite where it covers any number. */
  readonly guestsPerSet: number;
}

/** Guests that one full set of Windows Server Standard covers: 2, from five secondary sources that agree. */
export const GUESTS_PER_STANDARD_SET = 2;

/**
 * Cost of licensing a host for guests: cores charged x price x ceil(guests / guests per set), nothing without guests. `guests` is the most that
 * the host may ever run, failover included. Rules of the editions from secondary sources that agree, arithmetic checked by computing.
 */
export function editionCost(host: LicensedHost, guests: number, terms: EditionTerms): number | undefined {
  const cores = licensedCores([host], terms.floors)?.charged;
  if (cores === undefined) return undefined;
  return guests === 0 ? 0 : cores * terms.price * Math.max(1, Math.ceil(guests / terms.guestsPerSet));
}

/**
 * The least number of guests on a host for which an edition that covers any number costs less than one that is charged per set:
 * guests per set x floor(cost of it / cost of a set) + 1 (checked by computing). `undefined` if a set is free.
 */
export function breakEvenGuests(setCost: number, unlimitedCost: number, guestsPerSet: number): number | undefined {
  return setCost > 0 ? guestsPerSet * Math.floor(unlimitedCost / setCost) + 1 : undefined;
}
