/**
 * IP addresses, prefixes and MAC addresses as values. IPv4 is kept as a number and read without a library, since an
 * inventory holds tens of thousands; IPv6 is kept as a bigint and read and printed by ipaddr.js.
 */
import ipaddr from 'ipaddr.js';
import type { Parsed } from './parsed.ts';

export interface Ipv4Address {
  readonly version: 4;
  /** 0 to 2^32 - 1. */
  readonly value: number;
}

export interface Ipv6Address {
  readonly version: 6;
  /** 0 to 2^128 - 1. */
  readonly value: bigint;
}

/** `value` alone serves as a key in a Set or Map: a number and a bigint are never the same key. */
export type Address = Ipv4Address | Ipv6Address;

/** A network: its first address, all host bits zero, and the length of the network part. */
export interface Prefix {
  readonly network: Address;
  readonly length: number;
}

/** Both ends belong to the range and are of one version; `from` is not above `to`. */
export interface AddressRange {
  readonly from: Address;
  readonly to: Address;
}

/** Reads an address such as `10.1.10.5` or `2001:db8::1`. */
export function parseAddress(text: string): Parsed<Address> {
  const value = readIpv4(text);
  if (value >= 0) return { value: { version: 4, value } };
  if (text.includes('/')) {
    const asPrefix = parsePrefix(text);
    const length = text.slice(text.indexOf('/'));
    const bare = text.slice(0, text.indexOf('/'));
    if ('value' in asPrefix) return { error: `${text} is a prefix; an address has no length` };
    return 'value' in parseAddress(bare)
      ? { error: `an address has no length: ${bare} instead of ${bare}${length}` }
      : { error: asPrefix.error };
  }
  if (text.includes(':')) return parseIpv6(text);
  return { error: whyNotIpv4(text) };
}

/** Reads a prefix such as `10.1.10.0/24` or `2001:db8::/64`. Host bits that are not zero are an error that names the prefix. */
export function parsePrefix(text: string): Parsed<Prefix> {
  const slash = text.indexOf('/');
  if (slash < 0) {
    const address = parseAddress(text);
    if ('error' in address) return { error: notAPrefix(text, address.error) };
    const example = address.value.version === 4 ? 24 : 64;
    return { error: `a prefix has a length: ${formatPrefix(prefixOf(address.value, example))} for example` };
  }
  const address = parseAddress(text.slice(0, slash));
  if ('error' in address) return { error: notAPrefix(text, address.error) };
  const { version } = address.value;
  const bits = bitsOf(version);
  const lengthText = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(lengthText) || Number(lengthText) > bits) {
    const mask = version === 4 ? lengthOfMask(lengthText) : undefined;
    if (mask !== undefined)
      return { error: `a prefix has a length, not a mask: ${formatPrefix(prefixOf(address.value, mask))}` };
    return { error: `/${lengthText}: an IPv${version} prefix is 0 to ${bits} long` };
  }
  const prefix = prefixOf(address.value, Number(lengthText));
  if (prefix.network.value !== address.value.value) {
    return { error: `${text} is an address; the prefix is ${formatPrefix(prefix)}` };
  }
  return { value: prefix };
}

/** Makes a range of two addresses, or says why they are none. */
export function rangeOf(from: Address, to: Address): Parsed<AddressRange> {
  if (from.version !== to.version) {
    return { error: `${formatAddress(from)} .. ${formatAddress(to)}: both ends are IPv4, or both IPv6` };
  }
  if (compareAddresses(from, to) > 0) {
    return { error: `the range runs downward: ${formatAddress(from)} .. ${formatAddress(to)}` };
  }
  return { value: { from, to } };
}

/** Reads a MAC address with `:`, `-` or Cisco's dots into lower case with colons: `00:50:56:aa:00:01`. */
export function parseMac(text: string): Parsed<string> {
  const wellFormed =
    /^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}$/i.test(text) || /^[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}$/i.test(text);
  if (!wellFormed) {
    return { error: `${text || 'nothing'}: a MAC address is six bytes in hexadecimal, such as 00:50:56:aa:00:01` };
  }
  const digits = text.replace(/[^0-9a-f]/gi, '').toLowerCase();
  return { value: digits.replace(/(..)(?=.)/g, '$1:') };
}

