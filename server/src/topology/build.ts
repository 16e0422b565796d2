import type { Group } from '../base/bag.ts';
import { compareDates, formatDate } from '../base/dates.ts';
import { derive, sameList } from '../base/reactive.ts';
import type { Steps } from '../base/steps.ts';
import { failoverResult } from '../capacity/absorption.ts';
import { isFabric } from '../capacity/cables.ts';
import { clusterUse } from '../capacity/cluster.ts';
import { exists } from '../capacity/exists.ts';
import { horizonOf } from '../capacity/growth.ts';
import { hostSupply } from '../capacity/host.ts';
import { arrayOf } from '../capacity/storage.ts';
import { asOf, statedAsOf } from '../capacity/time.ts';
import { vmFacts } from '../capacity/vm.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { inTextOrder } from '../design/order.ts';
import { clusterOfHost, hostsOf, placementOf, vmsOn } from '../design/placement.ts';
import { partOf } from '../design/props.ts';
import { propsOf, sitesOf } from '../design/things.ts';
import { type NodeFinding, withBadges } from './build/badges.ts';
import { gaugeFrom, sumGauges, unknownGauge } from './build/gauges.ts';
import { cellOf, cellsOf, hostNode, sizeText } from './build/hosts.ts';
import { type Limits, limitsOf } from './build/limits.ts';
import { type Cabling, cabling } from './build/links.ts';
import { appNode, appsIn, networkNode, networksIn, ownerOf, storeIds, teamsOf } from './build/networks.ts';
import { moneyOf, outlookOf } from './build/outlook.ts';
import { arrayNode, NOWHERE, poolNodes, siteOf, storeNode } from './build/storage.ts';
import {
  type ArrayNode,
  type ClusterNode,
  type Failover,
  type Gauge,
  type Gauges,
  gaugeOf,
  type HostNode,
  type LoadClass,
  type Outlook,
  type SiteNode,
  type SwitchNode,
  type TopologyGraph,
} from './graph.ts';

export type { NodeFinding } from './build/badges.ts';

export interface BuildOptions {
  /** Named where there is nothing to draw; the design's own name wins. */
  readonly fileName: string;
  readonly findings: readonly NodeFinding[];
}

/**
 * Does beforehand, in steps, most of what a picture is made of. `buildTopology` then takes a few milliseconds, as it does
 * after an edit: nodes that the edit did not touch stay as they are.
 */
export function* prepareTopology(design: Design): Steps<void> {
  const nodes = { host: hostNode, cluster: clusterNodes, datastore: storeNode, array: arrayNode };
  for (const [kind, nodeOf] of Object.entries(nodes)) {
    for (const thing of design.members(kind)) {
      nodeOf(thing);
      yield;
    }
  }
  for (const group of design.names.groups('vm')) {
    unplacedIn(group);
    yield;
  }
  shownHosts(design);
  yield;
  cablesOf(design);
  yield;
}

const shownHosts = derive(
  (design: Design): readonly Entity[] => inTextOrder([...design.members('host')]).filter(exists),
  sameList,
);

const cablesOf = derive((design: Design): Cabling => cabling(design, shownHosts(design)));

