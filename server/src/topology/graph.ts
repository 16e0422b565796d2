/**
 * The topology of a design as plain data: what stands in what, how loaded it is, what was found on it, what it is wired to.
 * No coordinates, no positions in a text: layout and the place of a name are others' business.
 * Everything is JSON-able. Ids are stable over edits that do not rename (`host:prod/esx-01`). Units are base units.
 */

import type { Badge, Gauge, GaugeMeasure, LoadClass, Thresholds } from './loads.ts';
import type { Failure, FindingNote, PlanNote } from './notes.ts';

export * from './loads.ts';

export type * from './notes.ts';

/** What is ahead of a thing. */
export interface Outlook {
  /** Over the horizon of the plan, in `TopologyGraph.money`. */
  readonly cost?: number;
  /** What runs out first, and in how many months; without a number not within the horizon. Absent where nothing grows. */
  readonly exhausts?: { readonly what: string; readonly months?: number };
}

interface NodeBase extends Outlook {
  readonly id: string;
  readonly name: string;
  /** One short line of facts: `dl380 · 16 cores · 256 GiB`. */
  readonly caption?: string;
  readonly badge?: Badge;
  /** Index into `TopologyGraph.owners`. */
  readonly owner?: number;
  /** It is supposed to have failed. */
  readonly failed?: boolean;
}

/** A VM as a cell of its host. */
export interface VmCell {
  readonly id: string;
  readonly name: string;
  /** CPU demand in Hz; absent: not stated. */
  readonly cpu?: number;
  /** Memory in bytes; absent: not stated. */
  readonly memory?: number;
  /** Absent: not stated. */
  readonly iops?: number;
  readonly off?: boolean;
  readonly assumed?: boolean;
  readonly badge?: Badge;
  readonly owner?: number;
  /** Worst load class among its datastores; it colours the cell when storage is the measure. */
  readonly storage?: LoadClass;
  readonly vcpus?: number;
  /** Configured memory in bytes, without what its host adds. */
  readonly size?: number;
  /** Index into `TopologyGraph.apps`. */
  readonly app?: number;
  /** Indexes into `TopologyGraph.networks`, in the order of its NICs. */
  readonly networks?: readonly number[];
  /** Indexes into `TopologyGraph.stores`, its home first. */
  readonly stores?: readonly number[];
  readonly addresses?: readonly string[];
  /** After a failure or a plan: id of what it stood in before; empty for a VM that a plan adds. */
  readonly from?: string;
}

/** A VM that a host ran before, with the host that it restarts on or moves to; without one it has no place. */
export interface LeftVm extends VmCell {
  readonly to?: string;
}

/** A physical port of a host. */
export interface PortNode {
  readonly name: string;
  readonly kind: 'nic' | 'hba';
  /** bit/s; 0 when not stated. */
  readonly speed: number;
  /** Ids of what it is cabled to: a switch, a fabric, an array. */
  readonly to: readonly string[];
  /** It waits for another one to fail. */
  readonly standby?: boolean;
}

/** Where a host is mounted. */
export interface RackRef {
  readonly id: string;
  readonly name: string;
}

export type Gauges = Readonly<Partial<Record<GaugeMeasure, Gauge>>>;

export interface HostNode extends NodeBase {
  readonly kind: 'host';
  readonly gauges: Gauges;
  readonly vms: readonly VmCell[];
  /** Adapters in the order of the text, storage ports after network ports. */
  readonly ports?: readonly PortNode[];
  /** Hosts of one rack stand beside each other in their cluster. */
  readonly rack?: RackRef;
  /** Networks that VMs need here, or would after a restart, and that it does not carry; indexes into `TopologyGraph.networks`. */
  readonly lacks?: readonly number[];
  /** Networks that its virtual switches carry, where no uplink says to which switch it leads: else the links have them. */
  readonly carries?: readonly number[];
  /** After a failure or a plan: what it ran and runs no more, in the order in which it did. The `vms` of a failed host are empty. */
  readonly left?: readonly LeftVm[];
  /** In a plan: the most VMs that it has to show at any step, so that none of them makes it larger. */
  readonly most?: number;
  /** A plan adds it. */
  readonly added?: boolean;
}

export interface Failover {
  readonly state: 'holds' | 'fails' | 'unknown';
  /** The worst share of capacity after the loss, where that says it. */
  readonly share?: number;
  /** What is lost in the question: `N+1`, `N+2`. */
  readonly label: string;
}

export interface ClusterNode extends NodeBase {
  readonly kind: 'cluster';
  readonly hosts: readonly HostNode[];
  /** VMs placed on the cluster, not on one of its hosts. */
  readonly pool: readonly VmCell[];
  readonly gauges: Gauges;
  readonly failover?: Failover;
}

