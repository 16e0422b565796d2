import type {
  ArrayNode,
  Badge,
  ClusterNode,
  FindingNote,
  HostNode,
  Link,
  SiteNode,
  SwitchNode,
  TopologyGraph,
  VmCell,
} from '../graph.ts';
import { failIdOf } from '../graph.ts';

/** A finding and the things it is about, by their ids in the design. */
export interface NodeFinding extends FindingNote {
  readonly things: readonly string[];
  /** Links that it is about, by their ids. */
  readonly links?: readonly string[];
  /** Sites for things that are no node: networks, applications, licences. */
  readonly sites: readonly string[];
}

/** Puts findings on their nodes and on everything around them. Nodes without any stay the same objects. */
export function withBadges(graph: TopologyGraph, findings: readonly NodeFinding[]): TopologyGraph {
  if (findings.length === 0) return graph;
  const notes = new Map(findings.map((f) => [f.key, f]));
  const by = new Map<string, Set<string>>();
  for (const finding of findings) {
    for (const thing of [...finding.things, ...(finding.links ?? [])])
      by.set(thing, (by.get(thing) ?? new Set()).add(finding.key));
  }
  const known = new Set<string>();
  const keysAt = (id: string): readonly string[] => {
    const keys = [...(by.get(id) ?? [])];
    for (const key of keys) known.add(key);
    return keys;
  };
  const rank = { error: 0, warning: 1, info: 2 } as const;
  const badge = (keys: ReadonlySet<string>): { readonly badge?: Badge } => {
    if (keys.size === 0) return {};
    const list = [...keys].flatMap((k) => notes.get(k) ?? []).sort((a, b) => rank[a.severity] - rank[b.severity]);
    const of = (severity: FindingNote['severity']): number => list.filter((n) => n.severity === severity).length;
    return {
      badge: { errors: of('error'), warnings: of('warning'), infos: of('info'), findings: list.map((n) => n.key) },
    };
  };
  const vm = (cell: VmCell, into: Set<string>): VmCell => {
    const keys = new Set(keysAt(cell.id));
    for (const key of keys) into.add(key);
    return keys.size === 0 ? cell : { ...cell, ...badge(keys) };
  };
  const cells = (list: readonly VmCell[], into: Set<string>): readonly VmCell[] => {
    const made = list.map((c) => vm(c, into));
    return made.every((c, i) => c === list[i]) ? list : made;
  };
  const host = (node: HostNode, into: Set<string>): HostNode => {
    const keys = new Set(keysAt(node.id));
    const vms = cells(node.vms, keys);
    for (const key of keys) into.add(key);
    return keys.size === 0 ? node : { ...node, vms, ...badge(keys) };
  };
  const cluster = (node: ClusterNode, into: Set<string>): ClusterNode => {
    const keys = new Set(keysAt(node.id));
    const hosts = node.hosts.map((h) => host(h, keys));
    const pool = cells(node.pool, keys);
    for (const key of keys) into.add(key);
    return keys.size === 0 ? node : { ...node, hosts, pool, ...badge(keys) };
  };
  const device = (node: SwitchNode, into: Set<string>): SwitchNode => {
    const keys = new Set(keysAt(node.id));
    for (const key of keys) into.add(key);
    return keys.size === 0 ? node : { ...node, ...badge(keys) };
  };
  const array = (node: ArrayNode, into: Set<string>): ArrayNode => {
    const keys = new Set(keysAt(node.id));
    const datastores = node.datastores.map((store) => {
      const own = new Set(keysAt(store.id));
      for (const key of own) keys.add(key);
      return own.size === 0 ? store : { ...store, ...badge(own) };
    });
    for (const key of keys) into.add(key);
    return keys.size === 0 ? node : { ...node, datastores, ...badge(keys) };
  };
  const link = (l: Link): Link => {
    const keys = new Set(keysAt(failIdOf(l)));
    return keys.size === 0 ? l : { ...l, ...badge(keys) };
  };
  const links = graph.links.map(link);
  const beside = <T extends { readonly id: string }>(node: T): T => {
    const keys = by.get(node.id);
    return keys ? { ...node, ...badge(keys) } : node;
  };
  const unplaced = cells(graph.unplaced, new Set());
  const inside = new Map<string, Set<string>>();
  const sites = graph.sites.map((site): SiteNode => {
    const keys = new Set(keysAt(site.id));
    inside.set(site.id, keys);
    return {
      ...site,
      clusters: site.clusters.map((c) => cluster(c, keys)),
      switches: site.switches.map((s) => device(s, keys)),
      arrays: site.arrays.map((a) => array(a, keys)),
    };
  });
  // What stands on no node is said at its site, or at the only one there is.
  for (const finding of findings) {
    if (known.has(finding.key)) continue;
    const at = finding.sites.filter((id) => inside.has(id));
    const only = graph.sites.length === 1 ? graph.sites[0]?.id : undefined;
    for (const id of at.length > 0 ? at : only !== undefined ? [only] : []) inside.get(id)?.add(finding.key);
  }
  return {
    ...graph,
    sites: sites.map((s) => ({ ...s, ...badge(inside.get(s.id) ?? new Set()) })),
    links,
    unplaced,
    // They have no box, so what is found on them is said at their site, too.
    networks: graph.networks.map(beside),
    apps: graph.apps.map(beside),
    findings: findings.map(({ things: _things, links: _links, sites: _sites, ...note }) => note),
  };
}
