import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPromises, WISHES } from './thousands.ts';

/** Designs of each kind of plan. Two files, so that they run side by side. */
const DESIGNS = 350;
const KINDS = ['mend', 'rebalance', 'evacuate', 'fit'];

for (const wish of WISHES) {
  const kind = wish === 'mend' ? wish : wish.kind;
  if (!KINDS.includes(kind)) continue;
  test(`${DESIGNS} designs: plans to ${kind} keep what they promise, at every step`, () => {
    const seen = assertPromises(wish, 1, DESIGNS);
    assert.ok(seen.plan > 20, JSON.stringify(seen));
  });
}
