import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'array-iops-exceeded';
const array = (iops: number, disks = 'disks 10 x 1 TB raid 5 group 5 iops 90') => `array a {
  ${disks}
  datastore d { capacity 5 TiB }
}
vm v { datastore d; demand iops ${iops} reads 84 % }`;

// 900 raw, 84 % reads, RAID 5: 900 / (0.84 + 0.16 * 4) = 608.1
test('four fifths of what servers may ask for are silent, more is a warning, above it an error', () => {
  assert.deepEqual(said(rule, array(486)), []);
  assert.match(said(rule, array(487))[0] ?? '', /^warning: .*487 IOPS of 608 IOPS at 84 % reads, each write costing 4/);
  assert.match(said(rule, array(608))[0] ?? '', /^warning/);
  assert.match(said(rule, array(609))[0] ?? '', /^error/);
});

test('the limit that is stated counts before the disks', () => {
  assert.deepEqual(said(rule, array(609, 'disks 10 x 1 TB raid 5 iops 90; iops 5_000')), []);
  assert.equal(found(rule, array(609, 'iops 600'))[0]?.at.sentence.word, 'iops');
});

test('more disks come in whole groups', () => {
  assert.match(mended(rule, array(900)), /disks 20 x 1 TB raid 5 group 5 iops 90/);
});

test('a pool is judged by what lies on it', () => {
  const text = `array a {
  pool slow { disks 4 x 1 TB raid 10 iops 100; datastore s { capacity 1 TiB } }
  pool fast { disks 4 x 1 TB raid 10 iops 50_000; datastore f { capacity 1 TiB } }
}
vm v { datastore s; demand iops 900 reads 50 % }
vm w { datastore f; demand iops 900 reads 50 % }`;
  assert.match(said(rule, text).join('\n'), /^error: VMs ask slow for 337 %[^\n]*$/);
});

test('unknown disks answer nobody knows what', () => {
  assert.deepEqual(said(rule, array(9_000, 'usable 5 TiB')), []);
});
