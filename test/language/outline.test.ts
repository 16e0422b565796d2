import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainHead } from '../../server/src/language/plain-head.ts';
import { OUTLINED, readOutline, type Sentence } from '../../server/src/language/sentence.ts';
import { parse } from '../../server/src/language/syntax/parser.ts';
import { random } from '../support/random.ts';
import { piecesOfText } from './pieces.ts';

const heads: readonly (readonly [text: string, head: string | undefined])[] = [
  ['vm a { vcpu 4 }\n', 'vm a {'],
  ['vm a : big in shop {\n  vcpu 4 // half\n  disk 40 GiB on gold;;\n}\n', 'vm a : big in shop {'],
  ['vm "a {" { vcpu 4 }\n', 'vm "a {" {'],
  ['vm a { vcpu 4; ignore vm-oversized because "x" }\n', undefined],
  ['cluster c { host h { vcpu 4 } }\n', undefined],
  ['cluster c { runs a }\n', undefined],
  ['cluster c { host h }\n', undefined],
  ['vm a { in shop }\n', undefined],
  ['vm a { vcpu 4 }; vm b\n', undefined],
  ['vm a { vcpu 4 } }\n', undefined],
  ['vm a { vcpus 4 }\n', undefined],
  ['vm a { vcpu "4 }\n', undefined],
  ['vm a\n{ vcpu 4 }\n', undefined],
  ['vm a\n', undefined],
  ['class vm a { vcpu 4 }\n', undefined],
];
for (const [text, head] of heads)
  test(`${head === undefined ? 'all of it is outlined' : 'a head is enough'}: ${text.trim().split('\n').join(' ⏎ ')}`, () =>
    assert.equal(plainHead(text, 'file'), head));

/** What is made of an outline: heads with what they name, and what is placed and silenced. */
function told({ word, wordSpan, subject, clauses, body }: Sentence): unknown {
  const inner = body.filter((sentence) => sentence.block || OUTLINED.has(sentence.word));
  return { word, from: wordSpan.from, subject, clauses: [...clauses], inner: inner.map(told) };
}

test('a head by itself is outlined as the whole text is', () => {
  const from = random(7);
  let taken = 0;
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: 1 + from.below(3) }, () => from.pick(piecesOfText)).join('');
    for (const context of ['file', 'app', 'cluster']) {
      const head = plainHead(text, context);
      if (head === undefined) continue;
      taken++;
      const whole = readOutline(parse(text).statements, context);
      assert.deepEqual(readOutline(parse(head, 'braces', true).statements, context).map(told), whole.map(told), text);
    }
  }
  assert.ok(taken > 100, `${taken} heads`);
});
