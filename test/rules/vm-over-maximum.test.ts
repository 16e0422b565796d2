import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'vm-over-maximum';
const plan = (vm: string, hypervisor = 'hypervisor hyper-v 2019', runs = 'hv-1') => `cluster prod {
  ${hypervisor}
  host hv-1
}
vm db { ${vm} }
runs db on ${runs}`;

test('the most that is supported is in order, one more is not', () => {
  assert.deepEqual(said(RULE, plan('vcpu 240; memory 12 TiB')), []);
  assert.deepEqual(said(RULE, plan('vcpu 241')), [
    'error: db is to have 241 virtual CPUs; Hyper-V 2019 supports 240 virtual CPUs in one VM (verified). Make it smaller, spread its work over two, or choose a newer version.',
  ]);
  assert.match(said(RULE, plan('memory 12.1 TiB'))[0] ?? '', /12\.1 TiB of memory; .* supports 12 TiB of memory/);
});

test('disks and adapters count', () => {
  const nics = (count: number) => Array.from({ length: count }, () => 'nic').join('; ');
  assert.deepEqual(said(RULE, plan(nics(10), 'hypervisor esxi 8.0')), []);
  assert.match(
    said(RULE, plan(nics(11), 'hypervisor esxi 8.0'))[0] ?? '',
    /11 adapters; .* 10 adapters .* \(recalled\)/,
  );
});

test('a VM in the pool is judged by the hosts of the cluster', () => {
  assert.equal(said(RULE, plan('vcpu 300', undefined, 'prod')).length, 1);
});

test('nothing is said of unknown versions, or of VMs that run nowhere', () => {
  assert.deepEqual(said(RULE, plan('vcpu 5000', 'hypervisor hyper-v')), []);
  assert.deepEqual(said(RULE, plan('vcpu 5000', 'note "none"')), []);
  assert.deepEqual(said(RULE, 'host h { hypervisor hyper-v 2019 }\nvm db { vcpu 5000 }'), []);
});
