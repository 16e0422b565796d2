import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'array-ports-overloaded';
const array = (mbps: number, ports = 'ports 2 x 10 Gbps') => `array a {
  protocol iscsi
  ${ports}
  datastore d { capacity 10 TiB }
}
vm v-[1..2] { datastore d; demand throughput ${mbps} Mbps }`;

test('seven tenths are silent, more is a warning, more than all an error', () => {
  assert.deepEqual(said(rule, array(6_300)), []);
  assert.deepEqual(said(rule, array(6_400)), [
    'warning: VMs move 71.1 % of what the ports of a carry at best: 12.8 Gbps of 18 Gbps. All hosts wait there, however fast the disks are; use more or faster ports, or move VMs to another array.',
  ]);
  assert.match(said(rule, array(9_000))[0] ?? '', /^warning/);
  assert.match(said(rule, array(9_001))[0] ?? '', /^error/);
});

test('more ports of the same kind mend it; where there are two kinds, nobody chooses', () => {
  assert.match(mended(rule, array(6_400)), /ports 3 x 10 Gbps/);
  assert.deepEqual(found(rule, array(20_000, 'ports 2 x 10 Gbps; ports 1 x 1 Gbps'))[0]?.fixes(), []);
});

test('without ports, and without traffic, nothing is known', () => {
  assert.deepEqual(said(rule, array(90_000, 'usable 9 TiB')), []);
  assert.deepEqual(said(rule, array(9_000).replace('demand throughput 9000 Mbps', 'vcpu 2')), []);
});

test('VMs that are off move nothing', () => {
  assert.deepEqual(said(rule, array(9_001).replace('datastore d; demand', 'state off; datastore d; demand')), []);
});
