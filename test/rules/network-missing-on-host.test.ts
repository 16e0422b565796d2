import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'network-missing-on-host';
const plan = (second: string, features = 'features ha', runs = 'esx-1') => `network web
network app
cluster prod {
  ${features}
  host esx-1 { vswitch vs0 { carries web, app } }
  host esx-2 { ${second} }
}
vm shop { nic app }
runs shop on ${runs}`;

test('a host without the network is no place for the VM', () => {
  assert.deepEqual(said(RULE, plan('vswitch vs0 { carries web }')), [
    'warning: esx-2 does not carry app, so 1 VM of the cluster (shop) cannot move there and would be cut off after a restart. Carry app there.',
  ]);
});

test('a VM on such a host is cut off now', () => {
  assert.match(
    said(RULE, plan('vswitch vs0 { carries web }', '', 'esx-2'))[0] ?? '',
    /^error: shop on esx-2 is on app, which no/,
  );
});

test('nothing is said where VMs do not move, or the host states nothing it carries', () => {
  assert.deepEqual(said(RULE, plan('vswitch vs0 { carries web }', 'drs off')), []);
  assert.deepEqual(said(RULE, plan('memory 1 GiB')), []);
  assert.deepEqual(said(RULE, plan('vswitch vs0 { carries web, ap }')), []);
  assert.deepEqual(said(RULE, plan('vswitch vs0 { carries web }; state off')), []);
});

test('the fix carries the network', () => {
  assert.equal(mended(RULE, plan('vswitch vs0 { carries web }')), plan('vswitch vs0 { carries web, app }'));
});
