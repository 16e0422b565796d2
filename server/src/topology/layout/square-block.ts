import type { TopologyNode } from '../graph.ts';
import { textWidth } from '../text.ts';
import type { Box, BoxKind } from './layout-types.ts';
import { type Level, METRICS } from './metrics.ts';

/** Hosts stand in columns of this many, so that all blocks are equally high and the width is the size. */
export const SQUARE_ROWS = 6;
const NAME_STEP = 32;

/** What stands on a shelf of a site in the overview: a cluster, an array, the switches of a site. */
export interface Block {
  readonly w: number;
  readonly h: number;
  /** Blocks of squares on one shelf are equally high; one that is drawn as at a closer level keeps its own height. */
  readonly isPlain: boolean;
  /** Boxes in `parent`; `h` is that of the plain blocks on its shelf. */
  place(parent: string, x: number, y: number, h: number): readonly Box[];
}

export interface SquareOptions {
  readonly level: Level;
  /** Squares above each other before the next column begins. */
  readonly rows: number;
  /** Stands above the squares, with `valueW` pixels for a value and a badge. */
  readonly heading: string;
  readonly valueW: number;
  readonly collapsed?: boolean;
  /** The squares stand in what the block stands in, not in its own box. */
  readonly loose?: boolean;
}

/** A heading and a square for each of `nodes`, column by column. */
export function squareBlock(
  own: { readonly id: string; readonly kind: BoxKind },
  nodes: readonly Pick<TopologyNode, 'id' | 'kind'>[],
  { level, rows: most, heading, valueW, collapsed = false, loose = false }: SquareOptions,
): Block {
  const m = METRICS[level];
  const [pitchX, pitchY] = [m.hostW + m.gap, m.hostH + m.gap];
  const rows = Math.max(1, Math.min(most, nodes.length));
  const columns = Math.max(1, Math.ceil(nodes.length / most));
  // Names that are a little longer need no more room.
  const words = Math.ceil((Math.min(textWidth(heading, 11, true), 110) + valueW) / NAME_STEP) * NAME_STEP;
  const w = Math.max(collapsed ? 0 : columns * pitchX - m.gap, words);
  const h = m.clusterHeader + (collapsed ? 0 : rows * pitchY - m.gap);
  return {
    w,
    h,
    isPlain: true,
    place: (parent, x, y, high) => [
      { id: own.id, kind: own.kind, parent, x, y, w, h: collapsed ? h : high, ...(collapsed ? { collapsed } : {}) },
      ...(collapsed ? [] : nodes).map(
        ({ id, kind }, i): Box => ({
          id,
          kind,
          parent: loose ? parent : own.id,
          x: x + Math.floor(i / most) * pitchX,
          y: y + m.clusterHeader + (i % most) * pitchY,
          w: m.hostW,
          h: m.hostH,
        }),
      ),
    ],
  };
}
