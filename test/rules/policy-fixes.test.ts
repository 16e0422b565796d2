import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RULES } from '../../server/src/rules/index.ts';
import { limitSide, limitText } from '../../server/src/rules/limit-text.ts';
import { found, mended } from './checking.ts';

/** A fix comes within what a policy asks for, not only within the limits of the rule. */
for (const rule of RULES) {
  const limits = Object.values(rule.limits ?? {});
  if (limits.length === 0 || !rule.hasFix || rule.remedy) continue;
  const stricter = limitSide(rule) === 'above' ? Math.min(...limits) * 0.9 : Math.max(...limits) * 1.1;
  const text = `${rule.examples.fires.text}\npolicy { ${rule.id} info ${limitText(rule, stricter)} }`;
  const before = found(rule.id, text);
  if (!before.some((finding) => finding.fixes().length > 0)) continue;
  test(`${rule.id} is mended by a stricter limit, too`, () => {
    assert.ok(found(rule.id, mended(rule.id, text)).length < before.length);
  });
}
