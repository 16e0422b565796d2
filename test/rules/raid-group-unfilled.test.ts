import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'raid-group-unfilled';
const array = (disks: string) => `array a { disks ${disks} }`;

test('whole groups are silent, one disk more is left over', () => {
  assert.deepEqual(said(rule, array('24 x 1 TB raid 6 group 12')), []);
  assert.deepEqual(said(rule, array('25 x 1 TB raid 6 group 12')), [
    'info: 1 of the 25 disks of a is in no RAID 6 group of 12 and holds nothing. State it as spares, or add disks for another group.',
  ]);
});

test('fewer disks than a group needs make none', () => {
  assert.match(said(rule, array('11 x 1 TB raid 6 group 12'))[0] ?? '', /^error: No RAID 6 group of 12 can be made/);
  assert.match(said(rule, array('2 x 1 TB raid 6'))[0] ?? '', /^error: No RAID 6 group can be made of the 2 disks/);
  assert.deepEqual(said(rule, array('3 x 1 TB raid 6')), []);
});

test('what is left over becomes spare', () => {
  assert.match(mended(rule, array('26 x 1 TB raid 5 group 8')), /group 8 spares 2 }/);
  assert.match(mended(rule, array('26 x 1 TB raid 5 group 8 spares 1')), /group 8 spares 2 }/);
});

test('each pool is asked once, for its own disks', () => {
  const pools = 'array a { pool p { disks 25 x 1 TB raid 6 group 12 }; pool q { disks 24 x 1 TB raid 6 group 12 } }';
  assert.match(said(rule, pools).join('\n'), /^info: 1 of the 25 disks of p [^\n]*$/);
});

test('unknown layouts are not judged', () => {
  assert.deepEqual(said(rule, array('25 x 1 TB')), []);
  assert.deepEqual(said(rule, array('25 x 1 TB raid 60')), []);
  assert.deepEqual(said(rule, array('6 x 1 TB replica 3')), []);
});
