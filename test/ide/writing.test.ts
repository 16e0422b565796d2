import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { linkedRanges } from '../../server/src/ide/linked-editing.ts';
import { onTypeFormatting } from '../../server/src/ide/on-type-formatting.ts';
import { renameFiles } from '../../server/src/ide/rename-files.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';
import { applied, editing } from './editing.ts';

function typed(marked: string, character: string): string {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  return applyEdits(text, onTypeFormatting(parseFile(text), offset, character));
}

test('a new line is as deep as its block, and what follows the cursor stays on it', () => {
  assert.equal(typed('cluster c {\n  host h {\n$0', '\n'), 'cluster c {\n  host h {\n    ');
  assert.equal(typed('vm a {\n$0\n}\n', '\n'), 'vm a {\n  \n}\n');
  assert.equal(typed('vm a {\n$0 }\n', '\n'), 'vm a {\n}\n');
  assert.equal(typed('vm a\n  $0\n', '\n'), 'vm a\n\n');
});

test('a closing brace goes below the line that opened its block, if it begins its own', () => {
  assert.equal(
    typed('cluster c {\n  host h {\n    memory 1 GiB\n    }$0\n}\n', '}'),
    'cluster c {\n  host h {\n    memory 1 GiB\n  }\n}\n',
  );
  assert.equal(typed('vm a { vcpu 4 }$0\n', '}'), 'vm a { vcpu 4 }\n');
  assert.equal(typed('  }$0', '}'), '  }');
  assert.equal(typed('$0', '\n'), '');
});

test('within a long block, too', () => {
  const long = `cluster c {\n${'  // filler\n'.repeat(400)}  host a {\n    memory 1 GiB\n      }$0\n}\n`;
  assert.equal(typed(long, '}'), long.replace('      }$0', '  }'));
});

function linked(marked: string): string[] {
  const { workspace, uri, offset, text } = editing(marked);
  return linkedRanges(workspace, uri, offset).map(({ from, to }) => `${from} ${text.slice(from, to)}`);
}

test('a declared name is typed together with what names it, where that is all of the places', () => {
  assert.deepEqual(linked('team o$0ps\nsite s { owner ops }\n'), ['5 ops', '24 ops']);
  assert.deepEqual(linked('team ops\nsite s { owner o$0ps }\n'), []);
  assert.deepEqual(linked('vm w-$0[1..2]\nhost h { runs w-[1..2] }\n'), []);
  assert.deepEqual(linked('vm a-$01\nvm a-2\nhost h { runs a-[1..2] }\n'), []);
  assert.deepEqual(
    linked('//- main.vdc\nimport "b.vdc"\nteam o$0ps\nsite s { owner ops }\n//- b.vdc\nsite t { owner ops }\n'),
    [],
  );
  assert.deepEqual(linked('host x$0 { datastore d }\nhost y { datastore d }\nvm v { datastore d@x }\n'), []);
  for (const text of ['$0', 'team $0', '{$0']) assert.deepEqual(linked(text), []);
});

test('imports follow a file that is renamed, and those of a moved file lead where they led', () => {
  const files = '//- plan/main.vdc\nimport "b.vdc"\n//- plan/b.vdc\nimport "../c.vdc"\nteam t\n//- c.vdc\nteam u\n';
  const here = editing(files);
  const edits = renameFiles(here.workspace, [{ oldUri: 'plan/b.vdc', newUri: 'deep/er/teams.vdc' }]);
  assert.equal(applied(here, edits), 'import "../deep/er/teams.vdc"\n');
  assert.equal(here.workspace.text('plan/b.vdc'), 'import "../../c.vdc"\nteam t\n');
  const other = editing(files);
  assert.deepEqual(renameFiles(other.workspace, [{ oldUri: 'plan', newUri: 'design' }]), []);
});

test('imports of a file that nobody has open follow, too', () => {
  const workspace = new Workspace({ resolve: (from, path) => posix.join(posix.dirname(from), path) });
  for (const [uri, text] of [
    ['main.vdc', 'import "teams.vdc"\nsite s { owner ops }\n'],
    ['teams.vdc', 'team ops\n'],
  ] as const) {
    workspace.list(uri);
    workspace.provide(uri, text);
  }
  const edits = renameFiles(workspace, [{ oldUri: 'teams.vdc', newUri: 'people.vdc' }]);
  assert.deepEqual(
    edits.map(({ uri, text }) => [uri, text]),
    [['main.vdc', '"people.vdc"']],
  );
});
