import { GAUGE_MEASURES, type MeasureId, type TopologyGraph } from './graph.ts';

/** The first measure of hosts that is known of any. */
export function usualMeasure(graph: TopologyGraph): MeasureId {
  const hosts = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts));
  const knows = (measure: (typeof GAUGE_MEASURES)[number]): boolean =>
    hosts.some((h) => (h.gauges[measure]?.state ?? 'unknown') !== 'unknown');
  return GAUGE_MEASURES.slice(0, 2).find(knows) ?? 'cpu';
}
