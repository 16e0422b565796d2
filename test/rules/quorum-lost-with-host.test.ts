import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'quorum-lost-with-host';

function plan(quorum: string, runs: string): string {
  return `cluster prod { host esx-[1..3] }
app ledger { ${quorum}; vm node-[1..5] }
${runs}`;
}

const TWO_TWO_ONE = 'runs node-[1..2] on esx-1\nruns node-[3..4] on esx-2\nruns node-5 on esx-3';
const THREE_TWO = 'runs node-[1..3] on esx-1\nruns node-[4..5] on esx-2';

test('three of five members left are a majority, two are not', () => {
  assert.deepEqual(said(RULE, plan('quorum majority', TWO_TWO_ONE)), []);
  assert.deepEqual(said(RULE, plan('quorum majority', THREE_TWO)), [
    'error: ledger stops when esx-1 fails: node-1, node-2 and node-3 go with it and leave 2 members, 3 must stay up. Spread its members over more hosts.',
  ]);
});

test('a stated number is compared with what is left', () => {
  assert.deepEqual(said(RULE, plan('quorum 2', THREE_TWO)), []);
  assert.equal(said(RULE, plan('quorum 4', TWO_TWO_ONE)).length, 1);
});

test('two members cannot keep a majority, so a witness is asked for', () => {
  const text = 'cluster c { host a { runs x }; host b { runs y } }\napp pair { quorum majority; vm x, y }';
  assert.match(
    said(RULE, text)[0] ?? '',
    /leave 1 member, 2 must stay up\. Add members on further hosts, or a witness\.$/,
  );
});

test('nothing is said without a quorum, or while a member has no host', () => {
  assert.deepEqual(said(RULE, plan('tier critical', THREE_TWO)), []);
  assert.deepEqual(said(RULE, plan('quorum majority', 'runs node-[1..4] on esx-1')), []);
});
