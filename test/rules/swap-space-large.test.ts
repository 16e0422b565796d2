import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'swap-space-large';
const text = (memory: number, hypervisor = 'hypervisor esxi 8.0', more = '') => `datastore gold { capacity 1000 GiB }
host h { ${hypervisor}; runs v }
vm v { memory ${memory} GiB; disk 10 GiB on gold${more} }`;

test('fifteen percent are silent, one GiB more is worth a word', () => {
  assert.deepEqual(said(rule, text(150)), []);
  assert.deepEqual(said(rule, text(151)), [
    'info: Swap files of running VMs take 151 GiB of gold, 15.1 % of it, and are hardly ever read. Reserve memory for the largest VMs, or keep swap files on storage that is cheap and not replicated.',
  ]);
});

test('what is reserved needs no swap', () => {
  assert.deepEqual(said(rule, text(250, undefined, '; reserve memory 100 GiB')), []);
});

test('VMs that are off, and those of other or unknown hypervisors, have none', () => {
  assert.deepEqual(said(rule, text(900, undefined, '; state off')), []);
  assert.deepEqual(said(rule, text(900, 'hypervisor kvm')), []);
  assert.deepEqual(said(rule, text(900, 'note "?"')), []);
  assert.deepEqual(said(rule, text(900).replace('runs v', 'note "empty"')), []);
});

test('a policy may allow more', () => {
  assert.deepEqual(said(rule, `${text(400)}\npolicy { swap-space-large info 50 % }`), []);
});
