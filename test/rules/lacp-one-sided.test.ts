import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'lacp-one-sided';
const plan = (teaming: string, lacp = '') => `switch tor-a { ports 8 x 10 Gbps${lacp} }
cluster prod {
  host esx-1 { nic nic[1..2] 10 Gbps; vswitch vs0 { ${teaming}uplink nic1, nic2 to tor-a } }
}`;

test('a host that bundles alone', () => {
  assert.deepEqual(said(RULE, plan('teaming lacp; ')), [
    'error: vs0 of esx-1 bundles its uplinks (lacp), tor-a does not: frames are lost. State lacp for the host on the switch, or another teaming.',
  ]);
  assert.equal(said(RULE, plan('teaming ip-hash; ')).length, 1);
});

test('a switch that bundles alone', () => {
  assert.match(
    said(RULE, plan('', '; lacp prod'))[0] ?? '',
    /^error: tor-a bundles the links to esx-1, vs0 does not \(port-id\)/,
  );
  assert.match(said(RULE, plan('teaming set; ', '; lacp esx-1'))[0] ?? '', /vs0 does not \(set\)/);
});

test('both sides or neither', () => {
  assert.deepEqual(said(RULE, plan('teaming lacp; ', '; lacp prod')), []);
  assert.deepEqual(said(RULE, plan('teaming ip-hash; ', '; lacp esx-1')), []);
  assert.deepEqual(said(RULE, plan('teaming failover; ')), []);
});

test('nothing is said of uplinks without a switch, or of a switch that bundles something unknown', () => {
  assert.deepEqual(said(RULE, plan('teaming lacp; ').replace(' to tor-a', '')), []);
  assert.deepEqual(said(RULE, plan('teaming lacp; ', '; lacp esx-9')), []);
});

test('the fix is on the side that does not bundle', () => {
  const bundled = plan('teaming lacp; ').replace('{ ports', '{ lacp prod; ports');
  assert.equal(mended(RULE, plan('teaming lacp; ')), bundled);
  assert.equal(mended(RULE, plan('teaming set; ', '; lacp prod')), plan('teaming lacp; ', '; lacp prod'));
});
