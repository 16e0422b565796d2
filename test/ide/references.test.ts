import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highlights, references } from '../../server/src/ide/references.ts';
import { editing } from './editing.ts';

/** Occurrences as `file:line text`; a declaration has a `*`. */
function found(marked: string, find = references): string[] {
  const { workspace, uri, offset } = editing(marked);
  return find(workspace, uri, offset).map((occurrence) => {
    const text = workspace.text(occurrence.uri) ?? '';
    const line = text.slice(0, occurrence.from).split('\n').length;
    const written = text.slice(occurrence.from, occurrence.to);
    return `${occurrence.uri}:${line} ${written}${occurrence.isDeclaration ? ' *' : ''}`;
  });
}

const plan = `vm web-[1..3]
vm web
host a { runs web-$02 }
host b { runs web-[1,3] }
app x { members web-*; apart web-[1..3] }
network web-2
`;

test('a member of a range is named by ranges and patterns that hold it', () => {
  assert.deepEqual(found(plan), [
    'main.vdc:1 web-[1..3] *',
    'main.vdc:3 web-2',
    'main.vdc:5 web-*',
    'main.vdc:5 web-[1..3]',
  ]);
});

test('from a declaration: whoever names one of its members', () => {
  const marked = plan.replace('$0', '').replace('vm web-[', 'vm web$0-[');
  assert.deepEqual(
    found(marked).map((place) => place.slice(9)),
    ['1 web-[1..3] *', '3 web-2', '4 web-[1,3]', '5 web-*', '5 web-[1..3]'],
  );
});

test('a class is named by what it is used for', () => {
  assert.deepEqual(found('class vm b$0ig { vcpu 1 }\nvm a : big\nclass vm c : big\namend class vm big { vcpu 2 }\n'), [
    'main.vdc:1 big *',
    'main.vdc:2 big',
    'main.vdc:3 big',
    'main.vdc:4 big',
  ]);
});

test('across files; highlights stay in theirs', () => {
  const files = '//- main.vdc\nimport "b.vdc"\nnetwork web { owner t$0 }\n//- b.vdc\nteam t\nsite s { owner t }\n';
  assert.deepEqual(found(files), ['main.vdc:2 t', 'b.vdc:1 t *', 'b.vdc:2 t']);
  assert.deepEqual(found(files, highlights), ['main.vdc:2 t']);
});

test('in all designs that share the declaring file, from any of them', () => {
  const files = (cursor: string) => `//- one.vdc
import "shared.vdc" as lab
host a { cpu 1 x 4 cores 2 GHz; owner o${cursor}ps }
//- two.vdc
import "shared.vdc"
team night
site s { owner ops }
//- shared.vdc
team ops
site b { owner ops }
`;
  const all = ['one.vdc:2 ops', 'shared.vdc:1 ops *', 'shared.vdc:2 ops', 'two.vdc:3 ops'];
  assert.deepEqual(found(files('$0')), all);
  assert.deepEqual(found(files('').replace('site s { owner o', 'site s { owner o$0')).sort(), all);
  assert.deepEqual(found(files('').replace('team ops', 'team o$0ps')).sort(), all);
});

test('things of one name in two blocks are two things', () => {
  const marked = 'host x { datastore local; mount local }\nhost y { datastore lo$0cal; mount local }\n';
  assert.deepEqual(found(marked), ['main.vdc:2 local *', 'main.vdc:2 local']);
});

test('nothing is found for what is no name', () => {
  for (const marked of ['$0', '// a$0\n', 'host a { memory 1 G$0iB }\n']) assert.deepEqual(found(marked), []);
});
