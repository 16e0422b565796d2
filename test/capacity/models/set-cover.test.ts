import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { greedyCover } from '../../../server/src/capacity/models/set-cover.ts';

describe('set cover', () => {
  test('the set that adds most comes first, and none that adds nothing', () => {
    const sets = [new Set([1, 2]), new Set([2, 3, 4]), new Set([3, 4]), new Set([5])];
    assert.deepEqual(greedyCover(sets), { chosen: [1, 0, 3], covered: 5, largest: 3 });
  });

  test('nothing is covered by nothing', () => {
    assert.deepEqual(greedyCover([]), { chosen: [], covered: 0, largest: 0 });
    assert.deepEqual(greedyCover([new Set()]), { chosen: [], covered: 0, largest: 0 });
  });

  test('the chosen sets see what all of them see', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 12 }))), (lists) => {
        const { chosen, covered } = greedyCover(lists.map((list) => new Set(list)));
        assert.equal(covered, new Set(lists.flat()).size);
        assert.equal(new Set(chosen.flatMap((index) => lists[index] ?? [])).size, covered);
      }),
    );
  });
});
