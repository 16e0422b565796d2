/** A property string of a configuration: `local-lvm:vm-100-disk-0,size=32G,discard=on`. */
export interface Options {
  /** What stands before the first comma if it has no key. */
  readonly first: string | undefined;
  readonly keys: ReadonlyMap<string, string>;
}

export function parseOptions(text: string): Options {
  const keys = new Map<string, string>();
  let first: string | undefined;
  text.split(',').forEach((part, at) => {
    const equals = part.indexOf('=');
    if (equals > 0) keys.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
    else if (at === 0) first = part.trim();
  });
  return { first, keys };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** `32G`, `4M`, `528K`, in bytes: the units of Proxmox VE are binary. */
export function sizeOf(text: string | undefined): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)([KMGT]?)$/.exec(text ?? '');
  return match === null ? undefined : Math.round(Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1));
}
