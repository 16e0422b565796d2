import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ArrayNode } from '../../server/src/topology/graph.ts';
import { arrayHeight, placeArray } from '../../server/src/topology/layout/array.ts';
import { type Level, NO_OVERRIDES } from '../../server/src/topology/layout/metrics.ts';
import { smallGraph } from './graphs/small.ts';

const [vmax] = smallGraph().sites[0]?.arrays ?? [];
assert.ok(vmax);
const [gold] = vmax.datastores;
assert.ok(gold);

const withStores = (n: number): ArrayNode => ({
  ...vmax,
  datastores: Array.from({ length: n }, (_, i) => ({ ...gold, id: `datastore:vmax/${i}`, name: `gold-${i}` })),
});
/** An array so wide, alone in its row, or in one that is higher. */
const place = (n: number, width: number, rowH = 0, level: Level = 'tile') => {
  const array = withStores(n);
  const least = arrayHeight(array, level, 'all', NO_OVERRIDES, width, rowH);
  const [frame, ...stores] = placeArray(array, level, 'all', NO_OVERRIDES, width, Math.max(rowH, least));
  assert.ok(frame);
  return {
    h: frame.h,
    rows: new Set(stores.map(({ y }) => y)).size,
    left: Math.min(...stores.map(({ x }) => x)),
    /** What is free below and at the right of all datastores. */
    below: frame.h - Math.max(...stores.map(({ y, h }) => y + h)),
    right: frame.w - Math.max(...stores.map(({ x, w }) => x + w)),
  };
};

describe('an array', () => {
  test('has its datastores beside its name while they are few, or there is room', () => {
    assert.ok(place(4, 420).left > 100);
    assert.ok(place(12, 900).left > 100);
  });

  test('has many of them below it where that spares rows: it is no tower beside empty room', () => {
    const { left, rows, h } = place(12, 420);
    assert.ok(left < 20);
    assert.ok(rows <= 4, `${rows}`);
    assert.ok(h < 260, `${h}`);
  });

  test('is full, whatever its number of datastores: no row is kept empty for one more', () => {
    for (const level of ['card', 'tile', 'chip'] as const)
      for (const width of [300, 340, 480, 640, 900])
        for (let n = 1; n <= 24; n++) {
          const { below, right, rows } = place(n, width, 0, level);
          assert.ok(right <= 24 || n === 1 || width / n > 200, `${n} of ${level} in ${width}: ${right} at the right`);
          assert.ok(below <= 12 || rows === 1, `${n} of ${level} in ${width}: ${below} below`);
        }
  });

  test('has room for one datastore more all the same', () => {
    for (const level of ['card', 'tile', 'chip'] as const)
      for (const width of [240, 300, 340, 480, 640, 900])
        for (let n = 1; n <= 24; n++) {
          const { h } = place(n, width, 0, level);
          assert.equal(place(n + 1, width, h, level).h, h, `${n} of ${level} in ${width}`);
        }
  });

  test('is as high as its row where its datastores fill that, and else as high as they are', () => {
    const own = place(3, 340, 0, 'card').h;
    assert.equal(place(3, 340, own + 60, 'card').h, own + 60);
    assert.equal(place(3, 340, 900, 'card').h, own);
  });
});
