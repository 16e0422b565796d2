import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, said } from './checking.ts';

const host = (vcpus: number, rest = '', workload = '') => `cluster c {
  ${workload}
  host esx-01 { cpu 2 x 8 cores; ${rest} runs a, b }
}
vm a { vcpu ${vcpus - 1} }
vm b { vcpu 1 }`;

const rule = 'vcpu-ratio-high';

test('exactly the usual ratio is silent, one vCPU more is not', () => {
  assert.deepEqual(said(rule, host(64)), []);
  assert.match(said(rule, host(65))[0] ?? '', /^warning: esx-01 is oversubscribed: 4\.063 vCPU per core \(65 on 16\)/);
});

test('the usual ratio is that of the work of the cluster', () => {
  assert.deepEqual(said(rule, host(128, '', 'workload vdi')), []);
  assert.match(said(rule, host(129, '', 'workload vdi'))[0] ?? '', /8 are usual for desktops/);
  assert.match(said(rule, host(33, '', 'workload critical'))[0] ?? '', /2 are usual for critical work/);
});

test('a VM that states its own work counts by it', () => {
  const mixed = (desktops: number) => `host esx-01 { cpu 1 x 10 cores; runs srv, d }
vm srv { vcpu 20 }
vm d { vcpu ${desktops}; workload vdi }`;
  assert.deepEqual(said(rule, mixed(40)), []);
  assert.match(said(rule, mixed(41))[0] ?? '', /this mix of work/);
});

test('above the maximum of the platform it is an error', () => {
  assert.match(said(rule, host(512))[0] ?? '', /^warning/);
  assert.match(said(rule, host(513))[0] ?? '', /^error: .* 32 are the most the platform allows/);
});

test('reserved cores carry nothing', () => {
  assert.deepEqual(said(rule, host(60, 'reserved-cores 1;')), []);
  assert.equal(said(rule, host(61, 'reserved-cores 1;')).length, 1);
});

test('a policy sets the limit whatever the work', () => {
  const policy = 'workload vdi; policy { vcpu-ratio-high warn 4 }';
  assert.match(said(rule, host(65, '', policy))[0] ?? '', /4 are usual/);
});

test('without cores nothing is said', () => {
  assert.deepEqual(found(rule, 'host esx-01 { memory 64 GiB; runs a }\nvm a { vcpu 64 }'), []);
});

test('a host that is less than half busy and not far above the usual is only worth a remark', () => {
  const calm = (vcpus: number, cpu: number) =>
    host(vcpus, `measured cpu ${cpu} %;`).replace('8 cores', '8 cores 2 GHz');
  assert.match(said(rule, calm(96, 49))[0] ?? '', /^info: .* At 49 % CPU use it shows at peaks/);
  assert.match(said(rule, calm(97, 49))[0] ?? '', /^warning/);
  assert.match(said(rule, calm(96, 51))[0] ?? '', /^warning/);
  // The worst host of a known estate: 142 vCPU on 16 cores at 26 %.
  assert.match(said(rule, calm(142, 26))[0] ?? '', /^warning: .* 8\.875 vCPU per core \(142 on 16\)/);
});

test('moving helps where other hosts have room; where the cluster is full, that is said once for all', () => {
  const two = (other: number) => `cluster c {
  host h-1 { cpu 1 x 8 cores; runs a }
  host h-2 { cpu 1 x 8 cores; runs b }
}
vm a { vcpu 40 }
vm b { vcpu ${other} }`;
  assert.match(said(rule, two(8))[0] ?? '', /or move some to a host with room\.$/);
  assert.deepEqual(said(rule, two(40)), []);
});
