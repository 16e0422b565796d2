import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Box } from '../../server/src/topology/layout/layout-types.ts';
import { drawOverlay } from '../../server/src/topology/scene/overlay.ts';
import { smallGraph } from './fixtures.ts';

describe('a search', () => {
  const graph = smallGraph();
  const layout = layoutGraph(graph, { level: 'card', layer: 'all' });
  /** Boxes that a veil lies on when these nodes were found. */
  const faded = (...found: readonly string[]): readonly string[] => {
    const ids = new Set(found);
    const [veil] = drawOverlay(graph, layout, { measure: 'cpu', found: { shown: ids, ids } }, 1);
    assert.ok(veil?.t === 'path');
    const isUnder = (b: Box): boolean => veil.d.includes(`M${b.x - 1} ${b.y - 1}h${b.w + 2}`);
    return layout.boxes.filter(isUnder).map(({ id }) => id);
  };

  test('fades what was not found, frames with nothing found in them as well', () => {
    const rest = faded('host:prod/esx-02');
    for (const id of ['host:prod/esx-01', 'switch:tor-a', 'array:vmax', 'datastore:vmax/gold-1'])
      assert.ok(rest.includes(id), id);
    for (const id of ['host:prod/esx-02', 'cluster:prod', 'site:seattle']) assert.ok(!rest.includes(id), id);
  });

  test('leaves what stands in something that was found', () => {
    assert.ok(!faded('cluster:prod').includes('host:prod/esx-01'));
    assert.ok(!faded('array:vmax').some((id) => id.startsWith('datastore:')));
    assert.ok(faded('array:vmax').includes('cluster:prod'));
  });
});
