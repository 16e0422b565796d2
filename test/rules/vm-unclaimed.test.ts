import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'vm-unclaimed';

test('half of the VMs are claimed, and the others are told once', () => {
  assert.deepEqual(said(RULE, 'design d\napp shop { vm web-[1..2] }\nvm test-[1..2]'), [
    'info: 2 VMs of 4 (test-1 and test-2) belong to no application and no owner, and have no last day: nobody can say whether they are still needed. State one of them.',
  ]);
});

test('fewer are claimed: the design does not use that', () => {
  assert.deepEqual(said(RULE, 'design d\napp shop { vm web-[1..2] }\nvm test-[1..3]'), []);
  assert.deepEqual(said(RULE, 'design d\nvm test'), []);
});

test('a member, an owner, a last day claim a VM; a template needs none', () => {
  const claimed = `design d
team server
app shop { members a }
vm a
vm b in shop
vm c { owner server }
vm d { until 2027-01-01 }
vm e { state template }`;
  assert.deepEqual(said(RULE, claimed), []);
});
