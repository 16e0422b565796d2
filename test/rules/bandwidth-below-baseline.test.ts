import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'bandwidth-below-baseline';
const host = (mbps: number, nic = 'nic vmnic0 1 Gbps', uplink = 'uplink vmnic0') => `network lan
server s-[1..2] { nic 1 x 1 Gbps; measured net ${mbps} Mbps }
host h { ${nic}; vswitch vs0 { ${uplink}; carries lan }; runs a-[1..2] }
vm a-[1..2] { nic lan; replaces each s-[1..2] }`;

test('exactly what the servers used is silent, more is not', () => {
  assert.deepEqual(said(rule, host(500)), []);
  assert.deepEqual(said(rule, host(501)), [
    'warning: 2 VMs share 1 Gbps of vs0 on h, 500 Mbps each. As physical servers they used 1 Gbps together (measured), on 2 Gbps of their own. Add uplinks, or spread the VMs.',
  ]);
});

test('one busy server among idle ones takes what the others leave', () => {
  const text = host(100).replace('server s-', 'amend server s-1 { measured net 800 Mbps }\nserver s-');
  assert.deepEqual(said(rule, text), []);
});

test('a server that was not measured is not a server that used nothing', () => {
  assert.deepEqual(said(rule, host(900).replace(/measured net \d+ Mbps/, 'note "idle?"')), []);
});

test('the paper: ten servers, each with a card of its own, become ten VMs on one card; one fix mends it', () => {
  const text = readFileSync(new URL('../../examples/ten-vms-one-nic.vdc', import.meta.url), 'utf8');
  const [finding] = found(rule, text);
  assert.equal(finding?.at.sentence.word, 'uplink');
  assert.match(finding?.message ?? '', /10 VMs share 1 Gbps .* 100 Mbps each.* used 1\.8 Gbps together \(p95\)/);
  const [fix] = finding?.fixes() ?? [];
  assert.equal(fix?.title, 'Add 1 uplink to big: vmnic1 (1 Gbps each)');
  assert.equal(fix?.isPreferred, true);
  const after = mended(rule, text);
  assert.match(after, /nic vmnic0, vmnic1 1 Gbps\n/);
  assert.match(after, /uplink vmnic0, vmnic1 to s1;/);
  assert.deepEqual(found(rule, after), []);
});

test('ports that are free are used first', () => {
  assert.match(
    mended(rule, host(600, 'nic vmnic[0..2] 1 Gbps')),
    /nic vmnic\[0\.\.2\] 1 Gbps; vswitch vs0 { uplink vmnic0, vmnic1;/,
  );
});

test('ports without names are counted up', () => {
  assert.match(
    mended(rule, host(600, 'nic 1 x 1 Gbps', 'uplink nic1')),
    /nic 2 x 1 Gbps; vswitch vs0 { uplink nic1, nic2;/,
  );
  assert.match(mended(rule, host(600, 'nic 1 Gbps', 'uplink nic1')), /nic 2 x 1 Gbps;/);
});

test('a class that other hosts share is left alone', () => {
  const text = host(600, 'memory 64 GiB')
    .replace('host h {', 'host h : box {')
    .concat('\nclass host box { nic vmnic0 1 Gbps }');
  assert.deepEqual(
    found(rule, text).flatMap((finding) => finding.fixes()),
    [],
  );
});
