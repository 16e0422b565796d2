import type { ClusterNode, HostNode, Link, SiteNode } from '../graph.ts';
import type { RoutedBlock } from './block.ts';
import { vmsShown } from './host-rows.ts';
import { networksOn } from './lanes.ts';
import { CARD_ROWS, isOverview, type Layer, type Level, type Overrides } from './metrics.ts';

/** What a layout depends on besides the graph. */
export interface View {
  readonly level: Level;
  readonly layer: Layer;
  readonly overrides: Overrides;
}

/** Everything of a site that its layout depends on: equal texts have equal layouts. */
export function siteStructure(
  site: SiteNode,
  links: readonly Link[],
  view: View,
  block: RoutedBlock | undefined,
): string {
  const { level, layer, overrides } = view;
  const parts: string[] = [level, layer, site.id, overrides.get(site.id) ?? '', block ? JSON.stringify(block) : ''];
  for (const cluster of site.clusters) addCluster(parts, cluster, view);
  for (const s of site.switches) parts.push('s', s.kind, s.id);
  for (const a of site.arrays) {
    parts.push('a', a.kind, a.id, String(a.gauges.length), overrides.get(a.id) ?? '');
    for (const d of a.datastores) parts.push(d.id);
  }
  if (!isOverview(level)) addLinks(parts, links, layer);
  return parts.join('\n');
}

/** The same of a cluster with the links of its hosts. */
export function clusterStructure(cluster: ClusterNode, links: readonly Link[], view: View): string {
  const parts: string[] = [view.level, view.layer];
  addCluster(parts, cluster, view);
  addLinks(parts, links, view.layer);
  return parts.join('\n');
}

function addCluster(parts: string[], c: ClusterNode, { level, layer, overrides }: View): void {
  const isPoolOpen = level === 'open' || overrides.get(`${c.id}/pool`) === 'expanded';
  parts.push('c', c.id, c.name, overrides.get(c.id) ?? '', c.pool.length > 0 ? 'p' : '');
  if (isPoolOpen) for (const vm of c.pool) parts.push(vm.id);
  for (const h of c.hosts) {
    const isOpen = level === 'open' || overrides.get(h.id) === 'expanded';
    if (layer === 'network') parts.push(String(h.carries ?? ''));
    parts.push(h.id, h.rack?.id ?? '', isOpen ? openStructure(h) : '');
    if (level === 'card') parts.push(String(Math.min(CARD_ROWS + 1, vmsShown(h))));
  }
}

function addLinks(parts: string[], links: readonly Link[], layer: Layer): void {
  for (const l of links) {
    const networks = layer === 'network' ? String(networksOn([l])) : '';
    parts.push(`${l.id}\n${l.kind}\n${l.from}\n${l.to}\n${l.side}\n${networks}`);
  }
}

const openStructure = (host: HostNode): string =>
  JSON.stringify([host.vms.map((v) => v.id), host.ports?.map((p) => [p.name, p.kind, p.to])]);
