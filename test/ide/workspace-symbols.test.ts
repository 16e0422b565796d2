import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_FOUND, workspaceSymbols } from '../../server/src/ide/workspace-symbols.ts';
import { editing } from './editing.ts';

/** What a query finds: word, name and container, and the text of its place where that is another than the name. */
function found(marked: string, query: string): string[] {
  const { workspace } = editing(marked);
  return workspaceSymbols(workspace, query).map(({ word, name, container, uri, from, to }) => {
    const text = workspace.text(uri)?.slice(from, to);
    return `${word} ${name}${container === undefined ? '' : ` in ${container}`}${text === name ? '' : ` at ${text}`}`;
  });
}

const plan = `//- main.vdc
import "lib.vdc"
site west {
  rack r1
}
cluster prod at west {
  vswitch vs0 { uplink nic1 }
  host esx-[01..04] : dl380 { runs web-[001..400] }
}
vm web-[001..400], webmail
app web { vm "web front" { vcpu 2 } }
amend vm web-001 { vcpu 4 }
policy { subnet-exhausted off }
//- lib.vdc
class host dl380 { memory 512 GiB }
team network
`;

test('the best match comes first, ranges as they are written', () => {
  assert.deepEqual(found(plan, 'web'), [
    'app web',
    'vm webmail',
    'vm web front in web at "web front"',
    'vm web-[001..400]',
  ]);
});

test('a member of a range by its name, however it is typed', () => {
  for (const query of ['web-017', 'WEB-017', 'web17'])
    assert.equal(found(plan, query)[0], 'vm web-017 at web-[001..400]');
  assert.deepEqual(found('vm r0-[001..100]', 'r50'), []);
  assert.deepEqual(found(plan, 'web-401'), []);
  assert.deepEqual(found(plan, 'esx2'), ['host esx-02 in prod at esx-[01..04]']);
});

test('letters in their order are enough; across files, with classes', () => {
  assert.deepEqual(found(plan, 'd38'), ['class dl380']);
  assert.deepEqual(found(plan, 'ntwrk'), ['team network']);
  assert.deepEqual(found(plan, 'krowten'), []);
});

test('what follows a blank is looked for around it', () => {
  assert.deepEqual(found(plan, 'vs prod'), ['vswitch vs0 in prod']);
  assert.deepEqual(found(plan, 'vs west'), []);
  assert.deepEqual(found(plan, 'r1 we'), ['rack r1 in west']);
});

test('the empty query finds all there is, once, as far as there is room', () => {
  const all = found(plan, '');
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(all.length, 11);
  const many = Array.from({ length: 2 * MOST_FOUND }, (_, i) => `vm a-${i}`).join('\n');
  assert.equal(found(many, '').length, MOST_FOUND);
  assert.equal(found(many, 'a-511')[0], 'vm a-511');
});

test('a file that several designs share is looked through once', () => {
  const shared = '//- a.vdc\nimport "lib.vdc"\n//- b.vdc\nimport "lib.vdc"\n//- lib.vdc\nteam ops\n';
  assert.deepEqual(found(shared, 'ops'), ['team ops']);
});

test('in broken text what is whole is found, in none nothing', () => {
  assert.deepEqual(found('cluster prod {\n  host esx-01 { memory 64 Gi\n  runs "a, [1..\n}}} {\nvm\n', 'esx'), [
    'host esx-01 in prod',
  ]);
  assert.deepEqual(found('', ''), []);
});
