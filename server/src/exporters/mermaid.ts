import type { SiteNode, TopologyGraph, TopologyNode } from '../topology/graph.ts';
import { linesOf, linkText, type Shown, severityOf, shownOf } from './diagram.ts';

/** Mermaid draws up to 500 links by itself; beyond so many hosts a cluster stands for its own. */
const MOST_HOSTS = 60;

/** The topology as a Mermaid flowchart: for Markdown pages. Loads and findings stand in the words of a node. */
export function toMermaid(graph: TopologyGraph): string {
  const shown = shownOf(graph, MOST_HOSTS);
  const ids = new Map<string, string>();
  const idOf = (node: string): string => {
    const known = ids.get(node) ?? `n${ids.size + 1}`;
    ids.set(node, known);
    return known;
  };
  const lines = ['flowchart TB', ...graph.sites.flatMap((site) => siteLines(site, shown, idOf))];
  for (const link of shown.links) {
    if (!ids.has(link.from) || !ids.has(link.to)) continue;
    const label = linkText(link);
    const arrow = link.kind === 'wan' ? '-.-' : '---';
    lines.push(`  ${idOf(link.from)} ${arrow}${label === '' ? '' : `|"${escaped(label)}"|`} ${idOf(link.to)}`);
  }
  lines.push('  classDef error stroke:#b0160b,stroke-width:3px', '  classDef warning stroke:#c27e00,stroke-width:2px');
  return `${lines.join('\n')}\n`;
}

function siteLines(site: SiteNode, { hasHosts }: Shown, idOf: (id: string) => string): string[] {
  const node = (one: TopologyNode, indent: string): string => {
    const severity = severityOf(one.badge);
    return `${indent}${idOf(one.id)}["${linesOf(one).map(escaped).join('<br/>')}"]${severity ? `:::${severity}` : ''}`;
  };
  const box = (one: TopologyNode, inside: readonly string[], indent: string): string[] =>
    inside.length === 0
      ? [node(one, indent)]
      : [`${indent}subgraph ${idOf(one.id)}["${linesOf(one).map(escaped).join('<br/>')}"]`, ...inside, `${indent}end`];
  return box(
    site,
    [
      ...site.switches.map((one) => node(one, '    ')),
      ...site.clusters.flatMap((cluster) =>
        box(cluster, hasHosts ? cluster.hosts.map((host) => node(host, '      ')) : [], '    '),
      ),
      ...site.arrays.flatMap((array) =>
        box(
          array,
          array.datastores.map((store) => node(store, '      ')),
          '    ',
        ),
      ),
    ],
    '  ',
  );
}

/** Text within quotes: what Mermaid or a page would read as its own stands as a code. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')
    .replace(/["#<>&;`\\{}|[\]]/g, (sign) => `#${sign.codePointAt(0)};`);
}
