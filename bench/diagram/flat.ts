import type { TopologyGraph } from '../../server/src/topology/graph.ts';

/** The same picture as one graph without containers, as engines take it: sizes of cards, an edge for each link. */
export interface FlatGraph {
  readonly nodes: readonly { readonly id: string; readonly w: number; readonly h: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export function flatten(graph: TopologyGraph): FlatGraph {
  const nodes = graph.sites.flatMap((site) => [
    { id: site.id, w: 300, h: 40 },
    ...site.switches.map(({ id }) => ({ id, w: 200, h: 46 })),
    ...site.clusters.flatMap((c) => c.hosts.map(({ id }) => ({ id, w: 148, h: 253 }))),
    ...site.arrays.map(({ id }) => ({ id, w: 400, h: 140 })),
  ]);
  return { nodes, edges: graph.links.map(({ from, to }) => ({ from, to })) };
}

/** In Graphviz' own language, with links at right angles as far as it can. */
export function toDot({ nodes, edges }: FlatGraph): string {
  const place = new Map(nodes.map(({ id }, i) => [id, i]));
  const inches = (px: number) => (px / 72).toFixed(3);
  return [
    'digraph g { rankdir=TB; splines=polyline; node [shape=box fixedsize=true label=""]; edge [dir=none];',
    ...nodes.map(({ w, h }, i) => `n${i} [width=${inches(w)} height=${inches(h)}];`),
    ...edges.map(({ from, to }) => `n${place.get(from)} -> n${place.get(to)};`),
    '}',
  ].join('\n');
}
