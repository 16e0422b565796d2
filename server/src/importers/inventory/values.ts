import {
  bitsOf,
  formatAddress,
  formatPrefix,
  parseAddress,
  parseMac,
  prefixHolds,
  prefixOf,
} from '../../base/addresses.ts';
import type { ImportReport } from '../report.ts';
import type { Network } from './inventory.ts';
import { MIB } from './inventory.ts';

/** An object with the key if there is a value, else without it. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

export function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** Binary megabytes as bytes. */
export function mib(value: number | undefined): number | undefined {
  return times(value, MIB);
}

/** Nothing for 0, which many inventories write where there is no figure. */
export function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

/** Items of a cell that holds a list. */
export function splitList(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/[,;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export function splitAddresses(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,;|]+/).filter((item) => item !== '');
}

/** An address in the form of the language; link-local ones say nothing about the network. */
export function addressOf(text: string | undefined): string | undefined {
  if (text === undefined || /^(?:fe80:|169\.254\.)/i.test(text)) return undefined;
  const parsed = parseAddress(text);
  return 'value' in parsed ? formatAddress(parsed.value) : undefined;
}

/** The subnet of an address with its length, `10.0.0.11/24`; a gateway outside of it is left out. */
export function subnetOf(cidr: string | undefined, gateway: string | undefined): Network['subnet'] {
  const [own = '', length = ''] = (cidr ?? '').split('/');
  const address = parseAddress(own);
  if (!('value' in address) || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = bitsOf(address.value.version);
  // A whole half of all addresses, or a single one, is no subnet that hosts share.
  if (Number(length) < 2 || Number(length) > bits - 2) return undefined;
  const prefix = prefixOf(address.value, Number(length));
  const through = gateway === undefined ? undefined : parseAddress(gateway);
  const isInside = through !== undefined && 'value' in through && prefixHolds(prefix, through.value);
  return { prefix: formatPrefix(prefix), ...(isInside && { gateway: formatAddress(through.value) }) };
}

export function macOf(text: string | undefined): string | undefined {
  const parsed = parseMac(text ?? '');
  return 'value' in parsed ? parsed.value : undefined;
}

/**
 * A text for a name or a note: line ends, controls and marks that reverse the direction of writing become blanks, outer
 * blanks go; nothing if nothing is left.
 */
export function cleanText(value: string): string | undefined {
  const text = value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  return text === '' ? undefined : text;
}

/** Longest text that is carried over whole. */
const LONGEST_NOTE = 300;

/** A remark of the inventory, cut where it is long. @param what such remarks, in the report */
export function noteOf(text: string | undefined, what: string, report: ImportReport): string | undefined {
  if (text === undefined || text.length <= LONGEST_NOTE) return text;
  report.drop(`ends of long ${what}`, `a note is cut at ${LONGEST_NOTE} characters`);
  return `${text
    .slice(0, LONGEST_NOTE)
    .trimEnd()
    .replace(/\p{Cs}$/u, '')}…`;
}
