import assert from 'node:assert/strict';
import { test } from 'node:test';
import { semanticTokens } from '../../server/src/ide/semantic-tokens.ts';
import { editing } from './editing.ts';

/** Words with their types; a declared name has a `*`. */
function typed(text: string, span = { from: 0, to: text.length }): string[] {
  const { workspace, uri } = editing(text);
  return semanticTokens(workspace, uri, span).map(
    ({ from, to, type, isDeclaration }) => `${text.slice(from, to)} ${type}${isDeclaration ? ' *' : ''}`,
  );
}

test('words, clauses, names and choices', () => {
  assert.deepEqual(typed('class vm big { disk 1 GiB thin on gold }\nvm a : big { state off }\n'), [
    'class keyword',
    'vm enumMember',
    'big class *',
    'disk property',
    'thin modifier',
    'on modifier',
    'gold variable',
    'vm keyword',
    'a variable *',
    'big class',
    'state property',
    'off enumMember',
  ]);
});

test('only the statements that a span touches', () => {
  const text = 'team a\nteam b\nteam c\n';
  assert.deepEqual(typed(text, { from: 8, to: 13 }), ['team keyword', 'b variable *']);
});

test('what is not understood has no type', () => {
  assert.deepEqual(typed('frobnicate x\n} {\nteam a\n'), ['team keyword', 'a variable *']);
  assert.deepEqual(typed(''), []);
});
