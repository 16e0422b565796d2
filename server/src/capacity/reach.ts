import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost } from '../design/placement.ts';
import { datastoresOf, isComplete } from '../design/things.ts';
import { liveHosts } from './cluster.ts';
import { featuresOf } from './features.ts';
import { carriesLoad } from './host.ts';
import { runningOn } from './load.ts';
import { switchesOf } from './uplinks.ts';
import { vmFacts } from './vm.ts';

/** Networks that the virtual switches of a host carry; undefined if it states none. */
export const networksOf = derive((host: Entity): ReadonlySet<Entity> | undefined => {
  const switches = switchesOf(host);
  const isStated = switches.some(({ props }) => props.has('carries'));
  return isStated ? new Set(switches.flatMap(({ networks }) => networks)) : undefined;
});

/** A network that VMs need on a host that does not carry it. */
export interface MissingNetwork {
  readonly network: Entity;
  readonly vms: readonly Entity[];
  /** They run there; else they could be moved or restarted there. */
  readonly isHere: boolean;
}

/** Networks that a host lacks; none where it states not what it carries, or names something unknown. */
export const missingNetworks = derive((host: Entity): readonly MissingNetwork[] => {
  const carried = networksOf(host);
  if (!carried || !carriesLoad(host)) return [];
  const stated = switchesOf(host).flatMap(({ props }) => props.list('carries'));
  if (!stated.every((by) => isComplete(by, ['network']))) return [];
  const own = usersOn(host);
  const found: MissingNetwork[] = [];
  for (const [network, vms] of own) if (!carried.has(network)) found.push({ network, vms, isHere: true });
  const cluster = clusterOfHost(host);
  const features = cluster ? featuresOf(cluster) : new Set<string>();
  if (!cluster || !(features.has('live-migration') || features.has('ha'))) return found;
  for (const [network, vms] of networkUsers(cluster))
    if (!carried.has(network) && !own.has(network)) found.push({ network, vms, isHere: false });
  return found;
});

/** Running VMs of a cluster, on its hosts and in its pool, by the networks that they are on. */
export const networkUsers = derive((cluster: Entity): ReadonlyMap<Entity, readonly Entity[]> => {
  const found = new Map<Entity, Entity[]>();
  for (const holder of [...liveHosts(cluster), cluster]) {
    for (const [network, vms] of usersOn(holder)) found.set(network, [...(found.get(network) ?? []), ...vms]);
  }
  return found;
});

/** Running VMs on one host, or in the pool of a cluster, by the networks that they are on. */
export const usersOn = derive((holder: Entity): ReadonlyMap<Entity, readonly Entity[]> => {
  const found = new Map<Entity, Entity[]>();
  for (const vm of runningOn(holder)) {
    for (const network of new Set(vmFacts(vm).nics.map((nic) => nic.network)))
      if (network) found.set(network, [...(found.get(network) ?? []), vm]);
  }
  return found;
});

/** Datastores that only one host of a cluster reaches, with that host. */
export const loneDatastores = derive((cluster: Entity): ReadonlyMap<Entity, Entity> => {
  const found = new Map<Entity, Entity | undefined>();
  for (const host of liveHosts(cluster)) {
    for (const datastore of datastoresOf(host)) found.set(datastore, found.has(datastore) ? undefined : host);
  }
  return new Map([...found].flatMap(([datastore, host]) => (host ? [[datastore, host] as const] : [])));
});

/** Hosts that share no datastore with another one: their VMs cannot restart elsewhere. None unless all state what they reach. */
export function hostsWithoutShared(hosts: readonly Entity[]): readonly Entity[] {
  const reach = hosts.map((host) => new Set(datastoresOf(host)));
  if (hosts.length < 2 || reach.some((datastores) => datastores.size === 0)) return [];
  return hosts.filter((_, index) =>
    [...(reach[index] ?? [])].every((datastore) => reach.every((other, k) => k === index || !other.has(datastore))),
  );
}
