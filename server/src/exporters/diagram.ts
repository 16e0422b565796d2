import { formatNumber } from '../base/units.ts';
import type { Badge, ClusterNode, Gauge, Gauges, Link, TopologyGraph, TopologyNode } from '../topology/graph.ts';
import { counted } from './html.ts';

/** What a diagram of another tool says of a node, line by line; the first is its name. */
export function linesOf(node: TopologyNode): readonly string[] {
  const { name, caption, badge } = node;
  return [name, ...(caption ? [caption] : []), ...loadsOf(node), ...findingsOf(badge)];
}

function loadsOf(node: TopologyNode): string[] {
  switch (node.kind) {
    case 'host':
      return [...gaugesText(node.gauges), counted(node.vms.length, 'VM')];
    case 'cluster':
      return [...gaugesText(node.gauges), ...(node.failover ? [failoverText(node)] : [])];
    case 'datastore':
      return [`${share(node.gauge)} full`];
    case 'array':
    case 'pool':
      return node.gauges.map((gauge) => `${gauge.label ?? 'load'} ${share(gauge)}`);
    case 'switch':
    case 'fabric':
    case 'outside':
      return node.gauge ? [`load ${share(node.gauge)}`] : [];
    default:
      return [];
  }
}

function failoverText({ failover }: ClusterNode): string {
  if (!failover) return '';
  const { label, state, share: after } = failover;
  const percent = after === undefined ? '' : ` ${formatNumber(after * 100, 0)} %`;
  return state === 'unknown' ? `${label} not known` : `${label} ${state}${percent}`;
}

const NAMES = { cpu: 'CPU', memory: 'memory', network: 'network', storage: 'storage' } as const;

function gaugesText(gauges: Gauges): string[] {
  const parts = (['cpu', 'memory', 'network', 'storage'] as const).flatMap((measure) => {
    const gauge = gauges[measure];
    return gauge && gauge.state !== 'unknown' ? [`${NAMES[measure]} ${share(gauge)}`] : [];
  });
  return parts.length > 0 ? [parts.join(' · ')] : [];
}

function share({ share: value, state }: Gauge): string {
  const sign = state === 'atLeast' ? '≥' : state === 'assumed' ? '≈' : '';
  return state === 'unknown' ? '?' : `${sign}${formatNumber(value * 100, 0)} %`;
}

function findingsOf(badge: Badge | undefined): string[] {
  if (!badge) return [];
  const { errors, warnings, infos } = badge;
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(infos > 0 ? [counted(infos, 'note')] : []),
  ];
  return parts.length > 0 ? [parts.join(', ')] : [];
}

/** `4 × 10 G · 41 %`. */
export function linkText({ count, speed, gauge, name, rtt }: Link): string {
  const rate = speed > 0 ? `${formatNumber(speed >= 1e9 ? speed / 1e9 : speed / 1e6)} ${speed >= 1e9 ? 'G' : 'M'}` : '';
  const wires = rate === '' ? (count > 1 ? `${count} ×` : '') : `${count} × ${rate}`;
  const load = gauge && gauge.state !== 'unknown' ? share(gauge) : '';
  const trip = rtt === undefined ? '' : `${formatNumber(rtt * 1e3)} ms`;
  return [name ?? '', wires, trip, load].filter((part) => part !== '').join(' · ');
}

/** The class that a finding gives a node: what is wrong stands in its text, too. */
export function severityOf(badge: Badge | undefined): 'error' | 'warning' | undefined {
  return badge && badge.errors > 0 ? 'error' : badge && badge.warnings > 0 ? 'warning' : undefined;
}

/** What a diagram shows of a graph: with more hosts than a reader can follow, clusters stand for theirs. */
export interface Shown {
  readonly graph: TopologyGraph;
  readonly hasHosts: boolean;
  /** Between nodes that are shown; those that have become one are one. */
  readonly links: readonly Link[];
}

export function shownOf(graph: TopologyGraph, mostHosts: number): Shown {
  const hosts = graph.sites.flatMap(({ clusters }) =>
    clusters.flatMap((cluster) => cluster.hosts.map((host) => [host.id, cluster.id] as const)),
  );
  if (hosts.length <= mostHosts) return { graph, hasHosts: true, links: graph.links };
  const clusterOf = new Map(hosts);
  const links = new Map<string, Link>();
  for (const link of graph.links) {
    const [from, to] = [clusterOf.get(link.from) ?? link.from, clusterOf.get(link.to) ?? link.to];
    if (from === to) continue;
    const key = `${link.kind} ${from} ${to} ${link.speed}`;
    const known = links.get(key);
    if (known) links.set(key, { ...known, count: known.count + link.count });
    // The load of one member says nothing of all of them.
    else links.set(key, { id: key, kind: link.kind, side: link.side, speed: link.speed, count: link.count, from, to });
  }
  return { graph, hasHosts: false, links: [...links.values()] };
}
