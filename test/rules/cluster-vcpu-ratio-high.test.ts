import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'cluster-vcpu-ratio-high';
const pool = (vcpus: number, more = '') => `cluster c {
  failover none
  ${more}
  host h-[1..2] { cpu 1 x 10 cores 2 GHz }
  runs a-[1..10]
}
vm a-[1..10] { vcpu ${vcpus} }`;

test('exactly the usual ratio is silent, more is not, and the kind of work decides what is usual', () => {
  assert.deepEqual(said(rule, pool(8)), []);
  assert.deepEqual(said(rule, pool(9)), [
    'warning: c has promised 4.5 vCPU per core (90 on 20 of 2 hosts), 4 are usual for servers. No move mends that: give VMs fewer vCPUs, or add 3 cores.',
  ]);
  assert.deepEqual(said(rule, pool(16, 'workload vdi')), []);
  assert.match(said(rule, pool(17, 'workload vdi'))[0] ?? '', /8 are usual for desktops/);
  assert.equal(said(rule, pool(5, 'workload critical')).length, 1);
});

const placed = (first: number, second: number, policy = '') => `cluster c {
  failover none
  ${policy}
  host h-[1..2] { cpu 1 x 8 cores 2 GHz; runs each a-[1..2] }
}
vm a-1 { vcpu ${first} }
vm a-2 { vcpu ${second} }`;

test('it speaks for all hosts, and they are silent then', () => {
  const full = placed(40, 30);
  assert.match(said(rule, full)[0] ?? '', /^warning: c has promised 4\.375 .*; h-1 has most, 5\)/);
  assert.deepEqual(said('vcpu-ratio-high', full), []);
  const uneven = placed(40, 24);
  assert.deepEqual(said(rule, uneven), []);
  assert.match(said('vcpu-ratio-high', uneven)[0] ?? '', /^warning: h-1 .*or move some to a host with room/);
});

test('a host above the maximum of the platform is told beside it', () => {
  assert.match(said('vcpu-ratio-high', placed(257, 4))[0] ?? '', /^error: h-1/);
});

test('the limit of a policy holds, its own or that of hosts', () => {
  assert.deepEqual(said(rule, placed(40, 40, 'policy { cluster-vcpu-ratio-high warn 5 }')), []);
  assert.deepEqual(said(rule, placed(40, 40, 'policy { vcpu-ratio-high warn 5 }')), []);
  assert.match(said(rule, placed(40, 41, 'policy { vcpu-ratio-high warn 5 }'))[0] ?? '', /5 are usual/);
});

test('it is a remark where all hosts are half idle and the ratio is not far above the usual', () => {
  const calm = (first: number, cpu: number) => placed(first, 40).replace('2 GHz;', `2 GHz; measured cpu ${cpu} %;`);
  assert.match(said(rule, calm(56, 49))[0] ?? '', /^info: .* With hosts at most 49 % busy it shows at peaks/);
  assert.match(said(rule, calm(57, 49))[0] ?? '', /^warning/);
  assert.match(said(rule, calm(56, 51))[0] ?? '', /^warning: (?!.*peaks)/);
});

test('where a host does not state its cores, and for one host alone, nothing is said', () => {
  assert.deepEqual(said(rule, pool(9).replace('runs', 'host unknown\n  runs')), []);
  assert.deepEqual(said(rule, 'cluster c { failover none; host h { cpu 1 x 4 cores; runs a } }\nvm a { vcpu 20 }'), []);
});

test('the ratios of a known estate: 2160 vCPU on 22 hosts of 16 cores', () => {
  const text = `cluster two {
  failover none
  host h-[01..22] { cpu 2 x 8 cores 2.6 GHz }
  runs a-[001..540]
}
vm a-[001..540] { vcpu 4 }`;
  assert.match(said(rule, text)[0] ?? '', /6\.136 vCPU per core \(2160 on 352 of 22 hosts\).* or add 188 cores\.$/);
});

test('as many hosts as are missing mend it, up to what is no new cluster', () => {
  assert.match(mended(rule, pool(9)), /host h-\[1\.\.3\] \{ cpu 1 x 10 cores/);
  assert.deepEqual(found(rule, pool(200))[0]?.fixes(), []);
});
