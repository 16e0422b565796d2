import type { ArrayNode } from '../graph.ts';
import type { Box } from './layout-types.ts';
import { isWired, type Layer, type Level, type Overrides } from './metrics.ts';

interface ArrayMetrics {
  readonly head: number;
  readonly headH: number;
  readonly dsMin: number;
  readonly dsMax: number;
  readonly dsH: number;
  readonly gap: number;
  readonly pad: number;
  readonly min: number;
}

const BIG: ArrayMetrics = { head: 200, headH: 52, dsMin: 170, dsMax: 260, dsH: 54, gap: 10, pad: 10, min: 236 };
const SMALL: ArrayMetrics = { head: 156, headH: 46, dsMin: 98, dsMax: 130, dsH: 32, gap: 8, pad: 10, min: 270 };

const metricsOf = (level: Level, layer: Layer): ArrayMetrics =>
  isWired(level)
    ? layer === 'storage'
      ? { ...BIG, dsH: 84 }
      : BIG
    : level === 'chip'
      ? { ...SMALL, dsMin: 84, min: 200 }
      : SMALL;

export const arrayMinWidth = (level: Level): number => metricsOf(level, 'all').min;

/**
 * An array at its own origin: words at the left, or at the top where it is narrow, and a grid of its datastores. `spare`: room for so many
 * datastores more.
 */
export function placeArray(
  array: ArrayNode,
  level: Level,
  layer: Layer,
  overrides: Overrides,
  width: number,
  spare = 0,
): readonly Box[] {
  const collapsed = overrides.get(array.id) === 'collapsed';
  const datastores = collapsed ? [] : array.datastores;
  const m = metricsOf(level, layer);
  // Words stand beside the datastores unless that would put several of them into one column.
  const columnsBeside = Math.floor((width - m.head - m.pad + m.gap) / (m.dsMin + m.gap));
  const beside = columnsBeside >= 2 || (columnsBeside === 1 && datastores.length <= 1);
  const left = beside ? m.head : m.pad;
  const top = beside ? m.pad : m.headH;
  const room = width - left - m.pad;
  const most = Math.max(1, Math.floor((room + m.gap) / (m.dsMin + m.gap)));
  const rowsNeeded = Math.ceil(datastores.length / most);
  const columns = Math.max(1, Math.min(most, rowsNeeded > 1 ? most : datastores.length));
  const w = Math.min(m.dsMax, Math.floor((room + m.gap) / columns) - m.gap);
  const rows = Math.ceil(datastores.length / columns);
  const high = collapsed ? 0 : Math.max(rows, Math.ceil((datastores.length + spare) / most));
  const grid = high * m.dsH + Math.max(0, high - 1) * m.gap;
  const least = isWired(level) ? 74 : array.gauges.length > 1 ? 60 : 52;
  const h = Math.max(least, top + grid + m.pad);
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
