import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'evacuation-slow';
const cluster = (gb: number, more = '', hosts = 'host h-[1..2] { nic nic1 1 Gbps }') => `network live
cluster c {
  ${more}vswitch vs0 { uplink nic1; carries live }
  service migration on live
  ${hosts}
  runs v-[1..5] on h-1
}
vm v-[1..5] { memory ${gb} GB }`;

// 450 GB take an hour at 1 Gbps.
test('an hour is silent, more is a warning', () => {
  assert.deepEqual(said(rule, cluster(90)), []);
  assert.deepEqual(said(rule, cluster(91)), [
    'warning: Emptying h-1 takes at least 61 min: 423.8 GiB of 5 VMs at 1 Gbps. An update of all hosts takes that long for each. Put migration on a faster port.',
  ]);
});

test('vSphere moves four at once on one gigabit', () => {
  assert.match(said(rule, cluster(91, 'hypervisor esxi 8.0; '))[0] ?? '', /at 1 Gbps, 4 at once\./);
});

test('memory in use counts where it is stated', () => {
  assert.deepEqual(said(rule, cluster(900).replace('memory 900 GB', 'memory 900 GB; demand active 10 %')), []);
});

test('a VM that states no memory leaves a lower bound', () => {
  const text = `${cluster(120)}\namend vm v-1 { memory none }`;
  assert.match(said(rule, text)[0] ?? '', /more than 447 GiB of 5 VMs/);
});

test('a host that is alone, or without a known way out, is not judged', () => {
  assert.deepEqual(said(rule, cluster(900, '', 'host h-1 { nic nic1 1 Gbps }')), []);
  assert.deepEqual(said(rule, cluster(900).replace('  service migration on live\n', '')), []);
  assert.deepEqual(said(rule, cluster(900).replace('nic nic1 1 Gbps', 'nic nic1')), []);
});

test('a policy may allow two hours', () => {
  assert.deepEqual(said(rule, `${cluster(180)}\npolicy { evacuation-slow warn 2 h }`), []);
});

test('faster ports mend it; where the service has a limit, that goes first', () => {
  assert.match(mended(rule, cluster(91)), /nic nic1 10 Gbps/);
  const limited = cluster(91, '', 'host h-[1..2] { nic nic1 10 Gbps }').replace('on live', 'on live limit 1 Gbps');
  assert.match(mended(rule, limited), /service migration on live\n/);
});

test('ports of a class are not changed for one host', () => {
  const text = `class host big { nic nic1 1 Gbps }\n${cluster(91, '', 'host h-[1..2] : big')}`;
  assert.deepEqual(found(rule, text)[0]?.fixes(), []);
});
