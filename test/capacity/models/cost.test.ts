import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { breakEvenMonths, netPresentValue } from '../../../server/src/capacity/models/cost.ts';
import { near } from './near.ts';

describe('cost', () => {
  test('break-even', () => {
    assert.equal(breakEvenMonths(36_000, 3_000, 2_000), 36);
    assert.equal(breakEvenMonths(0, 2_000, 3_000), 0);
    assert.equal(breakEvenMonths(36_000, 2_000, 2_000), Number.POSITIVE_INFINITY);
    assert.equal(breakEvenMonths(36_000, 2_000, 3_000), Number.POSITIVE_INFINITY);
    assert.equal(breakEvenMonths(undefined, 3_000, 2_000), undefined);
    assert.equal(breakEvenMonths(1, undefined, 2_000), undefined);
    assert.equal(breakEvenMonths(1, 3_000, undefined), undefined);
  });

  test('net present value', () => {
    assert.equal(netPresentValue(36_000, 1_000, 0, 36), 0);
    const monthly = Array.from({ length: 12 }, (_, i) => 100 / 1.1 ** ((i + 1) / 12)).reduce((a, b) => a + b, 0);
    near(netPresentValue(500, 100, 0.1, 12), monthly - 500);
    assert.equal(netPresentValue(500, 100, 0.1, 0), -500);
    assert.equal(netPresentValue(undefined, 100, 0.1, 12), undefined);
    assert.equal(netPresentValue(500, 100, undefined, 12), undefined);
  });
});
