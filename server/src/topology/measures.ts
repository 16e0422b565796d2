import { GAUGE_MEASURES, type MeasureId, type TopologyGraph } from './graph.ts';

/** The first measure of hosts that is known of any. */
export function usualMeasure(graph: TopologyGraph): MeasureId {
  const hosts = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts));
  const knows = (measure: (typeof GAUGE_MEASURES)[number]): boolean =>
    hosts.some((h) => (h.gauges[measure]?.state ?? 'unknown') !== 'unknown');
  return GAUGE_MEASURES.slice(0, 2).find(knows) ?? 'cpu';
}

/** Of the measures that a supposition changes the one that it changes most; undefined where `known` is one of them, or none. */
export function mostChanged(graph: TopologyGraph, known: MeasureId): MeasureId | undefined {
  const hosts = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts));
  const changes = GAUGE_MEASURES.map((measure) => {
    const gauges = hosts.flatMap((h) => h.gauges[measure] ?? []);
    const change = gauges.reduce((sum, { was, share }) => sum + (was === undefined ? 0 : Math.abs(was - share)), 0);
    return { measure, change };
  });
  if (changes.some(({ measure, change }) => measure === known && change > 1e-6)) return undefined;
  const [most] = changes.filter(({ change }) => change > 1e-6).sort((a, b) => b.change - a.change);
  return most?.measure;
}
