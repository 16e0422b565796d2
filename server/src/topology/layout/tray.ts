import type { StrandedVm, TopologyGraph } from '../graph.ts';
import { isOverview, type Level } from './metrics.ts';

/** What the tray below the picture tells of VMs that have no place: some one by one with what hosts lack, the rest by their reason. */
export interface TrayRows {
  readonly single: readonly StrandedVm[];
  readonly groups: readonly { readonly why: string; readonly vms: readonly StrandedVm[] }[];
  /** VMs that are not told of. */
  readonly more: number;
}

const MOST_SINGLE = 3;
const MOST_GROUPS = 5;
export const TRAY_HEAD = 40;
export const TRAY_SINGLE = 68;
export const TRAY_GROUP = 18;

export function trayRows({ failure }: TopologyGraph): TrayRows {
  const stranded = failure?.stranded ?? [];
  const single = stranded.filter(({ room }) => room).slice(0, MOST_SINGLE);
  const byWhy = new Map<string, StrandedVm[]>();
  for (const vm of stranded) {
    if (single.includes(vm)) continue;
    const known = byWhy.get(vm.why);
    if (known) known.push(vm);
    else byWhy.set(vm.why, [vm]);
  }
  const groups = [...byWhy].map(([why, vms]) => ({ why, vms })).sort((a, b) => b.vms.length - a.vms.length);
  const more = groups.slice(MOST_GROUPS).reduce((sum, { vms }) => sum + vms.length, 0);
  return { single, groups: groups.slice(0, MOST_GROUPS), more };
}

/** Height of the tray. */
export function trayHeight(graph: TopologyGraph, level: Level): number {
  if (!graph.failure?.stranded.length) return isOverview(level) ? 44 : 96;
  const { single, groups, more } = trayRows(graph);
  return TRAY_HEAD + single.length * TRAY_SINGLE + (groups.length + (more > 0 ? 1 : 0)) * TRAY_GROUP + 10;
}

/** VMs that a failure leaves without a place, where the tray `b` tells of them: one by one, or several of a reason together. */
export function trayPlaces(
  graph: TopologyGraph,
  b: { readonly x: number; readonly y: number; readonly w: number },
): readonly {
  readonly vms: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}[] {
  const { single, groups } = trayRows(graph);
  const x = b.x + 14;
  const first = b.y + TRAY_HEAD;
  const next = first + single.length * TRAY_SINGLE;
  return [
    ...single.map(({ vm }, row) => ({
      vms: [vm],
      x,
      y: first + row * TRAY_SINGLE,
      w: traySingleWidth(b.w),
      h: TRAY_SINGLE - 11,
    })),
    ...groups.map(({ vms }, row) => ({
      vms: vms.map(({ vm }) => vm),
      x,
      y: next + row * TRAY_GROUP - 4,
      w: b.w - 28,
      h: TRAY_GROUP,
    })),
  ];
}

/** How wide a VM of its own is drawn in a tray. */
export const traySingleWidth = (w: number): number => Math.min(190, w * 0.36);
