import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ArrayNode } from '../../server/src/topology/graph.ts';
import { placeArray } from '../../server/src/topology/layout/array.ts';
import { NO_OVERRIDES } from '../../server/src/topology/layout/metrics.ts';
import { smallGraph } from './fixtures.ts';

const [vmax] = smallGraph().sites[0]?.arrays ?? [];
assert.ok(vmax);
const [gold] = vmax.datastores;
assert.ok(gold);

const withStores = (n: number): ArrayNode => ({
  ...vmax,
  datastores: Array.from({ length: n }, (_, i) => ({ ...gold, id: `datastore:vmax/${i}`, name: `gold-${i}` })),
});
const place = (n: number, width: number) => {
  const [frame, ...stores] = placeArray(withStores(n), 'tile', 'all', NO_OVERRIDES, width);
  assert.ok(frame);
  return { h: frame.h, rows: new Set(stores.map(({ y }) => y)).size, left: Math.min(...stores.map(({ x }) => x)) };
};

describe('an array', () => {
  test('has its datastores beside its name while they are few, or there is room', () => {
    assert.ok(place(4, 420).left > 100);
    assert.ok(place(12, 900).left > 100);
  });

  test('has many of them below it where that spares rows: it is no tower beside empty room', () => {
    const { left, rows, h } = place(12, 420);
    assert.ok(left < 20);
    assert.equal(rows, 4);
    assert.ok(h < 260, `${h}`);
  });
});
