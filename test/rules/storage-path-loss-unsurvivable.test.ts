import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'storage-path-loss-unsurvivable';
const host = (mbps: number, paths = 'path hba1 to san-a; path hba2 to san-b') => `switch san-[a,b] { type fc }
array a { protocol fc; datastore d { capacity 10 TiB } }
host h { hba hba[1..4] 10 Gbps; ${paths}; runs v }
vm v { datastore d; demand throughput ${mbps} Mbps }`;

test('what one path carries is silent, more is not', () => {
  assert.deepEqual(said(rule, host(8_000)), []);
  assert.deepEqual(said(rule, host(8_100)), [
    'warning: Without san-a the storage paths of h carry 8 Gbps at best; its VMs move 8.1 Gbps, 101 % of that. Their disks slow down until it is back; use faster paths, or move VMs.',
  ]);
});

test('a fabric takes all its adapters with it', () => {
  const four = 'path hba[1,2] to san-a; path hba[3,4] to san-b';
  assert.deepEqual(said(rule, host(16_000, four)), []);
  assert.match(said(rule, host(17_000, four))[0] ?? '', /carry 16 Gbps/);
});

test('a single path, and an overload of all, are told by other rules', () => {
  assert.match(said(rule, host(16_000))[0] ?? '', /200 % of that/);
  assert.deepEqual(said(rule, host(16_001)), []);
  assert.deepEqual(said(rule, host(7_000, 'path hba1 to san-a')), []);
  assert.deepEqual(said(rule, host(17_000)), []);
});

test('traffic that is not stated is not judged', () => {
  assert.deepEqual(said(rule, host(9_000).replace('demand throughput 9000 Mbps', 'vcpu 2')), []);
});

test('faster adapters mend it', () => {
  assert.match(mended(rule, host(8_100)), /hba hba\[1\.\.4\] 16 Gbps/);
});