/** The topology of a design: what stands in what, how loaded it is, what was found. Hosts that an edit did not touch stay the same objects. */
export function buildTopology(design: Design, options: BuildOptions): TopologyGraph {
  const limits = limitsOf(design);
  const hosts = shownHosts(design);
  const stores = inTextOrder([...design.members('datastore')]);
  const loose = stores.filter((store) => !arrayOf(store));
  const home = siteOf;
  const cables = cablesOf(design);
  const sites = new Map<string, { entity: Entity | undefined; clusters: ClusterNode[] }>();
  for (const site of inTextOrder([...design.members('site')]))
    sites.set(entityId(site), { entity: site, clusters: [] });
  const at = (id: string): { entity: Entity | undefined; clusters: ClusterNode[] } => {
    const known = sites.get(id) ?? { entity: undefined, clusters: [] };
    sites.set(id, known);
    return known;
  };
  for (const cluster of inTextOrder([...design.members('cluster')])) {
    for (const node of clusterNodes(cluster)) at(node.site).clusters.push(node.cluster);
  }
  const alone = new Map<string, HostNode[]>();
  for (const host of hosts) {
    if (clusterOfHost(host)) continue;
    const id = home(host);
    const list = alone.get(id) ?? [];
    alone.set(id, list);
    list.push(hostNode(host));
  }
  for (const [id, nodes] of alone) at(id).clusters.push(aloneCluster(id, nodes, limits));

  const arrays = inTextOrder([...design.members('array')]);
  const devices = inTextOrder([...design.members('switch')]);
  for (const thing of [...arrays, ...devices, ...loose]) at(home(thing));
  const byId = new Map(hosts.map((h) => [entityId(h), h]));
  const nodes = [...sites].map(([id, { entity, clusters }]): SiteNode => {
    const mine = arrays.filter((a) => home(a) === id).map(arrayNode);
    const pools = poolNodes(
      id,
      loose.filter((s) => home(s) === id),
    );
    const switches = devices.filter((d) => home(d) === id).map((d) => switchNode(d, cables, limits));
    const members = clusters.flatMap((c) => c.hosts.flatMap((h) => byId.get(h.id) ?? []));
    return { ...siteNode(id, entity, clusters, switches, [...mine, ...pools], limits), ...totalsOf(members) };
  });
  // A site without a name is not drawn for nothing.
  const shown = nodes.filter((s) => s.id !== NOWHERE || s.clusters.length + s.switches.length + s.arrays.length > 0);
  const unplaced = inTextOrder(design.names.groups('vm').flatMap(unplacedIn));
  const graph: TopologyGraph = {
    name: design.plan()?.name || options.fileName,
    sites: shown,
    links: cables.links,
    missing: cables.missing,
    unplaced:
      hosts.length === 0 && unplaced.length === 0 ? [] : unplaced.map((vm) => cellOf(vm, vmFacts(vm).state === 'on')),
    findings: [],
    owners: teamsOf(design).map((t) => t.name),
    apps: appsIn(design).map(appNode),
    networks: networksIn(design).map(networkNode),
    stores: storeIds(design),
    money: moneyOf(design),
    ...timeOf(design),
    thresholds: limits,
  };
  return withBadges(graph, options.findings);
}

/** The day that growth starts from, and how far the plan looks. */
function timeOf(design: Design): Pick<TopologyGraph, 'time'> {
  const from = statedAsOf(design);
  const day = asOf(design);
  if (!from || !day) return {};
  const at = compareDates(day, from) === 0 ? {} : { at: formatDate(day) };
  return { time: { asOf: formatDate(from), horizon: horizonOf(design), ...at } };
}

const withoutCost = ({ cost: _, ...outlook }: Outlook): Outlook => outlook;

const siteId = (site: Entity | undefined): string => (site ? entityId(site) : NOWHERE);

const unplacedIn = derive(
  (group: Group<Entity>): readonly Entity[] => [...group.members()].filter((vm) => exists(vm) && isUnplaced(vm)),
  sameList,
);

function isUnplaced(vm: Entity): boolean {
  const { host, cluster } = placementOf(vm);
  return !host && !cluster;
}

/** A cluster that is stretched over sites is drawn in each of them, with the hosts that stand there. */
const clusterNodes = derive((cluster: Entity): readonly { readonly site: string; readonly cluster: ClusterNode }[] => {
  const limits = limitsOf(cluster.design);
  const own = sitesOf(cluster).map(siteId);
  const first = own[0] ?? NOWHERE;
  const bySite = new Map<string, Entity[]>([[first, []]]);
  for (const host of hostsOf(cluster)) {
    if (!exists(host)) continue;
    const id = sitesOf(host)[0] ? siteId(sitesOf(host)[0]) : first;
    // A host of a stretched cluster that does not say where it stands counts for the first site.
    const site = own.length > 1 && sitesOf(host).length > 1 ? first : id;
    const list = bySite.get(site) ?? [];
    bySite.set(site, list);
    list.push(host);
  }
  const split = [...bySite].filter(
    ([site, hosts], _, all) => hosts.length > 0 || all.length === 1 || (site === first && vmsOn(cluster).length > 0),
  );
  const use = clusterUse(cluster);
  const result = failoverResult(cluster);
  const owner = ownerOf(cluster);
  return split.map(([site, members]) => {
    const hosts = byRack(members.map((h) => spreadPool(hostNode(h), use, limits)));
    const isFirst = site === (split[0]?.[0] ?? first);
    const gauges: Record<string, Gauge> = {};
    const put = (measure: keyof Gauges, gauge: Gauge | undefined): void => {
      if (gauge) gauges[measure] = gauge;
    };
    const whole = split.length === 1;
    const reserve = result && hosts.length > 0 ? reserveOf(result.demand, use.hosts) : undefined;
    const reserved = (gauge: Gauge | undefined): Gauge | undefined =>
      gauge && reserve !== undefined && whole && gauge.state !== 'unknown' ? { ...gauge, reserve } : gauge;
    const sum = (measure: keyof Gauges): Gauge | undefined =>
      sumGauges(
        hosts.map((h) => h.gauges[measure]),
        limits[measure],
      );
    put('cpu', reserved((whole ? gaugeFrom(use.cpuShare, limits.cpu) : undefined) ?? sum('cpu')));
    put('memory', reserved((whole ? gaugeFrom(use.memoryShare, limits.memory) : undefined) ?? sum('memory')));
    put('network', sum('network'));
    put('storage', sum('storage'));
    const supply = use.hosts[0] ? hostSupply(use.hosts[0]) : undefined;
    const node: ClusterNode = {
      kind: 'cluster',
      id: isFirst ? entityId(cluster) : `${entityId(cluster)}@${site}`,
      name: cluster.name,
      hosts,
      pool: isFirst ? cellsOf(cluster, vmsOn(cluster), supply?.clock, supply?.hypervisor) : [],
      gauges,
      // What is paid for the cluster itself is paid once, wherever its hosts stand.
      ...(isFirst ? outlookOf(cluster) : withoutCost(outlookOf(cluster))),
      ...(result && isFirst ? { failover: failoverOf(result) } : {}),
      ...(split.length > 1 ? { caption: `stretched over ${split.length} sites` } : {}),
      ...(owner === undefined ? {} : { owner }),
    };
    return { site, cluster: node };
  });
});

