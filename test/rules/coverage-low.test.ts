import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'coverage-low';
const plan = (covers: string, more = '') => `design d
tool checkmk { ${covers} }
host esx-[1..4]
switch tor-a${more}`;

test('80 % is enough, less is not', () => {
  assert.deepEqual(said(RULE, plan('covers host *')), []);
  assert.deepEqual(said(RULE, plan('covers host *', '\nswitch tor-b')), [
    'info: The tools together see 66.7 % of what should be watched; unseen are 2 switches. What fails there shows only in what depends on it. Add covers to a tool, or a tool.',
  ]);
});

test('all kinds of components count, a datastore with its array', () => {
  const more = '\narray vmax { datastore gold }\ndatastore lone\napp shop { vm web }';
  assert.match(
    said(RULE, plan('covers host *', more))[0] ?? '',
    /see 50 % .* 1 switch, 1 array, 1 datastore, 1 application/,
  );
});

test('a policy may ask for more', () => {
  assert.match(said(RULE, plan('covers host *', '\npolicy { coverage-low warn 95 % }'))[0] ?? '', /^warning: .* 80 %/);
});

test('nothing is said where no tool is named', () => {
  assert.deepEqual(said(RULE, 'design d\nhost esx-1'), []);
});
