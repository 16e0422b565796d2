import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'cluster-over-maximum';
const plan = (hosts: string, hypervisor: string, more = '') => `cluster prod {
  ${hypervisor}
  host h-[${hosts}]
}${more}`;

test('as many hosts as are supported are in order, one more is not', () => {
  assert.deepEqual(said(RULE, plan('1..64', 'hypervisor hyper-v 2019')), []);
  assert.deepEqual(said(RULE, plan('1..65', 'hypervisor hyper-v 2019')), [
    'error: prod has 65 hosts; Hyper-V 2019 supports 64 in one cluster (verified). Beyond that nothing is tested, and support ends. Split it into two clusters.',
  ]);
});

test('running VMs count, those in the pool too', () => {
  const vms = (count: number) => `\nvm v-[1..${count}]\nruns v-* on prod`.replace('v-* ', `v-[1..${count}] `);
  assert.deepEqual(said(RULE, plan('1..20', 'hypervisor hyper-v 2022', vms(8000))), []);
  assert.match(said(RULE, plan('1..20', 'hypervisor hyper-v 2022', vms(8001)))[0] ?? '', /8001 running VMs/);
});

test('newer versions support more', () => {
  assert.equal(said(RULE, plan('1..96', 'hypervisor esxi 6.7')).length, 1);
  assert.deepEqual(said(RULE, plan('1..96', 'hypervisor esxi 8.0')), []);
});

test('nothing is said of unknown versions and platforms, or where no number is known', () => {
  assert.deepEqual(said(RULE, plan('1..500', 'hypervisor esxi')), []);
  assert.deepEqual(said(RULE, plan('1..500', 'hypervisor bhyve 14')), []);
  assert.deepEqual(said(RULE, plan('1..500', 'hypervisor proxmox 9.0')), []);
  assert.deepEqual(said(RULE, plan('1..500', 'note "bare"')), []);
});
