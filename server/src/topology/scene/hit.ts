import { indexGraph, type MeasureId, type TopologyGraph, UNPLACED_ID, type VmCell } from '../graph.ts';
import type { Box, Layout } from '../layout/layout-types.ts';
import { CARD_ROW, CARD_ROWS, CARD_TANK } from '../layout/metrics.ts';
import { tankMeasure } from './context.ts';
import { tankLoad } from './tank.ts';
import { stripTreemap } from './treemap.ts';

/** The innermost node that holds a point of the picture; a VM's holder where it is drawn as a card. */
export function boxAt(layout: Layout, x: number, y: number): Box | undefined {
  let found: Box | undefined;
  for (const b of layout.boxes)
    if (b.kind !== 'vm' && b.kind !== 'rack' && x >= b.x && x < b.x + b.w && y >= b.y && y < b.y + b.h) found = b;
  return found;
}

/** The VM drawn at a point inside a host, as a row of a card or a cell of a tank. */
export function vmAt(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  host: Box,
  x: number,
  y: number,
): VmCell | undefined {
  const node = indexGraph(graph).nodes.get(host.id);
  if (node?.kind !== 'host') return undefined;
  const on = node.vms.filter((v) => !v.off);
  const top = host.y + 118;
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
  if (on.length <= CARD_ROWS) return y >= top ? on[Math.floor((y - top) / CARD_ROW)] : undefined;
  if (y < top + CARD_TANK) return cell(host.x + 10, top, 84, CARD_TANK);
  const largest = load.vms.map((vm, i) => ({ vm, share: load.shares[i] ?? 0 })).sort((p, q) => q.share - p.share);
  return largest[Math.floor((y - top - CARD_TANK - 4) / CARD_ROW)]?.vm;
}

/** Nodes and VMs whose name has the words, as ids of the nodes that show them; and every match with its own id, in the order of the graph. */
export function search(
  graph: TopologyGraph,
  query: string,
): {
  readonly shown: ReadonlySet<string>;
  readonly matches: readonly { readonly id: string; readonly shownBy: string }[];
} {
  const wanted = query.trim().toLowerCase();
  const matches: { id: string; shownBy: string }[] = [];
  if (wanted) {
    const index = indexGraph(graph);
    const has = (name: string): boolean => name.toLowerCase().includes(wanted);
    for (const node of index.nodes.values()) {
      if (has(node.name)) matches.push({ id: node.id, shownBy: node.id });
      const vms = node.kind === 'host' ? node.vms : node.kind === 'cluster' ? node.pool : [];
      for (const vm of vms)
        if (has(vm.name)) matches.push({ id: vm.id, shownBy: index.vmHolder.get(vm.id) ?? node.id });
    }
    for (const vm of graph.unplaced) if (has(vm.name)) matches.push({ id: vm.id, shownBy: UNPLACED_ID });
  }
  return { shown: new Set(matches.map((m) => m.shownBy)), matches };
}
