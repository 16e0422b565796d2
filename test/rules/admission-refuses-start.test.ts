import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'admission-refuses-start';

/** The worked example of VMware: 9 GHz and 9 GB, 9 and 6, 6 and 6; its five VMs make slots of 2 GHz and 2 GB. */
const vmware = (failover: string) => `cluster c {
  hypervisor kvm
  failover ${failover}
  host h-1 { cpu 1 x 9 cores 1 GHz; memory 9 GB; system-memory 0 GB }
  host h-2 { cpu 1 x 9 cores 1 GHz; memory 6 GB; system-memory 0 GB }
  host h-3 { cpu 1 x 6 cores 1 GHz; memory 6 GB; system-memory 0 GB }
  runs a-[1..2], b, c-[1..2]
}
vm a-[1..2] { memory 1 GB; reserve cpu 2 GHz memory 1 GB }
vm b { memory 2 GB; reserve cpu 1 GHz memory 2 GB }
vm c-[1..2] { memory 1 GB; reserve cpu 1 GHz memory 1 GB }`;

test('by slots: the example bears the loss of one host, and not of two', () => {
  assert.deepEqual(said(rule, vmware('1 host by slots')), []);
  assert.deepEqual(said(rule, vmware('2 hosts by slots')), [
    'error: c has 10 slots of 2 GHz and 1.86 GiB, its VMs take 5: it bears the loss of 1, not 2 hosts, and HA refuses to start more. Cap the slot, lower the largest reservation, or add a host.',
  ]);
});

test('by slots: fewer than there are VMs, and no host at all', () => {
  const one = vmware('1 host by slots').replace(/ {2}host h-[23].*\n/g, '');
  assert.deepEqual(said(rule, one), [
    'error: c has 4 slots of 2 GHz and 1.86 GiB, its VMs take 5: not all of them start even while every host is up, and HA refuses to start more. Cap the slot, lower the largest reservation, or add a host.',
  ]);
  assert.deepEqual(said(rule, one.replace('host h-1 {', 'host h-1 { state off;')), []);
});

test('by a share: 70.8 % of its CPU and 71.4 % of its memory are not reserved', () => {
  assert.deepEqual(said(rule, vmware('70 % by percent')), []);
  assert.deepEqual(said(rule, vmware('71 % by percent')), [
    'error: HA keeps 71 % of the CPU of c for a failure, but reservations leave only 70.8 %: it refuses to start VMs. Lower reservations, or add a host.',
  ]);
  const memory = vmware('71.43 % by percent').replaceAll('cpu 2 GHz', 'cpu 1 GHz');
  assert.match(said(rule, memory)[0] ?? '', /of the memory of c for a failure, but reservations leave only 71\.4 %/);
});

test('by a share of the hosts that may fail: exactly enough is enough', () => {
  const equal = (gib: number) => `cluster c {
  failover 1 host by percent
  host h-[1..4] { memory 20 GiB; system-memory 4 GiB }
  runs a
}
vm a { memory 64 GiB; reserve memory ${gib} GiB }`;
  assert.deepEqual(said(rule, equal(48)), []);
  assert.match(said(rule, equal(49))[0] ?? '', /HA keeps 25 % of the memory of c .* leave only 23\.4 %/);
});

test('one large reservation makes every slot large; the fix caps the slot', () => {
  const text = `cluster c {
  failover 1 host by slots
  host h-[1..3] { cpu 8 cores 2 GHz; memory 68 GiB; system-memory 4 GiB }
  runs big, small-[1..7]
}
vm big { memory 48 GiB; reserve memory 20 GiB }
vm small-[1..7] { memory 4 GiB; reserve memory 2 GiB }`;
  assert.match(said(rule, text)[0] ?? '', /9 slots of 32 MHz and 20 GiB, its VMs take 8/);
  assert.match(mended(rule, text), /failover 1 host by slots slot-memory 2 GiB\n/);
});

test('other ways to keep room, and unknown sizes, are silent', () => {
  assert.deepEqual(said(rule, vmware('2 hosts')), []);
  assert.deepEqual(said(rule, vmware('2 hosts by demand')), []);
  assert.deepEqual(said(rule, vmware('none')), []);
  assert.deepEqual(said(rule, vmware('2 hosts by slots').replace('memory 9 GB;', '')), []);
  assert.deepEqual(said(rule, vmware('90 % by slots')), []);
});

test('where HA counts reservations, VMs that would starve are a warning', () => {
  const full = (by: string) => `cluster c {
  failover 1 host${by}
  host h-[1..2] { cpu 8 cores 2 GHz; memory 64 GiB }
}
vm a-[1..4] { memory 24 GiB }
runs a-[1..2] on h-1
runs a-[3..4] on h-2`;
  assert.match(said('failover-not-absorbed', full(''))[0] ?? '', /^error/);
  assert.match(said('failover-not-absorbed', full(' by percent'))[0] ?? '', /^warning/);
  assert.deepEqual(said(rule, full(' by percent')), []);
});
