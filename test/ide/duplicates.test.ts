import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakesOf } from '../../server/src/ide/diagnostics.ts';
import { editing } from './editing.ts';

/** Code and line of what is wrong, and how far the first one is from what it is related to. */
function twiceIn(text: string): string[] {
  const { workspace, uri } = editing(text);
  const design = workspace.projectOf(uri)?.design;
  assert.ok(design);
  return mistakesOf(design).map(({ problem, related }) => `${problem.code} ${related?.length}`);
}

// Comparing each with each reads the text millions of times: it would take minutes.
for (const block of ['team a', 'class vm a { vcpu 1 }', 'vm a-[1..3] { vcpu 1 }']) {
  test(`4 000 times ${block}: each but the first is a mistake, and points at the first alone`, () => {
    const found = twiceIn(`${block}\n`.repeat(4_000));
    assert.equal(found.length, 3_999);
    assert.deepEqual([...new Set(found)], ['name-duplicate 1']);
  });
}

test('the first of several is found anew when it goes', () => {
  const here = editing('team a\nteam b\nteam a; team a\nsite s { owner a }\n');
  const lines = () => {
    const design = here.workspace.projectOf(here.uri)?.design;
    return design ? mistakesOf(design).filter(({ problem }) => problem.code === 'name-duplicate').length : 0;
  };
  assert.equal(lines(), 2);
  here.workspace.edit(here.uri, [{ from: 0, to: 7, text: '' }]);
  assert.equal(lines(), 1);
  here.workspace.edit(here.uri, [{ from: 0, to: 0, text: 'team a\n' }]);
  assert.equal(lines(), 2);
});
