import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'datastore-overpromised';
const store = (gib: number) => `array san { usable 4 TiB; datastore gold { capacity 1000 GiB } }
vm a-[1..2] { disk ${gib} GiB thin on gold used 10 GiB }`;

test('half as much again is silent, more is not', () => {
  assert.deepEqual(said(rule, store(750)), []);
  assert.deepEqual(said(rule, store(751)), [
    'warning: gold has promised 150 % of its space to 2 VMs: 1.47 TiB on 1000 GiB. It is 2 % full now. Ordinary growth can fill it for all of them. Spread the disks, extend it, or promise less.',
  ]);
});

test('it is extended until the promises are at the limit', () => {
  assert.match(mended(rule, store(900)), /capacity 1200 GiB/);
});

test('a datastore whose capacity is not stated says nothing', () => {
  assert.deepEqual(said(rule, store(900).replace('capacity 1000 GiB', 'type vmfs')), []);
});
