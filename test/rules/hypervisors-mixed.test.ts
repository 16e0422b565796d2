import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'hypervisors-mixed';
const plan = (first: string, second: string) => `cluster prod {
  host a-[1..2] { ${first} }
  host b { ${second} }
}`;

test('versions, products and builds', () => {
  assert.deepEqual(said(RULE, plan('hypervisor esxi 8.0', 'hypervisor esxi 7.0')), [
    'warning: prod runs ESXi 8.0 on 2 hosts and ESXi 7.0 on b: a VM made for the newer one may not start on the older, and features differ from host to host. Bring all hosts to one version.',
  ]);
  assert.match(said(RULE, plan('hypervisor esxi 8.0', 'hypervisor hyper-v 2022'))[0] ?? '', /running VMs cannot move/);
  assert.match(
    said(RULE, plan('hypervisor esxi 8.0 build 21', 'hypervisor esxi 8.0 build 20'))[0] ?? '',
    /^info: prod runs build 21 on 2 hosts and build 20 on b/,
  );
});

test('alike, or not stated', () => {
  assert.deepEqual(said(RULE, plan('hypervisor esxi 8.0', 'hypervisor esxi 8.0')), []);
  assert.deepEqual(said(RULE, plan('hypervisor esxi 8.0', 'hypervisor esxi')), []);
  assert.deepEqual(said(RULE, plan('hypervisor esxi 8.0 build 21', 'hypervisor esxi 8.0')), []);
  assert.deepEqual(said(RULE, plan('hypervisor esxi 8.0', 'memory 64 GiB')), []);
});

test('a host that is off does not count', () => {
  assert.deepEqual(said(RULE, plan('hypervisor esxi 8.0', 'hypervisor esxi 7.0; state maintenance')), []);
});
