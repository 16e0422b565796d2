import type { VmCell } from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';
import { type Drawing, tankMeasure } from './context.ts';
import { FADED } from './focus.ts';
import { cellToken } from './readings.ts';
import { box, type Item, path, type Token } from './scene.ts';
import { stripTreemap } from './treemap.ts';

/** Where a VM without a host is drawn. VMs too small to be seen by themselves share a place. */
export interface LoosePlace {
  readonly vms: readonly VmCell[];
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/**
 * VMs without a host as cells in the box of their pool, or in the tray of those without a place: areas in proportion to demand, as wide as
 * they are many. Those that are off are not drawn, and a low tray draws none.
 */
export function loosePlaces(vms: readonly VmCell[], b: Box, measure: 'cpu' | 'memory'): readonly LoosePlace[] {
  const isTray = b.kind === 'tray';
  if (isTray && b.h <= 60) return [];
  const at = isTray
    ? { x: b.x + 14, y: b.y + 36, w: b.w - 28, h: b.h - 48 }
    : { x: b.x + 8, y: b.y + 23, w: b.w - 16, h: b.h - 31 };
  const on = vms.filter((v) => !v.off);
  const known = on.map((v) => (measure === 'cpu' ? v.cpu : v.memory) ?? 0);
  const mean = known.reduce((s, k) => s + k, 0) / Math.max(1, known.filter((k) => k > 0).length);
  const weights = known.map((k) => (k > 0 ? k : mean || 1));
  const total = weights.reduce((s, w) => s + w, 0);
  const w = Math.min(at.w, Math.max(24, on.length * 44));
  const shares = weights.map((v) => v / total);
  return stripTreemap(shares, w, at.h).map((cell) => ({
    vms: on.slice(cell.first, cell.last + 1),
    x: at.x + cell.from * w,
    y: at.y + cell.top * at.h,
    w: (cell.to - cell.from) * w,
    h: (cell.bottom - cell.top) * at.h,
  }));
}

/** These places in the colours of the picture. */
export function looseCells(vms: readonly VmCell[], b: Box, d: Drawing): Item[] {
  const paths = new Map<Token, string>();
  const faded = new Map<Token, string>();
  for (const place of loosePlaces(vms, b, tankMeasure(d.measure))) {
    const [vm] = place.vms;
    if (!vm) continue;
    const token = cellToken(vm, undefined, d);
    const data = box(place.x + 0.5, place.y + 0.5, place.w - 1, place.h - 1);
    const into = d.lit && !d.lit.vms(vm) ? faded : paths;
    into.set(token, (into.get(token) ?? '') + data);
  }
  return [
    ...[...faded].map(([fill, data]) => path(data, { fill, opacity: FADED })),
    ...[...paths].map(([fill, data]) => path(data, { fill })),
  ];
}
