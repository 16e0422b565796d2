import { type HostNode, indexGraph, type MeasureId, type TopologyGraph, UNPLACED_ID, type VmCell } from '../graph.ts';
import { vmsShown } from '../layout/host-rows.ts';
import { type Box, isGrouping, type Layout } from '../layout/layout-types.ts';
import { CARD_HEAD, CARD_ROW, CARD_TANK, cardForm, cardLine } from '../layout/metrics.ts';
import { trayPlaces } from '../layout/tray.ts';
import { tankMeasure } from './context.ts';
import { type LoosePlace, loosePlaces } from './loose.ts';
import { largestOn, tankLoad } from './tank.ts';
import { stripTreemap } from './treemap.ts';
import { endsOfLink, linkArea } from './ways.ts';

/** The innermost node that holds a point of the picture; a VM's holder where it is drawn as a card. */
export function boxAt(layout: Layout, x: number, y: number): Box | undefined {
  let found: Box | undefined;
  for (const b of layout.boxes)
    if (b.kind !== 'vm' && !isGrouping(b.kind) && x >= b.x && x < b.x + b.w && y >= b.y && y < b.y + b.h) found = b;
  return found;
}

/** The VM drawn at a point inside a host, a pool or the tray, as a row of a card or a cell. */
export function vmAt(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  host: Box,
  x: number,
  y: number,
): VmCell | undefined {
  if (host.kind === 'vm-pool' || host.kind === 'tray')
    return loose(graph, layout, measure, host).find((p) => x >= p.x && x < p.x + p.w && y >= p.y && y < p.y + p.h)
      ?.vms[0];
  const node = indexGraph(graph).nodes.get(host.id);
  if (node?.kind !== 'host') return undefined;
  const top = host.y + CARD_HEAD;
  const load = tankLoad(node, tankMeasure(measure));
  const cell = (left: number, from: number, line: number, h: number): VmCell | undefined => {
    const sx = (x - left) / line;
    const sy = (y - from) / h;
    const hit = stripTreemap(load.shares, line, h).find(
      (c) => sx >= c.from && sx < c.to && sy >= c.top && sy < c.bottom,
    );
    return hit ? load.vms[hit.first] : undefined;
  };
  const level = host.level ?? layout.level;
  if (level === 'open') {
    const own = layout.boxes.find(
      (b) => b.kind === 'vm' && b.parent === host.id && x >= b.x && x < b.x + b.w && y >= b.y && y < b.y + b.h,
    );
    return own && node.vms.find((vm) => vm.id === own.id);
  }
  if (level === 'tile') return cell(host.x + 8, host.y + 23, Math.floor(((host.w - 16) * 5) / 6), 45);
  if (level !== 'card') return undefined;
  const { form, shown, from } = rowsOn(node, host, measure);
  if (form.tank && y < top + CARD_TANK) return cell(host.x + 10, top, 30 + cardLine(host.w), CARD_TANK);
  return shown[Math.floor((y - from) / CARD_ROW)];
}

/** VMs that have a row in a card, from where on. */
function rowsOn(node: HostNode, card: Box, measure: MeasureId) {
  const on = node.vms.filter((v) => !v.off);
  const count = vmsShown(node);
  const form = cardForm(count, card.h);
  const shown = form.rows === count ? on : largestOn(node, tankMeasure(measure), form.rows);
  return { form, shown, from: card.y + CARD_HEAD + (form.tank ? CARD_TANK + 4 : 0) };
}

