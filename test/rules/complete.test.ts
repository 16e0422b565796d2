import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { RULES } from '../../server/src/rules/index.ts';
import { limitSide } from '../../server/src/rules/limit-text.ts';
import type { Limits } from '../../server/src/rules/rule.ts';
import { checkDesign } from '../../server/src/rules/run.ts';
import { designOf, findingsOf } from '../support/design.ts';

/** What a machine can hold the catalogue to: nothing of it is missing, and each rule has all that a rule has. */

/** Checks of the catalogue of the field, by their numbers. What a VM costs (UC14) is a figure of hovers and reports, no finding. */
const CATALOGUE: Readonly<Record<string, number>> = { RS: 23, AA: 12, UC: 13, UF: 13, OS: 16, CS: 15, MC: 12 };

test('every check of the catalogue is covered by a rule', () => {
  const covered = new Set(RULES.flatMap(({ covers }) => covers));
  const wanted = Object.entries(CATALOGUE).flatMap(([part, count]) =>
    Array.from({ length: count }, (_, k) => `${part}${String(k + 1).padStart(2, '0')}`),
  );
  assert.deepEqual(
    wanted.filter((check) => !covered.has(check)),
    [],
  );
  assert.deepEqual(
    [...covered].filter((check) => !wanted.includes(check)),
    [],
  );
});

test('each rule has a fix, or says why no text can mend it', () => {
  assert.deepEqual(
    RULES.filter(({ hasFix, unmendable }) => hasFix === (unmendable !== undefined)).map(({ id }) => id),
    [],
  );
});

test('each rule has cases of its own: what it finds, and where it is silent', () => {
  const lacking = RULES.filter(({ id }) => {
    const file = new URL(`./${id}.test.ts`, import.meta.url);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const cases = [...text.matchAll(/\b(?:said|found|mended)\(/g)].length;
    const isSilent = /deepEqual\([\s\S]*?, \[\]\)|\.length, 0\)|undefined\)/.test(text);
    return cases < 3 || !isSilent || !text.includes(`'${id}'`);
  });
  assert.deepEqual(
    lacking.map(({ id }) => id),
    [],
  );
});

/** The design without each of its statements in turn: `vm a { vcpu 4; memory 8 GiB }` without the one and without the other. */
function withoutEach(text: string): string[] {
  const parts = text.split(/(?<=[{;\n])/);
  return parts.flatMap((part, index) =>
    /[{}]/.test(part) || part.trim() === ''
      ? part.includes('}') && !part.includes('{') && part.replace(/\}.*$/s, '').trim() !== ''
        ? [[...parts.slice(0, index), part.replace(/^[^}]*/, ' '), ...parts.slice(index + 1)].join('')]
        : []
      : [[...parts.slice(0, index), part.endsWith('\n') ? '\n' : '', ...parts.slice(index + 1)].join('')],
  );
}

test('whichever input is missing, no rule fails, and none invents a figure', () => {
  let tried = 0;
  for (const rule of RULES) {
    for (const text of withoutEach(rule.examples.fires.text)) {
      tried++;
      const design = designOf(text);
      assert.deepEqual(checkDesign(design).failures, [], text);
      for (const { message } of findingsOf(design))
        assert.doesNotMatch(message, /undefined|NaN|Infinity|\[object/, text);
    }
  }
  assert.ok(tried > 400, `${tried}`);
});

/** Rules that look for what is not stated; all others have nothing to say of bare names. */
const OF_WHAT_IS_MISSING = ['failover-not-stated'];

test('of a design that states names alone, no rule says anything', () => {
  const bare = `site here
cluster c at here {
  host h-[1..3]
  runs a-[1..4]
}
switch s at here
network n at here
array store at here { datastore d }
image i
adc lb
app shop { members a-[1..4] }
vm a-[1..4]
wave w { moves a-1 }
backup b { covers vm a-1 }
`;
  assert.deepEqual(
    findingsOf(designOf(bare))
      .map(({ rule }) => rule.id)
      .filter((id) => !OF_WHAT_IS_MISSING.includes(id)),
    [],
  );
});

/** Limits of one severity alone. */
const at = (value: number): Limits => ({ warning: value });

/** A rule, a thing that it speaks of, and the figure that its limits are held against, where that is the first of the finding. */
const judged = RULES.flatMap((rule) => {
  const finding = findingsOf(designOf(rule.examples.fires.text)).find((one) => one.rule.id === rule.id);
  const value = finding?.figures?.[0]?.value;
  if (!finding || !rule.limits || value === undefined || value <= 0) return [];
  const finds = (limit: number) => rule.check(finding.entity, at(limit)).length > 0;
  const [inside, outside] = limitSide(rule) === 'above' ? [1.01, 0.99] : [0.99, 1.01];
  return !finds(value * inside) && finds(value * outside) ? [{ rule, value, finds }] : [];
});

test('exactly at its limit a rule is silent, and a hair beyond it is not', () => {
  for (const { rule, value, finds } of judged) {
    const beyond = limitSide(rule) === 'above' ? 1 - 1e-6 : 1 + 1e-6;
    assert.equal(finds(value), false, `${rule.id} at ${value}`);
    assert.equal(finds(value * beyond), true, `${rule.id} beyond ${value}`);
  }
  assert.ok(judged.length >= 15, judged.map(({ rule }) => rule.id).join(', '));
});
