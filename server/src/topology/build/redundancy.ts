import { runningOn } from '../../capacity/load.ts';
import { entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { clusterOfHost } from '../../design/placement.ts';
import { type Link, type LinkKind, type MissingPath, nameIn } from '../graph.ts';
import { siteOf } from './storage.ts';

/** Kinds of link that lead up or down to a device, and so ask for a second one to another device. */
const PAIRED: ReadonlySet<LinkKind> = new Set(['uplink', 'fabric', 'trunk']);

/**
 * Marks the links that are the only path of what hangs on them: of a host that runs something, of an array, of a switch. Only where
 * another in the same place leads to another device: without one there is no redundancy to ask for, and the rules have said so. What has
 * failed is no path, but shows that there was one.
 */
export function withOnlyPaths(links: readonly Link[], ends: Ends): readonly Link[] {
  const lonely = lonelyEnds(links, ends);
  return lonely.size === 0 ? links : links.map((link) => (lonely.has(link.id) ? { ...link, only: true } : link));
}

/** What is asked of the ends of links. */
export interface Ends {
  /** Hosts that run nothing lose nothing. */
  readonly isIdle: (id: string) => boolean;
  /** The cluster or site that something stands in: redundancy is what others there have. */
  readonly placeOf: (id: string) => string | undefined;
}

interface Group {
  readonly of: string;
  readonly hubs: Set<string>;
  readonly links: Link[];
}

function lonelyEnds(links: readonly Link[], ends: Ends): ReadonlySet<string> {
  const groups = new Map<string, Group>();
  const hubs = new Map<string, Set<string>>();
  for (const link of links) {
    if (!PAIRED.has(link.kind)) continue;
    // A fabric link of an array hangs the array on the fabric; all others hang their start on their end.
    const [of, hub] = link.to.startsWith('array:') ? [link.to, link.from] : [link.from, link.to];
    const kind = `${link.kind} ${ends.placeOf(of)} ${of.slice(0, of.indexOf(':'))}`;
    const key = `${kind} ${of}`;
    const all = hubs.get(kind) ?? new Set<string>();
    hubs.set(kind, all);
    all.add(hub);
    if (link.failed) continue;
    const group = groups.get(key) ?? { of, hubs: new Set<string>(), links: [] };
    groups.set(key, group);
    group.hubs.add(hub);
    group.links.push(link);
  }
  const found = new Set<string>();
  for (const [key, { of, hubs: own, links: list }] of groups) {
    const kind = key.slice(0, key.length - of.length - 1);
    if (own.size !== 1 || ends.isIdle(of)) continue;
    const isPaired = of.startsWith('array:') ? otherFabric(links, own) !== undefined : (hubs.get(kind)?.size ?? 0) > 1;
    if (isPaired) for (const link of list) found.add(link.id);
  }
  return found;
}

/** A fabric, failed or not, that hosts are cabled to beside those of an array: a second path over it would be one. */
function otherFabric(links: readonly Link[], used: ReadonlySet<string>): string | undefined {
  const hosts = new Set(links.filter(({ kind, to }) => kind === 'fabric' && used.has(to)).map(({ from }) => from));
  return links.find(({ kind, from, to }) => kind === 'fabric' && hosts.has(from) && !used.has(to))?.to;
}

/** The ends of the links of a design. */
export function endsOf(design: Design): Ends {
  const idle = new Set<string>();
  const places = new Map<string, string>();
  for (const host of design.members('host')) {
    const id = entityId(host);
    const cluster = clusterOfHost(host);
    places.set(id, cluster ? entityId(cluster) : siteOf(host));
    if (runningOn(host).length === 0) idle.add(id);
  }
  for (const kind of ['switch', 'array'])
    for (const device of design.members(kind)) places.set(entityId(device), siteOf(device));
  return { isIdle: (id) => idle.has(id), placeOf: (id) => places.get(id) };
}

/** Arrays that hosts reach over one fabric of several: the path that is not there. */
export function missingPaths(links: readonly Link[]): readonly MissingPath[] {
  const fronts = new Map<string, Link[]>();
  for (const link of links)
    if (link.kind === 'fabric' && link.to.startsWith('array:'))
      fronts.set(link.to, [...(fronts.get(link.to) ?? []), link]);
  return [...fronts].flatMap(([array, own]): MissingPath[] => {
    const [first] = own;
    const used = new Set(own.map(({ from }) => from));
    const other = used.size === 1 ? otherFabric(links, used) : undefined;
    return first && other
      ? [{ from: array, side: first.side === 'a' ? 'b' : 'a', text: `no path on ${nameIn(other)}` }]
      : [];
  });
}
