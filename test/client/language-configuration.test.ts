import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

interface Configuration {
  readonly wordPattern: { readonly pattern: string; readonly flags: string };
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  readonly onEnterRules: readonly { readonly beforeText: string; readonly afterText?: string }[];
}

const file = new URL('../../language-configuration.json', import.meta.url);
const { wordPattern, indentationRules, onEnterRules } = JSON.parse(readFileSync(file, 'utf8')) as Configuration;

function words(line: string): string[] {
  return [...line.matchAll(new RegExp(wordPattern.pattern, `g${wordPattern.flags}`))].map(([word]) => word);
}

test('a name is one word, whatever a bare name is made of', () => {
  assert.deepEqual(words('disk 8 GiB on gold-01.customer.com'), ['disk', '8', 'GiB', 'on', 'gold-01.customer.com']);
  assert.deepEqual(words('vm web-[001..400]; runs größe_1'), ['vm', 'web-[001..400]', 'runs', 'größe_1']);
  assert.deepEqual(words('mount ds@pve-1, local'), ['mount', 'ds', 'pve-1', 'local']);
});

test('a line that opens a block indents the next, one in a comment or a text does not', () => {
  const increases = new RegExp(indentationRules.increaseIndentPattern, 'u');
  for (const line of ['host a {', '  host a { // rack 1', 'design "a {" {', 'design https://x {'])
    assert.ok(increases.test(line), line);
  for (const line of ['// host a {', 'note "a {"', 'vm a { vcpu 1 }', 'vm a', 'vm a // {'])
    assert.ok(!increases.test(line), line);
  const decreases = new RegExp(indentationRules.decreaseIndentPattern, 'u');
  assert.ok(decreases.test('  }') && !decreases.test('vm a { }') && !decreases.test('// }'));
});

test('a comment that is parted goes on as a comment; one that is not does not', () => {
  const rule = onEnterRules[1];
  const continues = (before: string, after: string) =>
    new RegExp(rule?.beforeText ?? '').test(before) && new RegExp(rule?.afterText ?? '').test(after);
  assert.ok(continues('  // the first half', ' and the second'));
  assert.ok(!continues('  // all of it', ''));
  assert.ok(!continues('host a { ', '}'));
  assert.ok(!continues('vm a // note', 'rest'));
});
