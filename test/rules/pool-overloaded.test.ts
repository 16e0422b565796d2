import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'pool-overloaded';
const pool = (vm: string, runs = 'runs a-[1..10]') => `cluster c {
  failover none
  host h-[1..2] { cpu 1 x 10 cores 2 GHz; cpu-overhead 0 %; memory 54 GiB }
  ${runs}
}
vm a-[1..10] { vcpu 2; ${vm} }`;

test('the CPU of all hosts: three quarters are silent, more a warning, above nine tenths an error', () => {
  // 5 % is the overhead of the hypervisor that is taken for pools.
  assert.deepEqual(said(rule, pool('demand cpu 2.857 GHz')), []);
  assert.match(
    said(rule, pool('demand cpu 2.858 GHz'))[0] ?? '',
    /^warning: 10 VMs ask c for 75 % of the CPU of its 2 hosts: 30 GHz of 40 GHz/,
  );
  assert.match(said(rule, pool('demand cpu 3.5 GHz'))[0] ?? '', /^error/);
});

test('the memory of all hosts', () => {
  assert.deepEqual(said(rule, pool('memory 10 GiB')), []);
  assert.match(
    said(rule, pool('memory 11 GiB'))[0] ?? '',
    /^warning: 10 VMs ask c for 110 % of the memory of its 2 hosts/,
  );
  assert.match(said(rule, pool('memory 13 GiB'))[0] ?? '', /^error/);
});

test('VMs with a host of their own are the business of that host', () => {
  assert.deepEqual(said(rule, `${pool('memory 30 GiB', '')}\nruns a-[1..10] on h-1`), []);
});

test('vCPU per core of all hosts, by the kind of work', () => {
  const wide = (vcpus: number, workload = 'server') =>
    pool('note "idle"', `workload ${workload}\n  runs a-[1..10]`).replace('vcpu 2;', `vcpu ${vcpus};`);
  assert.deepEqual(said(rule, wide(8)), []);
  assert.deepEqual(said(rule, wide(9)), [
    'warning: 10 VMs of c have 4.5 vCPU for each core of its 2 hosts (90 on 20), more than their kind of work usually bears. No spread gives them more; add a host, or give VMs fewer.',
  ]);
  assert.deepEqual(said(rule, wide(16, 'vdi')), []);
  assert.equal(said(rule, wide(5, 'critical')).length, 1);
});

test('the ratios of a known estate: 2160 vCPU on 22 hosts of 16 cores', () => {
  const text = `cluster two {
  failover none
  host h-[01..22] { cpu 2 x 8 cores 2.6 GHz }
  runs a-[001..540]
}
vm a-[001..540] { vcpu 4 }`;
  assert.match(said(rule, text)[0] ?? '', /have 6\.14 vCPU for each core of its 22 hosts \(2160 on 352\)/);
});
