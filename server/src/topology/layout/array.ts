import type { ArrayNode } from '../graph.ts';
import type { Box } from './layout-types.ts';
import { isWired, type Layer, type Level, type Overrides } from './metrics.ts';

interface ArrayMetrics {
  readonly head: number;
  readonly headH: number;
  readonly dsMin: number;
  /** Where one more than usual has to fit. */
  readonly dsLeast: number;
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
  dsMax: 260,
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
  dsMax: 130,
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
      ? { ...SMALL, dsMin: 84, dsLeast: 72, min: 200 }
      : SMALL;

export const arrayMinWidth = (level: Level): number => metricsOf(level, 'all').min;

/** Where datastores stand in an array: from its left and top, so many in a row, so wide each; and how high the array is then. */
interface Grid {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly w: number;
  readonly h: number;
}

function gridOf(array: ArrayNode, count: number, m: ArrayMetrics, least: number, width: number, level: Level): Grid {
  // Words stand beside the datastores unless that would put several of them into one column, or make many more rows.
  const columnsBeside = Math.floor((width - m.head - m.pad + m.gap) / (least + m.gap));
  const columnsBelow = Math.floor((width - 2 * m.pad + m.gap) / (least + m.gap));
  const isCramped = columnsBeside < 0.7 * columnsBelow && count > 2 * columnsBeside;
  const beside = (columnsBeside >= 2 && !isCramped) || (columnsBeside === 1 && count <= 1);
  const left = beside ? m.head : m.pad;
  const top = beside ? m.pad : m.headH;
  const room = width - left - m.pad;
  const columns = Math.max(1, Math.min(Math.floor((room + m.gap) / (least + m.gap)), count));
  const w = Math.min(m.dsMax, Math.floor((room + m.gap) / columns) - m.gap);
  const rows = Math.ceil(count / columns);
  const lowest = isWired(level) ? 74 : array.gauges.length > 1 ? 60 : 52;
  const h = Math.max(lowest, top + rows * m.dsH + Math.max(0, rows - 1) * m.gap + m.pad);
  return { left, top, columns, w, h };
}

/**
 * An array at its own origin: words at the left, or at the top where it is narrow, and a grid of its datastores. It is `before` high if that
 * will do, with datastores closer together if need be; else it has room for one more.
 */
export function placeArray(
  array: ArrayNode,
  level: Level,
  layer: Layer,
  overrides: Overrides,
  width: number,
  before = 0,
): readonly Box[] {
  const collapsed = overrides.get(array.id) === 'collapsed';
  const datastores = collapsed ? [] : array.datastores;
  const m = metricsOf(level, layer);
  const count = datastores.length;
  const grid = (n: number, least: number): Grid => gridOf(array, n, m, least, width, level);
  const usual = grid(count, m.dsMin);
  const closer = grid(count, m.dsLeast);
  const { left, top, columns, w } = usual.h > before && closer.h <= before ? closer : usual;
  const withOneMore = collapsed ? usual.h : Math.min(grid(count + 1, m.dsMin).h, grid(count + 1, m.dsLeast).h);
  const h = Math.min(usual.h, closer.h) <= before ? before : Math.max(usual.h, withOneMore);
  return [
    { id: array.id, kind: array.kind, x: 0, y: 0, w: width, h, ...(collapsed ? { collapsed } : {}) },
    ...datastores.map(
      (store, i): Box => ({
        id: store.id,
        kind: 'datastore',
        parent: array.id,
        x: left + (i % columns) * (w + m.gap),
        y: top + Math.floor(i / columns) * (m.dsH + m.gap),
        w,
        h: m.dsH,
      }),
    ),
  ];
}
