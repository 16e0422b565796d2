import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'host-crowded';
const host = (vms: number, around = '', vm = '') => `cluster c {
  hypervisor esxi 8.0
  ${around}
  host h { runs a-[1..${vms}] }
}
vm a-[1..${vms}]${vm}`;

test('50 are silent, 51 a remark', () => {
  assert.deepEqual(said(rule, host(50)), []);
  assert.deepEqual(said(rule, host(51)), [
    'info: 51 VMs run on h, more than the 50 that should fail together: they stop with it and start again one after another. Spread them over more hosts, or set the limit that you bear in a policy.',
  ]);
});

test('above the maximum of the platform it is an error, where that is known', () => {
  assert.match(said(rule, host(1_024))[0] ?? '', /^info/);
  assert.match(said(rule, host(1_025))[0] ?? '', /^error: 1025 VMs run on h, its hypervisor runs 1024 at most/);
  assert.match(said(rule, host(1_025).replace('esxi 8.0', 'kvm'))[0] ?? '', /^info/);
});

test('desktops are many by design, up to the maximum', () => {
  assert.deepEqual(said(rule, host(300, 'workload vdi')), []);
  assert.deepEqual(said(rule, host(300, '', ' { workload vdi }')), []);
  assert.match(said(rule, host(1_025, 'workload vdi'))[0] ?? '', /^error/);
});

test('VMs that are off do not count; a policy sets another limit', () => {
  assert.deepEqual(said(rule, host(60, '', ' { state off }')), []);
  assert.match(said(rule, host(31, 'policy { host-crowded warn 30 }'))[0] ?? '', /^warning: .* the 30 that/);
});
