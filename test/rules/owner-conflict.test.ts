import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const RULE = 'owner-conflict';
const plan = (vswitch: string, owner = 'owner network; ') => `team server
team network
switch tor-a { ${owner}ports 8 x 10 Gbps }
cluster prod {
  owner server
  vswitch vs0 { ${vswitch}uplink nic1 to tor-a }
  host esx-1
}`;

test('the owner of the cluster is that of its virtual switch', () => {
  assert.deepEqual(said(RULE, plan('')), [
    'warning: vs0 of esx-1 belongs to server, tor-a behind it to network, and nothing says who decides about VLANs and uplinks. Give both one owner, or state delegated-by network.',
  ]);
});

test('two owners of one virtual switch', () => {
  assert.match(
    said(RULE, plan('owner server, network; '))[0] ?? '',
    /^warning: vs0 of esx-1 has 2 owners \(server and network\)/,
  );
});

test('one owner, or a hand-over by the owner of the switch, is no conflict', () => {
  assert.deepEqual(said(RULE, plan('owner network; ')), []);
  assert.deepEqual(said(RULE, plan('delegated-by network; ')), []);
  assert.equal(said(RULE, plan('delegated-by server; ')).length, 1);
});

test('nothing is said where one side has no owner, or an unknown one', () => {
  assert.deepEqual(said(RULE, plan('', '')), []);
  assert.deepEqual(said(RULE, plan('owner netwrok; ')), []);
});

test('the fix states the hand-over', () => {
  assert.equal(mended(RULE, plan('owner server; ')), plan('delegated-by network; owner server; '));
});

test('of two owners one keeps it, if nothing of a hand-over is stated', () => {
  const two = 'owner server, network; ';
  assert.equal(mended(RULE, plan(two)), plan('owner server; delegated-by network; '));
  assert.deepEqual(found(RULE, plan(`${two}delegated-by network; `))[0]?.fixes(), []);
  assert.deepEqual(found(RULE, plan('owner server; owner network; '))[0]?.fixes() ?? [], []);
});

test('a virtual switch that nobody owns, in front of a switch that somebody does', () => {
  const nobodys = plan('').replace('  owner server\n', '');
  assert.deepEqual(said(RULE, nobodys), [
    "warning: vs0 of esx-1 has no owner, and tor-a behind it belongs to network: people of the servers and of the network each take it for the other's. State its owner.",
  ]);
  assert.equal(mended(RULE, nobodys), nobodys.replace('vswitch vs0 { ', 'vswitch vs0 { owner network; '));
});
