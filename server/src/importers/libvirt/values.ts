import type { XmlElement } from '../xml/tree.ts';

/** Units of libvirt: a bare letter and the ones with `i` are binary, those with `B` alone decimal. */
const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({ b: 1, bytes: 1, kb: 1e3, k: 2 ** 10, kib: 2 ** 10, mb: 1e6, m: 2 ** 20, mib: 2 ** 20 }).concat(
    Object.entries({ gb: 1e9, g: 2 ** 30, gib: 2 ** 30, tb: 1e12, t: 2 ** 40, tib: 2 ** 40 }),
  ),
);

/** Bytes of an element such as `<memory unit='GiB'>4</memory>`. @param usual the unit where none is written */
export function bytesOf(element: XmlElement | undefined, usual: string): number | undefined {
  const factor = UNITS.get((element?.attribute('unit') ?? usual).toLowerCase());
  const number = wholeOf(element?.text);
  return factor === undefined || number === undefined ? undefined : number * factor;
}

/** A whole number that is not negative. */
export function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,18}$/.test(text) ? Number(text) : undefined;
}

/** A whole number from 1 up. */
export function countOf(text: string | undefined): number | undefined {
  return wholeOf(text) || undefined;
}
