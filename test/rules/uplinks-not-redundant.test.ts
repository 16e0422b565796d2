import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'uplinks-not-redundant';
const host = (uplinks: string, nics = 'nic nic[1..2] 1 Gbps card 1; nic nic[3..4] 1 Gbps card 2') => `network lan
switch tor-[a,b]
host h { ${nics}; vswitch vs0 { ${uplinks}; carries lan } }`;

test('a second uplink goes over another card to the other switch', () => {
  const text = host('uplink nic1 to tor-a');
  assert.deepEqual(said(rule, text), [
    'warning: vs0 has nic1 as its only uplink. Its failure cuts the VMs of h off lan. Add an uplink to another switch.',
  ]);
  assert.match(mended(rule, text), /uplink nic1 to tor-a; uplink nic3 to tor-b; carries lan/);
});

test('both on one switch: one is cabled to the other', () => {
  const text = host('uplink nic1 to tor-a; uplink nic3 to tor-a');
  assert.match(said(rule, text)[0] ?? '', /^warning: All uplinks of vs0 go to the switch tor-a/);
  assert.match(mended(rule, text), /uplink nic3 to tor-b/);
});

test('one switch under LACP may be a stack', () => {
  assert.match(said(rule, host('teaming lacp; uplink nic1, nic3 to tor-a'))[0] ?? '', /^info/);
});

test('both on one card: one moves to a free port of another card', () => {
  const text = host('uplink nic1 to tor-a; uplink nic2 to tor-b');
  assert.match(said(rule, text)[0] ?? '', /^info: All uplinks of vs0 are ports of card 1/);
  assert.match(mended(rule, text), /uplink nic3 to tor-b/);
});

test('cards and switches that are not stated are not taken for one', () => {
  assert.deepEqual(said(rule, host('uplink nic1; uplink nic2', 'nic nic[1..2] 1 Gbps')), []);
});

test('an internal switch needs no uplink, and a half-typed uplink is no missing one', () => {
  assert.deepEqual(said(rule, host('type bridge')), []);
  assert.deepEqual(said(rule, host('uplink nic1 too tor-a, nic2 to tor-b')), []);
});

test('one statement for all hosts of a cluster is underlined once', () => {
  const findings = found(
    rule,
    `network lan
cluster c {
  vswitch vs0 { uplink nic1; carries lan }
  host h-[1..3] { nic nic[1..2] 1 Gbps }
}`,
  );
  assert.equal(new Set(findings.map(({ at, span }) => `${at.sentence.from} ${span.from}`)).size, 1);
});
