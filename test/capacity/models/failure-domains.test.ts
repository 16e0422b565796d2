import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { couldKeep, evenSpread, majorityOf, worstDomain } from '../../../server/src/capacity/models/failure-domains.ts';

describe('failure domains', () => {
  test('a majority is more than half', () => {
    assert.deepEqual([1, 2, 3, 4, 5].map(majorityOf), [1, 2, 2, 3, 3]);
  });

  test('an even spread leaves as few as possible on the fullest', () => {
    assert.deepEqual([evenSpread(4, 2), evenSpread(5, 2), evenSpread(3, 5), evenSpread(3, 0)], [2, 3, 1, undefined]);
  });

  test('the domain that takes most goes first', () => {
    const members = new Map([
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ]);
    assert.deepEqual(worstDomain(members), { domain: 'b', lost: 2, left: 3 });
    assert.equal(worstDomain(new Map()), undefined);
  });

  test('three votes survive over three domains, and never over two', () => {
    assert.equal(couldKeep(3, 2, 3), true);
    assert.equal(couldKeep(3, 2, 2), false);
    assert.equal(couldKeep(5, 3, 3), true);
  });

  test('no spread over two domains keeps a majority', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99 }), (n) => !couldKeep(n, majorityOf(n), 2)));
  });
});
