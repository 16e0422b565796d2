import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const RULE = 'feature-relied-on-off';
const plan = (features: string, more = 'apart dc-[1..2] by host', hypervisor = 'esxi 8.0') => `cluster prod {
  hypervisor ${hypervisor}
  ${features}
  host h-1 { runs dc-1 }
  host h-2 { runs dc-2 }
}
vm dc-[1..2] { memory 8 GiB }
${more}`;

test('a rule that nothing carries out', () => {
  assert.deepEqual(said(RULE, plan('features live-migration')), [
    'info: 1 rule of where VMs of prod may run is carried out by balancing, which is off: a move by hand or a restart breaks it, and nothing mends it. Switch drs on.',
  ]);
  assert.deepEqual(said(RULE, plan('features live-migration\n  drs partial')), []);
});

test('platforms differ in what carries rules out', () => {
  assert.match(said(RULE, plan('features live-migration', undefined, 'proxmox 9.0'))[0] ?? '', /by high availability/);
  assert.deepEqual(said(RULE, plan('features ha', undefined, 'proxmox 9.0')), []);
  assert.deepEqual(said(RULE, plan('features live-migration', undefined, 'kvm')), []);
});

test('an edition without balancing leaves rules to people', () => {
  assert.deepEqual(said(RULE, plan('features live-migration', undefined, 'esxi 8.0 edition standard')), []);
  assert.equal(said(RULE, plan('features live-migration', undefined, 'esxi 8.0 edition enterprise-plus')).length, 1);
});

test('rules of racks, of VMs elsewhere, and clusters that state no features are left alone', () => {
  assert.deepEqual(said(RULE, plan('features live-migration', 'apart dc-[1..2] by rack should')), []);
  assert.deepEqual(said(RULE, plan('note "plain"')), []);
});

const reserved = 'amend vm dc-1 { reserve memory 4 GiB }';

test('memory that is reserved, and nothing is kept for a failure', () => {
  assert.match(
    said(RULE, plan('features ha; failover none', reserved))[0] ?? '',
    /^info: VMs on h-1 reserve memory, and prod/,
  );
  assert.deepEqual(said(RULE, plan('features ha; failover 1 host', reserved)), []);
  assert.deepEqual(said(RULE, plan('features ha; failover none', '')), []);
  assert.deepEqual(said(RULE, plan('features live-migration; failover none', reserved)), []);
});

test('the fix switches it on, where what it needs is there', () => {
  assert.equal(
    mended(RULE, plan('features live-migration\n  drs off')),
    plan('features live-migration\n  drs partial'),
  );
  assert.deepEqual(found(RULE, plan('features ha'))[0]?.fixes(), []);
  assert.match(mended(RULE, plan('features ha; failover none', reserved)), /features ha; failover 1 host/);
});
