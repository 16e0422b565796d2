import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'array-usable-overstated';
const array = (usable: string) => `array a {
  disks 12 x 4 TB raid 6 iops 75
  usable ${usable}
}`;

test('one percent more than the disks make is silent, beyond it is told', () => {
  assert.deepEqual(said(rule, array('40.4 TB')), []);
  assert.deepEqual(said(rule, array('41 TB')), [
    'info: a states 37.3 TiB usable, its disks make 36.4 TiB after spares and parity. What is planned beyond that has no disks, unless compression makes up for it.',
  ]);
  assert.deepEqual(said(rule, array('20 TB')), []);
});

test('TB that were read as TiB are recognised', () => {
  assert.match(said(rule, array('40 TiB'))[0] ?? '', /: TB were read as TiB\./);
});

test('without the line it follows from the disks', () => {
  assert.equal(mended(rule, array('48 TB')), 'array a {\n  disks 12 x 4 TB raid 6 iops 75\n}');
});

test('unknown disks contradict nobody; a policy may allow for compression', () => {
  assert.deepEqual(said(rule, 'array a { usable 900 TB }'), []);
  assert.deepEqual(said(rule, 'array a { disks 12 x 4 TB; usable 900 TB }'), []);
  assert.deepEqual(said(rule, `${array('110 TB')}\npolicy { array-usable-overstated info 300 % }`), []);
});
