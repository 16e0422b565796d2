import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitions } from '../../server/src/ide/definition.ts';
import { editing } from './editing.ts';

/** Definitions of what the cursor stands on: file, and the line with the name between brackets. */
function defined(marked: string): string[] {
  const { workspace, uri, offset } = editing(marked);
  return definitions(workspace, uri, offset).map((definition) => {
    const text = workspace.text(definition.uri) ?? '';
    const { name, block } = definition;
    assert.ok(block.from <= name.from && name.to <= block.to, 'the name lies in its block');
    const start = text.lastIndexOf('\n', name.from - 1) + 1;
    const end = text.indexOf('\n', name.to);
    return `${definition.uri}: ${text.slice(start, name.from)}<${text.slice(name.from, name.to)}>${text.slice(name.to, end)}`;
  });
}

test('a reference leads to the name that is declared', () => {
  assert.deepEqual(defined('team network\nnetwork web { owner net$0work }\n'), ['main.vdc: team <network>']);
});

test('a member of a range leads to the range', () => {
  assert.deepEqual(defined('vm web-[001..400]\nhost a { runs web-0$007 }\n'), ['main.vdc: vm <web-[001..400]>']);
});

test('a range leads to every block that declares part of it, each once', () => {
  const marked = 'vm web-1, web-3\nvm web-2\nhost a { runs web-[1..$03] }\n';
  assert.deepEqual(defined(marked), ['main.vdc: vm <web-1>, web-3', 'main.vdc: vm <web-2>']);
});

test('a name leads to the kind that its word asks for', () => {
  const marked = 'network san\nswitch san\nhost a {\n  vswitch v { uplink nic1 to s$0an; carries san }\n}\n';
  assert.deepEqual(defined(marked), ['main.vdc: switch <san>']);
});

test('the nearest of several counts', () => {
  const marked = `site a
host x { datastore local; mount local }
host y { datastore local; mount loc$0al }
`;
  assert.deepEqual(defined(marked), ['main.vdc: host y { datastore <local>; mount local }']);
});

test('a class, behind a colon and in an amendment', () => {
  assert.deepEqual(defined('class vm big { vcpu 4 }\nvm a : b$0ig\n'), ['main.vdc: class vm <big> { vcpu 4 }']);
  assert.deepEqual(defined('class vm big { vcpu 4 }\namend class vm b$0ig { vcpu 8 }\n'), [
    'main.vdc: class vm <big> { vcpu 4 }',
  ]);
});

test('an amendment leads to what it amends', () => {
  assert.deepEqual(defined('vm a\namend vm $0a { vcpu 4 }\n'), ['main.vdc: vm <a>']);
});

test('a pattern leads to all that it matches', () => {
  assert.deepEqual(defined('vm sql-1\nvm web\nvm sql-2\napp x { members sql$0-* }\n'), [
    'main.vdc: vm <sql-1>',
    'main.vdc: vm <sql-2>',
  ]);
});

test('what a tool covers', () => {
  assert.deepEqual(defined('app cart\ntool t { covers app ca$0rt }\n'), ['main.vdc: app <cart>']);
});

test('across files, and from an import to its file', () => {
  const files =
    '//- main.vdc\nimport "lib/hw.vdc"\nhost a : dl$0380\n//- lib/hw.vdc\nclass host dl380 { memory 1 GiB }\n';
  assert.deepEqual(defined(files), ['lib/hw.vdc: class host <dl380> { memory 1 GiB }']);
  const imports = files.replace('$0', '').replace('hw.vdc"', 'h$0w.vdc"');
  assert.deepEqual(defined(imports), ['lib/hw.vdc: <>class host dl380 { memory 1 GiB }']);
});

test('in long blocks, which are kept in parts', () => {
  const filler = '  // filler\n'.repeat(300);
  const marked = `team t\ncluster c {\n${filler}  host a { memory 1 GiB }\n${filler}  runs v on $0a\n}\nvm v\n`;
  assert.deepEqual(defined(marked), ['main.vdc:   host <a> { memory 1 GiB }']);
  assert.deepEqual(defined(`team t\ncluster c {\n${filler}}\napp x { runs v on $0c }\nvm v\n`), [
    'main.vdc: cluster <c> {',
  ]);
});

test('a declaration leads to itself', () => {
  assert.deepEqual(defined('vm $0a\n'), ['main.vdc: vm <a>']);
});

test('nothing is found for words, numbers, unknown names, comments and no text', () => {
  for (const marked of ['ho$0st a\n', 'host a { memory 6$04 GiB }\n', 'host a { mount no$0pe }\n', '// host$0\n', '$0'])
    assert.deepEqual(defined(marked), [], marked);
});

test('whole lines of broken text still lead on', () => {
  assert.deepEqual(defined('vm a\ncluster c {\n  host h {\n    runs $0a\n  host\n'), ['main.vdc: vm <a>']);
});
