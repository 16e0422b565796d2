import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareRename, rename } from '../../server/src/ide/rename.ts';
import { applied, editing } from './editing.ts';

/** All files after the renaming, or why there is none. */
function after(marked: string, name: string): string {
  const here = editing(marked);
  const edits = rename(here.workspace, here.uri, here.offset, name);
  if ('refused' in edits) return `refused: ${edits.refused}`;
  applied(here, edits);
  const uris = here.workspace.openUris();
  return uris.map((uri) => `//- ${uri}\n${here.workspace.text(uri)}`).join('');
}

const shared = (cursor: string, name: string, use = '') => `//- one.vdc
import "hardware.vdc"
host a : ${name}${use}
//- two.vdc
import "hardware.vdc"
host b : ${name}
//- hardware.vdc
class host ${name}${cursor} { cpu 1 x 4 cores 2 GHz }
`;

test('every design that shares the declaring file follows, from wherever it is renamed', () => {
  assert.equal(after(shared('', 'dl380', '$0'), 'r760'), shared('', 'r760'));
  assert.equal(after(shared('$0', 'dl380'), 'r760'), shared('', 'r760'));
});

test('a name that only another design has taken is in the way, too', () => {
  const text =
    '//- one.vdc\nimport "c.vdc"\nsite s { owner o$0ps }\n//- two.vdc\nimport "c.vdc"\nteam night\n//- c.vdc\nteam ops\n';
  assert.match(after(text, 'night'), /^refused: /);
});

const scopes = (name: string, [atImport, atUse]: readonly string[] = []) => `//- main.vdc
import "b.vdc" as ${name}${atImport ?? ''}
import "d.vdc" as denver
app x { members web@${name}${atUse ?? ''}, web@denver }
//- b.vdc
vm web
//- d.vdc
vm web
`;

test('an import scope, from the import and from behind an @', () => {
  assert.equal(after(scopes('berlin', ['$0']), 'bonn'), scopes('bonn'));
  assert.equal(after(scopes('berlin', ['', '$0']), 'bonn'), scopes('bonn'));
  assert.equal(after(scopes('berlin', ['$0']), 'my host'), scopes('"my host"'));
  assert.equal(after(scopes('"my host"', ['', '$0']), 'bonn'), scopes('bonn'));
  assert.equal(after(scopes('berlin', ['$0']), 'denver'), 'refused: there is an import as denver already');
});

test('what stands behind an @ is renamed from there', () => {
  const text = (name: string, cursor = '') =>
    `//- main.vdc\nhost x { datastore d }\nhost ${name} { datastore d }\nvm v { datastore d@${name}${cursor} }\n`;
  assert.equal(after(text('y', '$0'), 'z'), text('z'));
  assert.equal(after(text('"my host"', '$0'), 'z'), text('z'));
  assert.equal(after(text('y', '$0'), 'the host'), text('"the host"'));
  const { workspace, uri, offset } = editing(text('"my host"', '$0'));
  assert.equal((prepareRename(workspace, uri, offset) as { text: string }).text, 'my host');
});

test('members of a range behind an @ follow their range', () => {
  const text = (name: string, cursor = '') =>
    `//- main.vdc\nhost ${name}-${cursor}[1..2] { datastore d }\nvm v { datastore d@${name}-2 }\n`;
  assert.equal(after(text('a', '$0'), 'b-[1..2]'), text('b'));
});

test('a quoted name with quotation marks', () => {
  const text = (name: string, cursor = '') => `//- main.vdc\nteam ${name}${cursor}\nsite s { owner ${name} }\n`;
  assert.equal(after(text('"the ""A"" team"', '$0'), 'ops'), text('ops'));
  assert.equal(after(text('ops', '$0'), 'the "A" team'), text('"the ""A"" team"'));
  assert.equal(after(text('ops', '$0'), '"the ""A"" team"'), text('"the ""A"" team"'));
});

test('a word of the language gets quotation marks where it needs them', () => {
  for (const word of ['none', 'each', 'x']) {
    const text = (name: string, cursor = '') => `//- main.vdc\nteam ${name}${cursor}\nsite s { owner ${name} }\n`;
    assert.equal(after(text('ops', '$0'), word), text(`"${word}"`));
  }
  const placed = (name: string, cursor = '') =>
    `//- main.vdc\nsite s\nnetwork ${name}${cursor} at s\nvm v { nic ${name} }\n`;
  assert.equal(after(placed('web', '$0'), 'mac'), placed('"mac"'));
});

test('refused where another name would be captured', () => {
  assert.equal(
    after('//- main.vdc\nvm web$0\nvm sql-1\napp x { members sql-* }\n', 'sql-2'),
    'refused: after that, sql-* in line 3 of main.vdc would mean something else',
  );
  assert.match(
    after('//- main.vdc\nhost a { datastore l$0; mount gold }\narray r { datastore gold }\n', 'gold'),
    /^refused: /,
  );
});
