import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'reservations-exceed-memory';
const host = (gib: number) => `host h { memory 64 GiB; system-memory 4 GiB; runs a, b }
vm a { memory 128 GiB; reserve memory ${gib} GiB }
vm b { memory 16 GiB }`;

test('all of it reserved is silent, one GiB more is an error', () => {
  assert.deepEqual(said(rule, host(60)), []);
  assert.deepEqual(said(rule, host(61)), [
    'error: VMs on h reserve 102 % of its memory: 61 GiB of 60 GiB. Not all of them can be started. Lower reservations, or move a VM away.',
  ]);
});

test('memory of the host that is not stated, and VMs that reserve none', () => {
  assert.deepEqual(said(rule, host(99).replace('memory 64 GiB; ', '')), []);
  assert.deepEqual(said(rule, host(99).replace('; reserve memory 99 GiB', '')), []);
});

test('ESXi needs some more for each VM that it starts', () => {
  const esxi = (gib: number) =>
    host(gib).replace('memory 64 GiB; system-memory 4 GiB', 'hypervisor esxi 8.0; memory 64 GiB');
  // 64 less 4 GiB, less 1.2 GiB kept free, less 1 and 0.1 GiB of overhead: 57.7 GiB.
  assert.deepEqual(said(rule, esxi(57.5).replace('vm a {', 'vm a { vcpu 1;').replace('vm b {', 'vm b { vcpu 1;')), []);
  assert.equal(
    said(rule, esxi(57.9).replace('vm a {', 'vm a { vcpu 1;').replace('vm b {', 'vm b { vcpu 1;')).length,
    1,
  );
});
