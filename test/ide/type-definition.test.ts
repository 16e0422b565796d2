import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../server/src/ide/definition.ts';
import { implementations, typeDefinitions } from '../../server/src/ide/type-definition.ts';
import type { Workspace } from '../../server/src/ide/workspace.ts';
import { editing } from './editing.ts';

type Ask = (workspace: Workspace, uri: string, offset: number) => readonly Definition[];

/** Where the cursor leads to: file, and the line with the name between brackets. */
function asked(ask: Ask, marked: string): string[] {
  const { workspace, uri, offset } = editing(marked);
  return ask(workspace, uri, offset).map((definition) => {
    const text = workspace.text(definition.uri) ?? '';
    const { name, block, origin } = definition;
    assert.ok(block.from <= name.from && name.to <= block.to, 'the name lies in its block');
    assert.ok(origin.from <= offset && offset <= origin.to, 'what is asked about is at the cursor');
    const start = text.lastIndexOf('\n', name.from - 1) + 1;
    const end = text.indexOf('\n', name.to);
    return `${definition.uri}: ${text.slice(start, name.from)}<${text.slice(name.from, name.to)}>${text.slice(name.to, end)}`;
  });
}

const classesAt = (marked: string) => asked(typeDefinitions, marked);
const usersAt = (marked: string) => asked(implementations, marked);

const estate = `class vm base { vcpu 1 }
class vm big : base { vcpu 4 }
class vm safe { ha restart high }
class host big { memory 1 GiB }
host esx-1 : big { runs web-[1..2], db }
vm web-[1..3] : big, safe
app cart { vm db : base }
vm plain
`;

/** The estate with the cursor at some text. */
const at = (needle: string, text = estate) => {
  assert.ok(text.includes(needle), needle);
  return text.replace(needle, `$0${needle}`);
};

test('a thing leads to the classes of its block, not to those that they build on', () => {
  const big = 'main.vdc: class vm <big> : base { vcpu 4 }';
  assert.deepEqual(classesAt(at('web-[1..3]')), [big, 'main.vdc: class vm <safe> { ha restart high }']);
  assert.deepEqual(classesAt(at('esx-1')), ['main.vdc: class host <big> { memory 1 GiB }']);
});

test('a reference leads to the classes of all it stands for', () => {
  assert.deepEqual(classesAt(at('db }')), ['main.vdc: class vm <base> { vcpu 1 }']);
  assert.deepEqual(
    classesAt('class vm s { vcpu 1 }\nvm a-1 : s\nvm a-2 : t\nclass vm t { vcpu 2 }\napp x { members a$0-* }\n'),
    ['main.vdc: class vm <s> { vcpu 1 }', 'main.vdc: class vm <t> { vcpu 2 }'],
  );
});

test('the name of a class leads to it', () => {
  assert.deepEqual(classesAt(at('safe\n')), ['main.vdc: class vm <safe> { ha restart high }']);
  assert.deepEqual(classesAt(at('big : base')), ['main.vdc: class vm <big> : base { vcpu 4 }']);
});

test('an amendment gives classes, too', () => {
  const marked = 'class vm s { vcpu 1 }\nclass vm t { vcpu 2 }\nvm $0a : s\namend vm a : t\n';
  assert.deepEqual(classesAt(marked), ['main.vdc: class vm <s> { vcpu 1 }', 'main.vdc: class vm <t> { vcpu 2 }']);
});

test('a class leads to the blocks that use it, also through others', () => {
  const [host, web, db] = [
    'main.vdc: host <esx-1> : big { runs web-[1..2], db }',
    'main.vdc: vm <web-[1..3]> : big, safe',
    'main.vdc: app cart { vm <db> : base }',
  ];
  assert.deepEqual(usersAt(at('base { vcpu 1')), [web, db]);
  assert.deepEqual(usersAt(at('base {')), [web, db]);
  assert.deepEqual(usersAt(at('big, safe')), [web]);
  assert.deepEqual(usersAt(at('big {')), [host]);
});

test('an amendment uses a class; what amends a class does not', () => {
  const marked =
    'class vm $0s { vcpu 1 }\nvm a-1\nvm a-2 : s\namend vm a-* : s\namend class vm s { vcpu 2 }\namend vm a-1 { vcpu 1 }\n';
  assert.deepEqual(usersAt(marked), ['main.vdc: vm <a-2> : s', 'main.vdc: <amend> vm a-* : s']);
});

test('of classes of one name the one that is meant counts', () => {
  const files = (own: string, theirs: string) => `//- main.vdc
import "lib.vdc" as lib
class vm ${own} { vcpu 1 }
vm a : s
//- lib.vdc
class vm ${theirs} { vcpu 2 }
vm b : s
`;
  assert.deepEqual(usersAt(files('$0s', 's')), ['main.vdc: vm <a> : s']);
  assert.deepEqual(usersAt(files('s', '$0s')), ['lib.vdc: vm <b> : s']);
});

test('across files, in every design that imports the class', () => {
  const files = `//- a.vdc
import "hw.vdc"
host x : dl380
//- b.vdc
import "hw.vdc"
host y : dl380
//- hw.vdc
class host dl380 { memory 1 GiB }
host spare : dl380
`;
  const all = ['a.vdc: host <x> : dl380', 'b.vdc: host <y> : dl380', 'hw.vdc: host <spare> : dl380'];
  assert.deepEqual(usersAt(at('dl380 {', files)).sort(), all);
  assert.deepEqual(usersAt(at('dl380\n//- b', files)).sort(), all);
  assert.deepEqual(classesAt(at('y :', files)), ['hw.vdc: class host <dl380> { memory 1 GiB }']);
});

test('a thing without a class, words, numbers, unknown names, comments and no text lead nowhere', () => {
  for (const marked of [
    at('plain'),
    'ho$0st a\n',
    'host a { memory 6$04 GiB }\n',
    'vm a : no$0pe\n',
    '// vm$0\n',
    '$0',
    'import "x$0.vdc"\n',
  ])
    assert.deepEqual([classesAt(marked), usersAt(marked)], [[], []], marked);
  assert.deepEqual(usersAt(at('web-[1..3]')), [], 'things are of a class, nothing is of a thing');
  assert.deepEqual(usersAt('class vm $0s { vcpu 1 }\n'), []);
});

test('classes that build on themselves end', () => {
  const marked = 'class vm $0a : b { vcpu 1 }\nclass vm b : a { vcpu 2 }\nvm x : b\n';
  assert.deepEqual(usersAt(marked), ['main.vdc: vm <x> : b']);
});

test('broken text: what is whole still leads on', () => {
  const broken = 'class vm s {\n  vcpu 1\n}\ncluster c {\n  vm $0a : s\n  host\n  vm b : \n';
  assert.deepEqual(classesAt(broken), ['main.vdc: class vm <s> {']);
  assert.deepEqual(usersAt(broken.replace('$0', '').replace('vm s', 'vm $0s')), ['main.vdc:   vm <a> : s']);
});

test('of very many blocks the first thousand are shown', () => {
  const vms = Array.from({ length: 1_200 }, (_, i) => `vm a-${i} : s`).join('\n');
  const found = usersAt(`class vm $0s { vcpu 1 }\n${vms}\n`);
  assert.equal(found.length, 1_000);
  assert.equal(found[999], 'main.vdc: vm <a-999> : s');
});
