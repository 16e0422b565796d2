import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clonesWaste, storedSize } from '../../../server/src/capacity/models/images.ts';

test('a linked image takes what differs, another one all of it', () => {
  assert.equal(storedSize({ size: 42, unique: 6, isLinked: false }), 42);
  assert.equal(storedSize({ size: 42, unique: 6, isLinked: true }), 6);
  assert.equal(storedSize({ size: 42, unique: undefined, isLinked: true }), 0);
  assert.equal(storedSize({ size: undefined, unique: 6, isLinked: false }), undefined);
});

test('full clones repeat what does not differ', () => {
  const clone = { size: 42, unique: 6, isLinked: false };
  assert.equal(clonesWaste([clone, clone]), 72);
  assert.equal(clonesWaste([clone, { ...clone, isLinked: true }]), 36);
  assert.equal(
    clonesWaste([
      { ...clone, unique: undefined },
      { ...clone, size: undefined },
    ]),
    0,
  );
  assert.equal(clonesWaste([{ ...clone, unique: 50 }]), 0);
});
