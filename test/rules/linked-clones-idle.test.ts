import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'linked-clones-idle';
const plan = (clones: string, features = 'features ha, linked-clones') => `datastore ds { capacity 2 TiB }
cluster vdi {
  ${features}
  mount ds
  host esx-1
}
image gold on ds { size 40 GiB }
${clones}`;

test('clones that are all full', () => {
  assert.deepEqual(said(RULE, plan('image desk-[1..3] of gold on ds { size 42 GiB; unique 2 GiB }')), [
    'info: vdi has linked-clones switched on, and all 3 clones are full (desk-1, desk-2 and desk-3): linked, they would take 120 GiB less. Link them to their images, or leave the feature out.',
  ]);
});

test('one that is linked uses it', () => {
  assert.deepEqual(said(RULE, plan('image a of gold on ds { size 42 GiB }\nimage b of gold on ds { linked }')), []);
});

test('nothing is said without clones, without the feature, or of clones elsewhere', () => {
  assert.deepEqual(said(RULE, plan('')), []);
  assert.deepEqual(said(RULE, plan('image a of gold on ds', 'features ha')), []);
  assert.deepEqual(said(RULE, plan('datastore far\nimage a of gold on far')), []);
});

test('what would be saved is left out where it is not known', () => {
  assert.match(
    said(RULE, plan('image a of gold on ds { size 42 GiB }'))[0] ?? '',
    /its one clone is full \(a\)\. Link/,
  );
});

test('the fix links them', () => {
  assert.equal(
    mended(RULE, plan('image a of gold on ds { size 42 GiB }')),
    plan('image a of gold on ds { linked; size 42 GiB }'),
  );
});
