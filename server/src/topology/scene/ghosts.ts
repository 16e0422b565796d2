import { type HostNode, indexGraph, type LeftVm, type MeasureId, nameIn, type TopologyGraph } from '../graph.ts';
import { vmsShown } from '../layout/host-rows.ts';
import type { Box, Layout } from '../layout/layout-types.ts';
import { CARD_HEAD, CARD_ROW, CARD_TANK, cardForm, cardLine } from '../layout/metrics.ts';
import { type Drawing, tankMeasure } from './context.ts';
import { SCALE_END } from './gauge.ts';
import { box, type Item, num, path, rect, text } from './scene.ts';
import { stripTreemap } from './treemap.ts';

/** A ghost: where a VM stood before the plan took it away. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface TankArea extends Area {
  /** Length of 100 %. */
  readonly line: number;
}

const gone = (host: HostNode): readonly LeftVm[] => (host.left ?? []).filter(({ off }) => !off);

const demandOf = (vm: LeftVm, measure: 'cpu' | 'memory'): number => (measure === 'cpu' ? vm.cpu : vm.memory) ?? 0;

/** Cells behind the front of the load, as large as what has left; they end where the scale does. */
function cellsAfter(
  host: HostNode,
  at: Omit<TankArea, 'w'>,
  measure: 'cpu' | 'memory',
): readonly (Area & { vm: string })[] {
  const gauge = host.gauges[measure];
  if (!gauge || gauge.state === 'unknown' || gauge.capacity <= 0) return [];
  const vms = gone(host).filter((vm) => demandOf(vm, measure) > 0);
  const front = Math.min(gauge.share, SCALE_END);
  const shares = vms.map((vm) => demandOf(vm, measure) / gauge.capacity);
  return stripTreemap(shares, at.line, at.h).flatMap((cell) => {
    const from = front + cell.from;
    const to = Math.min(SCALE_END, front + cell.to);
    if (to <= from) return [];
    const area = {
      x: at.x + from * at.line,
      y: at.y + cell.top * at.h,
      w: (to - from) * at.line,
      h: (cell.bottom - cell.top) * at.h,
    };
    return vms.slice(cell.first, cell.last + 1).map(({ id }) => ({ ...area, vm: id }));
  });
}

/** Outlines of what has left a tank. */
export function ghostCells(host: HostNode, at: { x: number; y: number; line: number; h: number }, d: Drawing): Item[] {
  const areas = new Set<string>();
  for (const { x, y, w, h } of cellsAfter(host, at, tankMeasure(d.measure))) {
    const inset = w > 4 && h > 4 ? 1 : 0.5;
    if (w > 1 && h > 1) areas.add(box(x + inset, y + inset, w - 2 * inset, h - 2 * inset));
  }
  return areas.size > 0 ? [path([...areas].join(''), { stroke: 'text', dash: '2 2', width: 1 })] : [];
}

/** Rows of what has left a card, below those that are there: outlined, with where each goes. */
export function ghostRows(host: HostNode, b: Box, top: number, d: Drawing): Item[] {
  const measure = tankMeasure(d.measure);
  const capacity = host.gauges[measure]?.capacity ?? 0;
  let front = host.gauges[measure]?.share ?? 0;
  return gone(host).flatMap((vm, row): Item[] => {
    const y = top + row * CARD_ROW;
    const right = b.x + b.w - 10;
    const words = vm.to === undefined ? '' : `to ${d.look.face.shorten(nameIn(vm.to), (b.w - 40) / 2, 10)}`;
    const wide = Math.ceil(d.look.face.width(words, 10));
    const name = d.look.face.shorten(vm.name, b.w - 26 - wide, 11);
    const items: Item[] = [
      rect(b.x + 5.5, y - 1.5, b.w - 11, CARD_ROW - 3, { r: 3, stroke: 'wire', dash: '3 2', width: 1 }),
      text(b.x + 10, y + 9, name, 11, 'muted'),
      text(right, y + 9, words, 10, 'muted', { anchor: 'end' }),
    ];
    const share = capacity > 0 ? demandOf(vm, measure) / capacity : 0;
    const line = cardLine(b.w);
    const from = Math.min(front, SCALE_END);
    const w = (Math.min(front + share, SCALE_END) - from) * line;
    front += share;
    if (w > 1)
      items.push(
        rect(num(b.x + 40 + from * line) + 0.5, y + 12.5, num(Math.max(1, w - 1)), 3, {
          stroke: 'wire',
          dash: '2 1.5',
        }),
      );
    return items;
  });
}

/** Where the ghost of a VM is drawn in its host; undefined where it is not. */
export function ghostArea(
  graph: TopologyGraph,
  layout: Layout,
  measure: MeasureId,
  b: Box,
  vm: string,
): Area | undefined {
  const node = indexGraph(graph).nodes.get(b.id);
  const level = b.level ?? layout.level;
  if (node?.kind !== 'host') return undefined;
  const form = cardForm(vmsShown(node), b.h);
  if (level === 'card' && form.rows === vmsShown(node)) {
    const at = gone(node).findIndex(({ id }) => id === vm);
    const row = node.vms.filter(({ off }) => !off).length + at;
    return at < 0 ? undefined : { x: b.x + 5, y: b.y + CARD_HEAD + row * CARD_ROW - 2, w: b.w - 10, h: CARD_ROW - 2 };
  }
  const tank =
    level === 'tile'
      ? { x: b.x + 8, y: b.y + 23, line: Math.floor(((b.w - 16) * 5) / 6), h: 45 }
      : { x: b.x + 10, y: b.y + CARD_HEAD, line: 30 + cardLine(b.w), h: CARD_TANK };
  if (level !== 'tile' && !(level === 'card' && form.tank)) return undefined;
  return cellsAfter(node, tank, tankMeasure(measure)).find((cell) => cell.vm === vm);
}
