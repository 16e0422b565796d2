import type { ArrayNode } from '../graph.ts';
import type { Box } from './layout-types.ts';
import { isWired, type Layer, type Level, type Overrides } from './metrics.ts';

interface ArrayMetrics {
  readonly head: number;
  readonly headH: number;
  /** Widths of a datastore: what is aimed at, and, where one more than usual has to fit, closer and closest. */
  readonly dsMin: number;
  readonly dsLeast: number;
  readonly dsTight: number;
  readonly dsMax: number;
  readonly dsH: number;
  readonly gap: number;
  readonly pad: number;
  readonly min: number;
}

const BIG: ArrayMetrics = {
  head: 200,
  headH: 52,
  dsMin: 170,
  dsLeast: 136,
  dsTight: 80,
  dsMax: 380,
  dsH: 54,
  gap: 10,
  pad: 10,
  min: 236,
};
const SMALL: ArrayMetrics = {
  head: 156,
  headH: 46,
  dsMin: 98,
  dsLeast: 80,
  dsTight: 52,
  dsMax: 220,
  dsH: 32,
  gap: 8,
  pad: 10,
  min: 270,
};

const metricsOf = (level: Level, layer: Layer): ArrayMetrics =>
  isWired(level)
    ? layer === 'storage'
      ? { ...BIG, dsH: 84 }
      : BIG
    : level === 'chip'
      ? { ...SMALL, dsMin: 84, dsLeast: 72, dsTight: 50, min: 200 }
      : SMALL;

export const arrayMinWidth = (level: Level): number => metricsOf(level, 'all').min;

/** An array of which its datastores fill less is not as high as its row. */
const FULL = 0.55;

/** Where datastores stand in an array: from its left and top, so many in a row; and how high the array is then. */
interface Grid {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly h: number;
}

/** Grids of one array, beside its words or below them. */
class Grids {
  private readonly left: number;
  private readonly top: number;
  private readonly room: number;
  readonly m: ArrayMetrics;
  private readonly lowest: number;

  constructor(array: ArrayNode, width: number, level: Level, m: ArrayMetrics, isBeside: boolean) {
    this.m = m;
    this.left = isBeside ? m.head : m.pad;
    this.top = isBeside ? m.pad : m.headH;
    this.room = width - this.left - m.pad;
    this.lowest = isWired(level) ? 74 : array.gauges.length > 1 ? 60 : 52;
  }

  /** Columns of about equal length: the fewest rows of datastores that are at least so wide, and in these as few columns as will do. */
  of(count: number, least: number): Grid {
    return this.inRows(count, Math.ceil(count / Math.max(1, this.most(least))));
  }

  /** Datastores of a width that have room beside each other. */
  most(width: number): number {
    return Math.max(0, Math.floor((this.room + this.m.gap) / (width + this.m.gap)));
  }

  /** What is aimed at: datastores of a usual width, closer together where that makes one row of them, or spares a tower. */
  usual(count: number): Grid {
    const grid = this.of(count, this.m.dsMin);
    const closer = this.of(count, this.m.dsLeast);
    return closer.columns >= count || count > 3 * grid.columns ? closer : grid;
  }

  /** As many rows as fit a height, and so as few columns. */
  filling(count: number, height: number): Grid {
    const rows = Math.floor((height - this.top - this.m.pad + this.m.gap) / (this.m.dsH + this.m.gap));
    return this.inRows(count, rows);
  }

  /** How wide each is. */
  widthOf({ columns }: Grid): number {
    const { gap, dsMax } = this.m;
    return Math.min(dsMax, Math.floor((this.room + gap) / columns) - gap);
  }

  private inRows(count: number, rows: number): Grid {
    const columns = Math.max(1, Math.ceil(count / Math.max(1, rows)));
    const used = Math.ceil(count / columns);
    const h = Math.max(this.lowest, this.top + used * (this.m.dsH + this.m.gap) - this.m.gap + this.m.pad);
    return { left: this.left, top: this.top, columns, h };
  }
}

/** Grids of so many datastores, the better one first: beside the words where they fit in one row then, or in not many more rows than below them. */
function gridsOf(array: ArrayNode, count: number, width: number, level: Level, layer: Layer): readonly [Grids, Grids] {
  const m = metricsOf(level, layer);
  const beside = new Grids(array, width, level, m, true);
  const below = new Grids(array, width, level, m, false);
  const columns = beside.most(m.dsMin);
  const isCramped = columns < 0.7 * below.most(m.dsMin) && count > 2 * columns;
  return (columns >= 2 && !isCramped) || count <= beside.most(m.dsLeast) ? [beside, below] : [below, beside];
}

/** The height of so many datastores as close together as can be. */
const tightest = (grids: readonly Grids[], count: number): number =>
  Math.min(...grids.filter((g) => g.most(g.m.dsTight) > 0).map((g) => g.of(count, g.m.dsTight).h));

/**
 * How high an array of this width has to be: at most `room` if its datastores fit there, closer together if need be. One more has to fit as
 * well, so frames rarely grow and no row is kept empty for it.
 */
export function arrayHeight(
  array: ArrayNode,
  level: Level,
  layer: Layer,
  overrides: Overrides,
  width: number,
  room = 0,
): number {
  const count = overrides.get(array.id) === 'collapsed' ? 0 : array.datastores.length;
  const grids = gridsOf(array, count, width, level, layer);
  const usual = grids[0].usual(count).h;
  if (count === 0 || usual <= room) return usual;
  return tightest(grids, count) <= room ? room : Math.max(usual, tightest(grids, count + 1));
}

/**
 * An array at its own origin: words at the left, or at the top where it is narrow, and a grid of its datastores. It is as high as its row, whose
 * height is at least `arrayHeight`, and its datastores fill that; one that would be mostly empty is lower.
 */
export function placeArray(
  array: ArrayNode,
  level: Level,
  layer: Layer,
  overrides: Overrides,
  width: number,
  rowH: number,
): readonly Box[] {
  const collapsed = overrides.get(array.id) === 'collapsed';
  const datastores = collapsed ? [] : array.datastores;
  const count = datastores.length;
  const both = gridsOf(array, count, width, level, layer);
  const grids = both.find((g) => tightest([g], count) <= rowH) ?? both[0];
  const { m } = grids;
  const full = grids.filling(count, rowH);
  const usual = grids.usual(count);
  const isFull = full.h >= FULL * rowH || usual.h > rowH;
  const grid = isFull ? full : usual;
  const w = grids.widthOf(grid);
  return [
    {
      id: array.id,
      kind: array.kind,
      x: 0,
      y: 0,
      w: width,
      h: isFull ? rowH : grid.h,
      ...(collapsed ? { collapsed } : {}),
    },
    ...datastores.map(
      (store, i): Box => ({
        id: store.id,
        kind: 'datastore',
        parent: array.id,
        x: grid.left + (i % grid.columns) * (w + m.gap),
        y: grid.top + Math.floor(i / grid.columns) * (m.dsH + m.gap),
        w,
        h: m.dsH,
      }),
    ),
  ];
}
