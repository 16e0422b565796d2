import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RULES } from '../../server/src/rules/index.ts';
import { designOf, findingsOf } from '../support/design.ts';
import { assertFixes, seedsFrom } from '../support/design-properties.ts';
import { randomCompute } from '../support/random-compute.ts';
import { randomDesign } from '../support/random-design.ts';
import { growingDesign } from '../support/random-growth.ts';
import { randomService } from '../support/random-service.ts';
import { randomStorage } from '../support/random-storage.ts';

const GENERATORS = [randomService, randomStorage, randomCompute, randomDesign, growingDesign];

/** Rules whose fixes are edits of their own; plans of moves have properties of their own. */
const WITH_FIX = RULES.filter(({ hasFix, remedy }) => hasFix && remedy === undefined).map(({ id }) => id);

test('fixes of every rule are met on random designs, take their finding away and add none', () => {
  const missing = new Set(WITH_FIX);
  let tried = 0;
  for (const seed of seedsFrom(3_000, 3_120)) {
    for (const generate of GENERATORS) {
      if (missing.size === 0) break;
      const offered = findingsOf(designOf(generate(seed))).filter(
        ({ rule, fixes }) => missing.has(rule.id) && fixes().length > 0,
      );
      for (const id of new Set(offered.map(({ rule }) => rule.id))) {
        tried += assertFixes(generate, [seed], id);
        missing.delete(id);
      }
    }
  }
  assert.deepEqual([...missing], []);
  assert.ok(tried >= WITH_FIX.length, `${tried}`);
});

/** What can be added, with the rule that offers it and designs that need it. */
const ADDITIONS = [
  { kind: /^Add (a host|\d+ hosts) like /, rule: 'growth-fills-cluster', generate: growingDesign },
  { kind: /^Add \d* ?uplinks? /, rule: 'uplink-loss-unsurvivable', generate: randomStorage },
  { kind: /^Add datastore /, rule: 'datastore-overfull', generate: randomDesign },
  { kind: /^Add datastore /, rule: 'datastore-overpromised', generate: randomDesign },
  { kind: /^Add datastore /, rule: 'datastore-need-unmet', generate: randomStorage },
  { kind: /^Extend /, rule: 'growth-fills-datastore', generate: randomStorage },
  { kind: /^Widen to /, rule: 'subnet-exhausted', generate: randomDesign },
];

for (const { kind, rule, generate } of ADDITIONS) {
  test(`${rule} is mended by what is added (${kind.source}), and nothing is found anew`, () => {
    let tried = 0;
    for (const seed of seedsFrom(3_000, 3_100)) {
      if (tried >= 3) break;
      if (findingsOf(designOf(generate(seed))).some((one) => one.rule.id === rule))
        tried += assertFixes(generate, [seed], rule, kind);
    }
    assert.ok(tried > 0);
  });
}