/** Hosts of one rack beside each other: racks, and the hosts of each, in the order of the text. */
function byRack(hosts: readonly HostNode[]): readonly HostNode[] {
  const racks = new Map<string | undefined, HostNode[]>();
  for (const host of hosts) {
    const list = racks.get(host.rack?.id);
    if (list) list.push(host);
    else racks.set(host.rack?.id, [host]);
  }
  return racks.size > 1 ? [...racks.values()].flat() : hosts;
}

/** A host whose VMs are placed on the cluster as a whole: an even spread is assumed, and shown as such. */
function spreadPool(host: HostNode, use: ReturnType<typeof clusterUse>, limits: Limits): HostNode {
  if (use.pooled.length === 0 || host.vms.length > 0) return host;
  const spread = (measure: 'cpu' | 'memory', share: number | undefined): Gauge => {
    const capacity = host.gauges[measure]?.capacity ?? 0;
    return share === undefined || capacity <= 0
      ? unknownGauge(capacity)
      : gaugeOf(share * capacity, capacity, limits[measure], 'assumed');
  };
  const unknown = (measure: 'network' | 'storage'): Gauge => unknownGauge(host.gauges[measure]?.capacity);
  return {
    ...host,
    gauges: {
      cpu: spread('cpu', use.cpuShare?.value),
      memory: spread('memory', use.memoryShare?.value),
      network: unknown('network'),
      storage: unknown('storage'),
    },
  };
}

/** Share of a cluster that has to stay free for what it must survive. */
function reserveOf(
  demand: NonNullable<ReturnType<typeof failoverResult>>['demand'],
  hosts: readonly Entity[],
): number | undefined {
  if (demand.kind === 'percent') return demand.share;
  if (demand.kind !== 'hosts' || hosts.length === 0) return undefined;
  const sizes = hosts.map((h) => hostSupply(h).memory?.value ?? 0).sort((a, b) => b - a);
  const total = sizes.reduce((s, v) => s + v, 0);
  const lost = sizes.slice(0, demand.count).reduce((s, v) => s + v, 0);
  return total > 0 ? lost / total : Math.min(1, demand.count / hosts.length);
}

function failoverOf(result: NonNullable<ReturnType<typeof failoverResult>>): Failover {
  const { demand, outcome, afterLoss } = result;
  const label =
    demand.kind === 'hosts'
      ? `N+${demand.count}`
      : demand.kind === 'percent'
        ? `${Math.round(demand.share * 100)}\u202f% reserve`
        : demand.kind === 'none'
          ? 'failover'
          : `loss of ${demand.count === 1 ? `a ${demand.kind.slice(0, -1)}` : `${demand.count} ${demand.kind}`}`;
  // A cluster may have room in sum and still have none for a VM; a share under 100 % would then say the opposite.
  const share = afterLoss && (outcome === 'holds' || afterLoss.value > 1) ? afterLoss.value : undefined;
  return { state: outcome, label, ...(share === undefined ? {} : { share }) };
}

function aloneCluster(site: string, members: readonly HostNode[], limits: Limits): ClusterNode {
  const hosts = byRack(members);
  const gauges: Record<string, Gauge> = {};
  for (const measure of ['cpu', 'memory', 'network', 'storage'] as const) {
    const gauge = sumGauges(
      hosts.map((h) => h.gauges[measure]),
      limits[measure],
    );
    if (gauge) gauges[measure] = gauge;
  }
  return { kind: 'cluster', id: `cluster:@${site}`, name: 'single hosts', hosts, pool: [], gauges };
}

