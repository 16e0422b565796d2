import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'failover-not-stated';
const cluster = (hosts: number, gib: number, word = '') => `cluster c {
  ${word}
  host h-[1..${hosts}] { memory 64 GiB }
  runs a
}
vm a { memory ${gib} GiB }`;

test('a hint that says how it stands today, and writes the usual answer', () => {
  const text = cluster(2, 8);
  assert.deepEqual(said(rule, text), [
    'info: c has 2 hosts and does not say what may fail, so nobody notices when the spare is used up. Today any one host could fail. State failover 1 host, or failover none.',
  ]);
  assert.match(mended(rule, text), /cluster c {\n {2}failover 1 host\n/);
});

test('where the usual answer would not hold, it is not written', () => {
  const text = cluster(2, 70);
  assert.match(said(rule, text)[0] ?? '', /Today the loss of h-1 would be too much/);
  assert.match(mended(rule, text), /failover none/);
});

test('one host has no other, and half a statement is no missing one', () => {
  assert.deepEqual(said(rule, cluster(1, 8)), []);
  assert.deepEqual(said(rule, cluster(2, 8, 'failover')), []);
  assert.deepEqual(said(rule, cluster(2, 8, 'failover none')), []);
});
