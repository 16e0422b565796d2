import type { SiteNode, TopologyGraph, TopologyNode } from '../topology/graph.ts';
import { linesOf, linkText, type Shown, severityOf, shownOf } from './diagram.ts';

/** Graphviz lays out so many in seconds; beyond it a cluster stands for its hosts. */
const MOST_HOSTS = 400;

const SHAPES: Readonly<Record<string, string>> = {
  datastore: 'cylinder',
  switch: 'box',
  fabric: 'hexagon',
  outside: 'box',
};
const COLOURS = { error: '#b0160b', warning: '#c27e00' } as const;

/** The topology for Graphviz: sites, clusters and arrays as clusters, the rest as nodes. `dot -Tsvg` draws it. */
export function toDot(graph: TopologyGraph): string {
  const shown = shownOf(graph, MOST_HOSTS);
  const containers = new Map<string, string>();
  const body = graph.sites.flatMap((site) => siteLines(site, shown, containers));
  const links = shown.links.map((link) => {
    const ends = [link.from, link.to].map((id, index) => ({
      id: containers.get(id) ?? id,
      inside: containers.has(id) && id,
      index,
    }));
    // An edge to a cluster is one to a node in it, cut at its border.
    const cuts = ends.flatMap(({ inside, index }) =>
      inside ? [`${index === 0 ? 'ltail' : 'lhead'}=${quoted(`cluster ${inside}`)}`] : [],
    );
    const style = link.kind === 'wan' || link.kind === 'fabric' ? ['style=dashed'] : [];
    const attributes = [`label="${labelled(linkText(link))}"`, ...style, ...cuts].join(', ');
    return `  ${ends.map(({ id }) => quoted(id)).join(' -- ')} [${attributes}];`;
  });
  return `${[
    `graph ${quoted(graph.name)} {`,
    '  graph [compound=true, fontname="sans-serif", nodesep=0.3, ranksep=0.7];',
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=10];',
    '  edge [fontname="sans-serif", fontsize=9];',
    ...body,
    ...links,
    '}',
  ].join('\n')}\n`;
}

function siteLines(site: SiteNode, { hasHosts }: Shown, containers: Map<string, string>): string[] {
  const node = (one: TopologyNode, indent: string): string => {
    const severity = severityOf(one.badge);
    const shape = SHAPES[one.kind] ? `, shape=${SHAPES[one.kind]}` : '';
    const colour = severity ? `, color="${COLOURS[severity]}", penwidth=2` : '';
    return `${indent}${quoted(one.id)} [label=${label(one)}${shape}${colour}];`;
  };
  const box = (one: TopologyNode, inside: readonly string[], anchor: string | undefined, indent: string): string[] => {
    const severity = severityOf(one.badge);
    const colour = severity && one.kind !== 'site' ? COLOURS[severity] : '#919191';
    const point = anchor ?? `anchor of ${one.id}`;
    containers.set(one.id, point);
    return [
      `${indent}subgraph ${quoted(`cluster ${one.id}`)} {`,
      `${indent}  label=${label(one)}; color="${colour}";`,
      ...(anchor === undefined ? [`${indent}  ${quoted(point)} [shape=point, style=invis];`] : []),
      ...inside,
      `${indent}}`,
    ];
  };
  const parts = [
    ...site.switches.map((one) => node(one, '    ')),
    ...site.clusters.flatMap((cluster) =>
      box(
        cluster,
        hasHosts ? cluster.hosts.map((host) => node(host, '      ')) : [],
        hasHosts ? cluster.hosts[0]?.id : undefined,
        '    ',
      ),
    ),
    ...site.arrays.flatMap((array) =>
      box(
        array,
        array.datastores.map((store) => node(store, '      ')),
        array.datastores[0]?.id,
        '    ',
      ),
    ),
  ];
  return box(site, parts, undefined, '  ');
}

/** Labels are read for references to characters, names are not. */
function label(node: TopologyNode): string {
  return `"${linesOf(node).map(labelled).join('\\n')}"`;
}

function labelled(text: string): string {
  return escaped(text).replaceAll('&', '&amp;');
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
}
