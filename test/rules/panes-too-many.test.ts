import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'panes-too-many';
const plan = (tools: string) => `design d
${tools}
switch tor-a
host esx-[1..2]
app shop { vm web }`;
const three = 'tool vcenter { covers host * }\ntool netmon { covers switch * }\ntool apm { covers app * }';

test('three tools, each with what the others do not see', () => {
  assert.deepEqual(said(RULE, plan(three)), [
    'warning: It takes 3 tools to see everything that is watched (vcenter, netmon and apm); the one that sees most, vcenter, sees 50 %. Feed the others into it, or let it cover more.',
  ]);
});

test('two are usual, and one that adds nothing does not count', () => {
  assert.deepEqual(
    said(RULE, plan('tool vcenter { covers host * }\ntool netmon { covers switch *; covers app * }')),
    [],
  );
  assert.deepEqual(said(RULE, plan(`${three}\ntool umbrella { covers host *; covers switch *; covers app * }`)), []);
});

test('a policy may allow more', () => {
  assert.deepEqual(said(RULE, plan(`${three}\npolicy { panes-too-many warn 3 }`)), []);
});

test('nothing is said where no tool is named', () => {
  assert.deepEqual(said(RULE, plan('note "none"')), []);
});
