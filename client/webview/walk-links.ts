import { linksBehind } from '../../server/src/topology/bundles.ts';
import { indexGraph } from '../../server/src/topology/graph.ts';
import { endsOfLink } from '../../server/src/topology/scene/ways.ts';
import type { ViewHost } from './host.ts';
import { linksOf } from './walk.ts';

/** From a node to its first link; from a link to the next one of the node that one came from, or back. */
export function walkLinks(host: ViewHost, from: string, back = false): void {
  const { graph, cameFrom } = host.state();
  if (!graph) return;
  const ends = endsOfLink(graph, from);
  const node = ends ? (cameFrom ?? ends[0]) : from;
  const links = linksOf(graph, node);
  if (links.length === 0) {
    host.announce('It has no links');
    return;
  }
  const at = ends ? links.indexOf(from) : -1;
  const next = links[back ? (at <= 0 ? links.length - 1 : at - 1) : (at + 1) % links.length];
  if (next === undefined) return;
  host.dispatch({ type: 'focus', node: next, from: node });
  host.lookAt(next);
}

/** Along a link: to its other end, or back to the node that one came from. What is no link is not walked along. */
export function walkAlong(host: ViewHost, from: string, back = false): boolean {
  const { graph, cameFrom } = host.state();
  if (!graph || linksBehind(graph, from).length === 0) return false;
  const [near, far] = endsOfLink(graph, from) ?? [];
  const start = isEnd(host, cameFrom, near, far) ? cameFrom : near;
  const next = back ? start : start === far ? near : far;
  if (next === undefined) return false;
  host.dispatch({ type: 'focus', node: next });
  host.lookAt(next);
  return true;
}

/** Whether one came from an end of a link; of a bundle of a site that may be a cluster or host in it. */
function isEnd(host: ViewHost, node: string | undefined, near: string | undefined, far: string | undefined): boolean {
  const { graph } = host.state();
  if (node === undefined || !graph) return false;
  return node === near || node === far || indexGraph(graph).parents.get(node) === near;
}
