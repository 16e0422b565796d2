import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'os-disk-too-small';
const vm = (os: string, disks: string) => `vm v { os ${os}; ${disks} }`;

test('what the vendor asks for is silent, less is mentioned', () => {
  assert.deepEqual(said(rule, vm('windows-server-2022', 'disk 32 GB')), []);
  assert.deepEqual(said(rule, vm('windows-server-2022', 'disk 31 GB')), [
    'info: The system disk of v has 28.9 GiB; Windows Server asks for 32 GB at least (recalled). It cannot be installed or updated there: make the disk larger, thin if space is short.',
  ]);
  assert.match(said(rule, vm('windows-vista', 'disk 14 GB'))[0] ?? '', /asks for 15 GB at least\./);
});

test('the disk of the system is judged, not those of data', () => {
  assert.deepEqual(said(rule, vm('windows-11', 'disk os 80 GB; disk scratch 10 GB')), []);
  assert.equal(said(rule, vm('windows-11', 'disk os 40 GB; disk data 900 GB')).length, 1);
  assert.deepEqual(said(rule, vm('windows-11', 'disk disk1 10 GB; disk disk2 900 GB')), []);
});

test('texts of inventories are read, and unknown systems are not judged', () => {
  assert.equal(said(rule, vm('"Microsoft Windows 10 (64-bit)"', 'disk 20 GB')).length, 1);
  assert.deepEqual(said(rule, vm('haiku', 'disk 1 GB')), []);
  assert.deepEqual(said(rule, 'vm v { disk 1 GB }'), []);
  assert.deepEqual(said(rule, 'vm v { os windows-11 }'), []);
});

test('the disk is made as large, in its unit', () => {
  assert.match(mended(rule, vm('windows-11', 'disk 40 GiB thin')), /disk 60 GiB thin/);
});

test('a policy may ask for more', () => {
  const text = `${vm('windows-11', 'disk 100 GB')}\npolicy { os-disk-too-small info 200 % }`;
  assert.equal(said(rule, text).length, 1);
});
