import type { ClusterNode, SiteNode } from '../graph.ts';
import { textWidth } from '../text.ts';
import { flow, stepUp } from './context.ts';
import type { Box } from './layout-types.ts';
import { type Level, METRICS } from './metrics.ts';
import type { PlacedSite } from './site.ts';

/** Hosts stand in columns of this many, so that all blocks are equally high and the width is the size. */
export const SQUARE_ROWS = 6;
const BLOCK_GAP = 18;
const LEAST = 460;

interface Block {
  readonly cluster: ClusterNode;
  readonly w: number;
}

function blocksOf(site: SiteNode, level: Level): Block[] {
  const m = METRICS[level];
  return site.clusters.map((cluster) => {
    const columns = Math.max(1, Math.ceil(cluster.hosts.length / SQUARE_ROWS));
    const words = Math.min(textWidth(cluster.name, 11, true), 110) + 64;
    return { cluster, w: Math.max(columns * (m.hostW + m.gap) - m.gap, Math.ceil(words)) };
  });
}

/** The width a site asks for in the overview. */
export function squaresWidth(site: SiteNode, level: Level): number {
  const m = METRICS[level];
  const blocks = blocksOf(site, level);
  const high = SQUARE_ROWS * (m.hostH + m.gap) + m.clusterHeader + 14;
  const area = blocks.reduce((sum, b) => sum + (b.w + BLOCK_GAP) * high, 0);
  const target = stepUp(Math.sqrt(area * 2.6), LEAST, 1.2);
  return 2 * m.sitePad + Math.max(target, ...blocks.map((b) => b.w));
}

/** A site in the overview: its totals, then its clusters as blocks of squares on shelves. */
export function placeSquares(site: SiteNode, level: Level, width: number): PlacedSite {
  const m = METRICS[level];
  const shelves = flow(blocksOf(site, level), (b) => b.w, BLOCK_GAP, width - 2 * m.sitePad);
  const boxes: Box[] = [];
  let y = m.siteHeader;
  for (const shelf of shelves) {
    let x = m.sitePad;
    const rows = Math.min(SQUARE_ROWS, Math.max(1, ...shelf.map((b) => b.cluster.hosts.length)));
    const h = m.clusterHeader + rows * (m.hostH + m.gap) - m.gap;
    for (const { cluster, w } of shelf) {
      boxes.push({ id: cluster.id, kind: 'cluster', parent: site.id, x, y, w, h });
      cluster.hosts.forEach((host, i) => {
        boxes.push({
          id: host.id,
          kind: 'host',
          parent: cluster.id,
          x: x + Math.floor(i / SQUARE_ROWS) * (m.hostW + m.gap),
          y: y + m.clusterHeader + (i % SQUARE_ROWS) * (m.hostH + m.gap),
          w: m.hostW,
          h: m.hostH,
        });
      });
      x += w + BLOCK_GAP;
    }
    y += h + 14;
  }
  const h = y + m.sitePad - (shelves.length > 0 ? 14 : 0);
  return {
    w: width,
    h,
    boxes: [{ id: site.id, kind: 'site', x: 0, y: 0, w: width, h }, ...boxes],
    wires: [],
    labels: [],
    groups: new Map(),
  };
}
