import assert from 'node:assert/strict';
import { test } from 'node:test';
import { organizeImports } from '../../server/src/ide/code-actions/organize-imports.ts';
import { refactoringDraft, refactorings } from '../../server/src/ide/refactor.ts';
import { applied, editing } from './editing.ts';

const EVERYTHING = { wants: () => true, createsFiles: true, mayDefer: false };

function offered(marked: string, wish = EVERYTHING) {
  const here = editing(marked);
  return { here, actions: refactorings(here.workspace, here.uri, { from: here.offset, to: here.offset }, wish) };
}

function titles(marked: string): string[] {
  return offered(marked).actions.map(({ title }) => title);
}

function after(marked: string, title: string): string {
  const { here, actions } = offered(marked);
  const action = actions.find((one) => one.title === title);
  assert.ok(action?.draft, `no ${title}; there are: ${actions.map((one) => one.title).join(' | ')}`);
  return applied(here, action.draft.edits);
}

test('what blocks have in common becomes a class of theirs', () => {
  assert.equal(
    after(
      'vm web-$01 { vcpu 4; memory 8 GiB; restart high }\nvm web-2 { vcpu 4; memory 8 GiB }\n',
      'Extract a class from vm blocks like this one',
    ),
    'class vm web { vcpu 4; memory 8 GiB }\nvm web-1 : web { restart high }\nvm web-2 : web\n',
  );
});

test('a new class builds on the classes that the blocks had', () => {
  assert.equal(
    after(
      'class vm web { os rhel-9 }\nvm web-$01 : web { vcpu 4; memory 8 GiB }\nvm web-2 : web { vcpu 4; memory 8 GiB }\n',
      'Extract a class from vm blocks like this one',
    ),
    'class vm web { os rhel-9 }\nclass vm web-class : web { vcpu 4; memory 8 GiB }\nvm web-1 : web-class\nvm web-2 : web-class\n',
  );
});

test('a class is written out at one use, and what the block states itself stays', () => {
  assert.equal(
    after(
      'class vm big { vcpu 8; memory 64 GiB; demand cpu 10 % net 5 Mbps }\nvm a : bi$0g { vcpu 4; demand cpu 20 % }\nvm b : big\n',
      'Inline class big here',
    ),
    'class vm big { vcpu 8; memory 64 GiB; demand cpu 10 % net 5 Mbps }\nvm a { vcpu 4; demand cpu 20 % net 5 Mbps; memory 64 GiB }\nvm b : big\n',
  );
});

test('a class is written out everywhere and goes, with the comment above it', () => {
  assert.equal(
    after(
      'class vm base { os rhel-9 }\n// large\nclass vm b$0ig : base { vcpu 8 }\nvm a : big\nvm b : big { vcpu 2 }\n',
      'Inline class big everywhere',
    ),
    'class vm base { os rhel-9 }\nvm a : base { vcpu 8 }\nvm b : base { vcpu 2 }\n',
  );
});

test('a class that is amended is not written out', () => {
  assert.deepEqual(
    titles('class vm big { vcpu 8 }\namend class vm big { vcpu 9 }\nvm a : bi$0g\n').filter((title) =>
      /Inline/.test(title),
    ),
    [],
  );
});

test('a range is split in two or into single blocks; what is dealt out goes with its member', () => {
  const text = 'network n { subnet 10.0.0.0/24 }\nvm w-$0[1..4] { vcpu 2; nic n address each 10.0.0.[2..5] }\n';
  assert.match(
    after(text, 'Split w-[1..4] in two'),
    /vm w-\[1\.\.2\] \{ vcpu 2; nic n address each 10\.0\.0\.2, 10\.0\.0\.3 \}\nvm w-\[3\.\.4\] \{ vcpu 2; nic n address each 10\.0\.0\.4, 10\.0\.0\.5 \}/,
  );
  assert.match(after(text, 'Split w-[1..4] into single blocks'), /vm w-3 \{ vcpu 2; nic n address 10\.0\.0\.4 \}/);
});

