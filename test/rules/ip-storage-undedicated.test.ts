import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'ip-storage-undedicated';
const host = (network: string, rate = '10 Gbps', protocol = 'nfs', more = '') => `network lan
network nfs
array filer { protocol ${protocol}; datastore d { capacity 10 TiB } }
host h {
  nic nic1 ${rate}
  vswitch vs0 { uplink nic1; carries lan, nfs }
  service storage on ${network}
  ${more}
  mount d
  runs v
}
vm v { nic lan }`;

test('a network of its own on a fast uplink is silent', () => {
  assert.deepEqual(said(rule, host('nfs')), []);
  assert.deepEqual(said(rule, host('nfs', '2.5 Gbps')), []);
});

test('VMs, management and slow uplinks are bad company', () => {
  assert.deepEqual(said(rule, host('lan')), [
    'info: Storage of h shares lan with 1 VM: what happens there is felt as slow disks by every VM of the host. Give it a network of its own.',
  ]);
  assert.match(
    said(rule, host('nfs', '10 Gbps', 'nfs', 'service management on nfs'))[0] ?? '',
    /shares nfs with management/,
  );
  assert.match(said(rule, host('nfs', '1 Gbps'))[0] ?? '', /goes over 1 Gbps: .* Use faster uplinks for it\./);
  assert.match(said(rule, host('lan', '1 Gbps'))[0] ?? '', /shares lan with 1 VM and goes over 1 Gbps/);
});

test('Fibre Channel, and storage whose way is not stated, are not judged', () => {
  assert.deepEqual(said(rule, host('lan', '1 Gbps', 'fc')), []);
  assert.deepEqual(said(rule, host('lan', '1 Gbps').replace('service storage on lan', 'note "?"')), []);
  assert.deepEqual(said(rule, host('nfs', '')), []);
});

test('a policy may ask for more', () => {
  assert.equal(said(rule, `${host('nfs')}\npolicy { ip-storage-undedicated info 25 Gbps }`).length, 1);
});

test('a network that nothing else uses is taken, where the switch carries one', () => {
  assert.match(mended(rule, host('lan')), /service storage on nfs/);
  assert.deepEqual(found(rule, host('lan').replace('carries lan, nfs', 'carries lan'))[0]?.fixes(), []);
  assert.deepEqual(found(rule, host('lan', '1 Gbps'))[0]?.fixes(), []);
});
