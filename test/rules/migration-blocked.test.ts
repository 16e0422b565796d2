import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'migration-blocked';
const plan = (vm: string, features = 'features live-migration', more = '') => `cluster prod {
  ${features}
  mount gold
  host esx-1 { datastore local { capacity 1 TiB }; runs gpu }
  host esx-2
}
datastore gold { capacity 1 TiB }
vm gpu { ${vm} }${more}`;

test('a device or a local disk binds a VM to its host', () => {
  assert.deepEqual(said(RULE, plan('devices usb, cd')), [
    'warning: gpu cannot leave esx-1 while it runs: a USB device of the host is connected. Mend that, or bind it on purpose: keep gpu on esx-1.',
  ]);
  assert.match(
    said(RULE, plan('datastore local', 'features ha'))[0] ?? '',
    /nor restart elsewhere .* only esx-1 reaches its disk/,
  );
});

test('a bond to cores is a hint, one to NUMA nodes is none', () => {
  assert.match(said(RULE, plan('pinned cpu'))[0] ?? '', /^info: /);
  assert.deepEqual(said(RULE, plan('pinned numa')), []);
});

test('nothing is said of shared disks, of VMs that are off, or where VMs do not move', () => {
  assert.deepEqual(said(RULE, plan('datastore gold; devices cd, vtpm')), []);
  assert.deepEqual(said(RULE, plan('devices usb; state off')), []);
  assert.deepEqual(said(RULE, plan('devices usb', 'drs off')), []);
});

test('disks that move along do not bind', () => {
  assert.deepEqual(said(RULE, plan('datastore local', 'features live-migration, shared-nothing')), []);
});

test('the fix says that it is on purpose', () => {
  const after = plan('devices usb').replace('cluster prod {\n', 'cluster prod {\n  keep gpu on esx-1\n');
  assert.equal(mended(RULE, plan('devices usb')), after);
});
