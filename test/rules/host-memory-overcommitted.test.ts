import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'host-memory-overcommitted';
const host = (gib: number, rest = '') => `host h { memory 64 GiB; system-memory 4 GiB; ${rest} runs a }
vm a { vcpu 1; memory ${gib} GiB }`;

test('memory that is promised once is silent, one GiB more is not', () => {
  assert.deepEqual(said(rule, host(60)), []);
  assert.deepEqual(said(rule, host(61)), [
    'warning: h has promised 102 % of its memory: 61 GiB to 1 VM, of 60 GiB usable. If they use it, VMs swap to disk; move some, or give them less.',
  ]);
});

test('a quarter more than there is, is an error', () => {
  assert.match(said(rule, host(75))[0] ?? '', /^warning/);
  assert.match(said(rule, host(76))[0] ?? '', /^error/);
});

test('ESXi needs memory for itself and for each VM', () => {
  assert.equal(said(rule, host(59, 'hypervisor esxi;')).length, 1);
});

test('unknown memory of the host is not zero', () => {
  assert.deepEqual(said(rule, 'host h { cpu 8 cores; runs a }\nvm a { memory 1 TiB }'), []);
});

test('a VM that is off takes none', () => {
  assert.deepEqual(said(rule, host(90).replace('vcpu 1', 'state off')), []);
});

test('a tenth too much is only a remark while a quarter of the memory is known to be free', () => {
  const calm = (
    memory: number,
    use: number,
  ) => `host esx-01 { memory 104 GiB; measured memory ${use} %; runs db-[1..4] }
vm db-[1..4] { memory ${memory} GiB }`;
  // 100 GiB are usable: 72 % of 104 GiB is just below three quarters of that, 73 % above.
  assert.match(said(rule, calm(27, 72))[0] ?? '', /^info: .* is in use now/);
  assert.match(said(rule, calm(27, 73))[0] ?? '', /^warning/);
  assert.match(said(rule, calm(28, 70))[0] ?? '', /^warning/);
  assert.match(said(rule, calm(27, 70).replace('measured memory 70 %; ', ''))[0] ?? '', /^warning/);
  assert.match(said(rule, `${calm(27, 70)}\npolicy { host-memory-overcommitted warn 101 % }`)[0] ?? '', /^warning/);
});
