import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import type { Workspace } from '../../server/src/ide/workspace.ts';
import { editing } from './editing.ts';

const CODES = ['class-unused', 'import-unused', 'import-cycle'];

const told = (workspace: Workspace, uri: string): string[] =>
  diagnosticsOf(workspace, uri)
    .filter(({ code }) => CODES.includes(code))
    .map(
      ({ severity, code, from, to, message, tags }) =>
        `${severity} ${code} ${workspace.text(uri)?.slice(from, to)}: ${message}${tags.map((tag) => ` (${tag})`).join('')}`,
    );

const shown = (text: string): string[] => {
  const { workspace, uri } = editing(text);
  return told(workspace, uri);
};

const unused = 'hint class-unused vm large: nothing is of class vm large (unnecessary)';

test('a class of a design that nothing is of', () => {
  assert.deepEqual(shown('class vm large { vcpu 8 }\nvm a\n'), [unused]);
  for (const use of [
    'vm b : large',
    'class vm huge : large\nvm b : huge',
    'amend vm a : large',
    'app x { vm b : large }',
  ])
    assert.deepEqual(shown(`class vm large { vcpu 8 }\nvm a\n${use}\n`), [], use);
  assert.deepEqual(shown('class vm large { vcpu 8 }\nvm a\namend class vm large { vcpu 4 }\n'), [unused]);
});

test('a file of classes alone may be there for others, and one that was not read may use anything', () => {
  assert.deepEqual(shown('class vm large { vcpu 8 }\n'), []);
  assert.deepEqual(shown('class vm large { vcpu 8 }\npolicy { host-crowded off }\n'), []);
  assert.deepEqual(shown('import "nowhere.vdc"\nclass vm large { vcpu 8 }\nvm a\n'), []);
});

test('classes of an imported file are there for all who import it', () => {
  const files = (use: string) =>
    `//- main.vdc\nimport "lib.vdc"\nvm a ${use}\n//- lib.vdc\nclass vm large { vcpu 8 }\nclass vm small\n`;
  const { workspace, uri } = editing(files(': large'));
  assert.deepEqual(told(workspace, uri), []);
  assert.deepEqual(told(workspace, 'lib.vdc'), []);
});

test('an import of classes none of which is used; one that brings more is no question of names', () => {
  const files = (own: string, lib: string) => shown(`//- main.vdc\nimport "lib.vdc"\n${own}\n//- lib.vdc\n${lib}\n`);
  const idle = 'hint import-unused "lib.vdc": nothing of lib.vdc is used (unnecessary)';
  assert.deepEqual(files('vm a', 'class vm large { vcpu 8 }'), [idle]);
  assert.deepEqual(files('vm a : large', 'class vm large { vcpu 8 }'), []);
  for (const more of ['vm b', 'policy { host-crowded off }', 'amend vm a { vcpu 2 }', 'team server'])
    assert.deepEqual(files('vm a', `class vm large { vcpu 8 }\n${more}`), [], more);
});

test('files that import each other, and one that imports itself', () => {
  const { workspace, uri } = editing('//- main.vdc\nimport "b.vdc"\nvm a\n//- b.vdc\nimport "main.vdc"\nvm b\n');
  const both = [...told(workspace, uri), ...told(workspace, 'b.vdc')];
  assert.deepEqual(
    both.map((one) => one.slice(0, one.indexOf(':'))),
    ['hint import-cycle "b.vdc"', 'hint import-cycle "main.vdc"'],
  );
  assert.deepEqual(shown('//- main.vdc\nimport "main.vdc"\nvm a\n'), [
    'hint import-cycle "main.vdc": this file imports itself, which changes nothing',
  ]);
});

test('an edit far away uses a class, and lets it go', () => {
  const { workspace, uri } = editing('class vm large { vcpu 8 }\nvm a\n');
  const text = workspace.text(uri) ?? '';
  workspace.edit(uri, [{ from: text.length - 1, to: text.length - 1, text: ' : large' }]);
  assert.deepEqual(told(workspace, uri), []);
  workspace.edit(uri, [{ from: text.length - 1, to: text.length + 7, text: '' }]);
  assert.deepEqual(told(workspace, uri), [unused]);
});

test('what is past its support is struck through, and what will be is not yet', () => {
  const tags = (day: string) => {
    const { workspace, uri } = editing(`design d { as-of ${day} }\nhost esx-1 { hypervisor esxi 6.5 }\n`);
    return diagnosticsOf(workspace, uri).flatMap(({ code, tags }) =>
      code === 'hypervisor-out-of-support' ? [tags] : [],
    );
  };
  assert.deepEqual(tags('2026-11-22'), [['deprecated']]);
  assert.deepEqual(tags('2022-10-01'), [[]]);
});
