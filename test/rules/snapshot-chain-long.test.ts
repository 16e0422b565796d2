import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'snapshot-chain-long';
const chain = (count: number) =>
  `vm db {\n${Array.from({ length: count }, (_, k) => `  snapshot s${k + 1} 1 GiB`).join('\n')}\n}`;

test('three are silent, the fourth is one too many, 33 are refused', () => {
  assert.deepEqual(said(rule, chain(3)), []);
  assert.deepEqual(said(rule, chain(4)), [
    'warning: db has a chain of 4 snapshots: reads look through all of them, each grows, and merging takes hours and space. Delete what nobody will go back to.',
  ]);
  assert.match(said(rule, chain(32))[0] ?? '', /^warning/);
  assert.match(said(rule, chain(33))[0] ?? '', /^error/);
});

test('deleting those beyond the limit shortens the chain', () => {
  assert.equal(mended(rule, chain(4), 'Delete s4 of db'), chain(3));
  assert.equal(mended(rule, chain(6), 'Delete s4, s5 and s6 of db'), chain(3));
});

test('no snapshots are no chain, and a policy may allow a longer one', () => {
  assert.deepEqual(said(rule, 'vm db'), []);
  assert.deepEqual(said(rule, `${chain(6)}\npolicy { snapshot-chain-long warn 6 }`), []);
  assert.equal(said(rule, `${chain(7)}\npolicy { snapshot-chain-long warn 6 }`).length, 1);
});
