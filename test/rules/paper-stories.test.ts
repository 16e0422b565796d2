import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { designOf, findingsOf } from '../support/design.ts';
import { problemsIn } from './checking.ts';

/** What the paper tells of, as examples: each raises its rules, and quick fixes mend them. */
const STORIES: Readonly<Record<string, readonly string[]>> = {
  'shopping-cart': ['sessions-at-risk'],
  'network-blind': ['move-target-network-full', 'balancing-overlooks-network'],
  'bought-not-carried': [
    'feature-needs-another',
    'migration-network-slow',
    'migration-prerequisite-unmet',
    'mtu-mismatch',
    'vlan-not-trunked',
  ],
  'local-disks': ['migration-prerequisite-unmet', 'migration-blocked'],
  archive: ['images-parked'],
  unwatched: ['host-unmonitored', 'network-unwatched', 'coverage-low'],
  'whose-switch': ['owner-conflict', 'owner-missing'],
};

/** More fixes than any story needs. */
const MOST_FIXES = 20;

for (const [name, rules] of Object.entries(STORIES)) {
  const text = readFileSync(new URL(`../../examples/${name}.vdc`, import.meta.url), 'utf8');
  const open = (current: string) =>
    findingsOf(designOf(current)).filter(({ rule, silencedBy }) => rules.includes(rule.id) && !silencedBy);

  test(`examples/${name} raises what it tells of`, () => {
    assert.deepEqual([...new Set(open(text).map(({ rule }) => rule.id))].sort(), [...rules].sort());
  });

  test(`examples/${name} can be mended`, () => {
    let current = text;
    for (let count = 0; count < MOST_FIXES; count++) {
      const [fix] = open(current).flatMap((finding) => finding.fixes().slice(0, 1));
      if (!fix) break;
      current = applyEdits(current, fix.edits);
      assert.deepEqual(problemsIn(current), [], fix.title);
    }
    assert.deepEqual(
      open(current).map(({ message }) => message),
      [],
    );
  });
}
