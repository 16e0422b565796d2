import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFixes, assertFresh, assertReads, seedsFrom } from '../support/design-properties.ts';
import { randomService } from '../support/random-service.ts';

test('a random design of services reads without mistakes, is in canonical format, and no rule fails on it', () => {
  assertReads(randomService, seedsFrom(0, 100));
});

test('edit by edit, a random design of services shows what a fresh start shows', () => {
  assertFresh(randomService, seedsFrom(1_000, 1_020));
});

test('every fix that is offered takes its finding away and adds none', () => {
  const tried = assertFixes(randomService, seedsFrom(3_000, 3_020));
  assert.ok(tried > 40, `only ${tried} fixes were offered`);
});
