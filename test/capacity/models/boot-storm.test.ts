import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOOT_IOPS, bootRate, bootShare } from '../../../server/src/capacity/models/boot-storm.ts';
import { near } from './near.ts';

test('desktops that start together, against what the array can do', () => {
  assert.equal(bootShare(100, BOOT_IOPS, 15_000), 1);
  assert.equal(bootShare(200, BOOT_IOPS, 15_000), 2);
  assert.equal(bootShare(200, BOOT_IOPS, undefined), undefined);
  assert.equal(bootShare(200, BOOT_IOPS, 0), undefined);
});

test('what they have to read in a time', () => {
  near(bootRate(100, 1e9, 800), 1e9);
  assert.equal(bootRate(100, undefined, 800), undefined);
  assert.equal(bootRate(100, 1e9, undefined), undefined);
  assert.equal(bootRate(100, 1e9, 0), undefined);
});
