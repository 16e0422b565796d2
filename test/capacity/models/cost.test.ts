import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  breakEvenMonths,
  costOver,
  costPer,
  costTotals,
  netPresentValue,
} from '../../../server/src/capacity/models/cost.ts';
import { near } from './near.ts';

describe('cost', () => {
  test('totals count what has no price', () => {
    const totals = costTotals([
      { amount: 18_500, isYearly: false },
      { amount: 900, isYearly: true },
      { amount: undefined, isYearly: true },
      { amount: 0, isYearly: false },
    ]);
    assert.deepEqual(totals, { capex: 18_500, opex: 900, unpriced: 1 });
    assert.equal(costOver(totals, 36), 21_200);
    assert.deepEqual(costTotals([]), { capex: 0, opex: 0, unpriced: 0 });
  });

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

  test('cost per unit', () => {
    assert.equal(costPer(1_000, 40), 25);
    assert.equal(costPer(1_000, 0), undefined);
    assert.equal(costPer(undefined, 40), undefined);
  });
});
