import { bundlesOf, holding, linkById, linksBehind } from '../bundles.ts';
import type { TopologyGraph } from '../graph.ts';
import type { LabelSlot, Layout, Point, Spoke } from '../layout/layout-types.ts';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const known = new WeakMap<Layout, ReadonlyMap<string, readonly Spoke[]>>();

/** Pieces of wire by the links that run in them. */
function spokesOf(layout: Layout): ReadonlyMap<string, readonly Spoke[]> {
  const before = known.get(layout);
  if (before) return before;
  const found = new Map<string, Spoke[]>();
  for (const wire of layout.wires) {
    for (const spoke of wire.spokes) {
      for (const id of spoke.links) {
        const list = found.get(id);
        if (list) list.push(spoke);
        else found.set(id, [spoke]);
      }
    }
  }
  known.set(layout, found);
  return found;
}

const spokesBehind = (graph: TopologyGraph, layout: Layout, id: string): ReadonlySet<Spoke> =>
  new Set(linksBehind(graph, id).flatMap((link) => spokesOf(layout).get(link.id) ?? []));

/** All of the way that a link, or a bundle of links, is drawn along, piece by piece; none where links are not drawn. */
export const waysOf = (graph: TopologyGraph, layout: Layout, id: string): readonly (readonly Point[])[] =>
  [...spokesBehind(graph, layout, id)].map(({ path }) => path);

/**
 * Where to look for a link: the last of its way that it has for itself. Undefined where it is not drawn.
 */
export function linkArea(graph: TopologyGraph, layout: Layout, id: string): Area | undefined {
  const own = new Set(linksBehind(graph, id).map((link) => link.id));
  let best: { spoke: Spoke; pure: boolean } | undefined;
  for (const spoke of spokesBehind(graph, layout, id)) {
    const pure = spoke.links.every((link) => own.has(link));
    const isBetter = !best
      ? true
      : pure !== best.pure
        ? pure
        : pure
          ? spoke.links.length > best.spoke.links.length
          : spoke.links.length < best.spoke.links.length;
    if (isBetter) best = { spoke, pure };
  }
  const [b, a] = best?.spoke.path.slice(-2).toReversed() ?? [];
  if (!b || !a) return undefined;
  const pad = 3;
  return {
    x: Math.min(a.x, b.x) - pad,
    y: Math.min(a.y, b.y) - pad,
    w: Math.abs(a.x - b.x) + 2 * pad,
    h: Math.abs(a.y - b.y) + 2 * pad,
  };
}

/** The room that words at a bundle have. */
export function labelArea({ x, y, width, anchor, lines }: LabelSlot): Area {
  const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
  return { x: left, y: y - 10, w: width, h: 13 * (lines ?? (anchor === 'middle' ? 3 : 1)) };
}

/** How far a point is from a piece of wire; all are horizontal or vertical. */
function distance(a: Point, b: Point, x: number, y: number): number {
  const dx = Math.max(Math.min(a.x, b.x) - x, 0, x - Math.max(a.x, b.x));
  const dy = Math.max(Math.min(a.y, b.y) - y, 0, y - Math.max(a.y, b.y));
  return Math.hypot(dx, dy);
}

/** Links whose wire is nearest to a point of the picture, within a distance; those that share it there all of them. */
export function linksNear(layout: Layout, x: number, y: number, within: number): readonly string[] {
  let least = within;
  const near: { readonly at: number; readonly links: readonly string[] }[] = [];
  for (const { spokes } of layout.wires) {
    for (const { path, links } of spokes) {
      let at = Number.POSITIVE_INFINITY;
      for (let i = 1; i < path.length; i += 1) {
        const [a, b] = [path[i - 1], path[i]];
        if (a && b) at = Math.min(at, distance(a, b, x, y));
      }
      if (at > least) continue;
      least = at;
      near.push({ at, links });
    }
  }
  return [...new Set(near.filter(({ at }) => at <= least + 0.01).flatMap(({ links }) => links))];
}

/** Labels are hit where their words may stand, as far as they are wide on average. */
const LABEL_REACH = 110;

/** The link, or the bundle of links, drawn at a point of the picture or named there. */
export function linkAt(graph: TopologyGraph, layout: Layout, x: number, y: number, within: number): string | undefined {
  const near = linksNear(layout, x, y, within);
  const ids = near.length > 0 ? near : linksLabelled(layout, x, y);
  return holding(graph, ids) ?? ids.find((id) => linkById(graph, id));
}

function linksLabelled(layout: Layout, x: number, y: number): readonly string[] {
  const slot = layout.labels.find((one) => {
    const area = labelArea(one);
    const w = Math.min(area.w, LABEL_REACH);
    const left =
      one.anchor === 'end' ? area.x + area.w - w : one.anchor === 'middle' ? area.x + (area.w - w) / 2 : area.x;
    return x >= left && x < left + w && y >= area.y && y < area.y + area.h;
  });
  return slot?.links ?? [];
}

/** The two ends of a link, or of a bundle of links. */
export function endsOfLink(graph: TopologyGraph, id: string): readonly [from: string, to: string] | undefined {
  const link = linkById(graph, id) ?? bundlesOf(graph).get(id);
  return link && [link.from, link.to];
}
