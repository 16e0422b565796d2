import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'alert-route-missing';
const plan = (tool: string, team = '', tier = 'critical') => `team application${team}
team server { contact "noc@example.org" }
tool apm { ${tool}covers app * }
app shop { owner application; tier ${tier}; vm web }`;

test('a tool that calls nobody, or only a team without contact', () => {
  assert.deepEqual(said(RULE, plan('')), [
    'warning: apm watches shop (critical) and calls nobody, so an alarm waits until somebody looks. State alerts with a team.',
  ]);
  assert.match(said(RULE, plan('alerts application; '))[0] ?? '', /goes to application, for whom no contact is stated/);
  assert.deepEqual(said(RULE, plan('alerts application; ', ' { contact "app@example.org" }')), []);
  assert.deepEqual(said(RULE, plan('alerts application, server; ')), []);
});

test('nothing is said of applications that matter less, or of a team that is not known', () => {
  assert.deepEqual(said(RULE, plan('', '', 'normal')), []);
  assert.deepEqual(said(RULE, plan('alerts nobody; ')), []);
});

test('the fix calls the owner', () => {
  const contact = ' { contact "app@example.org" }';
  assert.equal(mended(RULE, plan('', contact)), plan('alerts application; ', contact));
});
