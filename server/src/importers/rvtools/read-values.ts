import { formatAddress, parseAddress, parseMac } from '../../base/addresses.ts';
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

/** RVTools writes 0 where there is no figure. */
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

/** The datastore in `[gold-1] web-01/web-01.vmx`. */
export function datastoreOfPath(path: string | undefined): string | undefined {
  const name = /^\s*\[([^\]]+)\]/.exec(path ?? '')?.[1]?.trim();
  return name === '' ? undefined : name;
}
