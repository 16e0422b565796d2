import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'snapshot-stale';
const vm = (snapshots: string, asOf = 'as-of 2026-11-22') => `design plan { ${asOf} }
vm db {
  vcpu 2
  ${snapshots}
}`;

test('three days are silent, four are not', () => {
  assert.deepEqual(said(rule, vm('snapshot s 1 GiB taken 2026-11-19')), []);
  assert.deepEqual(said(rule, vm('snapshot s 1 GiB taken 2026-11-18')), [
    'warning: Snapshot s of db is 4 days old and takes 1 GiB. It grows with each write, slows the disk and is no backup. Delete it in a quiet hour; merging takes time.',
  ]);
});

test('without a day to judge by, and without a date, age is unknown', () => {
  assert.deepEqual(said(rule, vm('snapshot s 1 GiB taken 2020-01-01', 'currency EUR')), []);
  assert.deepEqual(said(rule, vm('snapshot s 1 GiB')), []);
});

test('deleting it takes its line away', () => {
  const text = vm('snapshot s 1 GiB taken 2026-01-01');
  assert.equal(mended(rule, text), 'design plan { as-of 2026-11-22 }\nvm db {\n  vcpu 2\n}');
});

test('a policy may allow more days', () => {
  const text = vm('snapshot s 1 GiB taken 2026-11-16').concat('\npolicy { snapshot-stale warn 7 days }');
  assert.deepEqual(said(rule, text), []);
});
