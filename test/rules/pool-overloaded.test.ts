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

test('the busiest window of a day counts, as it does for a host', () => {
  const logons = (percent: number) => pool(`demand cpu 10 %; demand cpu ${percent} % during weekdays 07:45 .. 08:30`);
  // 10 VMs of 2 vCPU at 2 GHz and 5 % for the hypervisor: 42 GHz at 100 %, of 40 GHz.
  assert.deepEqual(said(rule, logons(71)), []);
  assert.match(
    said(rule, logons(72))[0] ?? '',
    /^warning: 10 VMs ask c for 75.6 % of the CPU of its 2 hosts weekdays 07:45 .. 08:30: 30.2 GHz of 40 GHz/,
  );
  assert.match(said(rule, logons(100))[0] ?? '', /^error: .* 105 %/);
});