export function formatAddress(address: Address): string {
  if (address.version === 4) {
    const { value } = address;
    return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  }
  const parts = Array.from({ length: 8 }, (_, i) => Number((address.value >> BigInt(112 - 16 * i)) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.network)}/${prefix.length}`;
}

/** Orders addresses by value, all of IPv4 before all of IPv6. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.version !== b.version) return a.version - b.version;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

/** The address `count` places further (or back, if negative); `undefined` beyond the end of the address space. */
export function addressAfter(address: Address, count: number | bigint): Address | undefined {
  const value = BigInt(address.value) + BigInt(count);
  return value < 0n || value >> BigInt(bitsOf(address.version)) > 0n ? undefined : addressOf(address.version, value);
}

/** How many places `to` is after `from`; `undefined` for addresses of different versions. */
export function addressDistance(from: Address, to: Address): bigint | undefined {
  return from.version === to.version ? BigInt(to.value) - BigInt(from.value) : undefined;
}

/** The prefix of that length which holds the address. `length` is within 0 to 32, or 128. */
export function prefixOf(address: Address, length: number): Prefix {
  if (address.version === 4) {
    const size = 2 ** (32 - length);
    return { network: { version: 4, value: address.value - (address.value % size) }, length };
  }
  const hostBits = BigInt(128 - length);
  return { network: { version: 6, value: (address.value >> hostBits) << hostBits }, length };
}

/** Number of addresses in the prefix, first and last included. */
export function prefixSize(prefix: Prefix): bigint {
  return 1n << BigInt(bitsOf(prefix.network.version) - prefix.length);
}

/** The last address of the prefix: in IPv4 its broadcast address. */
export function lastAddressOf(prefix: Prefix): Address {
  const { network } = prefix;
  if (network.version === 4) return { version: 4, value: network.value + 2 ** (32 - prefix.length) - 1 };
  return { version: 6, value: network.value + prefixSize(prefix) - 1n };
}

export function prefixHolds(prefix: Prefix, address: Address): boolean {
  const { network } = prefix;
  if (network.version === 4) {
    if (address.version !== 4) return false;
    const offset = address.value - network.value;
    return offset >= 0 && offset < 2 ** (32 - prefix.length);
  }
  return address.version === 6 && address.value >= network.value && address.value - network.value < prefixSize(prefix);
}

/** Whether every address of `inner` is in `outer`; a prefix holds itself. */
export function prefixHoldsPrefix(outer: Prefix, inner: Prefix): boolean {
  return outer.length <= inner.length && prefixHolds(outer, inner.network);
}

/** Two prefixes overlap exactly if one holds the other. */
export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return prefixHoldsPrefix(a, b) || prefixHoldsPrefix(b, a);
}

export function rangeHolds(range: AddressRange, address: Address): boolean {
  return (
    range.from.version === address.version &&
    compareAddresses(range.from, address) <= 0 &&
    compareAddresses(address, range.to) <= 0
  );
}

/** Number of addresses in the range, both ends included. */
export function rangeSize(range: AddressRange): bigint {
  return BigInt(range.to.value) - BigInt(range.from.value) + 1n;
}

/** Bits of an address: 32 or 128. */
export function bitsOf(version: 4 | 6): number {
  return version === 4 ? 32 : 128;
}

function addressOf(version: 4 | 6, value: bigint): Address {
  return version === 4 ? { version, value: Number(value) } : { version, value };
}

/** The address as a number, or -1 if the text is not four plain decimal numbers of 0 to 255 without leading zeros. */
function readIpv4(text: string): number {
  const end = text.length;
  if (end < 7 || end > 15) return -1;
  let value = 0;
  let parts = 0;
  let at = 0;
  while (parts < 4) {
    const start = at;
    let part = 0;
    for (; at < end; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      part = part * 10 + digit;
    }
    const digits = at - start;
    if (digits === 0 || digits > 3 || part > 255 || (digits > 1 && text.charCodeAt(start) === 48)) return -1;
    value = value * 256 + part;
    parts++;
    if (parts < 4 && text.charCodeAt(at++) !== 46) return -1;
  }
  return at === end ? value : -1;
}

function parseIpv6(text: string): Parsed<Address> {
  if (text.includes('%'))
    return { error: `${text}: an address in a design has no zone; leave out ${text.slice(text.indexOf('%'))}` };
  if (!ipaddr.IPv6.isValid(text)) {
    return 'value' in parseMac(text)
      ? { error: `${text} is a MAC address; an IP address looks like 10.1.10.5 or 2001:db8::1` }
      : { error: `${text} is no address; IPv6 has eight groups of up to four hexadecimal digits, or :: for zeros` };
  }
  let value = 0n;
  for (const part of ipaddr.IPv6.parse(text).parts) value = (value << 16n) | BigInt(part);
  return { value: { version: 6, value } };
}

function whyNotIpv4(text: string): string {
  if (!/^[\d.]+$/.test(text))
    return `${text || 'nothing'} is no address; an address looks like 10.1.10.5 or 2001:db8::1`;
  const parts = text.split('.');
  if (parts.length !== 4 || parts.includes('')) return `${text}: an IPv4 address has four numbers, such as 10.1.10.5`;
  const tooLarge = parts.find((part) => Number(part) > 255);
  if (tooLarge !== undefined) return `${text}: ${tooLarge} is more than 255`;
  return `${text}: numbers in an address have no leading zero; did you mean ${parts.map(Number).join('.')}?`;
}

function notAPrefix(text: string, why: string): string {
  return /^[0-9a-fA-F.:]+(\/.*)?$/.test(text)
    ? why
    : `${text || 'nothing'} is no prefix; a prefix looks like 10.1.10.0/24`;
}

/** The length that a dotted mask such as `255.255.255.0` stands for. */
function lengthOfMask(text: string): number | undefined {
  return readIpv4(text) < 0 ? undefined : (ipaddr.IPv4.parse(text).prefixLengthFromSubnetMask() ?? undefined);
}
