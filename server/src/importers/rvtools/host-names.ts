/** A host as one tab calls it. */
export interface NamedHost {
  readonly name: string;
  readonly cluster?: string | undefined;
}

export interface HostJoin {
  /** Other name → name in the host list; names that are equal are not in it. */
  readonly joined: ReadonlyMap<string, string>;
  /** Other names that fit several hosts, or hosts that several fit: left apart. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>;
}

/** What two names may still share to be taken for one: shorter ones fit too much. */
const SHORTEST_SHARED = 4;

/**
 * Finds the hosts of a list under the names that other tabs give them: the same name in other case, with or without
 * domain, or with letters put before or after it (`vmsp-01`, `bovmsp-01.customer.com`). Numbers must be equal, the
 * clusters too where both are known, and each name must fit exactly one; nothing is joined on likeness alone.
 */
export function joinHostNames(listed: readonly NamedHost[], others: readonly NamedHost[]): HostJoin {
  const joined = new Map<string, string>();
  const ambiguous = new Map<string, readonly string[]>();
  const listedNames = new Set(listed.map((host) => host.name));
  let open = others.filter((other) => !listedNames.has(other.name));
  const taken = new Set(others.filter((other) => listedNames.has(other.name)).map((other) => other.name));

  for (const fits of [sameName, sameLabel, oneInTheOther]) {
    const free = listed.filter((host) => !taken.has(host.name));
    const candidates = new Map(
      open.map((other) => [other.name, free.filter((host) => sameCluster(host, other) && fits(host.name, other.name))]),
    );
    const claims = new Map<string, number>();
    for (const hosts of candidates.values())
      for (const host of hosts) claims.set(host.name, (claims.get(host.name) ?? 0) + 1);
    for (const [other, hosts] of candidates) {
      const only = hosts.length === 1 ? hosts[0] : undefined;
      if (only && claims.get(only.name) === 1) {
        joined.set(other, only.name);
        taken.add(only.name);
      } else if (hosts.length > 0) {
        ambiguous.set(
          other,
          hosts.map((host) => host.name),
        );
      }
    }
    open = open.filter((other) => !joined.has(other.name));
  }
  for (const name of joined.keys()) ambiguous.delete(name);
  return { joined, ambiguous };
}

function sameCluster(a: NamedHost, b: NamedHost): boolean {
  return a.cluster === undefined || b.cluster === undefined || a.cluster === b.cluster;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** One of them has no domain, and the rest is the same. */
function sameLabel(a: string, b: string): boolean {
  return labelOf(a) === labelOf(b) && !(hasDomain(a) && hasDomain(b));
}

function oneInTheOther(a: string, b: string): boolean {
  if (hasDomain(a) && hasDomain(b) && domainOf(a) !== domainOf(b)) return false;
  const [long, short] = [labelOf(a), labelOf(b)].sort((x, y) => y.length - x.length);
  if (long === undefined || short === undefined || short.length < SHORTEST_SHARED || !/\d/.test(short)) return false;
  const extra = long.endsWith(short)
    ? long.slice(0, long.length - short.length)
    : long.startsWith(short)
      ? long.slice(short.length)
      : undefined;
  return extra !== undefined && !/\d/.test(extra);
}

function isIpAddress(name: string): boolean {
  return /^[\d.]+$/.test(name) || name.includes(':');
}

function hasDomain(name: string): boolean {
  return name.includes('.') && !isIpAddress(name);
}

function labelOf(name: string): string {
  const lower = name.toLowerCase();
  return hasDomain(lower) ? lower.slice(0, lower.indexOf('.')) : lower;
}

function domainOf(name: string): string {
  return hasDomain(name) ? name.toLowerCase().slice(name.indexOf('.') + 1) : '';
}
