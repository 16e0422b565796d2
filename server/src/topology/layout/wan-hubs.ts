import type { Link } from '../graph.ts';
import type { Box, LabelSlot, Point, Spoke, Wire } from './layout-types.ts';
import { simplify } from './tiers.ts';

/** A site with so many lines to others that are not beside it has one rail for all of them. */
const MANY = 3;

interface Cell {
  readonly row: number;
  readonly col: number;
}

/** The site from whose rail each line branches off, by the line's id; lines of their own have none. `isAround`: the ends are not beside each other. */
export function hubsOf(
  ids: readonly string[],
  wans: readonly Link[],
  isAround: (link: Link) => boolean,
): ReadonlyMap<string, number> {
  const around = wans.filter(isAround);
  const count = new Map<string, number>();
  for (const { from, to } of around) for (const id of [from, to]) count.set(id, (count.get(id) ?? 0) + 1);
  const hubs = new Map<string, number>();
  for (const { id, from, to } of around) {
    const hub = (count.get(to) ?? 0) > (count.get(from) ?? 0) ? to : from;
    if ((count.get(hub) ?? 0) >= MANY) hubs.set(id, ids.indexOf(hub));
  }
  return hubs;
}

/** What a rail has to know of the picture around it. */
export interface HubSpace {
  readonly frames: readonly Box[];
  readonly cells: readonly Cell[];
  readonly ids: readonly string[];
  /** How far below a row, and right of the hub, the rail runs. */
  readonly off: number;
  /** Where the lowest site of a row ends. */
  readonly bottomOf: (row: number) => number;
  /** A place for an upright piece at the edge of a site in the gap below a row. */
  readonly claim: (gap: number, site: Box, wish: number) => number;
}

/**
 * One rail for all lines from a site to others that are not beside it: below the site, along the gaps between rows, with a branch to each.
 * Answers the wire and where the words of each line may stand, best first.
 */
export function routeHub(
  hub: number,
  links: readonly Link[],
  { frames, cells, ids, off, bottomOf, claim }: HubSpace,
): { wire: Wire; labels: readonly (readonly LabelSlot[])[] } | undefined {
  const own = frames[hub];
  const at = cells[hub];
  if (!own || !at) return undefined;
  const out = claim(at.row, own, own.x + Math.round(own.w * 0.6) + off);
  const y = bottomOf(at.row) + off;
  const gutter = own.x + own.w + off;
  const labels: LabelSlot[][] = [];
  const spokes = links.flatMap((link): Spoke[] => {
    const id = link.from === own.id ? link.to : link.from;
    const k = ids.indexOf(id);
    const site = frames[k];
    const cell = cells[k];
    if (!site || !cell) return [];
    // From above where it stands below the hub, else from below.
    const isBelow = cell.row > at.row;
    const gap = isBelow ? cell.row - 1 : cell.row;
    const into = claim(gap, site, site.x + 60);
    const end = { x: into, y: isBelow ? site.y : site.y + site.h };
    const rail = bottomOf(gap) + off;
    const onward =
      gap === at.row
        ? []
        : [
            { x: gutter, y },
            { x: gutter, y: rail },
          ];
    const path = [{ x: out, y: own.y + own.h }, { x: out, y }, ...onward, { x: into, y: rail }, end];
    const low = isBelow ? end.y - 22 : rail - 22;
    const right = { links: [link.id], x: into + 12, y: low, anchor: 'start', lines: 2 } as const;
    const left = { ...right, x: into - 12, anchor: 'end' } as const;
    labels.push([168, 110].flatMap((width) => [right, left].map((slot) => ({ ...slot, width }))));
    return [{ id, links: [link.id], path: simplify(path) }];
  });
  const wire: Wire = { key: `wan ${own.id}`, kind: 'wan', side: 'a', hub: own.id, spokes, joints: jointsOf(spokes) };
  return { wire, labels };
}

/** Corners from which pieces of wire lead in three directions or more. */
function jointsOf(spokes: readonly Spoke[]): Point[] {
  const pieces = new Map<string, readonly [Point, Point]>();
  for (const { path } of spokes)
    path.forEach((b, i) => {
      const a = path[i - 1];
      if (a) pieces.set(`${a.x} ${a.y} ${b.x} ${b.y}`, [a, b]);
    });
  const corners = new Map(spokes.flatMap(({ path }) => path.slice(1, -1)).map((p) => [`${p.x} ${p.y}`, p]));
  return [...corners.values()].filter((p) => {
    const arms = new Set<string>();
    for (const [a, b] of pieces.values()) {
      if (a.y === b.y && p.y === a.y) {
        if (Math.min(a.x, b.x) < p.x && p.x <= Math.max(a.x, b.x)) arms.add('left');
        if (Math.min(a.x, b.x) <= p.x && p.x < Math.max(a.x, b.x)) arms.add('right');
      } else if (a.x === b.x && p.x === a.x) {
        if (Math.min(a.y, b.y) < p.y && p.y <= Math.max(a.y, b.y)) arms.add('up');
        if (Math.min(a.y, b.y) <= p.y && p.y < Math.max(a.y, b.y)) arms.add('down');
      }
    }
    return arms.size > 2;
  });
}
