/** How many addresses a subnet has left for machines, which are free, and which wider prefix would hold more. */
import {
  type Address,
  type AddressRange,
  addressAfter,
  bitsOf,
  lastAddressOf,
  type Prefix,
  prefixesOverlap,
  prefixHolds,
  prefixOf,
  prefixSize,
  rangeHolds,
} from '../../base/addresses.ts';

export interface Subnet {
  readonly prefix: Prefix;
  /** Addresses of routers, virtual ones of VRRP or HSRP among them. Those outside the prefix take nothing from it. */
  readonly gateways: readonly Address[];
  /** Addresses kept for drills, clones and growth; 0 if the design keeps none. */
  readonly reserve: number;
  /** Addresses handed out by DHCP, which are not for machines of the plan. */
  readonly dhcp?: AddressRange | undefined;
}

export interface SubnetCapacity {
  /** Addresses that a machine or a router may have. */
  readonly usable: bigint;
  readonly gateways: bigint;
  readonly dhcp: bigint;
  readonly reserve: bigint;
  /** What is left for machines: `usable` less the three above, never negative. */
  readonly available: bigint;
}

/**
 * Addresses of a prefix that may be given to an interface.
 *
 * IPv4: 2^(32 - p) - 2, without the network and the broadcast address (common practice); a /31 has 2 (RFC 3021, recalled) and a /32 has 1.
 * IPv6: 2^(128 - p) - 1, without the anycast address of the routers (RFC 4291, recalled); a /127 has 2 (RFC 6164, recalled) and a /128 has 1.
 */
export function usableAddresses(prefix: Prefix): bigint {
  const size = prefixSize(prefix);
  if (size <= 2n) return size;
  return prefix.network.version === 4 ? size - 2n : size - 1n;
}

/** Whether the address lies in the prefix and may be given to an interface, by the same sources as `usableAddresses`. */
export function isUsableAddress(prefix: Prefix, address: Address): boolean {
  if (!prefixHolds(prefix, address)) return false;
  if (prefixSize(prefix) <= 2n) return true;
  if (address.value === prefix.network.value) return false;
  return address.version === 6 || address.value !== lastAddressOf(prefix).value;
}

/**
 * available = usable - gateways - DHCP range - reserve. The formula is ours, after what address managers take off.
 * A gateway inside the DHCP range is taken off once.
 */
export function subnetCapacity(subnet: Subnet): SubnetCapacity {
  const { prefix } = subnet;
  const usable = usableAddresses(prefix);
  const gateways = BigInt(gatewaysIn(subnet).size);
  const dhcp = usableInRange(prefix, subnet.dhcp);
  const inBoth = [...gatewaysIn(subnet).values()].filter((address) => subnet.dhcp && rangeHolds(subnet.dhcp, address));
  const reserve = BigInt(Math.max(0, Math.ceil(subnet.reserve)));
  const left = usable - gateways - dhcp + BigInt(inBoth.length) - reserve;
  return { usable, gateways, dhcp, reserve, available: left > 0n ? left : 0n };
}

export interface WiderPrefix {
  readonly prefix: Prefix;
  readonly available: bigint;
  /** Prefixes in use that the wider one would run into; empty if it is free. */
  readonly overlaps: readonly Prefix[];
}

/**
 * The longest prefix around that of the subnet in which `needed` machines take at most the share `limit` of the available addresses.
 * `taken` are the other prefixes of the same routing table. `undefined` if no prefix is wide enough.
 */
export function widerPrefix(
  subnet: Subnet,
  needed: number,
  taken: readonly Prefix[] = [],
  limit = 1,
): WiderPrefix | undefined {
  for (let length = subnet.prefix.length; length >= 0; length--) {
    const prefix = prefixOf(subnet.prefix.network, length);
    const { available } = subnetCapacity({ ...subnet, prefix });
    if (Number(available) * limit >= needed) {
      return { prefix, available, overlaps: taken.filter((other) => prefixesOverlap(prefix, other)) };
    }
  }
  return undefined;
}

/** Pairs of prefixes that overlap, by their places in the list, first the earlier one. Takes n log n time if few overlap. */
export function overlappingPrefixes(prefixes: readonly Prefix[]): readonly (readonly [number, number])[] {
  const order = prefixes
    .map((prefix, index) => ({ prefix, index }))
    .sort((a, b) => comparePrefixes(a.prefix, b.prefix));
  const pairs: [number, number][] = [];
  // Prefixes are nested or apart, so those that hold the current one are exactly the ones still open.
  const open: { readonly prefix: Prefix; readonly index: number }[] = [];
  for (const entry of order) {
    for (let last = open.at(-1); last && !prefixHolds(last.prefix, entry.prefix.network); last = open.at(-1))
      open.pop();
    for (const { index } of open) pairs.push([Math.min(index, entry.index), Math.max(index, entry.index)]);
    open.push(entry);
  }
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/**
 * Up to `count` addresses for new machines, lowest first: usable, not a gateway, not from DHCP, not `used`.
 * `used` holds the `value` of each address in use. The reserve is a number without places, so it is not left out here.
 */
export function nextFreeAddresses(
  subnet: Subnet,
  used: ReadonlySet<number | bigint>,
  count: number,
): readonly Address[] {
  const { prefix, dhcp } = subnet;
  const gateways = gatewaysIn(subnet);
  const free: Address[] = [];
  let address: Address | undefined = prefix.network;
  while (free.length < count && address && prefixHolds(prefix, address)) {
    if (dhcp && rangeHolds(dhcp, address)) {
      address = addressAfter(dhcp.to, 1);
      continue;
    }
    const isFree = isUsableAddress(prefix, address) && !gateways.has(address.value) && !used.has(address.value);
    if (isFree) free.push(address);
    address = addressAfter(address, 1);
  }
  return free;
}

function gatewaysIn(subnet: Subnet): ReadonlyMap<number | bigint, Address> {
  const inside = subnet.gateways.filter((address) => isUsableAddress(subnet.prefix, address));
  return new Map(inside.map((address) => [address.value, address]));
}

/** How many usable addresses of the prefix lie in the range. */
function usableInRange(prefix: Prefix, range: AddressRange | undefined): bigint {
  if (!range || range.from.version !== prefix.network.version) return 0n;
  const small = prefixSize(prefix) <= 2n;
  const first = BigInt(prefix.network.value) + (small ? 0n : 1n);
  const last = BigInt(lastAddressOf(prefix).value) - (small || prefix.network.version === 6 ? 0n : 1n);
  const from = BigInt(range.from.value) > first ? BigInt(range.from.value) : first;
  const to = BigInt(range.to.value) < last ? BigInt(range.to.value) : last;
  return to >= from ? to - from + 1n : 0n;
}

/** Wider prefixes come before those they hold. */
function comparePrefixes(a: Prefix, b: Prefix): number {
  const version = bitsOf(a.network.version) - bitsOf(b.network.version);
  if (version !== 0) return version;
  if (a.network.value !== b.network.value) return a.network.value < b.network.value ? -1 : 1;
  return a.length - b.length;
}
