import { indexGraph, type TopologyGraph, type TopologyNode } from '../topology/graph.ts';
import type { Routes } from '../topology/layout/block.ts';
import { layoutGraph } from '../topology/layout/layout.ts';
import type { Box } from '../topology/layout/layout-types.ts';
import { escapeXml } from '../topology/scene/svg.ts';
import { linesOf, linkText, severityOf } from './diagram.ts';

const CONTAINER =
  'verticalAlign=top;align=left;spacingLeft=8;container=1;collapsible=0;fillColor=#fafafa;strokeColor=#919191;';
const STYLES: Readonly<Partial<Record<Box['kind'], string>>> = {
  site: CONTAINER,
  cluster: CONTAINER,
  array: CONTAINER,
  pool: CONTAINER,
  rack: 'verticalAlign=top;align=left;spacingLeft=8;container=1;collapsible=0;fillColor=none;strokeColor=#919191;dashed=1;',
  host: 'verticalAlign=top;align=left;spacingLeft=6;container=1;collapsible=0;fontSize=10;',
  switch: 'fillColor=#f0f4f8;fontSize=11;',
  fabric: 'fillColor=#f0f4f8;fontSize=11;',
  outside: 'dashed=1;fontSize=11;',
  datastore: 'fontSize=10;verticalAlign=top;align=left;spacingLeft=6;',
};
const STROKES = { error: 'strokeColor=#b0160b;strokeWidth=2;', warning: 'strokeColor=#c27e00;strokeWidth=2;' } as const;
const LINKS: Readonly<Record<string, string>> = { wan: 'dashed=1;', fabric: 'dashed=1;' };

/** Larger estates are drawn with smaller hosts. */
const MOST_TILES = 300;

/**
 * The topology for diagrams.net: an uncompressed file whose nodes stand where the layout puts them, containers with what they contain; edges are
 * its own to route. Words are plain text, never markup.
 */
export function toDrawio(graph: TopologyGraph, routes?: Routes): string {
  const hosts = graph.sites.reduce(
    (sum, { clusters }) => sum + clusters.reduce((all, cluster) => all + cluster.hosts.length, 0),
    0,
  );
  const level = hosts <= MOST_TILES ? 'tile' : 'chip';
  const layout = layoutGraph(graph, { level, layer: 'all', ...(routes ? { routes } : {}) });
  const { nodes } = indexGraph(graph);
  const cells = new Map(layout.boxes.map((box, index) => [box.id, { box, cell: `n${index}` }] as const));
  const vertices = layout.boxes.map((box) => {
    const node = nodes.get(box.id);
    const around = box.parent === undefined ? undefined : cells.get(box.parent);
    const [x, y] = around ? [box.x - around.box.x, box.y - around.box.y] : [box.x, box.y];
    const severity = node && node.kind !== 'site' ? severityOf(node.badge) : undefined;
    const style = `rounded=1;arcSize=4;absoluteArcSize=1;whiteSpace=wrap;html=0;overflow=hidden;${STYLES[box.kind] ?? ''}${severity ? STROKES[severity] : ''}`;
    const value = node ? labelOf(node) : '';
    return `        <mxCell id="${cells.get(box.id)?.cell}" value="${attribute(value)}" style="${style}" vertex="1" parent="${around?.cell ?? '1'}"><mxGeometry x="${x}" y="${y}" width="${box.w}" height="${box.h}" as="geometry"/></mxCell>`;
  });
  const edges = graph.links.flatMap((link, index) => {
    const [from, to] = [cells.get(link.from), cells.get(link.to)];
    if (!from || !to) return [];
    const style = `edgeStyle=orthogonalEdgeStyle;rounded=0;html=0;endArrow=none;fontSize=9;${LINKS[link.kind] ?? ''}`;
    return [
      `        <mxCell id="e${index}" value="${attribute(linkText(link))}" style="${style}" edge="1" parent="1" source="${from.cell}" target="${to.cell}"><mxGeometry relative="1" as="geometry"/></mxCell>`,
    ];
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<mxfile host="VDC Designer">
  <diagram id="topology" name="${attribute(graph.name)}">
    <mxGraphModel dx="0" dy="0" grid="0" page="0" math="0">
      <root>
        <mxCell id="0"/>
        <mxCell id="1" parent="0"/>
${[...vertices, ...edges].join('\n')}
      </root>
    </mxGraphModel>
  </diagram>
</mxfile>
`;
}

/** The head of a container is one line high; a host has no room for its model. */
function labelOf(node: TopologyNode): string {
  const [name = '', ...rest] = linesOf(node);
  if (['site', 'cluster', 'array', 'pool'].includes(node.kind)) return [name, ...rest].join(' · ');
  return [name, ...(node.kind === 'host' && node.caption ? rest.slice(1) : rest)].join('\n');
}

/** Line breaks of a label survive in an attribute only as a reference. */
function attribute(text: string): string {
  return escapeXml(text).replaceAll('\n', '&#10;').replaceAll('\r', ' ');
}
