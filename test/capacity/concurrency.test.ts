import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concurrencyOf } from '../../server/src/capacity/platforms/concurrency.ts';

test('vSphere moves 4 at once on 1 Gbps and 8 on 10 Gbps, and 8 disks at once for a datastore', () => {
  const esxi = concurrencyOf('esxi');
  assert.equal(esxi?.live(1e9), 4);
  assert.equal(esxi?.live(10e9), 8);
  assert.equal(esxi?.live(undefined), undefined);
  assert.equal(esxi?.storagePerDatastore, 8);
});

test('an unknown platform has no known limit', () => {
  assert.equal(concurrencyOf('bhyve'), undefined);
  assert.equal(concurrencyOf(undefined), undefined);
});
