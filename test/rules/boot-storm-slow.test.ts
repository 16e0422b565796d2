import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'boot-storm-slow';
const cluster = (boot: string, iops = 'iops 3_000') => `array a { ${iops}; datastore d { capacity 4 TiB } }
cluster c { failover none; host h-[1..2]; boot ${boot} }
vm v-[1..40] { datastore d }`;

test('150 each where nothing is stated; as much as there is, is silent', () => {
  assert.deepEqual(said(rule, cluster('v-[1..20] within 15 min')), []);
  assert.deepEqual(said(rule, cluster('v-[1..21] within 15 min')), [
    'warning: 21 VMs that start together ask a for 105 % of what it can do at 65 % reads: 3150 IOPS of 3000 IOPS. Starting takes that much longer; start them in turns, or from flash.',
  ]);
});

test('what is stated counts', () => {
  assert.deepEqual(said(rule, cluster('v-* iops 75')), []);
  assert.equal(said(rule, cluster('v-* iops 76')).length, 1);
});

test('the mix of reads and writes decides what disks can do', () => {
  const disks = 'disks 20 x 1 TB raid 10 iops 200';
  assert.deepEqual(said(rule, cluster('v-* iops 90 reads 90 %', disks)), []);
  assert.equal(said(rule, cluster('v-* iops 90 reads 50 %', disks)).length, 1);
});

test('an array that does not say what it can do says nothing', () => {
  assert.deepEqual(said(rule, cluster('v-*', 'usable 9 TiB')), []);
});

test('what they read has to pass the ports in the time that is stated', () => {
  const ports = (data: string) =>
    cluster(`v-* within 10 min iops 1 data ${data}`, 'protocol iscsi; iops 9_000; ports 1 x 1 Gbps');
  // 40 x 1.6875 GB in 600 s are 900 Mbps.
  assert.deepEqual(said(rule, ports('1.6875 GB')), []);
  assert.deepEqual(said(rule, ports('1.7 GB')), [
    'warning: 40 VMs that start together ask a for 101 % of what its ports carry: 906.7 Mbps of 900 Mbps. Starting takes that much longer; start them in turns, or use faster ports.',
  ]);
  assert.deepEqual(said(rule, ports('9 GB').replace('; ports 1 x 1 Gbps', '')), []);
  assert.deepEqual(said(rule, ports('9 GB').replace(' within 10 min', '')), []);
});

test('as few turns as the array bears mend it, with the clauses of the one', () => {
  const after = mended(rule, cluster('v-[1..40] within 15 min iops 160'));
  assert.match(
    after,
    /boot v-\[1\.\.13\] within 15 min iops 160; boot v-\[14\.\.27\] within 15 min iops 160; boot v-\[28\.\.40\]/,
  );
});

test('where one VM alone is too much, no turns are offered', () => {
  assert.deepEqual(found(rule, cluster('v-[1..2] iops 4_000'))[0]?.fixes(), []);
});

test('templates and VMs that have had their day do not start', () => {
  const some = cluster('v-[1..21]');
  assert.equal(said(rule, some).length, 1);
  assert.deepEqual(said(rule, `${some}\namend vm v-1 { state template }`), []);
  assert.deepEqual(said(rule, `design d { as-of 2026-11-22 }\n${some}\namend vm v-1 { until 2026-11-21 }`), []);
});
