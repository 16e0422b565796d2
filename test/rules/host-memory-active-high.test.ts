import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'host-memory-active-high';
const host = (gib: number) => `host h { memory 104 GiB; system-memory 4 GiB; runs a }
vm a { memory 200 GiB; demand active ${gib} GiB }`;

test('three quarters are silent, one GiB more is a warning, above nine tenths an error', () => {
  assert.deepEqual(said(rule, host(75)), []);
  assert.deepEqual(said(rule, host(76)), [
    'warning: 76 % of the memory of h is in use: 76 GiB of 100 GiB. What does not fit is swapped to disk. Move VMs to a host with free memory, or add RAM.',
  ]);
  assert.match(said(rule, host(91))[0] ?? '', /^error/);
});

test('what was measured on the host counts where VMs state nothing', () => {
  const measured = (share: number) => `host h { memory 104 GiB; measured memory ${share} %; runs a }
vm a { memory 8 GiB }`;
  assert.deepEqual(said(rule, measured(72)), []);
  assert.equal(said(rule, measured(73)).length, 1);
});

test('configured memory is not memory in use', () => {
  assert.deepEqual(said(rule, 'host h { memory 64 GiB; runs a }\nvm a { memory 64 GiB }'), []);
});