test('neighbours that are alike but for their name become a range', () => {
  assert.equal(
    after(
      'vm w-1 { vcpu 2 }\nvm w-$02 { vcpu 2 }\nvm w-3 { vcpu 2 }\nvm w-4 { vcpu 4 }\n',
      'Merge 3 blocks into w-[1..3]',
    ),
    'vm w-[1..3] { vcpu 2 }\nvm w-4 { vcpu 4 }\n',
  );
  assert.deepEqual(
    titles('vm w-$01 { vcpu 2 }\n// apart\nvm w-2 { vcpu 2 }\n').filter((title) => /Merge/.test(title)),
    [],
  );
});

test('what runs somewhere is sorted naturally and folded', () => {
  assert.equal(
    after('vm v-[1..10], a\nhost h { runs$0 v-10, v-2, a, v-1 }\n', 'Sort what runs here'),
    'vm v-[1..10], a\nhost h { runs a, v-[1..2,10] }\n',
  );
});

test('a body on one line and on several', () => {
  const one = 'vm a { vcpu$0 4; memory 8 GiB }\n';
  const several = 'vm a {\n  vcpu$0 4\n  memory 8 GiB\n}\n';
  assert.equal(after(one, 'Write this vm on several lines'), several.replace('$0', ''));
  assert.equal(after(several, 'Write this vm on one line'), one.replace('$0', ''));
});

test('a block goes to an imported file, or to a new one that is then imported', () => {
  const files = '//- main.vdc\nimport "b.vdc"\n\n// the web\nvm we$0b { vcpu 2 }\n//- b.vdc\nteam t\n';
  const { here, actions } = offered(files);
  const known = actions.find(({ title }) => title === 'Move web to b.vdc');
  assert.ok(known?.draft);
  assert.equal(applied(here, known.draft.edits), 'import "b.vdc"\n');
  assert.equal(here.workspace.text('b.vdc'), 'team t\n\n// the web\nvm web { vcpu 2 }\n');
  const fresh = offered(files).actions.find(({ title }) => title === 'Move web to a new file web.vdc');
  assert.deepEqual(fresh?.draft?.creates, ['web.vdc']);
  assert.deepEqual(
    offered(files, { ...EVERYTHING, createsFiles: false }).actions.filter(({ title }) => /new file/.test(title)),
    [],
  );
});

test('what takes long is made when it is chosen', () => {
  const marked = 'class vm b$0ig { vcpu 8 }\nvm a : big\n';
  const { here, actions } = offered(marked, { ...EVERYTHING, mayDefer: true });
  const action = actions.find(({ title }) => title === 'Inline class big everywhere');
  assert.ok(action && action.draft === undefined);
  const draft = refactoringDraft(here.workspace, here.uri, { from: here.offset, to: here.offset }, action);
  assert.ok('edits' in draft);
  assert.equal(applied(here, draft.edits), 'vm a { vcpu 8 }\n');
});

test('nothing is offered on empty and on broken text', () => {
  for (const text of ['$0', 'vm a { vcpu 4$0\n', '}}{$0', 'clss vm$0']) assert.deepEqual(titles(text), [], text);
});

test('imports are sorted, and those that change nothing go', () => {
  const here = editing(
    '//- main.vdc\nimport "z.vdc"\nimport "b.vdc"\nimport "a.vdc"\nimport "z.vdc"\n\nvm v : small\n//- a.vdc\nclass vm small { vcpu 1 }\n//- b.vdc\nclass vm large { vcpu 9 }\n//- z.vdc\nteam t\n',
  );
  const edits = organizeImports(here.workspace, here.uri);
  assert.equal(applied(here, edits), 'import "a.vdc"\nimport "z.vdc"\n\nvm v : small\n');
  assert.deepEqual(organizeImports(here.workspace, here.uri), []);
});
