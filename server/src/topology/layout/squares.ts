import type { ClusterNode, SiteNode } from '../graph.ts';
import { textWidth } from '../text.ts';
import { type PlacedCluster, placeCluster, planCluster } from './cluster.ts';
import { flow, stepUp } from './context.ts';
import { type Box, moveBox } from './layout-types.ts';
import { type Level, METRICS, type Overrides } from './metrics.ts';
import type { PlacedSite } from './site.ts';

/** Hosts stand in columns of this many, so that all blocks are equally high and the width is the size. */
export const SQUARE_ROWS = 6;
const BLOCK_GAP = 18;
const SHELF_GAP = 14;
const LEAST = 460;
const NAME_STEP = 32;

interface Block {
  readonly cluster: ClusterNode;
  readonly collapsed: boolean;
  readonly w: number;
  readonly h: number;
  /** Set where the cluster, or a host of it, is expanded: it is laid out as at a closer level. */
  readonly placed?: PlacedCluster;
}

function blocksOf(site: SiteNode, level: Level, overrides: Overrides): Block[] {
  const m = METRICS[level];
  return site.clusters.map((cluster): Block => {
    const state = overrides.get(cluster.id);
    const collapsed = state === 'collapsed';
    const expanded = state === 'expanded' || cluster.hosts.some((h) => overrides.get(h.id) === 'expanded');
    if (expanded && !collapsed) {
      const shown = new Map(overrides).set(cluster.id, 'expanded');
      const plan = planCluster(cluster, level, [], () => undefined, shown);
      const placed = placeCluster(plan, plan.width);
      return { cluster, collapsed, w: placed.w, h: placed.h, placed };
    }
    const columns = collapsed ? 0 : Math.max(1, Math.ceil(cluster.hosts.length / SQUARE_ROWS));
    const words = Math.min(textWidth(cluster.name, 11, true), 110) + 64;
    const rows = collapsed ? 0 : Math.min(SQUARE_ROWS, Math.max(1, cluster.hosts.length));
    // Names that are a little longer need no more room.
    const w = Math.max(columns * (m.hostW + m.gap) - m.gap, Math.ceil(words / NAME_STEP) * NAME_STEP);
    return { cluster, collapsed, w, h: m.clusterHeader + Math.max(0, rows * (m.hostH + m.gap) - m.gap) };
  });
}

/** The width a site asks for in the overview. */
export function squaresWidth(site: SiteNode, level: Level, overrides: Overrides): number {
  const m = METRICS[level];
  const blocks = blocksOf(site, level, overrides);
  const high = SQUARE_ROWS * (m.hostH + m.gap) + m.clusterHeader + SHELF_GAP;
  const area = blocks.reduce((sum, b) => sum + (b.w + BLOCK_GAP) * (b.placed ? b.h + SHELF_GAP : high), 0);
  const target = stepUp(Math.sqrt(area * 2.6), LEAST, 1.2);
  return 2 * m.sitePad + Math.max(target, ...blocks.map((b) => b.w));
}

/** A site in the overview: its totals, then its clusters as blocks of squares on shelves. */
export function placeSquares(site: SiteNode, level: Level, overrides: Overrides, width: number): PlacedSite {
  const m = METRICS[level];
  const shelves = flow(blocksOf(site, level, overrides), (b) => b.w, BLOCK_GAP, width - 2 * m.sitePad);
  const boxes: Box[] = [];
  let y = m.siteHeader;
  for (const shelf of shelves) {
    let x = m.sitePad;
    const h = Math.max(...shelf.map((b) => b.h));
    const plain = Math.max(0, ...shelf.map((b) => (b.placed ? 0 : b.h)));
    for (const block of shelf) {
      boxes.push(
        ...(block.placed ? expanded(block.placed, site.id, x, y) : squaresOf(block, site.id, level, x, y, plain)),
      );
      x += block.w + BLOCK_GAP;
    }
    y += h + SHELF_GAP;
  }
  const h = y + m.sitePad - (shelves.length > 0 ? SHELF_GAP : 0);
  return {
    w: width,
    h,
    boxes: [{ id: site.id, kind: 'site', x: 0, y: 0, w: width, h }, ...boxes],
    wires: [],
    labels: [],
    groups: new Map(),
  };
}

const expanded = ({ boxes }: PlacedCluster, parent: string, x: number, y: number): Box[] =>
  boxes.map((b) => moveBox(b.parent === undefined ? { ...b, parent } : b, x, y));

function squaresOf(block: Block, parent: string, level: Level, x: number, y: number, h: number): Box[] {
  const m = METRICS[level];
  const { cluster, w, collapsed } = block;
  const frame: Box = { id: cluster.id, kind: 'cluster', parent, x, y, w, h: collapsed ? block.h : h };
  if (collapsed) return [{ ...frame, collapsed }];
  return [
    frame,
    ...cluster.hosts.map(
      (host, i): Box => ({
        id: host.id,
        kind: 'host',
        parent: cluster.id,
        x: x + Math.floor(i / SQUARE_ROWS) * (m.hostW + m.gap),
        y: y + m.clusterHeader + (i % SQUARE_ROWS) * (m.hostH + m.gap),
        w: m.hostW,
        h: m.hostH,
      }),
    ),
  ];
}
