import { formatQuantity } from '../../server/src/base/units.ts';
import { type Link, nameIn, type TopologyGraph } from '../../server/src/topology/graph.ts';
import type { Layout, Point } from '../../server/src/topology/layout/layout-types.ts';
import { shareText } from '../../server/src/topology/scene/gauge.ts';
import { thingsOf } from './things.ts';

const nameOf = (graph: TopologyGraph | undefined, id: string): string =>
  (graph && thingsOf(graph).get(id)?.name) ?? nameIn(id);

/** The name of what can fail, by its id: of a node, or of a link `link esx-01 to tor-a`. */
export function nameOfFailed(graph: TopologyGraph | undefined, id: string): string {
  const link = graph?.links.find((one) => failIdOf(one) === id);
  if (link?.kind === 'wan') return link.name ?? nameIn(id);
  const [from = id, to] = link ? [link.from, link.to] : id.split('>');
  return to === undefined ? nameOf(graph, from) : `link ${nameOf(graph, from)} to ${nameOf(graph, to)}`;
}

/** What to name to the server so that the link fails. A line between more than two sites fails as a whole. */
export const failIdOf = ({ id, kind }: Link): string => (kind === 'wan' ? (id.split('/')[0] ?? id) : id);

/** Links that are cables of their own, and can fail by themselves: what is mounted without a path is no cable. */
export const canBeCut = ({ kind, speed }: Link): boolean => kind !== 'mount' || speed > 0;

/** Links that end at a node, in the order of the graph. */
export const linksAt = ({ links }: TopologyGraph, id: string): readonly Link[] =>
  links.filter((link) => canBeCut(link) && (link.from === id || link.to === id));

/** Links drawn within a distance of a point of the picture. */
export function linksNear(graph: TopologyGraph, layout: Layout, x: number, y: number, within: number): readonly Link[] {
  const near = new Set<string>();
  for (const wire of layout.wires)
    for (const { path, links } of wire.spokes)
      if (path.some((to, i) => i > 0 && isNear(path[i - 1] ?? to, to, x, y, within)))
        for (const id of links) near.add(id);
  return near.size === 0 ? [] : graph.links.filter((link) => near.has(link.id));
}

/** All pieces of a path are horizontal or vertical. */
const isNear = (a: Point, b: Point, x: number, y: number, within: number): boolean =>
  x >= Math.min(a.x, b.x) - within &&
  x <= Math.max(a.x, b.x) + within &&
  y >= Math.min(a.y, b.y) - within &&
  y <= Math.max(a.y, b.y) + within;

/** `esx-01 to tor-a · 2 × 10 Gbps · 45 %`; seen from one of its ends, the other one alone. */
export function linkWords(graph: TopologyGraph, link: Link, from?: string): string {
  const name = (id: string): string => nameOf(graph, id);
  const ends =
    from === undefined ? `${name(link.from)} to ${name(link.to)}` : name(from === link.from ? link.to : link.from);
  const speed = link.speed === 0 ? '' : formatQuantity(link.speed, 'rate');
  const many = link.count > 1 ? `${link.count} × ${speed || '?'}` : speed;
  const load = link.gauge && link.gauge.state !== 'unknown' ? `load ${shareText(link.gauge)}` : '';
  const words = [link.kind === 'wan' && link.name ? `${link.name}, ${ends}` : ends, many, load];
  return [...words, link.only ? 'the only path' : '', link.failed ? 'failed' : ''].filter(Boolean).join(' · ');
}

/** Several links in words, for the foot of the picture. */
export function linksInWords(graph: TopologyGraph, links: readonly Link[]): string {
  const [first] = links;
  if (!first) return '';
  return links.length === 1 ? linkWords(graph, first) : `${linkWords(graph, first)} · and ${links.length - 1} more`;
}
