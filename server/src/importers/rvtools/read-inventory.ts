import type { Cluster, ClusterSettings, Host, Inventory, Vm } from '../inventory/inventory.ts';
import { compareNames, UniqueNames } from '../inventory/unique-names.ts';
import { optional } from '../inventory/values.ts';
import type { ImportReport } from '../report.ts';
import type { HostNameJoin } from './header.ts';
import { type PlacedHost, readHosts } from './read-hosts.ts';
import { readNetworks } from './read-networks.ts';
import { readStorage } from './read-storage.ts';
import { readVms } from './read-vms.ts';
import type { Tabs } from './tabs.ts';

/** The inventory, and the hosts in it that go by two names. */
export interface ReadInventory {
  readonly inventory: Inventory;
  readonly joins: readonly HostNameJoin[];
}

export function readInventory(tabs: Tabs, report: ImportReport): ReadInventory {
  const networks = readNetworks(tabs, report);
  const storage = readStorage(tabs, report);
  const vms = readVms(tabs, networks, storage.nameOf, report);
  const { hosts, joins } = readHosts(tabs, vms, storage, networks, report);

  const groups = new Map<string, { cluster: string; site?: string; hosts: PlacedHost[]; pool: Vm[] }>();
  const siteOf = clusterSites(tabs);
  const groupOf = (cluster: string, stated: string | undefined) => {
    const site = stated ?? siteOf(cluster);
    const key = `${site ?? ''}\n${cluster}`;
    const group = groups.get(key) ?? { cluster, ...optional('site', site), hosts: [], pool: [] };
    groups.set(key, group);
    return group;
  };
  for (const host of hosts) if (host.cluster !== undefined) groupOf(host.cluster, host.host.site).hosts.push(host);
  for (const { vm, host, cluster, site } of vms)
    if (host === undefined && cluster !== undefined) groupOf(cluster, site).pool.push(vm);
  const settings = readClusterSettings(tabs);
  for (const name of settings.keys()) {
    if (![...groups.values()].some((group) => group.cluster === name)) groupOf(name, undefined);
  }

  const unique = new UniqueNames([...groups.values()].map((group) => group.cluster));
  const named = new Set<string>();
  const clusters = [...groups.values()]
    .sort((a, b) => compareNames(a.cluster, b.cluster) || compareNames(a.site ?? '', b.site ?? ''))
    .map((group): Cluster => {
      const name = named.has(group.cluster) ? unique.take(group.cluster) : group.cluster;
      named.add(group.cluster);
      if (name !== group.cluster)
        report.problem('warning', `several clusters are called ${group.cluster}; one is ${name} in the design`, '');
      return {
        name,
        ...optional('site', group.site),
        hosts: group.hosts.map(({ host }) => host).sort(byListing),
        pool: [...group.pool].sort((a, b) => compareNames(a.name, b.name)),
        settings: withHostFeatures(settings.get(group.cluster) ?? { features: [] }, group.hosts),
      };
    });
  const sites = new Set([...vms.map(({ site }) => site), ...hosts.map(({ host }) => host.site)]);
  const inventory: Inventory = {
    sites: [...sites].filter((site) => site !== undefined).sort(compareNames),
    clusters,
    hosts: hosts.map(({ host }) => host).sort(byListing),
    vms: vms.map(({ vm }) => vm),
    datastores: storage.datastores,
    networks: networks.networks,
  };
  return { inventory, joins };
}

/** The site of a cluster that is at one site only. */
function clusterSites(tabs: Tabs): (cluster: string) => string | undefined {
  const sites = new Map<string, Set<string>>();
  for (const tab of [tabs.vInfo, tabs.vHost] as const) {
    for (const row of tab.rows) {
      const cluster = tab.text(row, 'cluster');
      const site = tab.text(row, 'datacenter');
      if (cluster === undefined || site === undefined) continue;
      sites.set(cluster, (sites.get(cluster) ?? new Set()).add(site));
    }
  }
  return (cluster) => {
    const [first, ...more] = sites.get(cluster) ?? [];
    return more.length === 0 ? first : undefined;
  };
}

/** Hosts of unknown hardware come last. */
function byListing(a: Host, b: Host): number {
  return Number(b.listed) - Number(a.listed) || compareNames(a.name, b.name);
}

function readClusterSettings(tabs: Tabs): ReadonlyMap<string, ClusterSettings> {
  const { vCluster } = tabs;
  const settings = new Map<string, ClusterSettings>();
  for (const row of vCluster.rows) {
    const name = vCluster.text(row, 'cluster');
    if (name === undefined) continue;
    const mode = drsModeOf(vCluster.text(row, 'drsMode'));
    const rate = vCluster.number(row, 'drsRate');
    // The vSphere API rates the threshold from 1, the most eager, to 5; its clients and the language count the other way round.
    const level = rate === undefined ? undefined : 6 - rate;
    const failover = vCluster.flag(row, 'admissionControl') ? vCluster.number(row, 'failoverLevel') : undefined;
    settings.set(name, {
      features: [...(vCluster.flag(row, 'ha') ? ['ha'] : []), ...(vCluster.flag(row, 'dpm') ? ['dpm'] : [])],
      ...(vCluster.flag(row, 'drs') &&
        mode && { drs: { mode, ...(level !== undefined && level >= 1 && level <= 5 && { level }) } }),
      ...optional('failover', failover || undefined),
    });
  }
  return settings;
}

function drsModeOf(text: string | undefined): 'manual' | 'partial' | 'full' | undefined {
  if (text === undefined) return undefined;
  if (/manual/i.test(text)) return 'manual';
  if (/partial/i.test(text)) return 'partial';
  return /full/i.test(text) ? 'full' : undefined;
}

/** What every listed host can do, the cluster can. */
function withHostFeatures(settings: ClusterSettings, hosts: readonly PlacedHost[]): ClusterSettings {
  const listed = hosts.filter(({ host }) => host.listed);
  const shared = ['live-migration', 'storage-migration'].filter(
    (feature) => listed.length > 0 && listed.every(({ host }) => host.features.includes(feature)),
  );
  return { ...settings, features: [...shared, ...settings.features] };
}
