import type { SiteNode } from '../graph.ts';
import { placeCluster, planCluster, planKept } from './cluster.ts';
import { flow, stepUp } from './context.ts';
import { storageBlocks, switchBlocks, TIERS } from './device-squares.ts';
import { type HeldBlock, type HeldRow, type HeldSite, heirs } from './held.ts';
import { type Box, moveBox } from './layout-types.ts';
import { METRICS } from './metrics.ts';
import type { PlacedSite } from './site.ts';
import { type Block, type BlockBefore, SQUARE_ROWS, squareBlock } from './square-block.ts';
import type { View } from './structure.ts';

const BLOCK_GAP = 18;
const SHELF_GAP = 14;
const LEAST = 460;

interface Band {
  readonly name: string;
  readonly blocks: readonly Block[];
}

interface Shelf {
  readonly key: string;
  readonly blocks: readonly Block[];
}

export interface SquaresPlan {
  readonly site: SiteNode;
  readonly view: View;
  readonly bands: readonly Band[];
  readonly width: number;
  readonly held?: HeldSite;
}

function clusterBlocks(site: SiteNode, { level, overrides }: View, beforeOf: BlockBefore): Block[] {
  return site.clusters.map((cluster): Block => {
    const state = overrides.get(cluster.id);
    const before = beforeOf(cluster.id);
    const collapsed = state === 'collapsed';
    const expanded = state === 'expanded' || cluster.hosts.some((h) => overrides.get(h.id) === 'expanded');
    if (expanded && !collapsed) {
      const shown = new Map(overrides).set(cluster.id, 'expanded');
      const view = { level, links: [], hubOf: () => undefined, overrides: shown };
      const frame = before?.inner && { w: before.w, inner: before.inner };
      const plan = before && frame ? planKept(cluster, view, frame, before) : planCluster(cluster, view);
      const { w, h, boxes, hosts } = placeCluster(plan, plan.width);
      return {
        id: cluster.id,
        w,
        h,
        isPlain: false,
        before,
        rows: SQUARE_ROWS,
        ids: [],
        inner: hosts,
        place: (parent, x, y) => boxes.map((b) => moveBox(b.parent === undefined ? { ...b, parent } : b, x, y)),
      };
    }
    return squareBlock(cluster, cluster.hosts, {
      level,
      rows: SQUARE_ROWS,
      heading: cluster.name,
      valueW: 64,
      collapsed,
      before,
    });
  });
}

/** The bands of a site from the top: switches, clusters, storage. */
function bandsOf(site: SiteNode, view: View, held: HeldSite | undefined): Band[] {
  const tier = (kind: keyof typeof TIERS): string[] =>
    site.switches.some((s) => s.kind === kind) ? [`${site.id}/${TIERS[kind]}`] : [];
  const ids = [
    ...tier('switch'),
    ...site.clusters.map((c) => c.id),
    ...tier('fabric'),
    ...site.arrays.map((a) => a.id),
  ];
  const heirOf = heirs([...(held?.blocks?.keys() ?? [])], ids);
  const beforeOf: BlockBefore = (id) => held?.blocks?.get(heirOf.get(id) ?? '');
  return [
    { name: 'switches', blocks: switchBlocks(site, view, beforeOf) },
    { name: 'clusters', blocks: clusterBlocks(site, view, beforeOf) },
    { name: 'storage', blocks: storageBlocks(site, view, beforeOf) },
  ].filter(({ blocks }) => blocks.length > 0);
}

/** The site as it was before, as far as what it holds has room there; without one, the width it asks for in the overview. */
export function planSquares(site: SiteNode, view: View, held?: HeldSite): SquaresPlan {
  const m = METRICS[view.level];
  const bands = bandsOf(site, view, held);
  if (held) {
    const plan = { site, view, bands, width: held.w, held };
    const { lacks = 0 } = placeSquares(plan, held.w);
    return { ...plan, width: held.w + lacks };
  }
  const blocks = bands.find(({ name }) => name === 'clusters')?.blocks ?? [];
  const high = SQUARE_ROWS * (m.hostH + m.gap) + m.clusterHeader + SHELF_GAP;
  const area = blocks.reduce((sum, b) => sum + (b.w + BLOCK_GAP) * (b.isPlain ? high : b.h + SHELF_GAP), 0);
  const target = stepUp(Math.sqrt(area * 2.6), LEAST, 1.2);
  return { site, view, bands, width: 2 * m.sitePad + Math.max(target, ...blocks.map((b) => b.w)) };
}

/** Blocks on the shelves where they stood, new ones on shelves of their own. */
function shelvesOf({ name, blocks }: Band, held: HeldSite | undefined, room: number): Shelf[] {
  const shelves = [...(held?.rows.keys() ?? [])].flatMap((key): Shelf[] => {
    const stood = blocks.filter((b) => b.before?.row === key);
    return stood.length > 0 ? [{ key, blocks: stood.toSorted((a, b) => (a.before?.x ?? 0) - (b.before?.x ?? 0)) }] : [];
  });
  let last = Math.max(-1, ...shelves.map((s) => Number(s.key.split(' ')[1])));
  const come = blocks.filter((b) => !b.before);
  const more = flow(come, (b) => b.w, BLOCK_GAP, room);
  return [...shelves, ...more.map((list): Shelf => ({ key: `${name} ${++last}`, blocks: list }))];
}

/** A site in the overview: its totals, then what stands in it as blocks of squares on shelves. */
export function placeSquares(plan: SquaresPlan, width: number): PlacedSite {
  const { site, view, held } = plan;
  const m = METRICS[view.level];
  const shelves = plan.bands.flatMap((band) => shelvesOf(band, held, width - 2 * m.sitePad));
  const boxes: Box[] = [];
  const rows = new Map<string, HeldRow>();
  const blocks = new Map<string, HeldBlock>();
  let y = m.siteHeader;
  let lacks = 0;
  for (const shelf of shelves) {
    const before = held?.rows.get(shelf.key);
    let x = m.sitePad;
    y = Math.max(y, before?.y ?? 0);
    const h = Math.max(before?.h ?? 0, ...shelf.blocks.map((b) => b.h));
    const plain = Math.max(0, ...shelf.blocks.map((b) => (b.isPlain ? b.h : 0)));
    for (const block of shelf.blocks) {
      x = Math.max(x, block.before?.x ?? 0);
      boxes.push(...block.place(site.id, x, y, plain));
      const inner = block.inner ? { inner: block.inner } : {};
      blocks.set(block.id, { row: shelf.key, x, w: block.w, h: block.h, rows: block.rows, ids: block.ids, ...inner });
      x += block.w + BLOCK_GAP;
    }
    lacks = Math.max(lacks, x - BLOCK_GAP - (width - m.sitePad));
    rows.set(shelf.key, { y, h, left: 0, right: 0, ids: [] });
    y += h + SHELF_GAP;
  }
  const h = Math.max(held?.h ?? 0, y + m.sitePad - (shelves.length > 0 ? SHELF_GAP : 0));
  return {
    w: width,
    h,
    boxes: [{ id: site.id, kind: 'site', x: 0, y: 0, w: width, h }, ...boxes],
    wires: [],
    labels: [],
    groups: new Map(),
    held: { w: width, h, rows, clusters: site.clusters.map((c) => c.id), pods: [], blocks },
    lacks: Math.max(0, lacks),
    need: site.clusters.reduce((sum, { hosts }) => sum + hosts.length + 1, 0),
  };
}
