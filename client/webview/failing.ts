import { failIdOf, type Link } from '../../server/src/topology/graph.ts';
import { canBeCut, linksAt, linkWords } from './cables.ts';
import type { ViewHost } from './host.ts';
import { isPlanning } from './plan.ts';
import { type MenuItem, openMenu } from './render/menu.ts';
import { type Thing, thingCalled } from './things.ts';

/** Kinds of node that can be supposed to fail. */
const FAILABLE: ReadonlySet<Thing['kind']> = new Set([
  ...(['site', 'cluster', 'host', 'switch', 'fabric', 'array', 'datastore'] as const),
]);

export const canFail = (thing: Thing | undefined): boolean =>
  thing !== undefined && (thing.links ? thing.links.some(canBeCut) : FAILABLE.has(thing.kind));

/** What to name to the server so that a thing fails. */
export function failIdOfThing({ id, kind, links }: Thing): string {
  const [link] = links ?? [];
  return kind === 'link' && link ? failIdOf(link) : id;
}

/** Supposes that a node or link fails, or brings it back. */
export function toggleFailed(host: ViewHost, id: string): void {
  if (isPlanning(host)) return;
  const { graph, failed } = host.state();
  const thing = graph && thingCalled(graph, id);
  const named = thing ? failIdOfThing(thing) : id;
  if (failed.includes(named) || canFail(thing)) host.dispatch({ type: 'fail', node: named });
  else if (thing) tell(host, `${thing.name} cannot be failed by itself`);
}

/** For the eye and the ear. */
function tell(host: ViewHost, words: string): void {
  host.say(words);
  host.announce(words);
}

/** A menu of links: each to be failed and brought back, or to be gone to. `from`: the node that they are seen from. */
function openLinksMenu(
  host: ViewHost,
  title: string,
  links: readonly Link[],
  at: { readonly x: number; readonly y: number },
  item: (link: Link) => Pick<MenuItem, 'checked' | 'run'>,
  from?: string,
): void {
  const { graph } = host.state();
  if (!graph || links.length === 0) return;
  const heading: MenuItem = { label: title, disabled: true, run: () => undefined };
  const items = links
    .slice(0, MOST_LINKS)
    .map((link, index): MenuItem => ({ label: linkWords(graph, link, from), apart: index === 0, ...item(link) }));
  openMenu(host.floor(), title, at, [heading, ...items]);
}

/** Lines of a menu of links: of more, the table has them all. */
const MOST_LINKS = 24;

const spotOf = (host: ViewHost, id: string): { readonly x: number; readonly y: number } => {
  const area = host.areaOf(id);
  return area ? { x: area.x, y: area.y + area.h } : { x: 40, y: 60 };
};

/** The links of a node, at the node, to be failed. */
export function openLinksOf(host: ViewHost, id: string, at?: { readonly x: number; readonly y: number }): void {
  if (isPlanning(host)) return;
  const { graph, failed } = host.state();
  const behind = (graph && thingCalled(graph, id)?.links) ?? [];
  const links = behind.length > 0 ? behind.filter(canBeCut) : graph ? linksAt(graph, id) : [];
  if (links.length === 0) {
    tell(host, 'It has no link that could fail');
    return;
  }
  const item = (link: Link): Pick<MenuItem, 'checked' | 'run'> => {
    const named = failIdOf(link);
    return { checked: failed.includes(named), run: () => host.dispatch({ type: 'fail', node: named }) };
  };
  openLinksMenu(host, 'What if a link fails', links, at ?? spotOf(host, id), item, behind.length > 0 ? undefined : id);
}

/** The members of a bundle, to be gone to. */
export function openMembers(host: ViewHost, id: string, at?: { readonly x: number; readonly y: number }): void {
  const { graph } = host.state();
  const links = (graph && thingCalled(graph, id)?.links) ?? [];
  const run = (link: Link) => () => {
    host.select(link.id);
    host.lookAt(link.id);
    host.focus();
  };
  openLinksMenu(host, 'Links of the bundle', links, at ?? spotOf(host, id), (link) => ({ run: run(link) }));
}
