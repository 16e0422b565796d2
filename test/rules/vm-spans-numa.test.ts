import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'vm-spans-numa';
const host = (vm: string, cpu = '2 x 16 cores') => `host h { cpu ${cpu}; memory 512 GiB; runs a }
vm a { ${vm} }`;

test('within a node, or split evenly, is silent', () => {
  assert.deepEqual(said(rule, host('vcpu 16; memory 256 GiB')), []);
  assert.deepEqual(said(rule, host('vcpu 24; memory 400 GiB')), []);
});

test('an uneven split is rounded up to an even one', () => {
  const text = host('vcpu 17; memory 64 GiB');
  assert.match(said(rule, text)[0] ?? '', /^warning: 17 vCPUs of a take 2 NUMA nodes of h with 16 cores each/);
  assert.match(mended(rule, text), /vcpu 18;/);
});

test('memory larger than a node on vCPUs of one', () => {
  assert.match(said(rule, host('vcpu 8; memory 257 GiB'))[0] ?? '', /257 GiB of memory, a NUMA node of h only 256 GiB/);
});

test('adding CPUs while running hides the nodes from a wide VM', () => {
  assert.match(said(rule, host('vcpu 24; hot-add cpu, memory'))[0] ?? '', /hides them from the guest/);
  assert.deepEqual(said(rule, host('vcpu 24; hot-add memory')), []);
});

test('one socket may hold several nodes; unknown sockets say nothing', () => {
  assert.match(said(rule, host('vcpu 9', '1 x 16 cores numa 2'))[0] ?? '', /take 2 NUMA nodes/);
  assert.deepEqual(said(rule, host('vcpu 9', '16 cores')), []);
});

test('a guest that is shown fewer sockets than it takes nodes', () => {
  const vm = (vcpu: string) =>
    `host h { cpu 2 x 16 cores; memory 512 GiB; runs a }\nvm a { vcpu ${vcpu}; memory 64 GiB }`;
  assert.deepEqual(said(rule, vm('20 sockets 2')), []);
  assert.deepEqual(said(rule, vm('20')), []);
  assert.deepEqual(said(rule, vm('16 sockets 1')), []);
  assert.deepEqual(said(rule, vm('20 sockets 1')), [
    'warning: 20 vCPUs of a take 2 NUMA nodes of h, and the guest is shown 1 socket: it does not know what is near. Show it 2 sockets, or a multiple.',
  ]);
  assert.match(mended(rule, vm('20 sockets 1')), /vcpu 20 sockets 2/);
});
