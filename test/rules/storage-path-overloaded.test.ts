import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'storage-path-overloaded';
const host = (
  mbps: number,
  more = { type: 'fc', protocol: 'fc', paths: 'path hba1 to san-a; path hba2 to san-b' },
) => `switch san-[a,b] { type ${more.type} }
array a { protocol ${more.protocol}; datastore d { capacity 10 TiB } }
host h { hba hba[1..2] 10 Gbps; ${more.paths}; runs v-[1..2] }
vm v-[1..2] { datastore d; demand throughput ${mbps} Mbps }`;

// 2 x 10 Gbps of Fibre Channel carry 16 Gbps of data.
test('seven tenths of the payload are silent, more is a warning, more than all an error', () => {
  assert.deepEqual(said(rule, host(5_600)), []);
  assert.deepEqual(said(rule, host(5_601)), [
    'warning: VMs on h move 70 % of what its 2 storage paths carry at best: 11.2 Gbps of 16 Gbps. Their disks wait for the cable; add paths, use faster ones, or move VMs.',
  ]);
  assert.match(said(rule, host(8_000))[0] ?? '', /^warning/);
  assert.match(said(rule, host(8_001))[0] ?? '', /^error/);
});

test('Ethernet loses a tenth to headers', () => {
  const ethernet = { type: 'ethernet', protocol: 'iscsi', paths: 'path hba1 to san-a; path hba2 to san-b' };
  assert.deepEqual(said(rule, host(6_300, ethernet)), []);
  assert.match(said(rule, host(6_301, ethernet))[0] ?? '', /of 18 Gbps/);
});

test('disks inside the host do not take a path', () => {
  assert.deepEqual(said(rule, host(9_000, { type: 'fc', protocol: 'local', paths: 'path hba1 to san-a' })), []);
});

test('VMs that do not say what they move leave a lower bound, or nothing', () => {
  const some = host(9_000)
    .replace('vm v-', 'amend vm v-1 { demand throughput 15 Gbps }\nvm v-')
    .replace('demand throughput 9000 Mbps', 'vcpu 2');
  assert.match(said(rule, some)[0] ?? '', /^warning: VMs on h move at least 93.8 %/);
  assert.deepEqual(said(rule, host(9_000).replace('demand throughput 9000 Mbps', 'vcpu 2')), []);
});

test('an adapter of unknown speed, and a path to something unknown, say nothing', () => {
  assert.deepEqual(said(rule, host(9_000).replace('hba hba[1..2] 10 Gbps', 'hba hba[1..2]')), []);
  assert.deepEqual(said(rule, host(9_000).replace('to san-b', 'to san-q')), []);
});

test('faster adapters mend it, of the next rate that is sold and lets one be lost', () => {
  assert.match(mended(rule, host(8_001)), /hba hba\[1\.\.2\] 32 Gbps/);
  const text = host(8_001).replace('host h {', 'class host big { hba hba[1..2] 10 Gbps }\nhost h : big {');
  assert.deepEqual(found(rule, text.replace('hba hba[1..2] 10 Gbps; path', 'path'))[0]?.fixes(), []);
});
