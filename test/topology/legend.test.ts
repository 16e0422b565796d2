import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MeasureId } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { type Layer, LEVELS } from '../../server/src/topology/layout/metrics.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { drawLegend } from '../../server/src/topology/scene/legend.ts';
import type { Item } from '../../server/src/topology/scene/scene.ts';
import { isText, PICTURES, WIDEST } from './support.ts';

const LAYERS: readonly Layer[] = ['all', 'compute', 'network', 'storage'];

/** Marks that are explained, and how each is known in a picture. */
const MARKS: Readonly<Record<string, (item: Item) => boolean>> = {
  'kept for failover': (item) => item.fill === 'hatch',
  'load not stated': ({ t, ...item }) => t !== 'text' && 'dash' in item && /^1(\.5)? 1(\.5)?$/.test(item.dash ?? ''),
  'missing path': (item) => item.t === 'path' && item.dash === '1.5 3',
  'only path': (item) => item.t === 'text' && item.text === '1' && item.fill === 'ink-critical',
  'promised (thin)': (item) => item.t === 'path' && /v4h[\d.]+v-4$/.test(item.d),
};

const MEASURES: readonly MeasureId[] = ['cpu', 'storage', 'addresses', 'cost'];

const NEED_ROOM = new Set(['kept for failover', 'load not stated']);

describe('the legend', () => {
  for (const [name, graph] of PICTURES.slice(0, 9))
    test(`${name}: explains the marks of the picture, and no others`, () => {
      // A thousand hosts are drawn once for each level and layer: that is enough work.
      const measures = MEASURES.slice(0, name === '1 000 hosts' ? 1 : undefined);
      for (const layer of LAYERS)
        for (const level of LEVELS)
          for (const measure of measures) {
            const layout = layoutGraph(graph, { level, layer });
            const items = drawScene(graph, layout, { measure, look: WIDEST }).groups.flatMap((group) => group.items);
            const words = drawLegend(graph, layout, measure, WIDEST, 5_000).filter(isText);
            for (const [mark, isMark] of Object.entries(MARKS)) {
              const where = `${mark}: ${layer} ${level} ${measure}`;
              const isThere = items.some(isMark);
              const isSaid = words.some(({ text }) => text === mark);
              if (isThere) assert.ok(isSaid, where);
              // Whether there is room for a bar is not known here.
              else if (!NEED_ROOM.has(mark)) assert.ok(!isSaid, where);
            }
          }
    });
});
