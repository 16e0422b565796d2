import type { Link } from '../../server/src/topology/graph.ts';
import { canBeCut, failIdOf, linksAt, linkWords } from './cables.ts';
import type { ViewHost } from './host.ts';
import { type MenuItem, openMenu } from './render/menu.ts';
import { type Thing, thingsOf } from './things.ts';

/** Kinds of node that can be supposed to fail. */
const FAILABLE: ReadonlySet<Thing['kind']> = new Set([
  ...(['site', 'cluster', 'host', 'switch', 'fabric', 'array', 'datastore'] as const),
]);

export const canFail = (thing: Thing | undefined): boolean => thing !== undefined && FAILABLE.has(thing.kind);

/** Supposes that a node fails, or brings it back. */
export function toggleFailed(host: ViewHost, id: string): void {
  const { graph, failed } = host.state();
  const thing = graph && thingsOf(graph).get(id);
  if (failed.includes(id) || canFail(thing)) host.dispatch({ type: 'fail', node: id });
  else if (thing) host.announce(`${thing.name} cannot be failed by itself`);
}

/** A menu of links, each to be failed and brought back. `from`: the node that they are seen from. */
export function openLinksMenu(
  host: ViewHost,
  links: readonly Link[],
  at: { readonly x: number; readonly y: number },
  from?: string,
): void {
  const { graph, failed } = host.state();
  const cables = links.filter(canBeCut);
  if (!graph || cables.length === 0) return;
  const heading: MenuItem = { label: 'What if a link fails', disabled: true, run: () => undefined };
  const items = cables.map((link, index): MenuItem => {
    const id = failIdOf(link);
    const run = (): void => host.dispatch({ type: 'fail', node: id });
    return { label: linkWords(graph, link, from), apart: index === 0, checked: failed.includes(id), run };
  });
  openMenu(host.floor(), 'What if a link fails', at, [heading, ...items]);
}

/** The links of a node, at the node. */
export function openLinksOf(host: ViewHost, id: string, at?: { readonly x: number; readonly y: number }): void {
  const { graph } = host.state();
  const links = graph ? linksAt(graph, id) : [];
  if (links.length === 0) {
    host.announce('It has no link that could fail');
    return;
  }
  const area = host.areaOf(id);
  openLinksMenu(host, links, at ?? (area ? { x: area.x, y: area.y + area.h } : { x: 40, y: 60 }), id);
}