/** Where a VM of a host is drawn: its row in a card, its cell in a tank; undefined where it is not drawn by itself. */
export function vmBox(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  host: Box,
  vm: string,
): { readonly x: number; readonly y: number; readonly w: number; readonly h: number } | undefined {
  const node = indexGraph(graph).nodes.get(host.id);
  const level = host.level ?? layout.level;
  if (level === 'open') return boxesOf(layout).get(vm);
  if (node?.kind !== 'host' || (level !== 'tile' && level !== 'card')) return undefined;
  const top = host.y + CARD_HEAD;
  if (level === 'card') {
    const { form, shown, from } = rowsOn(node, host, measure);
    const row = shown.findIndex((v) => v.id === vm);
    if (row >= 0 && !form.tank) return { x: host.x + 5, y: from + row * CARD_ROW - 2, w: host.w - 10, h: CARD_ROW - 1 };
    if (!form.tank) return undefined;
  }
  const load = tankLoad(node, tankMeasure(measure));
  const at = load.vms.findIndex((v) => v.id === vm);
  if (at < 0) return undefined;
  const tank =
    level === 'tile'
      ? { x: host.x + 8, y: host.y + 23, line: Math.floor(((host.w - 16) * 5) / 6), h: 45 }
      : { x: host.x + 10, y: top, line: 30 + cardLine(host.w), h: CARD_TANK };
  const cell = stripTreemap(load.shares, tank.line, tank.h).find((c) => at >= c.first && at <= c.last);
  if (!cell) return undefined;
  const x = tank.x + cell.from * tank.line;
  const y = tank.y + cell.top * tank.h;
  return { x, y, w: (cell.to - cell.from) * tank.line, h: (cell.bottom - cell.top) * tank.h };
}

/** VMs without a host, as a pool or the tray draws them. */
function loose(graph: TopologyGraph, layout: Layout, measure: MeasureId, b: Box): readonly LoosePlace[] {
  if (b.kind === 'tray')
    return graph.failure?.stranded.length ? stranded(graph, b) : loosePlaces(graph.unplaced, b, tankMeasure(measure));
  const cluster = b.parent === undefined ? undefined : indexGraph(graph).nodes.get(b.parent);
  if (cluster?.kind !== 'cluster') return [];
  if ((b.level ?? layout.level) !== 'open') return loosePlaces(cluster.pool, b, tankMeasure(measure));
  return cluster.pool.flatMap((vm) => {
    const own = boxesOf(layout).get(vm.id);
    return own ? [{ vms: [vm], x: own.x, y: own.y, w: own.w, h: own.h }] : [];
  });
}

/** VMs that a failure leaves without a place. Those that are down where they stand are told of in the tray, and are none of it. */
function stranded(graph: TopologyGraph, b: Box): readonly LoosePlace[] {
  const cells = new Map(graph.unplaced.map((vm) => [vm.id, vm]));
  return trayPlaces(graph, b).flatMap((place) => {
    const vms = place.vms.flatMap((id) => cells.get(id) ?? []);
    return vms.length > 0 ? [{ ...place, vms }] : [];
  });
}

/** The box of VMs that stand on a cluster as a whole (its id), or nowhere. */
export const looseBox = (layout: Layout, holder: string): Box | undefined =>
  boxesOf(layout).get(holder === UNPLACED_ID ? holder : `${holder}/pool`);

/** VMs of a cluster as a whole, or of the tray, with the place of each that is drawn. */
export function loosePlacesIn(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  holder: string,
): readonly LoosePlace[] {
  const b = looseBox(layout, holder);
  return b ? loose(graph, layout, measure, b) : [];
}

/** Where a thing is drawn: a node's box, a VM's row or cell, else what holds the VM. */
export function placeOf(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  id: string,
): { readonly x: number; readonly y: number; readonly w: number; readonly h: number } | undefined {
  const { vmHolder } = indexGraph(graph);
  const own = boxesOf(layout).get(id);
  const holder = vmHolder.get(id);
  if (own) return own;
  if (holder === undefined) {
    // Where links are not drawn, the nearer end stands for one.
    const from = endsOfLink(graph, id)?.[0];
    return linkArea(graph, layout, id) ?? (from === undefined ? undefined : boxesOf(layout).get(from));
  }
  const box = boxesOf(layout).get(holder);
  if (holder === UNPLACED_ID || box?.kind === 'cluster') {
    const places = loosePlacesIn(graph, layout, measure, holder);
    return places.find(({ vms }) => vms.some((vm) => vm.id === id)) ?? looseBox(layout, holder) ?? box;
  }
  return (box && vmBox(graph, layout, measure, box, id)) ?? box;
}

const boxes = new WeakMap<Layout, ReadonlyMap<string, Box>>();

/** Boxes by id; made once for a layout. */
export function boxesOf(layout: Layout): ReadonlyMap<string, Box> {
  const known = boxes.get(layout) ?? new Map(layout.boxes.map((b) => [b.id, b]));
  boxes.set(layout, known);
  return known;
}
