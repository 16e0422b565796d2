import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { selectionRanges } from '../../server/src/ide/selection-ranges.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { random } from '../support/random.ts';
import { editing } from './editing.ts';

/** What is selected step by step, the innermost first. */
function grown(marked: string): string[] {
  const { workspace, uri, offset, text } = editing(marked);
  return selectionRanges(workspace, uri, offset).map(({ from, to }) => text.slice(from, to));
}

test('from a word to its value, its clause, its statement, its block', () => {
  assert.deepEqual(grown('team ops\nvm web-1 { vcpu 4; disk 40 G$0iB thin; owner ops }\n'), [
    'GiB',
    '40 GiB',
    '40 GiB thin',
    'disk 40 GiB thin',
    'vcpu 4; disk 40 GiB thin; owner ops',
    '{ vcpu 4; disk 40 GiB thin; owner ops }',
    'vm web-1 { vcpu 4; disk 40 GiB thin; owner ops }',
    'team ops\nvm web-1 { vcpu 4; disk 40 GiB thin; owner ops }\n',
  ]);
});

test('one of a list, the list, the clause that it is in', () => {
  assert.deepEqual(grown('team a\nswitch s { trunk w$0eb, app to prod }\n').slice(0, 4), [
    'web',
    'web, app',
    'web, app to prod',
    'trunk web, app to prod',
  ]);
});

test('a clause with its word', () => {
  assert.deepEqual(grown('vm a { demand cpu 2$00 % net 10 Mbps }\n').slice(0, 4), [
    '20',
    '20 %',
    'cpu 20 %',
    'cpu 20 % net 10 Mbps',
  ]);
});

test('the head of a block', () => {
  assert.deepEqual(grown('host es$0x-01 : dl380 { memory 4 GiB }\n').slice(0, 3), [
    'esx-01',
    'esx-01 : dl380',
    'host esx-01 : dl380',
  ]);
});

test('a long block, which is kept in parts', () => {
  const hosts = Array.from({ length: 80 }, (_, k) => `  host esx-${k} { memory 64 GiB }\n`).join('');
  const text = `team a\ncluster prod {\n${hosts}  host last { memory 4$0 GiB }\n}\n`;
  const steps = grown(text);
  assert.deepEqual(steps.slice(0, 2), ['4', '4 GiB']);
  assert.match(steps.at(-3) ?? '', /^\n {2}host esx-0 [\s\S]*GiB }\n$/);
  assert.match(steps.at(-2) ?? '', /^cluster prod {[\s\S]*}$/);
});

test('no text, and an unknown file', () => {
  assert.deepEqual(grown('$0'), ['']);
  assert.deepEqual(selectionRanges(new Workspace({ resolve: () => undefined }), 'none.vdc', 3), []);
});

test('in any text each step holds the one before and more, up to all of it', () => {
  for (const name of ['half-typed.vdc', 'shopping-cart.vdc', 'vdi-farm.vdc']) {
    const text = readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
    const workspace = new Workspace({ resolve: () => undefined });
    workspace.openText(name, text);
    const { below } = random(7);
    for (let round = 0; round < 300; round++) {
      const offset = below(text.length + 1);
      const spans = selectionRanges(workspace, name, offset);
      assert.deepEqual(spans.at(-1), { from: 0, to: text.length });
      for (const [index, { from, to }] of spans.entries()) {
        assert.ok(from <= offset && offset <= to, `${name} ${offset}`);
        const outer = spans[index + 1];
        if (outer) assert.ok(outer.from <= from && outer.to >= to && outer.to - outer.from > to - from);
      }
    }
  }
});
