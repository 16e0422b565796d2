import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { overcommit, plannedDiskSize, plannedNeed, swapSize } from '../../../server/src/capacity/models/thin.ts';

describe('space', () => {
  test('overcommit', () => {
    assert.equal(overcommit([300, 300], 400), 1.5);
    assert.equal(overcommit([], 400), 0);
    assert.equal(overcommit([300, undefined], 400), undefined);
    assert.equal(overcommit([300], undefined), undefined);
    assert.equal(overcommit([300], 0), undefined);
  });

  test('a thin disk takes what it is expected to fill, a thick one all', () => {
    assert.equal(plannedDiskSize({ size: 200, isThin: true, expected: 80 }), 80);
    assert.equal(plannedDiskSize({ size: 200, isThin: true, expected: 300 }), 200);
    assert.equal(plannedDiskSize({ size: 200, isThin: true }), 200);
    assert.equal(plannedDiskSize({ size: 200, isThin: false, expected: 80 }), 200);
    assert.equal(plannedDiskSize({ size: undefined, isThin: false }), undefined);
  });

  test('a swap file is what is not reserved', () => {
    assert.equal(swapSize(16, 4), 12);
    assert.equal(swapSize(16, 20), 0);
    assert.equal(swapSize(16, undefined), undefined);
  });

  test('a plan needs slack', () => {
    assert.equal(plannedNeed([600, 200], 0.2), 1000);
    assert.equal(plannedNeed([], 0.2), 0);
    assert.equal(plannedNeed([600, undefined], 0.2), undefined);
    assert.equal(plannedNeed([600], undefined), undefined);
    assert.equal(plannedNeed([600], 1), undefined);
  });
});
