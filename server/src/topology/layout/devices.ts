import type { ArrayNode, SwitchNode } from '../graph.ts';
import { arrayHeight, arrayMinWidth, placeArray } from './array.ts';
import type { Box } from './layout-types.ts';
import { isWired, type Layer, type Level, METRICS, type Overrides } from './metrics.ts';
import type { TierNode, TierRow } from './tiers.ts';

const GAP = 12;

/** A row of devices with the boxes that stand in it, at the row's own origin. */
export interface DeviceRow {
  readonly ids: readonly string[];
  readonly row: TierRow;
  readonly boxes: readonly Box[];
}

const switchHeight = (level: Level, kind: SwitchNode['kind']): number =>
  kind === 'outside' ? 26 : kind === 'fabric' && isWired(level) ? 36 : METRICS[level].switchH;

/** Least width of a row of `count` switches. */
export const switchRowWidth = (count: number, level: Level): number =>
  count === 0 ? 0 : count * METRICS[level].switchMin + (count - 1) * switchGap(level);

const switchGap = (level: Level): number => (isWired(level) ? 20 : GAP);

const CORE_GAP = 24;
const coreWidth = (level: Level): number => (isWired(level) ? 170 : 160);

/** Width of a row of `count` cores. */
export const coreRowWidth = (count: number, level: Level): number =>
  count === 0 ? 0 : count * (coreWidth(level) + CORE_GAP) - CORE_GAP;

/** Switches beside each other in equal shares of the width; one alone takes the left half. */
export function switchRow(nodes: readonly SwitchNode[], level: Level, x: number, width: number): DeviceRow {
  const gap = switchGap(level);
  const count = Math.max(2, nodes.length);
  const w = Math.max(METRICS[level].switchMin, Math.floor((width - gap * (count - 1)) / count));
  const h = Math.max(0, ...nodes.map((n) => switchHeight(level, n.kind)));
  const placed = nodes.map((n, i): TierNode => {
    const last = nodes.length > 1 && i === nodes.length - 1;
    const left = x + i * (w + gap);
    return { id: n.id, x: left, w: last ? Math.max(w, x + width - left) : w, dy: 0, h: switchHeight(level, n.kind) };
  });
  return {
    ids: nodes.map((n) => n.id),
    row: { h, nodes: placed },
    boxes: placed.map((p, i) => ({ id: p.id, kind: nodes[i]?.kind ?? 'switch', x: p.x, y: p.dy, w: p.w, h: p.h })),
  };
}

/** Cores stand in the middle, each as wide as its words need. */
export function coreRow(nodes: readonly SwitchNode[], level: Level, x: number, width: number): DeviceRow {
  const w = coreWidth(level);
  const total = coreRowWidth(nodes.length, level);
  const h = Math.max(0, ...nodes.map((n) => coreHeight(n)));
  const left = x + Math.max(0, Math.round((width - total) / 2));
  const placed = nodes.map(
    (n, i): TierNode => ({ id: n.id, x: left + i * (w + CORE_GAP), w, dy: h - coreHeight(n), h: coreHeight(n) }),
  );
  return {
    ids: nodes.map((n) => n.id),
    row: { h, nodes: placed },
    boxes: placed.map((p, i) => ({ id: p.id, kind: nodes[i]?.kind ?? 'switch', x: p.x, y: p.dy, w: p.w, h: p.h })),
  };
}

export const coreHeight = (node: SwitchNode): number => (node.kind === 'outside' ? 26 : 34);

/** Arrays in rows that leave each at least its least width. */
export function splitArrays(arrays: readonly ArrayNode[], level: Level, width: number): ArrayNode[][] {
  const most = Math.max(1, Math.floor((width + GAP) / (arrayMinWidth(level) + GAP)));
  const perRow = Math.ceil(arrays.length / Math.max(1, Math.ceil(arrays.length / most)));
  const rows: ArrayNode[][] = [];
  for (let first = 0; first < arrays.length; first += perRow) rows.push(arrays.slice(first, first + perRow));
  return rows;
}

/** Arrays beside each other in equal shares of the width, at least so high. */
export function arrayRow(
  arrays: readonly ArrayNode[],
  level: Level,
  layer: Layer,
  overrides: Overrides,
  x: number,
  width: number,
  least = 0,
): DeviceRow {
  const w = Math.floor((width - GAP * (arrays.length - 1)) / Math.max(1, arrays.length));
  const lefts = arrays.map((_, i) => x + i * (w + GAP));
  const widths = lefts.map((left, i) => (i === arrays.length - 1 ? x + width - left : w));
  const h = Math.max(least, ...arrays.map((a, i) => arrayHeight(a, level, layer, overrides, widths[i] ?? 0, least)));
  const placed = arrays.map((a, i) =>
    placeArray(a, level, layer, overrides, widths[i] ?? 0, h).map((b): Box => ({ ...b, x: b.x + (lefts[i] ?? 0) })),
  );
  return {
    ids: arrays.map((a) => a.id),
    row: { h, nodes: placed.flatMap(([b]) => (b ? [{ id: b.id, x: b.x, w: b.w, dy: 0, h: b.h }] : [])) },
    boxes: placed.flat(),
  };
}
