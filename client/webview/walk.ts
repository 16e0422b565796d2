import { bundlesOf } from '../../server/src/topology/bundles.ts';
import { indexGraph, type MeasureId, type TopologyGraph, UNPLACED_ID, worst } from '../../server/src/topology/graph.ts';
import type { Box, Layout } from '../../server/src/topology/layout/layout-types.ts';
import { boxesOf, loosePlacesIn, vmBox } from '../../server/src/topology/scene/hit.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** What is walked in: VMs are drawn by the measure. */
export interface Walk {
  readonly graph: TopologyGraph;
  readonly layout: Layout;
  readonly measure: MeasureId;
}

type Place = Pick<Box, 'id' | 'x' | 'y' | 'w' | 'h' | 'parent'> & { readonly kind?: Box['kind'] };

/** Nodes that can be walked to: what is drawn and stands in the graph. */
function walkable(graph: TopologyGraph, layout: Layout): Box[] {
  const { nodes } = indexGraph(graph);
  return layout.boxes.filter((b) => nodes.has(b.id));
}

/** VMs that stand on no host: beside the hosts of their cluster, or beside the sites. */
function looseVms({ graph, layout, measure }: Walk): Place[] {
  const holders = layout.boxes.flatMap((b) =>
    b.kind === 'vm-pool' ? [b.parent ?? ''] : b.kind === 'tray' ? [UNPLACED_ID] : [],
  );
  return holders.flatMap((holder) =>
    loosePlacesIn(graph, layout, measure, holder).flatMap(({ vms: [vm], x, y, w, h }): Place[] =>
      vm ? [{ id: vm.id, kind: 'vm', ...(holder === UNPLACED_ID ? {} : { parent: holder }), x, y, w, h }] : [],
    ),
  );
}

/** VMs of a host that are drawn one by one, in the order of the text. */
function vmPlaces({ graph, layout, measure }: Walk, host: string): Place[] {
  const node = indexGraph(graph).nodes.get(host);
  const box = boxesOf(layout).get(host);
  if (node?.kind !== 'host' || !box) return [];
  return node.vms.flatMap((vm) => {
    const area = vmBox(graph, layout, measure, box, vm.id);
    return area ? [{ id: vm.id, ...area }] : [];
  });
}

/** The nearest node in a direction: among siblings first, then among nodes of the same depth anywhere. A VM's siblings are those of its host. */
export function step(walk: Walk, from: string, direction: Direction): string | undefined {
  const { graph, layout } = walk;
  const { nodes, vmHolder } = indexGraph(graph);
  const holder = vmHolder.get(from);
  if (holder !== undefined && nodes.get(holder)?.kind === 'host') {
    const vms = vmPlaces(walk, holder);
    const vm = vms.find((p) => p.id === from);
    const others = vms.filter((p) => p.id !== from);
    return vm ? nearest(vm, others, direction) : holder;
  }
  const boxes = [...walkable(graph, layout), ...looseVms(walk)];
  const here = boxes.find((b) => b.id === from);
  if (!here) return holder !== undefined && nodes.has(holder) ? holder : boxes[0]?.id;
  const siblings = boxes.filter((b) => b.parent === here.parent && b.id !== from);
  const peers = boxes.filter((b) => b.kind === here.kind && b.parent !== here.parent);
  return nearest(here, siblings, direction) ?? nearest(here, peers, direction);
}

/** The nearest of some places in a direction from another. */
export function nearest(here: Place, others: readonly Place[], direction: Direction): string | undefined {
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: { id: string; cost: number } | undefined;
  for (const b of others) {
    // From edge to edge along the direction, and how far off its line.
    const along = horizontal
      ? sign > 0
        ? b.x - (here.x + here.w)
        : here.x - (b.x + b.w)
      : sign > 0
        ? b.y - (here.y + here.h)
        : here.y - (b.y + b.h);
    if (along < -1) continue;
    const centre = horizontal ? b.y + b.h / 2 - (here.y + here.h / 2) : b.x + b.w / 2 - (here.x + here.w / 2);
    const overlap = horizontal
      ? Math.min(b.y + b.h, here.y + here.h) - Math.max(b.y, here.y)
      : Math.min(b.x + b.w, here.x + here.w) - Math.max(b.x, here.x);
    const cost = along + (overlap > 0 ? Math.abs(centre) * 0.3 : Math.abs(centre) * 2 + 40);
    if (!best || cost < best.cost) best = { id: b.id, cost };
  }
  return best?.id;
}

/** The first node inside, in the order of the text; in a host, its first VM that is drawn. */
export function into(walk: Walk, from: string): string | undefined {
  const { graph, layout } = walk;
  const inside = [...walkable(graph, layout), ...looseVms(walk)].find((b) => b.parent === from);
  return inside?.id ?? vmPlaces(walk, from)[0]?.id;
}

export function outOf({ graph, layout }: Walk, from: string): string | undefined {
  const { nodes, vmHolder } = indexGraph(graph);
  const parent = vmHolder.get(from) ?? boxesOf(layout).get(from)?.parent;
  return parent !== undefined && nodes.has(parent) ? parent : undefined;
}

/** The next node that shows a finding of its own, from `from` on and round; leaves before what contains them. */
export function nextFinding(
  graph: TopologyGraph,
  layout: Layout,
  from: string | undefined,
  back: boolean,
): string | undefined {
  const { nodes, vmHolder } = indexGraph(graph);
  const shown = new Set<string>();
  const list: string[] = [];
  for (const b of walkable(graph, layout).toReversed()) {
    const badge = nodes.get(b.id)?.badge;
    if (!badge || !worst(badge)) continue;
    if (badge.findings.length > 0 && badge.findings.every((f) => shown.has(f))) continue;
    for (const f of badge.findings) shown.add(f);
    list.unshift(b.id);
  }
  // What is found on a line between sites is found nowhere else.
  for (const { id, badge } of graph.links) {
    if (!badge || !worst(badge) || badge.findings.every((f) => shown.has(f))) continue;
    for (const f of badge.findings) shown.add(f);
    list.push(id);
  }
  if (list.length === 0) return undefined;
  const at = from === undefined ? -1 : list.indexOf(vmHolder.get(from) ?? from);
  const next = back ? (at <= 0 ? list.length - 1 : at - 1) : (at + 1) % list.length;
  return list[next];
}

/** Links and bundles to go to from a node, in the order of the graph: of a cluster its bundles, of a VM the links of its host. */
export function linksOf(graph: TopologyGraph, id: string): readonly string[] {
  const from = indexGraph(graph).vmHolder.get(id) ?? id;
  const bundles = [...bundlesOf(graph).values()].filter(
    (b) => b.from === from || (b.to === from && !b.from.startsWith('site:')),
  );
  const inside = new Set(bundles.flatMap(({ to, links }) => (to === from ? links : [])));
  const own = graph.links.filter((link) => (link.from === from || link.to === from) && !inside.has(link));
  return [...bundles.map((bundle) => bundle.id), ...own.map((link) => link.id)];
}
