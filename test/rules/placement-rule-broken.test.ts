import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'placement-rule-broken';
const cluster = (rules: string) => `cluster c {
  host h-1 { runs a, b }
  host h-2 { runs d }
  host h-3
}
vm a, b, d
${rules}`;

test('on hosts, and off hosts', () => {
  assert.deepEqual(said(rule, cluster('keep a on h-1, h-2\nkeep a off h-3')), []);
  assert.deepEqual(said(rule, cluster('keep a on h-2, h-3')), [
    'error: a runs on h-1, and must stay on h-2 or h-3. Move it to one of those, or change the rule.',
  ]);
  assert.deepEqual(said(rule, cluster('keep a off h-1 should')), [
    'info: a runs on h-1, and should stay off it. Move it, or change the rule.',
  ]);
  const [finding] = found(rule, cluster('keep a on h-2'));
  assert.deepEqual([finding?.at.sentence.word, finding?.related?.[0]?.message], ['keep', 'a is placed here']);
});

test('several VMs of one rule are one finding', () => {
  assert.deepEqual(said(rule, cluster('keep a, b, d on h-3')), [
    'error: a, b and d run on h-1 and h-2, and must stay on h-3. Move them to h-3, or change the rule.',
  ]);
});

test('together', () => {
  assert.deepEqual(said(rule, cluster('together a, b')), []);
  assert.deepEqual(said(rule, cluster('together a, d')), [
    'error: a and d must be together by host, and are spread over h-1 and h-2. Move them to one host, or change the rule.',
  ]);
  assert.match(said(rule, cluster('together a, d should'))[0] ?? '', /^info/);
  assert.match(mended(rule, cluster('together a, d')), /together a, d should$/);
});

test('a pool is placed by its cluster; a VM that is off breaks nothing', () => {
  assert.deepEqual(said(rule, 'cluster c { host h-[1..2]; runs a }\nvm a\nkeep a on h-2'), []);
  assert.deepEqual(said(rule, cluster('keep a on h-2').replace('vm a, b, d', 'vm a { state off }\nvm b, d')), []);
});
