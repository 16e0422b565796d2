import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'io-heavy-on-slow-path';
const on = (hypervisor: string, vm: string) => `network lan
host h { hypervisor ${hypervisor}; tls-rate 1_000/s; runs a }
vm a { vcpu 4; ${vm} }`;

test('an emulated adapter of a busy VM; the fix is the paravirtual one of its hypervisor', () => {
  assert.deepEqual(said(rule, on('esxi 8.0', 'io-heavy; nic lan adapter e1000e')), [
    'warning: a is busy and has an emulated adapter, e1000e: each packet stops it several times and costs a core what the work itself would. Use vmxnet3, or sriov.',
  ]);
  assert.match(mended(rule, on('esxi 8.0', 'io-heavy; nic lan adapter e1000')), /adapter vmxnet3 \}/);
  assert.match(mended(rule, on('proxmox', 'io-heavy; nic lan adapter e1000')), /adapter virtio \}/);
  assert.match(mended(rule, on('hyper-v 2025', 'io-heavy; nic lan adapter legacy')), /adapter netvsc \}/);
  const unplaced = on('esxi 8.0', 'io-heavy; nic lan adapter e1000').replace('; runs a', '');
  assert.deepEqual(
    found(rule, unplaced).flatMap((finding) => finding.fixes()),
    [],
  );
});

test('a gigabit is busy, less is not; unknown and fast adapters are silent', () => {
  const net = (mbps: number) => on('esxi 8.0', `nic lan adapter e1000; demand net ${mbps} Mbps`);
  assert.deepEqual(said(rule, net(999)), []);
  assert.equal(said(rule, net(1_000)).length, 1);
  assert.deepEqual(said(rule, on('esxi 8.0', 'io-heavy; nic lan')), []);
  assert.deepEqual(said(rule, on('esxi 8.0', 'io-heavy; nic lan adapter sriov')), []);
});

test('a template and a VM that is gone are not busy', () => {
  const busy = on('esxi 8.0', 'io-heavy; nic lan adapter e1000');
  assert.equal(said(rule, busy).length, 1);
  assert.deepEqual(said(rule, busy.replace('io-heavy', 'state template; io-heavy')), []);
  assert.deepEqual(
    said(rule, `design d { as-of 2026-11-22 }\n${busy.replace('io-heavy', 'until 2026-01-01; io-heavy')}`),
    [],
  );
});

test('TLS: half of its cores is silent, more a warning, all of them an error', () => {
  const tls = (rate: number) => on('kvm', `demand tls ${rate}/s`);
  assert.deepEqual(said(rule, tls(2_000)), []);
  assert.deepEqual(said(rule, tls(2_400)), [
    'warning: a opens 2400 TLS connections a second, 1000 for a core of h: 2.4 cores, 60 % of its 4 vCPUs, before it does any work. End TLS on an ADC, or give it more vCPUs.',
  ]);
  assert.match(said(rule, tls(4_000))[0] ?? '', /^warning/);
  assert.match(said(rule, tls(4_001))[0] ?? '', /^error/);
  assert.deepEqual(said(rule, tls(4_001).replace('tls-rate 1_000/s; ', '')), []);
});

test('TLS that ends on an ADC costs the VM nothing', () => {
  const text = `${on('kvm', 'demand tls 4_001/s')}
adc lb { networks lan }
app shop { members a; vip 10.0.0.1 on lan via lb }`;
  assert.deepEqual(said(rule, text), []);
});
