import { formatQuantity } from '../../server/src/base/units.ts';
import { type Bundle, bundlesOf, kindOfLink, linksBehind } from '../../server/src/topology/bundles.ts';
import {
  type Badge,
  failIdOf,
  type Link,
  NO_BADGE,
  nameIn,
  type TopologyGraph,
  worst,
} from '../../server/src/topology/graph.ts';
import { plural } from '../../server/src/topology/scene/context.ts';
import { shareText } from '../../server/src/topology/scene/gauge.ts';
import { thingCalled } from './things.ts';

const nameOf = (graph: TopologyGraph | undefined, id: string): string =>
  (graph && thingCalled(graph, id)?.name) ?? nameIn(id);

/** The name of what can fail, by its id: of a node, or of a link `link esx-01 to tor-a`. */
export function nameOfFailed(graph: TopologyGraph | undefined, id: string): string {
  const link = graph?.links.find((one) => failIdOf(one) === id);
  if (link?.kind === 'wan') return link.name ?? nameIn(id);
  const [from = id, to] = link ? [link.from, link.to] : id.split('>');
  const word = from.startsWith('cluster:') || from.startsWith('site:') ? 'links' : 'link';
  return to === undefined ? nameOf(graph, from) : `${word} ${nameOf(graph, from)} to ${nameOf(graph, to)}`;
}

/** Links that are cables of their own, and can fail by themselves: what is mounted without a path is no cable. */
export const canBeCut = ({ kind, speed }: Link): boolean => kind !== 'mount' || speed > 0;

/** Links that end at a node, in the order of the graph. */
export const linksAt = ({ links }: TopologyGraph, id: string): readonly Link[] =>
  links.filter((link) => canBeCut(link) && (link.from === id || link.to === id));

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

/** A link, or a bundle of links, for somebody who hears it or has the pointer there: `uplink esx-01 to tor-a · 10 Gbps · load 45 %`. */
export function linkThingWords(graph: TopologyGraph, id: string): string {
  const links = linksBehind(graph, id);
  const [first] = links;
  if (!first) return '';
  const thing = thingCalled(graph, id);
  const found = worst(thing?.badge) ? countWords(thing?.badge) : '';
  const bundle = bundlesOf(graph).get(id);
  const words = bundle ? bundleWords(graph, bundle) : `${kindOfLink(first)} ${linkWords(graph, first)}`;
  return [words, found].filter(Boolean).join(' · ');
}

function bundleWords(graph: TopologyGraph, { from, to, links }: Bundle): string {
  const [first] = links;
  const known = links.flatMap(({ gauge }) => (gauge && gauge.state !== 'unknown' ? [gauge] : []));
  const capacity = known.reduce((sum, gauge) => sum + gauge.capacity, 0);
  const share = known.reduce((sum, gauge) => sum + gauge.value, 0) / capacity;
  const least = known.length < links.length ? 'at least ' : '';
  const failed = links.filter((link) => link.failed).length;
  return [
    `${links.length} ${first ? kindOfLink(first) : 'link'}s ${nameOf(graph, from)} to ${nameOf(graph, to)}`,
    capacity > 0 ? `load ${least}${Math.round(share * 100)}\u202f%` : '',
    failed === 0 ? '' : failed === links.length ? 'failed' : `${failed} failed`,
  ]
    .filter(Boolean)
    .join(' · ');
}

const countWords = ({ errors, warnings, infos }: Badge = NO_BADGE): string =>
  [
    errors > 0 ? plural(errors, 'error') : '',
    warnings > 0 ? plural(warnings, 'warning') : '',
    infos > 0 ? plural(infos, 'note') : '',
  ]
    .filter(Boolean)
    .join(', ');
