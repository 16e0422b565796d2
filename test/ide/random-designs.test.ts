import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFixes, assertFresh, assertReads, seedsFrom } from '../support/design-properties.ts';
import { randomDesign } from '../support/random-design.ts';

test('a random design reads without mistakes, is in canonical format, and no rule fails on it', () => {
  assertReads(randomDesign, seedsFrom(0, 150));
});

test('edit by edit, a random design shows what a fresh start shows', () => {
  assertFresh(randomDesign, seedsFrom(1_000, 1_025));
});

test('every fix that is offered takes its finding away and adds none', () => {
  const tried = assertFixes(randomDesign, seedsFrom(3_000, 3_030));
  assert.ok(tried > 40, `only ${tried} fixes were offered`);
});