/** A physical switch, Ethernet (`switch`) or storage (`fabric`); `outside` is what a switch leads to that is not in the design. */
export interface SwitchNode extends NodeBase {
  readonly kind: 'switch' | 'fabric' | 'outside';
  /** Ports in all; 0 when not stated. */
  readonly ports: number;
  /** Speed of a port in bit/s; 0 when not stated. */
  readonly speed: number;
  /** Load of each port in use as a share, in the order of the text; -1 where it is not known. */
  readonly portLoads: readonly number[];
  readonly gauge?: Gauge;
}

export interface DatastoreNode extends NodeBase {
  readonly kind: 'datastore';
  readonly gauge: Gauge;
  readonly vms: number;
  /** Months until it is full at the stated growth. */
  readonly fullIn?: number;
  /** Its part of the array's cost, by what it may hold; in that, not beside it. */
  readonly costShare?: number;
}

/** An array with its datastores. `pool`: datastores whose array the design does not name. */
export interface ArrayNode extends NodeBase {
  readonly kind: 'array' | 'pool';
  readonly datastores: readonly DatastoreNode[];
  /** IOPS first, then pools. */
  readonly gauges: readonly Gauge[];
}

export interface SiteNode extends NodeBase {
  readonly kind: 'site';
  readonly clusters: readonly ClusterNode[];
  readonly switches: readonly SwitchNode[];
  readonly arrays: readonly ArrayNode[];
  readonly gauges: Gauges;
  /** The verdict over its clusters, in words: `N+1 holds in all 10 clusters`. */
  readonly failover?: string;
  /** What fills up first, and when. */
  readonly fills?: { readonly what: string; readonly months: number; readonly class: LoadClass };
}

/** `uplink`: host to switch; `fabric`: host to fabric, or fabric to array; `mount`: host to array; `trunk`: switch to switch; `wan`: site to site. */
export type LinkKind = 'uplink' | 'fabric' | 'mount' | 'trunk' | 'wan';
export type Side = 'a' | 'b';

export interface Link {
  readonly id: string;
  readonly kind: LinkKind;
  /** The nearer to the VMs first: host before switch, switch before core, fabric before array. */
  readonly from: string;
  readonly to: string;
  readonly side: Side;
  readonly count: number;
  /** bit/s of one member; 0 when not stated. */
  readonly speed: number;
  /** Load over the capacity of all members; absent when not known. */
  readonly gauge?: Gauge;
  /** What hangs on it has no other path. */
  readonly only?: boolean;
  /** Indexes into `TopologyGraph.networks`: what an uplink carries, and what the switch behind it does not let through of that. */
  readonly carries?: readonly number[];
  readonly lacks?: readonly number[];
  /** WAN: round trip in seconds, and its name. */
  readonly rtt?: number;
  readonly name?: string;
  /** WAN: over the horizon of the plan, in `TopologyGraph.money`; index into `TopologyGraph.owners`. */
  readonly cost?: number;
  readonly owner?: number;
  readonly badge?: Badge;
  /** It, or what it leads to, is supposed to have failed. */
  readonly failed?: boolean;
}

/** What to name so that a link fails, and what its findings are of. A line between more than two sites fails as a whole. */
export const failIdOf = ({ id, kind }: Pick<Link, 'id' | 'kind'>): string =>
  kind === 'wan' ? (id.split('#')[0] ?? id) : id;

/** A path that redundancy asks for and the design does not have. */
export interface MissingPath {
  readonly from: string;
  readonly side: Side;
  /** `no path on fabric-b`. */
  readonly text: string;
}

/** A network: no box of its own, but a lane of the network layer and what VMs are asked for by. */
export interface NetworkNode extends Outlook {
  readonly id: string;
  readonly name: string;
  readonly vlan?: number;
  readonly subnets: readonly SubnetGauge[];
  readonly badge?: Badge;
  /** Index into `TopologyGraph.owners`. */
  readonly owner?: number;
}

/** Addresses used over usable ones. */
export interface SubnetGauge {
  /** `10.1.10.0/24`. */
  readonly prefix: string;
  readonly gauge: Gauge;
}

/** An application: no box of its own. Its VMs name it by index. */
export interface AppNode {
  readonly id: string;
  readonly name: string;
  readonly tier?: string;
  readonly vips: readonly { readonly address: string; readonly network?: number }[];
  readonly badge?: Badge;
  /** Index into `TopologyGraph.owners`. */
  readonly owner?: number;
}

/** Days, `2026-11-22`. */
export interface GraphTime {
  /** The day that growth starts from. */
  readonly asOf: string;
  /** Months that the plan looks ahead. */
  readonly horizon: number;
  /** The day of the picture, where it is another one. */
  readonly at?: string;
}

