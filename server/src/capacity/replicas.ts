import type { Entity } from '../design/declaration.ts';
import { clusterOfHost, placementOf } from '../design/placement.ts';
import { clauseText } from '../design/props.ts';
import { datastoresOf, propsOf, rackOf, sitesOf, standsOn } from '../design/things.ts';
import { affinitiesOf, domainOf, type Separation } from './affinity.ts';
import { liveHosts } from './cluster.ts';
import { isImportant } from './sessions.ts';
import { switchesOf } from './uplinks.ts';
import { vmFacts } from './vm.ts';

/** Whether an application is said to outlive the loss of a VM. */
export function isRedundant(app: Entity): boolean {
  const props = propsOf(app);
  return isImportant(app) || props.has('vip') || props.withClause('slo', 'availability') !== undefined;
}

/** VMs of one declaration, where it declares more than one. */
export function rangesOf(members: readonly Entity[]): readonly (readonly Entity[])[] {
  const ranges = new Map<unknown, Entity[]>();
  for (const vm of members) ranges.set(vm.declaration, [...(ranges.get(vm.declaration) ?? []), vm]);
  return [...ranges.values()].filter((range) => range.length > 1);
}

/** What may fail as one beside a host, the widest first. A cluster does not fail by itself, only with what it stands on. */
export const WIDER_DOMAINS: readonly Separation[] = ['site', 'array', 'switch', 'rack', 'datastore'];

/** The one domain of a kind that a VM is lost with; undefined if the design does not say, or there is more than one. */
function domainLostWith(vm: Entity, by: Separation): Entity | undefined {
  if (by === 'switch') return onlySwitchOf(vm);
  if (by === 'array') return arrayOf(homeOf(vm));
  return domainOf(vm, by);
}

/** Domains of a kind that the cluster of a VM offers. */
export function domainsOffered(cluster: Entity, by: Separation): ReadonlySet<Entity> {
  const hosts = liveHosts(cluster);
  switch (by) {
    case 'site':
      return new Set(hosts.flatMap((host) => (sitesOf(host).length === 1 ? sitesOf(host) : [])));
    case 'rack':
      return new Set(hosts.flatMap((host) => rackOf(host) ?? []));
    case 'switch':
      return new Set(hosts.flatMap((host) => switchesBehind(host)));
    case 'array':
      return new Set(sharedDatastores(hosts).flatMap((datastore) => arrayOf(datastore) ?? []));
    case 'datastore':
      // Datastores of one array share more than the array: its loss is what counts.
      return new Set(sharedDatastores(hosts).filter((datastore) => !arrayOf(datastore)));
    default:
      return new Set(hosts);
  }
}

/** Whether a rule speaks of how VMs are spread over domains of a kind, or keeps them together on purpose. */
export function isRuled(vms: readonly Entity[], by: Separation): boolean {
  return vms.some((vm) =>
    affinitiesOf(vm).some(
      (rule) => rule.kind !== 'keep' && rule.by === by && rule.vms.filter((other) => vms.includes(other)).length > 1,
    ),
  );
}

/** Whether the loss of an array or a datastore is made good by a copy that is always up to date. */
export function hasMirror(domain: Entity): boolean {
  const holders = [domain, domain.kind === 'datastore' ? arrayOf(domain) : undefined];
  return holders.some(
    (holder) =>
      holder &&
      propsOf(holder)
        .list('replicates')
        .some((by) => clauseText(by, 'mode') === 'sync'),
  );
}

function homeOf(vm: Entity): Entity | undefined {
  const { home, disks } = vmFacts(vm);
  return home ?? disks[0]?.datastore;
}

/** The array that a datastore lies on, also through a pool; one that lies on hosts or a cluster goes with them. */
function arrayOf(datastore: Entity | undefined): Entity | undefined {
  let holder = datastore && standsOn(datastore);
  if (holder?.kind === 'pool') holder = holder.parent;
  if (holder?.kind !== 'array') return undefined;
  const under = standsOn(holder);
  return under?.kind === 'host' || under?.kind === 'cluster' ? undefined : holder;
}

function sharedDatastores(hosts: readonly Entity[]): readonly Entity[] {
  const [first, ...rest] = hosts.map((host) => datastoresOf(host));
  return (first ?? []).filter((datastore) => rest.every((others) => others.includes(datastore)));
}

function switchesBehind(host: Entity): readonly Entity[] {
  return [...new Set(switchesOf(host).flatMap(({ uplinks }) => uplinks.flatMap((one) => one.physicalSwitch ?? [])))];
}

/** The physical switch through which alone the host of a VM carries its networks. */
function onlySwitchOf(vm: Entity): Entity | undefined {
  const { host } = placementOf(vm);
  const networks = vmFacts(vm).nics.flatMap(({ network }) => network ?? []);
  const uplinks = host
    ? switchesOf(host)
        .filter((one) => one.networks.some((network) => networks.includes(network)))
        .flatMap((one) => one.uplinks)
    : [];
  const [first] = uplinks;
  const isOnly = uplinks.every(({ physicalSwitch }) => physicalSwitch === first?.physicalSwitch);
  return isOnly ? first?.physicalSwitch : undefined;
}

/** The cluster that all of some VMs run in, if it is one. */
export function commonCluster(vms: readonly Entity[]): Entity | undefined {
  const clusters = new Set(
    vms.map((vm) => {
      const { host, cluster } = placementOf(vm);
      return host ? clusterOfHost(host) : cluster;
    }),
  );
  const [only] = clusters;
  return clusters.size === 1 ? only : undefined;
}

/** Members by domain; undefined if the domain of one of them is not known. */
export function membersByDomain(
  vms: readonly Entity[],
  by: Separation,
): ReadonlyMap<Entity, readonly Entity[]> | undefined {
  const found = new Map<Entity, Entity[]>();
  for (const vm of vms) {
    const domain = domainLostWith(vm, by);
    if (!domain) return undefined;
    found.set(domain, [...(found.get(domain) ?? []), vm]);
  }
  return found;
}
