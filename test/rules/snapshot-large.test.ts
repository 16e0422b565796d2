import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'snapshot-large';

test('fifty GiB are silent, one more is mentioned', () => {
  assert.deepEqual(said(rule, 'vm db { snapshot s 50 GiB }'), []);
  assert.deepEqual(said(rule, 'vm db { snapshot s 51 GiB }'), [
    'info: Snapshot s of db takes 51 GiB. It grows with each write, and merging that much slows the VM for long. Delete it in a quiet hour, before it grows further.',
  ]);
});

test('the size that was agreed counts first', () => {
  assert.deepEqual(said(rule, 'vm db { snapshot s 80 GiB limit 80 GiB }'), []);
  assert.match(
    said(rule, 'vm db { snapshot s 81 GiB limit 80 GiB }')[0] ?? '',
    /^warning: .* takes 81 GiB, 80 GiB were agreed/,
  );
});

test('where its age is known, that decides; an agreed size holds all the same', () => {
  const dated = (limit: string) =>
    `design p { as-of 2026-11-22 }\nvm db { snapshot s 900 GiB taken 2026-11-21${limit} }`;
  assert.deepEqual(said(rule, dated('')), []);
  assert.equal(said(rule, dated(' limit 100 GiB')).length, 1);
});

test('a policy may allow more, and deleting it mends it', () => {
  assert.deepEqual(said(rule, 'vm db { snapshot s 90 GiB }\npolicy { snapshot-large info 90 GiB }'), []);
  assert.equal(mended(rule, 'vm db {\n  vcpu 2\n  snapshot 90 GiB\n}'), 'vm db {\n  vcpu 2\n}');
});
