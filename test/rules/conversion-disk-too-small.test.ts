import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'conversion-disk-too-small';
const one = (planned: number) => `server old { disk data 900 GB used 500 GB }
vm new { replaces old; disk data ${planned} GB }`;

test('a fifth more than is used is silent, less is a warning, less than the data an error', () => {
  assert.deepEqual(said(rule, one(600)), []);
  assert.deepEqual(said(rule, one(599)), [
    'warning: Disk data of new has 557.9 GiB for 465.7 GiB that old uses. Logs, updates and growth fill the rest soon. Plan a larger disk, or clean up before the move.',
  ]);
  assert.match(said(rule, one(500))[0] ?? '', /^warning/);
  assert.match(said(rule, one(499))[0] ?? '', /^error: .* The data does not fit\./);
});

test('disks of other names are judged together', () => {
  const text = (size: number) => `server old { disk c 100 GB used 40 GB; disk d 900 GB used 460 GB }
vm new { replaces old; disk os 100 GB; disk data ${size} GB }`;
  assert.deepEqual(said(rule, text(500)), []);
  assert.match(said(rule, text(499))[0] ?? '', /^warning: The disks of new have/);
});

test('a server that does not say what it uses, and a VM without sizes, are not judged', () => {
  assert.deepEqual(said(rule, one(1).replace(' used 500 GB', '')), []);
  assert.deepEqual(said(rule, 'server old { disk data 900 GB used 500 GB }\nvm new { replaces old }'), []);
});

test('the disk is made large enough, in its unit', () => {
  assert.match(mended(rule, one(450)), /disk data 600 GB/);
  const range = `server old-[1..2] { disk 900 GB used 500 GB }
vm new-[1..2] { replaces each old-[1..2]; disk 0.4 TB }`;
  assert.match(mended(rule, range, 'Make it 1 TB, for all of this statement'), /disk 1 TB/);
  const shared = `${one(450).replace('vm new {', 'vm new : small {').replace('; disk data 450 GB', '')}
class vm small { disk data 450 GB }`;
  assert.deepEqual(found(rule, shared)[0]?.fixes(), []);
});
