import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'fabric-oversubscribed';
const fabric = (hosts: number, uplink = 'uplink 2 x 40 Gbps to core', port = 'uplink nic1 to tor') => `switch core
switch tor { ${uplink} }
host h-[1..${hosts}] { nic nic[1..2] 10 Gbps; vswitch vs0 { ${port} } }`;

test('four to one is silent, more is not; the fix adds uplinks', () => {
  assert.deepEqual(said(rule, fabric(32)), []);
  assert.deepEqual(said(rule, fabric(33)), [
    'warning: tor is oversubscribed 4.13:1: 330 Gbps towards 33 hosts, 80 Gbps towards the core; 4:1 is usual. Moves and backups between racks wait for each other. Add uplinks, or keep what talks much in one rack.',
  ]);
  assert.match(mended(rule, fabric(33)), /uplink 3 x 40 Gbps to core/);
});

test('uplinks of several speeds add up; a standby link carries nothing', () => {
  assert.deepEqual(said(rule, fabric(34, 'uplink 2 x 40 Gbps to core; uplink 1 x 10 Gbps to core')), []);
  assert.deepEqual(said(rule, fabric(20, undefined, 'uplink nic1 to tor; uplink nic2 to tor standby')), []);
  assert.equal(said(rule, fabric(20, undefined, 'uplink nic1 to tor; uplink nic2 to tor')).length, 1);
});

test('storage paths count on a fabric, too', () => {
  const text = (hosts: number) => `switch core { type fc }
switch san { type fc; uplink 1 x 32 Gbps to core }
host h-[1..${hosts}] { hba hba1 16 Gbps; path hba1 to san }`;
  assert.deepEqual(said(rule, text(8)), []);
  assert.match(said(rule, text(9))[0] ?? '', /^warning: san is oversubscribed 4\.5:1/);
});

test('a switch without uplinks, one without hosts, and unknown rates are silent', () => {
  assert.deepEqual(said(rule, fabric(99, 'ports 48 x 10 Gbps')), []);
  assert.deepEqual(said(rule, fabric(99, undefined, 'uplink nic1')), []);
  assert.deepEqual(said(rule, fabric(99).replace('nic nic[1..2] 10 Gbps', 'nic nic[1..2]')), []);
});

test('a policy sets the ratio', () => {
  assert.match(said(rule, `${fabric(9)}\npolicy { fabric-oversubscribed warn 1 }`)[0] ?? '', /1:1 is usual/);
});
