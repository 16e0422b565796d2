import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'array-overfull';
const array = (used: number, rest = '') => `array a {
  usable 1000 GiB
  datastore d-[1..2] { capacity 900 GiB; thin; measured used ${used} GiB }
  ${rest}
}`;

test('three quarters are silent, more is a warning, beyond 85 % an error', () => {
  assert.deepEqual(said(rule, array(375)), []);
  assert.deepEqual(said(rule, array(376)), [
    'warning: a is 75.2 % full behind 2 thin datastores: 752 GiB of 1000 GiB. When it is full, all of them stop writing, whatever they show as free. Add disks, reclaim deleted blocks, or move VMs away.',
  ]);
  assert.match(said(rule, array(425))[0] ?? '', /^warning/);
  assert.match(said(rule, array(426))[0] ?? '', /^error/);
});

test('thick datastores take theirs away', () => {
  assert.deepEqual(said(rule, array(187, 'datastore thick { capacity 500 GiB }')), []);
  assert.match(said(rule, array(188, 'datastore thick { capacity 500 GiB }'))[0] ?? '', /376 GiB of 500 GiB/);
});

test('what was measured of the array counts before the sum', () => {
  assert.deepEqual(said(rule, array(500, 'measured used 700 GiB')), []);
  assert.match(said(rule, array(100, 'measured used 900 GiB'))[0] ?? '', /^error: .* 900 GiB of 1000 GiB/);
});

test('one datastore that says nothing leaves a lower bound', () => {
  const text = array(400).replace(
    'datastore d-[1..2]',
    'datastore other { capacity 1 TiB; thin }\n  datastore d-[1..2]',
  );
  assert.match(said(rule, text)[0] ?? '', /^warning: a is at least 80 % full/);
});

test('thick datastores alone have nothing to run out of', () => {
  assert.deepEqual(said(rule, array(450).replace(' thin;', '')), []);
  assert.deepEqual(said(rule, array(450).replace('usable 1000 GiB', 'protocol fc')), []);
});

test('more usable space mends it, and what thick datastores take stays theirs', () => {
  assert.match(mended(rule, array(376)), /usable 1002\.7 GiB/);
  assert.match(mended(rule, array(188, 'datastore thick { capacity 500 GiB }')), /usable 1001\.4 GiB/);
});

test('an array of disks gets more of them, in whole groups', () => {
  const disks = `array a {
  disks 10 x 1 TB raid 10 iops 150
  datastore d { capacity 4 TB; thin; measured used 4 TB }
}`;
  assert.match(mended(rule, disks), /disks 12 x 1 TB/);
});
