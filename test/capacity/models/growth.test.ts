import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  compoundPerMonth,
  monthsUntil,
  monthsUntilOver,
  sumAfter,
  valueAfter,
} from '../../../server/src/capacity/models/growth.ts';
import { near } from './near.ts';

const linear = (perMonth: number) => ({ kind: 'linear', perMonth }) as const;
const compound = (perMonth: number) => ({ kind: 'compound', perMonth }) as const;

describe('growth', () => {
  test('by an amount and by a share', () => {
    assert.equal(valueAfter(100, linear(5), 12), 160);
    near(valueAfter(100, compound(0.02), 36), 203.988734);
    assert.equal(valueAfter(100, compound(0.02), 0), 100);
    near(valueAfter(100, compound(-0.1), 2), 81);
  });

  test('until a limit', () => {
    assert.equal(monthsUntil(60, 85, linear(2.5)), 10);
    near(monthsUntil(100, 200, compound(0.02)), 35.002788);
  });

  test('exactly at the limit, and beyond it, is now', () => {
    assert.equal(monthsUntil(85, 85, linear(1)), 0);
    assert.equal(monthsUntil(90, 85, compound(-0.1)), 0);
  });

  test('what does not grow never gets there', () => {
    assert.equal(monthsUntil(60, 85, linear(0)), Number.POSITIVE_INFINITY);
    assert.equal(monthsUntil(60, 85, compound(-0.01)), Number.POSITIVE_INFINITY);
    assert.equal(monthsUntil(0, 85, compound(0.02)), Number.POSITIVE_INFINITY);
  });

  test('the two are inverse', () => {
    fc.assert(
      fc.property(fc.constantFrom(linear, compound), fc.double({ min: 0.001, max: 0.5, noNaN: true }), (make, rate) => {
        const growth = make(rate);
        near(valueAfter(10, growth, monthsUntil(10, 25, growth)), 25);
      }),
    );
  });

  test('a share per year as one per month', () => {
    near((1 + compoundPerMonth(0.24, 12)) ** 12, 1.24);
    near(compoundPerMonth(0.02, 1), 0.02);
  });

  test('unknown in, unknown out', () => {
    assert.equal(valueAfter(undefined, linear(1), 1), undefined);
    assert.equal(valueAfter(1, undefined, 1), undefined);
    assert.equal(valueAfter(1, linear(1), undefined), undefined);
    assert.equal(monthsUntil(undefined, 1, linear(1)), undefined);
    assert.equal(monthsUntil(1, undefined, linear(1)), undefined);
    assert.equal(monthsUntil(1, 2, undefined), undefined);
  });
});

describe('a sum of parts that grow', () => {
  const parts = [
    { base: 100, each: compound(0.02), count: linear(0.1) },
    { base: 50, each: linear(5), count: undefined },
    { base: 10, each: undefined, count: compound(-0.5) },
  ];

  test('what each asks for, times how many there are', () => {
    near(sumAfter(parts, 0), 160);
    near(sumAfter(parts, 10), 100 * 1.02 ** 10 * 2 + 100 + 10 * 0.5 ** 10);
    assert.equal(sumAfter([{ base: 10, each: linear(-3), count: undefined }], 9), 0);
  });

  test('their number may have grown for longer than they were looked at', () => {
    near(sumAfter([{ base: 100, each: compound(0.02), count: linear(0.1) }], 10, 5), 100 * 1.02 ** 10 * 2.5);
  });

  test('exactly full is not over; what is over now is at 0; what stays below is never', () => {
    const at = (months: number) => 100 + months;
    assert.equal(monthsUntilOver(at, 110, 10), undefined);
    near(monthsUntilOver(at, 110, 11), 10, 1e-2);
    assert.equal(monthsUntilOver(at, 99, 11), 0);
    assert.equal(monthsUntilOver(at, 100, 0), undefined);
    assert.equal(
      monthsUntilOver(() => 1, 2, 1_000),
      undefined,
    );
  });
});
