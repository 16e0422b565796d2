import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import type { Workspace } from '../../server/src/ide/workspace.ts';
import { editing } from './editing.ts';

const CODES = ['class-conflict', 'amend-conflict'];

const told = (workspace: Workspace, uri: string): string[] =>
  diagnosticsOf(workspace, uri)
    .filter(({ code }) => CODES.includes(code))
    .map(({ severity, code, from, to, message, related }) => {
      const places = related.map((place) => workspace.text(place.uri)?.slice(place.from, place.to)).join(', ');
      return `${severity} ${code} "${workspace.text(uri)?.slice(from, to)}": ${message} [${places}]`;
    });

const shown = (text: string): string[] => {
  const { workspace, uri } = editing(text);
  return told(workspace, uri);
};

const classes = `class vm a { vcpu 2; memory 4 GiB }
class vm b { vcpu 4; memory 4 GiB }
`;

test('two classes that state a thing in two ways, where the block does not', () => {
  assert.deepEqual(shown(`${classes}vm x : a, b\n`), [
    'error class-conflict "b": a and b both state vcpu, and neither outranks the other; state it in this block, or name one of the two [vcpu, vcpu]',
  ]);
  assert.deepEqual(shown(`${classes}vm x : a, b { vcpu 8 }\n`), [], 'the block says which');
  assert.deepEqual(shown(`${classes}vm x : a, b\namend vm x { vcpu 8 }\n`), [], 'an amendment says which');
  assert.deepEqual(shown(`${classes}vm x : a\nvm y : b\n`), []);
});

test('a range is told once, and a class that names two classes itself', () => {
  assert.equal(shown(`${classes}vm x-[1..40] : a, b\n`).length, 1);
  assert.equal(shown(`${classes}class vm c : a, b\nvm x : c\n`).length, 1);
});

test('a class goes before the one that it builds on, and what both build on is no contradiction', () => {
  const chain =
    'class vm base { vcpu 2; memory 4 GiB }\nclass vm big : base { vcpu 8 }\nclass vm dark : base { os rhel-9 }\n';
  assert.deepEqual(shown(`${chain}vm x : big, base\n`), []);
  assert.deepEqual(shown(`${chain}vm x : big, dark\n`).length, 1, 'dark has the vCPUs of base');
  assert.deepEqual(shown(`${chain}vm x : dark, base\n`), []);
});

test('what is combined clause by clause, or told apart by its subject, stands side by side', () => {
  const text = `class vm a { reserve cpu 1 GHz; disk 40 GiB }
class vm b { reserve memory 4 GiB; disk data 80 GiB }
vm x : a, b
`;
  assert.deepEqual(shown(text), []);
  assert.equal(shown(text.replace('memory 4 GiB', 'cpu 2 GHz')).length, 1);
});

test('two amendments of one property, at the later one', () => {
  const text = 'vm x { vcpu 2 }\namend vm x { memory 8 GiB }\namend vm x { memory 16 GiB }\n';
  assert.deepEqual(shown(text), [
    'error amend-conflict "memory 16 GiB": another amendment states memory of vm x, too, and neither outranks the other; state it in one of them [memory]',
  ]);
  assert.deepEqual(shown(text.replace('16', '8')), [], 'they say the same');
  assert.deepEqual(shown(text.replace('memory 16 GiB', 'os rhel-9')), [], 'they say different things');
});

test('amendments of ranges and patterns are told once, with the place of the other', () => {
  const text = 'vm x-[1..30]\namend vm x-[1..20] { vcpu 2 }\namend vm x-* { vcpu 4 }\namend class vm c { vcpu 2 }\n';
  const found = shown(text);
  assert.equal(found.length, 1, found.join('\n'));
  assert.match(found[0] ?? '', /^error amend-conflict "vcpu 4": .* of vm x-1, .*\[vcpu\]$/);
});

test('of a class, too', () => {
  const text = 'class vm c { memory 4 GiB }\namend class vm c { vcpu 2 }\namend class vm c { vcpu 4 }\nvm x : c\n';
  assert.match(shown(text).join(), /^error amend-conflict "vcpu 4": another amendment states vcpu of this class/);
});

test('an edit far away brings the contradiction, and takes it', () => {
  const { workspace, uri } = editing(`${classes}vm x : a, b { vcpu 8 }\namend vm x { os rhel-9 }\n`);
  const change = (part: string, by: string): string[] => {
    const from = workspace.text(uri)?.indexOf(part) ?? -1;
    assert.ok(from >= 0, part);
    workspace.edit(uri, [{ from, to: from + part.length, text: by }]);
    const now = told(workspace, uri);
    assert.deepEqual(now, shown(workspace.text(uri) ?? ''), 'as from scratch');
    return now;
  };
  assert.equal(change('{ vcpu 8 }', '').length, 1);
  assert.equal(change('vcpu 4;', '').length, 0);
  assert.equal(change('class vm b { ', 'class vm b { vcpu 4; ').length, 1);
  assert.equal(change('os rhel-9', 'vcpu 1').length, 0);
  assert.equal(change('amend', 'amend vm x { vcpu 3 }\namend').length, 1);
});
