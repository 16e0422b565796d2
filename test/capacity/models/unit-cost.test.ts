import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costByYear, furtherUnits } from '../../../server/src/capacity/models/cost-years.ts';
import { knownSum, shareTaken } from '../../../server/src/capacity/models/rack.ts';
import { costEach, costPart, marginalCost } from '../../../server/src/capacity/models/unit-cost.ts';

test('a cost is shared by equal things, and by none not at all', () => {
  assert.deepEqual(costEach({ once: 120, yearly: 12 }, 4), { once: 30, yearly: 3 });
  assert.deepEqual(costPart({ once: 120, yearly: 12 }, 3, 4), { once: 90, yearly: 9 });
  assert.equal(costEach({ once: 120, yearly: 12 }, 0), undefined);
  assert.equal(costEach(undefined, 4), undefined);
  assert.equal(costPart({ once: 1, yearly: 1 }, undefined, 4), undefined);
});

test('VMs cost nothing while there is room, and the one after it a whole step', () => {
  const step = { once: 10_000, yearly: 800 };
  assert.deepEqual(marginalCost(20, 20, 20, step), { once: 0, yearly: 0 });
  assert.deepEqual(marginalCost(21, 20, 20, step), step);
  assert.deepEqual(marginalCost(40, 20, 20, step), step);
  assert.deepEqual(marginalCost(41, 20, 20, step), { once: 20_000, yearly: 1_600 });
  assert.equal(marginalCost(1, undefined, 20, step), undefined);
  assert.equal(marginalCost(1, 0, 20, undefined), undefined);
  assert.equal(marginalCost(1, 0, 0, step), undefined);
});

test('cost by year: once when it comes, yearly while it is there', () => {
  const years = costByYear(
    [
      { amount: 100, isYearly: false, from: undefined, until: undefined },
      { amount: 10, isYearly: true, from: 2025, until: 2027 },
      { amount: 50, isYearly: false, from: 2028, until: undefined },
      { amount: 5, isYearly: true, from: 2028, until: undefined },
      { amount: 999, isYearly: false, from: undefined, until: 2025 },
    ],
    2026,
    4,
  );
  assert.deepEqual(years, [
    { year: 2026, once: 100, yearly: 10 },
    { year: 2027, once: 0, yearly: 10 },
    { year: 2028, once: 50, yearly: 5 },
    { year: 2029, once: 0, yearly: 5 },
  ]);
});

test('further units: none while there is room, a whole one for each part', () => {
  assert.equal(furtherUnits(100, 100, 50), 0);
  assert.equal(furtherUnits(101, 100, 50), 1);
  assert.equal(furtherUnits(150, 100, 50), 1);
  assert.equal(furtherUnits(151, 100, 50), 2);
  assert.equal(furtherUnits(101, 100, 0), undefined);
  assert.equal(furtherUnits(undefined, 100, 50), undefined);
});

test('a sum tells how much of it is unknown', () => {
  assert.deepEqual(knownSum([2, undefined, 4]), { value: 6, unknown: 1 });
  assert.equal(knownSum([undefined]), undefined);
  assert.equal(knownSum([]), undefined);
  assert.equal(shareTaken({ value: 21, unknown: 0 }, 42), 0.5);
  assert.equal(shareTaken({ value: 21, unknown: 0 }, 0), undefined);
  assert.equal(shareTaken(undefined, 42), undefined);
});
