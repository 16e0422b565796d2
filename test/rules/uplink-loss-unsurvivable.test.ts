import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'uplink-loss-unsurvivable';
const host = (mbps: number, uplinks = 'uplink nic1, nic2') => `network lan
host h { nic nic[1..2] 1 Gbps; vswitch vs0 { ${uplinks}; carries lan }; runs a }
vm a { nic lan; demand net ${mbps} Mbps }`;

test('as much as one uplink carries is silent, more is not', () => {
  assert.deepEqual(said(rule, host(1000)), []);
  assert.deepEqual(said(rule, host(1001)), [
    'warning: When nic1 fails, 1 Gbps would have to share 1 Gbps of vs0 on h: 100 %. The redundancy holds only below 100 %; add an uplink, or move VMs away.',
  ]);
});

test('a standby uplink takes over whole', () => {
  assert.deepEqual(said(rule, host(900, 'uplink nic1; uplink nic2 standby')), []);
});

test('one uplink has no redundancy to lose', () => {
  assert.deepEqual(said(rule, host(900, 'uplink nic1')), []);
});

test('uplinks that are too small with all of them working are another matter', () => {
  assert.deepEqual(said(rule, host(2001)), []);
});
