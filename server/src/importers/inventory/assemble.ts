import { isBareName } from '../../language/make/bare-name.ts';
import type { ImportReport } from '../report.ts';
import type { Cluster, ClusterSettings, Datastore, Host, Inventory, Network, Server, Vm } from './inventory.ts';
import { compareNames, UniqueNames } from './unique-names.ts';
import { optional } from './values.ts';

/** A host before its VMs are known. */
export type HostFacts = Omit<Host, 'vms'>;

/** What an importer found, not yet put together. */
export interface Parts {
  readonly clusters: readonly { readonly name: string; readonly settings: ClusterSettings }[];
  readonly hosts: readonly { readonly host: HostFacts; readonly cluster?: string }[];
  /** A VM names its host, or the cluster where the host is not known. */
  readonly vms: readonly { readonly vm: Vm; readonly host?: string; readonly cluster?: string }[];
  readonly datastores: readonly Datastore[];
  readonly networks: readonly Network[];
  readonly sites?: readonly string[];
  readonly servers?: readonly Server[];
}

/** A host of which nothing is known but its name. */
export const NO_FACTS = {
  aliases: [],
  hardware: {},
  features: [],
  nics: [],
  hbas: [],
  vswitches: [],
  services: [],
  mounts: [],
} as const;

/**
 * Puts VMs on hosts and hosts in clusters, all in the order of their names. VMs of one name get a number, the first in
 * the order of host and id keeps it. A host that only VMs or datastores name is kept, without hardware.
 */
export function assemble(parts: Parts, report: ImportReport): Inventory {
  const vms = nameApart(parts.vms, report);
  const hosts = new Map(parts.hosts.map(({ host, cluster }) => [host.name, { host, cluster, vms: [] as Vm[] }]));
  const pools = new Map<string, Vm[]>();
  for (const { vm, host, cluster } of vms) {
    if (host !== undefined) {
      const known = hosts.get(host) ?? { host: { ...NO_FACTS, name: host, listed: false }, cluster, vms: [] as Vm[] };
      hosts.set(host, known);
      known.vms.push(vm);
    } else if (cluster !== undefined) {
      const pool = pools.get(cluster) ?? [];
      pools.set(cluster, pool);
      pool.push(vm);
    }
  }
  for (const { host } of parts.datastores) {
    if (host !== undefined && !hosts.has(host))
      hosts.set(host, { host: { ...NO_FACTS, name: host, listed: false }, cluster: undefined, vms: [] });
  }
  const placed = [...hosts.values()]
    .map(({ host, cluster, vms: own }) => ({
      host: { ...withBareCards(host), vms: own.sort(byName) },
      ...optional('cluster', cluster),
    }))
    .sort((a, b) => Number(b.host.listed) - Number(a.host.listed) || byName(a.host, b.host));
  const settings = new Map(parts.clusters.map((cluster) => [cluster.name, cluster.settings]));
  const names = new Set([...settings.keys(), ...pools.keys()]);
  for (const { cluster } of placed) if (cluster !== undefined) names.add(cluster);
  const clusters = [...names].sort(compareNames).map(
    (name): Cluster => ({
      name,
      hosts: placed.filter(({ cluster }) => cluster === name).map(({ host }) => host),
      pool: (pools.get(name) ?? []).sort(byName),
      settings: settings.get(name) ?? { features: [] },
    }),
  );
  return {
    sites: [...new Set(parts.sites)].sort(compareNames),
    clusters,
    hosts: placed.map(({ host }) => host),
    vms: vms.map(({ vm }) => vm),
    datastores: [...parts.datastores].sort(byName),
    networks: [...parts.networks].sort(byName),
    ...(parts.servers && { servers: [...parts.servers].sort(byName) }),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareNames(a.name, b.name);
}

function nameApart(vms: Parts['vms'], report: ImportReport): Parts['vms'] {
  const byName = new Map<string, Parts['vms'][number][]>();
  for (const placed of vms) {
    const alike = byName.get(placed.vm.name);
    if (alike) alike.push(placed);
    else byName.set(placed.vm.name, [placed]);
  }
  const unique = new UniqueNames(byName.keys());
  return [...byName].flatMap(([name, alike]) => {
    if (alike.length === 1) return alike;
    const key = ({ vm, host }: Parts['vms'][number]): string => `${host ?? ''}\n${vm.id ?? ''}`;
    const own = alike
      .sort((a, b) => compareNames(key(a), key(b)))
      .map((placed, at) => ({
        ...placed,
        vm: { ...placed.vm, name: at === 0 ? name : unique.take(name), sharedName: name },
      }));
    report.problem(
      'warning',
      `${own.length} VMs are called ${name}; in the design they are ${own.map(({ vm }) => vm.name).join(', ')}`,
      '',
      'VMs of one name',
    );
    return own;
  });
}

/** An uplink names a card by a word, so `SLOT 3 Port 1` becomes `SLOT-3-Port-1`. */
function withBareCards(host: HostFacts): HostFacts {
  const unique = new UniqueNames(UPLINK_CLAUSES);
  const names = new Map<string, string>();
  for (const { name } of host.nics) {
    const bare = name
      .replace(/[^\p{L}\p{Nd}_.-]+/gu, '-')
      .replace(/\.{2,}/g, '.')
      .replace(/^-+|-+$/g, '');
    // Where a card may stand without a name, a digit begins its speed.
    const isName = isBareName(bare) && !/^\p{Nd}/u.test(bare);
    names.set(name, unique.take(isName ? bare : isBareName(bare) ? `nic-${bare}` : 'nic'));
  }
  const known = (uplink: string): readonly string[] => {
    const name = names.get(uplink);
    return name === undefined ? [] : [name];
  };
  return {
    ...host,
    nics: host.nics.map((nic) => ({ ...nic, name: names.get(nic.name) ?? nic.name })),
    vswitches: host.vswitches.map((vswitch) => ({ ...vswitch, uplinks: vswitch.uplinks.flatMap(known) })),
  };
}

/** Words that begin a clause where a card is named. */
const UPLINK_CLAUSES = ['to', 'standby', 'card', 'sriov'];
