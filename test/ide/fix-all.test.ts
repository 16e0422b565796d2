import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixAll } from '../../server/src/ide/code-actions.ts';
import { isHarmless } from '../../server/src/ide/proof.ts';
import { random } from '../support/random.ts';
import { randomDesign } from '../support/random-design.ts';
import { applied, editing } from './editing.ts';

/** Slips of the kind that people make, each with an obvious remedy. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/vcpu (\d)/, 'vcpu: $1'],
  [/vcpu (\d)/, 'vcpu = $1'],
  [/team server/, 'team servr'],
  [/tier critical/, 'tier critcal'],
  [/hypervisor/, 'hypervisr'],
  [/ds-1 \{/, 'ds1 {'],
];

test('random designs: fixing everything twice is fixing it once, and brings nothing new that is wrong', () => {
  let fixed = 0;
  for (let seed = 300; seed < 330; seed++) {
    const { pick } = random(seed);
    const [pattern, slip] = pick(SLIPS);
    const here = editing(randomDesign(seed).replace(pattern, slip));
    const action = fixAll(here.workspace, here.uri);
    if (!action) continue;
    fixed++;
    assert.ok(isHarmless(here.workspace, action.edits), `seed ${seed}: ${action.title}`);
    const text = applied(here, action.edits);
    const again = fixAll(here.workspace, here.uri);
    assert.equal(again?.title, undefined, `seed ${seed}: ${JSON.stringify(again?.edits)}\n${text}`);
  }
  assert.ok(fixed > 10, `only ${fixed} designs had anything to fix`);
});
