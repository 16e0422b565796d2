/** What the uplinks of a virtual switch carry, whole and after a loss. Rates in bit/s, each direction by itself: links are full duplex. */

export interface Uplink {
  readonly name: string;
  /** Speed, the same in both directions. */
  readonly rate: number | undefined;
  /** The card its port is on. */
  readonly card?: string | undefined;
  /** The physical switch it is cabled to. */
  readonly switch?: string | undefined;
  /** Takes over when an active uplink is lost. */
  readonly isStandby?: boolean | undefined;
}

/** How uplinks share load. Under `failover` the first active one carries everything; under all others every active one carries a part. */
export type Teaming = 'failover' | 'port-id' | 'load-based' | 'mac-hash' | 'ip-hash' | 'lacp' | 'set';

export interface UplinkLoss {
  /** Name of the uplink. */
  readonly lost: string;
  /** What the remaining uplinks carry in each direction. */
  readonly capacity: number;
}

/** The uplinks that carry load now, given those lost: lost active ones are replaced by standby ones, in order, one for one. */
export function carryingUplinks(
  uplinks: readonly Uplink[],
  teaming: Teaming,
  isLost: (uplink: Uplink) => boolean = () => false,
): readonly Uplink[] {
  const alive = uplinks.filter((uplink) => !isLost(uplink));
  const active = alive.filter((uplink) => !uplink.isStandby);
  const standby = alive.filter((uplink) => uplink.isStandby);
  if (teaming === 'failover') return [...active, ...standby].slice(0, 1);
  const wanted = Math.max(1, uplinks.filter((uplink) => !uplink.isStandby).length);
  return [...active, ...standby.slice(0, wanted - active.length)];
}

/**
 * Sum of the speeds of the uplinks that carry load; 0 without any. `undefined` if the speed of one of them is unknown.
 * An even spread over them is assumed, the best that a policy of teaming can reach (ours).
 */
export function uplinkCapacity(uplinks: readonly Uplink[], teaming: Teaming): number | undefined {
  return sumOfRates(carryingUplinks(uplinks, teaming));
}

/**
 * The most that one flow can reach: the fastest uplink that carries load. No policy of teaming spreads a flow over several links, and most
 * keep all flows of a machine on one (ours, after the documented policies of vSphere). `undefined` for an unknown speed, or no uplink.
 */
export function fastestUplink(uplinks: readonly Uplink[], teaming: Teaming): number | undefined {
  const carrying = carryingUplinks(uplinks, teaming);
  let fastest = 0;
  for (const { rate } of carrying) {
    if (rate === undefined) return undefined;
    fastest = Math.max(fastest, rate);
  }
  return carrying.length === 0 ? undefined : fastest;
}

/** What is left after the loss of the fastest uplink that carries load. `undefined` without uplinks or with an unknown speed among them. */
export function afterUplinkLoss(uplinks: readonly Uplink[], teaming: Teaming): UplinkLoss | undefined {
  let worst: UplinkLoss | undefined;
  for (const { name } of uplinks) {
    const capacity = sumOfRates(carryingUplinks(uplinks, teaming, (other) => other.name === name));
    if (capacity === undefined) return undefined;
    if (!worst || capacity < worst.capacity) worst = { lost: name, capacity };
  }
  return worst;
}

/** Fair share of one of `count` machines on the uplinks, whatever it needs; `undefined` for none. */
export function fairShare(capacity: number | undefined, count: number | undefined): number | undefined {
  return capacity === undefined || !count ? undefined : capacity / count;
}

function sumOfRates(uplinks: readonly Uplink[]): number | undefined {
  let sum = 0;
  for (const { rate } of uplinks) {
    if (rate === undefined) return undefined;
    sum += rate;
  }
  return sum;
}
