import { type GraphIndex, nameIn, type TopologyGraph, type VmCell } from '../graph.ts';
import type { Item } from './scene.ts';

/** A part of the design that a picture is about: an application with all it stands on, a team's share, a network. By id. */
export interface Focus {
  readonly kind: 'app' | 'team' | 'network';
  readonly id: string;
}

/** What a picture with a focus shows at full strength. */
export interface Lit {
  /** VMs that are meant themselves. */
  readonly vms: (vm: VmCell) => boolean;
  /** Ids of nodes, containers included. */
  readonly nodes: ReadonlySet<string>;
  /** Ids of links. */
  readonly links: ReadonlySet<string>;
}

/** All that a focus lights; undefined if the design has no such thing. */
export function litBy(graph: TopologyGraph, index: GraphIndex, { kind, id }: Focus): Lit | undefined {
  const at =
    kind === 'team'
      ? graph.owners.indexOf(nameIn(id))
      : (kind === 'app' ? graph.apps : graph.networks).findIndex((thing) => thing.id === id);
  if (at < 0) return undefined;
  const isMeant = (vm: VmCell): boolean =>
    kind === 'team' ? vm.owner === at : kind === 'app' ? vm.app === at : (vm.networks?.includes(at) ?? false);
  const nodes = new Set<string>();
  const add = (node: string | undefined): void => {
    for (let up = node; up !== undefined && !nodes.has(up); up = index.parents.get(up)) nodes.add(up);
  };
  const hosts = new Set<string>();
  const arrays = new Set<string>();
  const visit = (holder: string, vms: readonly VmCell[]): void => {
    for (const vm of vms) {
      if (!isMeant(vm)) continue;
      add(holder);
      hosts.add(holder);
      if (kind === 'network') continue;
      for (const store of vm.stores ?? []) {
        const array = index.parents.get(graph.stores[store] ?? '');
        if (kind === 'app') add(graph.stores[store]);
        if (array !== undefined) arrays.add(array);
      }
    }
  };
  for (const site of graph.sites) {
    for (const cluster of site.clusters) {
      visit(cluster.id, cluster.pool);
      for (const host of cluster.hosts) visit(host.id, host.vms);
    }
  }
  if (kind === 'team') for (const [node, { owner }] of index.nodes) if (owner === at) add(node);
  const links = new Set<string>();
  for (const link of graph.links) {
    if (kind === 'network') {
      if (!link.carries?.includes(at) && !link.lacks?.includes(at)) continue;
      links.add(link.id);
      add(link.from);
      add(link.to);
    } else if (kind === 'team') {
      if (nodes.has(link.from) && nodes.has(link.to)) links.add(link.id);
    } else if (hosts.has(link.from) && (link.kind === 'uplink' || link.kind === 'fabric' || arrays.has(link.to))) {
      links.add(link.id);
      add(link.to);
    }
  }
  // From the switches and fabrics that are lit on: up to what they hang on, down to the arrays that are used.
  if (kind !== 'team') {
    for (const link of graph.links) {
      const isUp = link.kind === 'trunk' && nodes.has(link.from);
      const isDown = kind === 'app' && link.kind === 'fabric' && nodes.has(link.from) && arrays.has(link.to);
      if (!isUp && !isDown) continue;
      links.add(link.id);
      add(link.to);
    }
  }
  return { vms: isMeant, nodes, links };
}

/** How strong what is not meant is drawn. */
export const FADED = 0.3;

export const fade = (items: readonly Item[]): Item[] =>
  items.map((item) => ({ ...item, opacity: (item.opacity ?? 1) * FADED }));

/** Rules of VMs that must be apart, and are not. */
export const APART_RULES: ReadonlySet<string> = new Set([
  'apart-broken',
  'replicas-share-host',
  'quorum-lost-with-host',
]);
