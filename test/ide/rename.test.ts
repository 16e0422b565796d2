import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareRename, rename } from '../../server/src/ide/rename.ts';
import { applied, editing } from './editing.ts';

/** The text after the renaming, or why there is none. */
function after(marked: string, name: string): string {
  const here = editing(marked);
  const edits = rename(here.workspace, here.uri, here.offset, name);
  return 'refused' in edits ? `refused: ${edits.refused}` : applied(here, edits);
}

function prepared(marked: string): string {
  const { workspace, uri, offset, text } = editing(marked);
  const found = prepareRename(workspace, uri, offset);
  return 'refused' in found ? `refused: ${found.refused}` : `${text.slice(found.from, found.to)} as ${found.text}`;
}

test('a thing is renamed wherever it is named', () => {
  assert.equal(
    after('team ops\nnetwork ops\nsite s { owner o$0ps }\namend team ops { staff 3 }\n', 'server'),
    'team server\nnetwork ops\nsite s { owner server }\namend team server { staff 3 }\n',
  );
});

test('from its declaration, and a class', () => {
  assert.equal(
    after('class vm b$0ig { vcpu 4 }\nvm a : big\nclass vm c : big\n', 'large'),
    'class vm large { vcpu 4 }\nvm a : large\nclass vm c : large\n',
  );
});

test('a range keeps its members; single members and parts of it follow', () => {
  assert.equal(
    after('vm web-$0[1..3]\nhost a { runs web-2 }\nhost b { runs web-[1,3] }\n', 'www-[1..3]'),
    'vm www-[1..3]\nhost a { runs www-2 }\nhost b { runs www-[1,3] }\n',
  );
  assert.match(after('vm web-$0[1..3]\n', 'www-[1..4]'), /^refused: a range keeps its members/);
  assert.match(after('vm web-$0[1..3]\n', 'www'), /^refused: a range keeps its members/);
});

test('a name that needs quotes gets them', () => {
  assert.equal(
    after('team o$0ps\nsite s { owner ops }\n', 'Night shift'),
    'team "Night shift"\nsite s { owner "Night shift" }\n',
  );
  assert.equal(after('team "o$0p s"\nsite s { owner "op s" }\n', 'ops'), 'team ops\nsite s { owner ops }\n');
});

test('containers behind an @', () => {
  assert.equal(
    after('host x { datastore local }\nhost y$0 { datastore local }\nvm v { datastore local@y }\n', 'z'),
    'host x { datastore local }\nhost z { datastore local }\nvm v { datastore local@z }\n',
  );
});

test('across files', () => {
  const here = editing('//- main.vdc\nimport "b.vdc"\nnetwork web { owner o$0ps }\n//- b.vdc\nteam ops\n');
  const edits = rename(here.workspace, here.uri, here.offset, 'server');
  assert.ok(!('refused' in edits));
  assert.equal(applied(here, edits), 'import "b.vdc"\nnetwork web { owner server }\n');
  assert.equal(here.workspace.text('b.vdc'), 'team server\n');
});

test('a pattern that still matches stays; one that would not is refused', () => {
  const text = 'vm sql-a$0\napp x { members sql-* }\n';
  assert.equal(after(text, 'sql-b'), 'vm sql-b\napp x { members sql-* }\n');
  assert.equal(after(text, 'db-b'), 'refused: sql-* would not match db-b any more');
});

test('refused where it would break', () => {
  assert.equal(after('team a$0\nteam b\n', 'b'), 'refused: there is team b already');
  assert.equal(after('team a$0\n', 'b*'), 'refused: a name has no *');
  assert.equal(after('team a$0\n', ''), 'refused: a name has at least one character');
  assert.equal(
    after('vm a-1\nvm a-$02\nhost h { runs a-[1..2] }\n', 'b'),
    'refused: a-[1..2] names it as one of a range',
  );
});

test('what can be renamed, and why not', () => {
  assert.equal(prepared('team o$0ps\n'), 'ops as ops');
  assert.equal(prepared('team "o$0p s"\n'), '"op s" as op s');
  assert.equal(
    prepared('vm w-[1..2]\nhost h { runs w$0-1 }\n'),
    'refused: w-1 is one of w-[1..2]; rename that where it is declared, or split it first',
  );
  assert.equal(prepared('vm a\napp x { members a$0* }\n'), 'refused: a* is a pattern; rename what it matches');
  assert.equal(prepared('host h { mount no$0pe }\n'), 'refused: nothing is called nope');
  for (const marked of ['ho$0st h\n', '// te$0am\n', '$0', 'host h { memory 1 G$0iB }\n'])
    assert.equal(prepared(marked), 'refused: only names can be renamed');
});
