import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const RULE = 'network-unwatched';
const plan = (tools: string) => `design d
${tools}
switch tor-[a,b]
switch san { type fc }
cluster prod {
  vswitch vs0 { uplink nic1 to tor-a }
  host esx-1
}`;

test('virtual and physical switches that no tool sees, told once', () => {
  assert.deepEqual(said(RULE, plan('tool vcenter { covers host * }')), [
    'warning: No tool sees 1 virtual switch (vs0) and 2 physical switches (tor-a and tor-b): full ports and dropped packets show only in applications, and balancing does not look either. Let a tool cover them.',
  ]);
});

test('by name, or by a word for all of them', () => {
  assert.deepEqual(said(RULE, plan('tool a { covers vswitch *; covers switch * }')), []);
  assert.deepEqual(said(RULE, plan('tool a { covers uplink *; covers port * }')), []);
  assert.match(said(RULE, plan('tool a { covers switch tor-* }'))[0] ?? '', /No tool sees 1 virtual switch \(vs0\): /);
});

test('nothing is said where no tool is named', () => {
  assert.deepEqual(said(RULE, plan('note "none yet"')), []);
});

test('the fix lets the only tool cover them', () => {
  const text = plan('tool vcenter { covers host * }');
  assert.match(mended(RULE, text), /tool vcenter \{ (covers (v?switch) \*; ){2}covers host \* \}/);
  assert.deepEqual(found(RULE, plan('tool a { covers host * }\ntool b'))[0]?.fixes(), []);
});
