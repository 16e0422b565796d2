import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'datastore-need-unmet';
const plan = (coming: number, store = 'measured used 400 GiB', from = '2027-02-01') => `design p { as-of 2026-11-22 }
array san {
  usable 4 TiB
  datastore gold { capacity 1000 GiB; ${store} }
}
vm new { from ${from}; disk ${coming} GiB on gold }`;

test('what is there and what comes fits with a fifth kept free; one GiB more does not', () => {
  assert.deepEqual(said(rule, plan(400)), []);
  assert.deepEqual(said(rule, plan(401)), [
    'warning: The plan puts 801 GiB on gold, 1 VM to come included; with that and 20 % kept free (assumed) it needs 1001.3 GiB of 1000 GiB. Plan disks for another datastore, or extend it.',
  ]);
  assert.match(said(rule, plan(600))[0] ?? '', /^warning/);
  assert.match(said(rule, plan(601))[0] ?? '', /^error/);
});

test('slack that is stated counts, and is held where nothing comes, too', () => {
  assert.deepEqual(said(rule, plan(500, 'measured used 400 GiB; slack 10 %')), []);
  const full = plan(1, 'measured used 899 GiB; slack 10 %').replace('2027-02-01', '2026-01-01; until 2026-02-01');
  assert.deepEqual(said(rule, full), []);
  assert.match(
    said(rule, full.replace('899', '901'))[0] ?? '',
    /901 GiB on gold; with that and 10 % kept free it needs/,
  );
});

test('disks that are written in the text and not yet measured count on block storage', () => {
  const written = (type: string) => `datastore gold { type ${type}; capacity 1000 GiB; measured used 100 GiB }
vm a { disk 900 GiB on gold }`;
  assert.equal(said(rule, written('vmfs')).length, 1);
  assert.deepEqual(said(rule, written('nfs')), []);
});

test('swap files and snapshots of VMs on ESXi are part of it', () => {
  const text = (memory: number) => `datastore gold { capacity 1000 GiB; measured used 100 GiB }
host h { hypervisor esxi; runs a }
vm a { memory ${memory} GiB; reserve memory 10 GiB; disk 600 GiB on gold; snapshot s 100 GiB }`;
  assert.deepEqual(said(rule, text(110)), []);
  assert.equal(said(rule, text(111)).length, 1);
});

test('how full it is today is the business of another rule', () => {
  assert.deepEqual(said(rule, 'datastore gold { capacity 1000 GiB }\nvm a { disk 990 GiB on gold }'), []);
});

test('without a capacity, or without anything on it, nothing is known', () => {
  assert.deepEqual(said(rule, plan(900).replace('capacity 1000 GiB; ', '')), []);
  assert.deepEqual(said(rule, 'datastore gold { capacity 1 GiB; slack 50 % }'), []);
  assert.deepEqual(
    said(rule, plan(900, 'type nfs; measured used 400 GiB').replace('as-of 2026-11-22', 'currency EUR')),
    [],
  );
});

test('it is extended to what is needed', () => {
  assert.match(mended(rule, plan(500)), /capacity 1125 GiB/);
});
