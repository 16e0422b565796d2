import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'storage-shares-uplinks';
interface More {
  readonly carries?: string;
  readonly cluster?: string;
  readonly limit?: string;
  readonly shaping?: string;
}
const host = (
  mbps: number,
  { carries = 'lan, live, nfs', cluster = '', limit = '', shaping = '' }: More = {},
) => `network lan
network live
network nfs
array filer { protocol nfs; datastore d { capacity 10 TiB } }
cluster c {
  ${cluster}
  host h {
    nic nic[1..2] 10 Gbps
    vswitch vs0 { uplink nic1, nic2; carries ${carries}${shaping} }
    service migration on live${limit}
    service storage on nfs
    runs v
  }
}
vm v { nic lan; datastore d; demand net 2 Gbps throughput ${mbps} Mbps }`;

test('all of it on the uplinks is silent, more is a warning', () => {
  assert.deepEqual(said(rule, host(8_000)), []);
  assert.deepEqual(said(rule, host(8_100)), [
    'warning: Storage of h shares vs0 with VMs and migration: 20.1 Gbps may be asked at once of 20 Gbps (2 Gbps + 8.1 Gbps + 10 Gbps). Then all disks over it are slow. Limit migration, use nioc, or give storage its own uplinks.',
  ]);
});

test('what is limited or controlled does not crowd it out', () => {
  assert.deepEqual(said(rule, host(9_000, { limit: ' limit 5 Gbps' })), []);
  assert.deepEqual(said(rule, host(9_000, { cluster: 'features nioc' })), []);
  assert.deepEqual(said(rule, host(9_000, { shaping: '; shaping 2 Gbps' })), []);
});

test('storage on a switch of its own shares nothing', () => {
  assert.deepEqual(said(rule, host(9_000, { carries: 'lan, live' })), []);
});

test('migration alone says nothing of the wire, nor does an unknown one', () => {
  assert.deepEqual(said(rule, host(9_000).replace('demand net 2 Gbps throughput 9000 Mbps', 'vcpu 2')), []);
  assert.deepEqual(said(rule, host(9_000).replace('nic nic[1..2] 10 Gbps', 'nic nic[1..2]')), []);
});

test('a limit on migration mends it', () => {
  assert.match(mended(rule, host(9_000)), /service migration on live limit 9 Gbps\n/);
  assert.match(mended(rule, host(9_000, { limit: ' limit 9500 Mbps' })), /service migration on live limit 9 Gbps\n/);
});

test('a policy may allow more', () => {
  assert.deepEqual(said(rule, `${host(9_000)}\npolicy { storage-shares-uplinks warn 120 % }`), []);
});
