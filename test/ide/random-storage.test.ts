import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFixes, assertFresh, assertReads, seedsFrom } from '../support/design-properties.ts';
import { randomStorage } from '../support/random-storage.ts';

test('a random storage design reads without mistakes, is in canonical format, and no rule fails on it', () => {
  assertReads(randomStorage, seedsFrom(0, 100));
});

test('edit by edit, a random storage design shows what a fresh start shows', () => {
  assertFresh(randomStorage, seedsFrom(1_000, 1_020));
});

test('every fix that is offered takes its finding away and adds none', () => {
  const tried = assertFixes(randomStorage, seedsFrom(3_000, 3_025));
  assert.ok(tried > 40, `only ${tried} fixes were offered`);
});
