import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'quorum-lost-with-domain';
const plan = (racks: readonly string[], quorum = 'quorum majority; ', places = ['esx-1', 'esx-2', 'esx-3']) => `site hq
rack r-[1..3] at hq
cluster prod at hq {
${racks.map((rack, index) => `  host esx-${index + 1} at ${rack}`).join('\n')}
}
app ledger { ${quorum}vm node-a, node-b, node-c }
runs node-a on ${places[0]}
runs node-b on ${places[1]}
runs node-c on ${places[2]}`;

test('two of three votes in one rack, and there are three racks', () => {
  assert.deepEqual(said(RULE, plan(['r-1', 'r-1', 'r-2', 'r-3'])), [
    'warning: ledger stops when rack r-1 fails: node-a and node-b go with it and leave 1 member, 2 must stay up. Spread its members over more racks.',
  ]);
});

test('a vote in each of three racks goes on', () => {
  assert.deepEqual(said(RULE, plan(['r-1', 'r-2', 'r-3'])), []);
});

test('two racks never keep a majority, so nothing can be asked', () => {
  assert.deepEqual(said(RULE, plan(['r-1', 'r-1', 'r-2', 'r-2'])), []);
});

test('one member that must stay up survives', () => {
  assert.deepEqual(said(RULE, plan(['r-1', 'r-1', 'r-2', 'r-3'], 'quorum 1; ')), []);
});

test('a host that takes the quorum is told by its own rule', () => {
  assert.deepEqual(said(RULE, plan(['r-1', 'r-2', 'r-3'], undefined, ['esx-1', 'esx-1', 'esx-2'])), []);
});

test('nothing is said without a quorum, or where a rack is not stated', () => {
  assert.deepEqual(said(RULE, plan(['r-1', 'r-1', 'r-2', 'r-3'], '')), []);
  assert.deepEqual(said(RULE, plan(['r-1', 'r-1', 'r-2', 'r-3']).replace('host esx-2 at r-1', 'host esx-2')), []);
});
