import { formatAddress, parseAddress, parseMac } from '../../base/addresses.ts';
import { MIB } from '../inventory/inventory.ts';

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
