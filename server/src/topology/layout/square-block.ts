import type { TopologyNode } from '../graph.ts';
import { textWidth } from '../text.ts';
import { type HeldBlock, type HeldHosts, heirs, slotsOf } from './held.ts';
import type { Box, BoxKind } from './layout-types.ts';
import { type Level, METRICS } from './metrics.ts';

/** Hosts stand in columns of this many, so that all blocks are equally high and the width is the size. */
export const SQUARE_ROWS = 6;
const NAME_STEP = 32;

/** What a block was before. */
export type BlockBefore = (id: string) => HeldBlock | undefined;

/** What stands on a shelf of a site in the overview: a cluster, an array, the switches of a site. */
export interface Block {
  readonly id: string;
  readonly w: number;
  readonly h: number;
  /** Blocks of squares on one shelf are equally high; one that is drawn as at a closer level keeps its own height. */
  readonly isPlain: boolean;
  /** What it was before. */
  readonly before?: HeldBlock | undefined;
  /** Squares above each other. */
  readonly rows: number;
  /** What stands in each slot. */
  readonly ids: readonly (string | undefined)[];
  /** How its hosts stand where it is drawn as at a closer level. */
  readonly inner?: HeldHosts;
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
  /** What it was before: squares keep their slots, and a new one takes a free one. */
  readonly before?: HeldBlock | undefined;
}

/** A heading and a square for each of `nodes`, column by column, with room for one more. */
export function squareBlock(
  own: { readonly id: string; readonly kind: BoxKind },
  nodes: readonly Pick<TopologyNode, 'id' | 'kind'>[],
  { level, rows: usual, heading, valueW, collapsed = false, loose = false, before }: SquareOptions,
): Block {
  const m = METRICS[level];
  const [pitchX, pitchY] = [m.hostW + m.gap, m.hostH + m.gap];
  const most = before?.rows ?? usual;
  const count = nodes.length + (before ? 0 : 1);
  const rows = Math.max(1, Math.min(most, count));
  const columns = Math.max(1, Math.ceil(count / most));
  // Names that are a little longer need no more room.
  const words = Math.ceil((Math.min(textWidth(heading, 11, true), 110) + valueW) / NAME_STEP) * NAME_STEP;
  const w = Math.max(before?.w ?? 0, collapsed ? 0 : columns * pitchX - m.gap, words);
  const h = Math.max(before?.h ?? 0, m.clusterHeader + (collapsed ? 0 : rows * pitchY - m.gap));
  const high = Math.floor((h - m.clusterHeader + m.gap) / pitchY);
  const at = slotsIn(nodes, high < most ? high : Math.floor((w + m.gap) / pitchX) * most, before);
  const ids: (string | undefined)[] = [];
  if (!collapsed) for (const [i, { id }] of nodes.entries()) ids[at[i] ?? i] = id;
  return {
    id: own.id,
    w,
    h,
    isPlain: true,
    before,
    rows: most,
    ids: Array.from(ids),
    place: (parent, x, y, high) => [
      { id: own.id, kind: own.kind, parent, x, y, w, h: collapsed ? h : high, ...(collapsed ? { collapsed } : {}) },
      ...(collapsed ? [] : nodes).map(({ id, kind }, i): Box => {
        const slot = at[i] ?? i;
        return {
          id,
          kind,
          parent: loose ? parent : own.id,
          x: x + Math.floor(slot / most) * pitchX,
          y: y + m.clusterHeader + (slot % most) * pitchY,
          w: m.hostW,
          h: m.hostH,
        };
      }),
    ],
  };
}

/** The slot of each node: that of before, as far as there is one. */
function slotsIn(nodes: readonly { readonly id: string }[], slots: number, before?: HeldBlock): readonly number[] {
  const now = nodes.map((n) => n.id);
  const heirOf = heirs(
    (before?.ids ?? []).flatMap((id) => id ?? []),
    now,
  );
  const wishes = now.map((id) => {
    const old = heirOf.get(id);
    return old === undefined ? undefined : before?.ids.indexOf(old);
  });
  return slotsOf(wishes, slots) ?? now.map((_, i) => i);
}
