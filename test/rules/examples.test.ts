import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { formatText } from '../../server/src/language/format.ts';
import { KINDS } from '../../server/src/language/schema/schema.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { limitSide, limitText } from '../../server/src/rules/limit-text.ts';
import { PAIN_POINTS, type Rule } from '../../server/src/rules/rule.ts';
import { designOf, findingsOf } from '../support/design.ts';
import { afterEdits, found, keysOf, problemsIn } from './checking.ts';

test('rules are sorted by id, and no id is used twice', () => {
  const ids = RULES.map((rule) => rule.id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
});

for (const rule of RULES) {
  describe(rule.id, () => {
    test('says who it is for, where it comes from and what it reads', () => describesItself(rule));
    test('its examples are whole designs in the one format', () => {
      for (const { text } of [rule.examples.fires, rule.examples.silent]) {
        assert.deepEqual(problemsIn(text), []);
        assert.equal(formatText(`${text}\n`), `${text}\n`);
      }
    });
    test('finds something in the one and nothing in the other', () => {
      const findings = found(rule.id, rule.examples.fires.text);
      assert.ok(findings.length > 0, 'the firing example raises nothing');
      assert.deepEqual(
        found(rule.id, rule.examples.silent.text).map((finding) => finding.message),
        [],
      );
      for (const { message, span, at } of findings) {
        assert.ok(message.length <= 240, `${message.length} characters: ${message}`);
        assert.match(message, /[.?]$/);
        assert.doesNotMatch(message, /undefined|NaN|Infinity|\[object/);
        assert.ok(span.from < span.to && span.to <= at.sentence.to, 'it points at text of its statement');
      }
    });
    test('each fix mends its finding and adds none', () => {
      const { text } = rule.examples.fires;
      const before = findingsOf(designOf(text));
      const known = keysOf(before);
      for (const finding of before.filter((one) => one.rule.id === rule.id)) {
        for (const fix of finding.fixes()) {
          const after = afterEdits(text, fix.edits);
          assert.deepEqual(problemsIn(after), [], `${fix.title}\n${after}`);
          const now = findingsOf(designOf(after));
          const still = now.filter((one) => one.rule.id === rule.id && one.message === finding.message);
          assert.deepEqual(keysOf(still), [], `${fix.title}\n${after}`);
          const added = keysOf(now).filter((key) => !known.includes(key));
          assert.deepEqual(added, [], `${fix.title}\n${after}`);
          const whole = after.endsWith('\n') ? after : `${after}\n`;
          assert.equal(formatText(whole), whole, `${fix.title} leaves the one format`);
        }
      }
    });
  });
}

function describesItself(rule: Rule): void {
  const { id, limits } = rule;
  assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
  assert.ok(existsSync(new URL(`../../server/src/rules/${id}.ts`, import.meta.url)), `there is no file ${id}.ts`);
  for (const field of ['title', 'benefit', 'why', 'formula'] as const) assert.notEqual(rule[field].trim(), '', field);
  assert.notEqual(rule.source.text.trim(), '');
  assert.ok(PAIN_POINTS.includes(rule.painPoint));
  assert.ok(rule.owners.length > 0);
  assert.ok(rule.inputs.length > 0);
  assert.ok(rule.covers.length > 0);
  assert.ok(KINDS.has(rule.of), `${rule.of} is no kind`);
  if (limits) assert.ok(rule.limitOf, 'limits of what?');
  assert.ok((limits && Object.keys(limits).length > 0) || rule.severity, 'neither limits nor a severity');
  for (const input of rule.inputs) {
    const [kind = '', word = ''] = input.split('.');
    assert.ok(kind === 'any' || KINDS.has(kind), `${input}: no such kind`);
    const known = kind === 'any' ? [...KINDS.values()] : [KINDS.get(kind)];
    const hasWord = known.some((one) => one?.properties.has(word) || one?.header.shape.clauses.has(word));
    assert.ok(hasWord, `${input}: no such word`);
  }
}

test('limits are told in the units that a policy takes', () => {
  const told = (id: string) => {
    const rule = RULES.find((one) => one.id === id);
    return (
      rule &&
      Object.entries(rule.limits ?? {}).map(([name, limit]) => `${name} ${limitSide(rule)} ${limitText(rule, limit)}`)
    );
  };
  assert.deepEqual(told('host-cpu-overloaded'), ['warning above 75 %', 'error above 90 %']);
  assert.deepEqual(told('growth-fills-cluster'), ['warning below 60 days', 'error below 30 days']);
  assert.deepEqual(told('snapshot-stale'), ['warning above 3 days']);
  assert.deepEqual(told('migration-network-slow'), ['warning below 250 Mbps']);
  for (const rule of RULES.filter(({ limits }) => limits)) {
    const clauses = Object.entries(rule.limits ?? {}).map(
      ([name, limit]) => `${name === 'warning' ? 'warn' : name} ${limitText(rule, limit)}`,
    );
    assert.deepEqual(problemsIn(`policy { ${rule.id} ${clauses.join(' ')} }`), [], rule.id);
  }
});
