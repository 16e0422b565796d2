import type { SiteNode } from '../graph.ts';
import { type PlacedCluster, placeCluster, planCluster } from './cluster.ts';
import { flow, stepUp } from './context.ts';
import { storageBlocks, switchBlocks } from './device-squares.ts';
import { type Box, moveBox } from './layout-types.ts';
import { METRICS } from './metrics.ts';
import type { PlacedSite } from './site.ts';
import { type Block, SQUARE_ROWS, squareBlock } from './square-block.ts';
import type { View } from './structure.ts';

const BLOCK_GAP = 18;
const SHELF_GAP = 14;
const LEAST = 460;

function clusterBlocks(site: SiteNode, { level, overrides }: View): Block[] {
  return site.clusters.map((cluster): Block => {
    const state = overrides.get(cluster.id);
    const collapsed = state === 'collapsed';
    const expanded = state === 'expanded' || cluster.hosts.some((h) => overrides.get(h.id) === 'expanded');
    if (expanded && !collapsed) {
      const shown = new Map(overrides).set(cluster.id, 'expanded');
      const plan = planCluster(cluster, level, [], () => undefined, shown);
      return expandedBlock(placeCluster(plan, plan.width));
    }
    return squareBlock(cluster, cluster.hosts, {
      level,
      rows: SQUARE_ROWS,
      heading: cluster.name,
      valueW: 64,
      collapsed,
    });
  });
}

const expandedBlock = ({ w, h, boxes }: PlacedCluster): Block => ({
  w,
  h,
  isPlain: false,
  place: (parent, x, y) => boxes.map((b) => moveBox(b.parent === undefined ? { ...b, parent } : b, x, y)),
});

/** The bands of a site from the top: switches, clusters, storage. */
const bandsOf = (site: SiteNode, view: View): Block[][] =>
  [switchBlocks(site, view), clusterBlocks(site, view), storageBlocks(site, view)].filter((band) => band.length > 0);

/** The width a site asks for in the overview. */
export function squaresWidth(site: SiteNode, view: View): number {
  const m = METRICS[view.level];
  const blocks = clusterBlocks(site, view);
  const high = SQUARE_ROWS * (m.hostH + m.gap) + m.clusterHeader + SHELF_GAP;
  const area = blocks.reduce((sum, b) => sum + (b.w + BLOCK_GAP) * (b.isPlain ? high : b.h + SHELF_GAP), 0);
  const target = stepUp(Math.sqrt(area * 2.6), LEAST, 1.2);
  return 2 * m.sitePad + Math.max(target, ...blocks.map((b) => b.w));
}

/** A site in the overview: its totals, then what stands in it as blocks of squares on shelves. */
export function placeSquares(site: SiteNode, view: View, width: number): PlacedSite {
  const m = METRICS[view.level];
  const shelves = bandsOf(site, view).flatMap((band) => flow(band, (b) => b.w, BLOCK_GAP, width - 2 * m.sitePad));
  const boxes: Box[] = [];
  let y = m.siteHeader;
  for (const shelf of shelves) {
    let x = m.sitePad;
    const plain = Math.max(0, ...shelf.map((b) => (b.isPlain ? b.h : 0)));
    for (const block of shelf) {
      boxes.push(...block.place(site.id, x, y, plain));
      x += block.w + BLOCK_GAP;
    }
    y += Math.max(...shelf.map((b) => b.h)) + SHELF_GAP;
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
