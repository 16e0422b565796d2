/** A host as a tab calls it. */
export interface NamedHost {
  readonly name: string;
  readonly cluster?: string | undefined;
  /** The tabs that call it so. */
  readonly tabs?: ReadonlySet<string>;
}

export interface HostJoin {
  /** Other name → name in the host list; names that are equal are not in it. */
  readonly joined: ReadonlyMap<string, string>;
  /** Other names that fit several hosts, or hosts that several fit: left apart. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>;
}

/** What two names may still share to be taken for one: shorter ones fit too much. */
const SHORTEST_SHARED = 4;

const ONE_TAB: ReadonlySet<string> = new Set(['']);

/**
 * Finds the hosts of a list under the names that other tabs give them: the same name in other case, with or without
 * domain, or with letters put before or after it (`vmsp-01`, `bovmsp-01.customer.com`). Numbers must be equal, the
 * clusters too where both are known, and each name must fit exactly one. A tab that has both names means two hosts.
 */
export function joinHostNames(listed: readonly NamedHost[], others: readonly NamedHost[]): HostJoin {
  const joined = new Map<string, string>();
  const ambiguous = new Map<string, readonly string[]>();
  const tabsOf = new Map(listed.map((host) => [host.name, new Set<string>()]));
  for (const other of others) for (const tab of other.tabs ?? ONE_TAB) tabsOf.get(other.name)?.add(tab);
  let open = others.filter((other) => !tabsOf.has(other.name));

  for (const fits of [sameName, sameLabel, oneInTheOther]) {
    const claims = new Map<string, NamedHost[]>();
    for (const other of open) {
      const hosts = listed.filter((host) => {
        if (!sameCluster(host, other) || !fits(host.name, other.name)) return false;
        return fits === sameName || areApart(tabsOf.get(host.name) ?? ONE_TAB, other.tabs ?? ONE_TAB);
      });
      const [only] = hosts;
      if (only && hosts.length === 1) claims.set(only.name, [...(claims.get(only.name) ?? []), other]);
      else if (only) ambiguous.set(other.name, namesOf(hosts));
    }
    for (const [host, claimants] of claims) {
      const rivals = claimants.some((one, at) =>
        claimants.slice(0, at).some((before) => !areApart(one.tabs ?? ONE_TAB, before.tabs ?? ONE_TAB)),
      );
      for (const claimant of claimants) {
        if (rivals && fits !== sameName) {
          ambiguous.set(claimant.name, [host]);
          continue;
        }
        joined.set(claimant.name, host);
        for (const tab of claimant.tabs ?? ONE_TAB) tabsOf.get(host)?.add(tab);
      }
    }
    open = open.filter((other) => !joined.has(other.name));
  }
  for (const name of joined.keys()) ambiguous.delete(name);
  return { joined, ambiguous };
}

function namesOf(hosts: readonly NamedHost[]): readonly string[] {
  return hosts.map((host) => host.name);
}

function areApart(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const tab of a) if (b.has(tab)) return false;
  return true;
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
