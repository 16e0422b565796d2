import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, composeEdits, type TextEdit } from '../../server/src/base/span.ts';
import { random } from '../support/random.ts';

test('edits of a text that edits have left', () => {
  const first = [{ from: 0, to: 1, text: 'xyz' }];
  const second = [
    { from: 2, to: 4, text: '' },
    { from: 5, to: 5, text: '!' },
  ];
  const composed = composeEdits(first, second);
  assert.equal(applyEdits('abc', composed), applyEdits(applyEdits('abc', first), second));
  assert.equal(applyEdits('abc', composed), 'xyc!');
});

test('composed edits do what one list after the other does', () => {
  for (let seed = 0; seed < 2_000; seed++) {
    const { below } = random(seed);
    const word = (length: number) => Array.from({ length }, () => String.fromCharCode(97 + below(26))).join('');
    const editsOf = (text: string): TextEdit[] => {
      const edits: TextEdit[] = [];
      for (let at = below(6); at <= text.length; ) {
        const to = Math.min(text.length, at + below(4));
        edits.push({ from: at, to, text: word(below(4)) });
        at = to + 1 + below(8);
      }
      return below(2) === 0 ? edits : edits.reverse();
    };
    const text = word(below(30));
    const first = editsOf(text);
    const between = applyEdits(text, first);
    const second = editsOf(between);
    const composed = composeEdits(first, second);
    const where = JSON.stringify({ text, first, second, composed });
    assert.equal(applyEdits(text, composed), applyEdits(between, second), where);
    for (const { to } of composed) assert.ok(to <= text.length, where);
  }
});