function siteNode(
  id: string,
  site: Entity | undefined,
  clusters: readonly ClusterNode[],
  switches: readonly SwitchNode[],
  arrays: readonly ArrayNode[],
  limits: Limits,
): SiteNode {
  const gauges: Record<string, Gauge> = {};
  for (const measure of ['cpu', 'memory', 'network'] as const) {
    const parts = clusters.filter((c) => c.hosts.length > 0).map((c) => c.gauges[measure]);
    const sum = sumGauges(parts, limits[measure]);
    if (!sum) continue;
    const reserve = parts.reduce((s, g) => s + (g?.reserve ?? 0) * (g?.capacity ?? 0), 0) / Math.max(1, sum.capacity);
    gauges[measure] = reserve > 0 ? { ...sum, reserve } : sum;
  }
  const space = sumGauges(
    arrays.flatMap((a) => a.datastores.map((d) => d.gauge)),
    limits.space,
  );
  if (space) gauges.storage = space;
  const first = Math.min(...arrays.flatMap((a) => a.datastores.flatMap((d) => d.fullIn ?? [])));
  const fills = Number.isFinite(first)
    ? { fills: { what: 'a datastore', months: first, class: fillClass(first) } }
    : {};
  const judged = clusters.filter((c) => c.failover);
  const owner = site && ownerOf(site);
  return {
    kind: 'site',
    id,
    name: site?.name ?? 'no site stated',
    clusters,
    switches,
    arrays,
    gauges,
    ...(site ? outlookOf(site) : {}),
    ...fills,
    ...(judged.length > 0 ? { failover: verdictOver(judged) } : {}),
    ...(owner === undefined ? {} : { owner }),
  };
}

/** Less than a month is an error, less than two a warning, as for the rule on growth. */
const fillClass = (months: number): LoadClass => (months < 1 ? 'critical' : months < 2 ? 'warning' : 'calm2');

/** `528 cores · 14.3 TiB`: of the hosts that state them. */
function totalsOf(hosts: readonly Entity[]): { readonly caption?: string } {
  const supplies = hosts.map(hostSupply);
  const cores = supplies.reduce((sum, s) => sum + (s.cores ?? 0), 0);
  const memory = supplies.reduce((sum, s) => sum + (s.installedMemory ?? 0), 0);
  const parts = [cores > 0 ? `${cores} cores` : '', memory > 0 ? sizeText(memory) : ''].filter(Boolean);
  return parts.length > 0 ? { caption: parts.join(' · ') } : {};
}

/** `N+1 holds in 8 of 9 clusters, not known in lab`. */
function verdictOver(clusters: readonly ClusterNode[]): string {
  const of = (state: Failover['state']): readonly ClusterNode[] => clusters.filter((c) => c.failover?.state === state);
  const holds = of('holds').length;
  const label =
    new Set(clusters.map((c) => c.failover?.label)).size === 1 ? (clusters[0]?.failover?.label ?? '') : 'failover';
  const names = (list: readonly ClusterNode[]): string =>
    list.length <= 2 ? list.map((c) => c.name).join(', ') : `${list.length} clusters`;
  const parts = [
    clusters.length === 1 && holds === 1
      ? `${label} holds`
      : `${label} holds in ${holds === clusters.length ? 'all ' : `${holds} of `}${clusters.length} clusters`,
  ];
  if (holds === 0) parts.length = 0;
  if (of('fails').length > 0) parts.push(`${parts.length === 0 ? `${label} ` : ''}fails in ${names(of('fails'))}`);
  if (of('unknown').length > 0)
    parts.push(`${parts.length === 0 ? `${label} ` : ''}not known in ${names(of('unknown'))}`);
  return parts.join(', ');
}

function switchNode(device: Entity, cables: Cabling, limits: Limits): SwitchNode {
  const id = entityId(device);
  const stated = propsOf(device).list('ports');
  const ports = stated.map((s) => ({
    count: partOf(s.sentence.subject, 0, s.index),
    rate: partOf(s.sentence.subject, 1, s.index),
  }));
  const gauge = sumGauges(cables.loads.get(id) ?? [], limits.network);
  const owner = ownerOf(device);
  const rate = ports[0]?.rate;
  return {
    kind: isFabric(device) ? 'fabric' : 'switch',
    id,
    name: device.name,
    ports: ports.reduce((sum, p) => sum + (p.count?.type === 'number' ? p.count.value : 0), 0),
    speed: rate?.type === 'quantity' ? rate.value : 0,
    portLoads: cables.ports.get(id) ?? [],
    ...outlookOf(device),
    ...(gauge ? { gauge } : {}),
    ...(owner === undefined ? {} : { owner }),
  };
}