export interface TopologyGraph {
  readonly name: string;
  readonly sites: readonly SiteNode[];
  readonly links: readonly Link[];
  readonly missing: readonly MissingPath[];
  /** VMs that stand nowhere. */
  readonly unplaced: readonly VmCell[];
  readonly findings: readonly FindingNote[];
  readonly owners: readonly string[];
  readonly apps: readonly AppNode[];
  readonly networks: readonly NetworkNode[];
  /** Ids of datastores, for `VmCell.stores`. */
  readonly stores: readonly string[];
  /** Currency of costs, and the months that they are of. */
  readonly money?: { readonly code: string; readonly months: number };
  /** Absent where the design states no `as-of`: there is no time to look ahead from. */
  readonly time?: GraphTime;
  readonly failure?: Failure;
  readonly plan?: PlanNote;
  /** From the policy of the design; the legend takes its ticks from here. */
  readonly thresholds: Readonly<Record<GaugeMeasure | 'space' | 'addresses', Thresholds>>;
}

export type TopologyNode = SiteNode | ClusterNode | HostNode | SwitchNode | ArrayNode | DatastoreNode;

/** As the rules have them, where no policy says otherwise. Memory is what is configured: all of it may be given away. */
export const DEFAULT_THRESHOLDS: TopologyGraph['thresholds'] = {
  cpu: { warn: 0.75, err: 0.9 },
  memory: { warn: 1, err: 1.25 },
  network: { warn: 0.8, err: 1 },
  storage: { warn: 0.8, err: 1 },
  space: { warn: 0.75, err: 0.85 },
  addresses: { warn: 0.75, err: 0.9 },
};

/** Hosts, VMs (all, and those switched off) inside a site or cluster. */
export function countInside(node: SiteNode | ClusterNode): Counts {
  const known = counts.get(node) ?? countAll(node);
  counts.set(node, known);
  return known;
}

interface Counts {
  readonly hosts: number;
  readonly vms: number;
  readonly off: number;
}

/** A node does not change; it is drawn at many levels. */
const counts = new WeakMap<SiteNode | ClusterNode, Counts>();

function countAll(node: SiteNode | ClusterNode): Counts {
  let hosts = 0;
  let vms = 0;
  let off = 0;
  const clusters = node.kind === 'site' ? node.clusters : [node];
  for (const cluster of clusters) {
    hosts += cluster.hosts.length;
    for (const list of [cluster.pool, ...cluster.hosts.map((h) => h.vms)]) {
      vms += list.length;
      for (const vm of list) if (vm.off) off += 1;
    }
  }
  return { hosts, vms, off };
}

/** The id of the node that stands for VMs without a place. */
export const UNPLACED_ID = 'unplaced';

export interface GraphIndex {
  readonly nodes: ReadonlyMap<string, TopologyNode>;
  readonly findings: ReadonlyMap<string, FindingNote>;
  /** The id of the host, cluster pool or tray a VM stands in, by the VM's id. */
  readonly vmHolder: ReadonlyMap<string, string>;
  readonly parents: ReadonlyMap<string, string>;
}

const indexes = new WeakMap<TopologyGraph, GraphIndex>();

/** Nodes, findings and parents by id; built once for a graph. */
export function indexGraph(graph: TopologyGraph): GraphIndex {
  const known = indexes.get(graph);
  if (known) return known;
  const nodes = new Map<string, TopologyNode>();
  const vmHolder = new Map<string, string>();
  const parents = new Map<string, string>();
  const add = (node: TopologyNode, parent?: string): void => {
    nodes.set(node.id, node);
    if (parent) parents.set(node.id, parent);
  };
  for (const site of graph.sites) {
    add(site);
    for (const cluster of site.clusters) {
      add(cluster, site.id);
      for (const vm of cluster.pool) vmHolder.set(vm.id, cluster.id);
      for (const host of cluster.hosts) {
        add(host, cluster.id);
        for (const vm of host.vms) vmHolder.set(vm.id, host.id);
      }
    }
    for (const node of site.switches) add(node, site.id);
    for (const array of site.arrays) {
      add(array, site.id);
      for (const store of array.datastores) add(store, array.id);
    }
  }
  for (const vm of graph.unplaced) vmHolder.set(vm.id, UNPLACED_ID);
  const index = { nodes, findings: new Map(graph.findings.map((f) => [f.key, f])), vmHolder, parents };
  indexes.set(graph, index);
  return index;
}

/** The name of a thing by its id: `gold-1` of `datastore:vmax/gold-1`. */
export const nameIn = (id: string): string => id.slice(Math.max(id.lastIndexOf('/'), id.indexOf(':')) + 1);

/** Names of the networks that a VM is in. */
export const networkNames = (graph: TopologyGraph, vm: VmCell): readonly string[] =>
  (vm.networks ?? []).flatMap((index) => graph.networks[index]?.name ?? []);

/** Names of the datastores that a VM lies on, its home first. */
export const storeNames = (graph: TopologyGraph, vm: VmCell): readonly string[] =>
  (vm.stores ?? []).flatMap((index) => graph.stores[index] ?? []).map(nameIn);
