import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, said } from './checking.ts';

const rule = 'uplinks-overloaded';
const host = (demand: string, nic = 'nic nic1 1 Gbps') => `network lan
host h { ${nic}; vswitch vs0 { uplink nic1; carries lan }; runs a }
vm a { nic lan; demand ${demand} }`;

test('four fifths are silent, more is a warning, more than there is an error', () => {
  assert.deepEqual(said(rule, host('net 800 Mbps')), []);
  assert.deepEqual(said(rule, host('net 801 Mbps')), [
    'warning: 1 VM on h sends 801 Mbps over 1 Gbps of vs0: 80.1 % at peak. Packets wait and are dropped; add an uplink, or move VMs to a host with free bandwidth.',
  ]);
  assert.match(said(rule, host('net 1000 Mbps'))[0] ?? '', /^warning/);
  assert.match(said(rule, host('net 1001 Mbps'))[0] ?? '', /^error/);
});

test('links are full duplex: each direction by itself', () => {
  assert.deepEqual(said(rule, host('tx 700 Mbps rx 700 Mbps')), []);
  assert.match(said(rule, host('tx 700 Mbps rx 900 Mbps'))[0] ?? '', /receives 900 Mbps/);
});

test('a port of unknown speed says nothing', () => {
  assert.deepEqual(said(rule, host('net 9 Gbps', 'nic nic1')), []);
});

test('it points at the uplink of the host, or at the host where its cluster states the uplink', () => {
  const [own] = found(rule, host('net 2 Gbps'));
  assert.equal(own?.at.sentence.word, 'uplink');
  const [shared] = found(
    rule,
    `network lan
cluster c {
  vswitch vs0 { uplink nic1; carries lan }
  host h-[1..2] { nic nic1 1 Gbps }
}
runs a on h-2
vm a { nic lan; demand net 2 Gbps }`,
  );
  assert.equal(shared?.at.sentence.word, 'host');
});

test('what a VM sends goes over all of its adapters, not over each of them', () => {
  const two = (mbps: number, nics = 'nic lan; nic backup') => `network lan
network backup
host h {
  nic nic[1..2] 1 Gbps
  vswitch vs0 { uplink nic1; carries lan }
  vswitch vs1 { uplink nic2; carries backup }
  runs a
}
vm a { ${nics}; demand net ${mbps} Mbps }`;
  assert.deepEqual(said(rule, two(1_600)), []);
  assert.equal(said(rule, two(1_602)).length, 2);
  assert.match(said(rule, two(1_602))[0] ?? '', /sends 801 Mbps over 1 Gbps of vs0/);
  const three = said(rule, two(1_300, 'nic lan; nic lan; nic backup'));
  assert.equal(three.length, 1);
  assert.match(three[0] ?? '', /sends 866\.7 Mbps over 1 Gbps of vs0/);
  // An adapter on an unknown network takes nothing from the others.
  assert.equal(said(rule, two(900, 'nic lan; nic')).length, 1);
});
