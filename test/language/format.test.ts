import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../server/src/base/span.ts';
import { formatFile, formatRange, formatText } from '../../server/src/language/format.ts';
import { editFile, parseFile } from '../../server/src/language/syntax/file.ts';
import { piecesOfText } from './pieces.ts';
import { meaning, problemsOf, read } from './read.ts';

const cases: readonly (readonly [rule: string, text: string, formatted: string])[] = [
  [
    'two blanks a level',
    'cluster c {\nhost a {\n\tmemory 8 GiB\n    }\n }\n',
    'cluster c {\n  host a {\n    memory 8 GiB\n  }\n}\n',
  ],
  ['one blank between tokens', 'vm   a\t:  b  {vcpu 2;memory 8 GiB}\n', 'vm a : b { vcpu 2; memory 8 GiB }\n'],
  ['no column alignment', 'team a     {}\nteam bcd   {}\n', 'team a {}\nteam bcd {}\n'],
  ['no blank before a comma, one behind', 'vm a ,b,c\n', 'vm a, b, c\n'],
  ['at most one empty line', 'vm a\n\n\n\nvm b\n', 'vm a\n\nvm b\n'],
  ['no empty line at the edges of a block or file', '\n\nsite a {\n\n  pue 1\n\n}\n\n\n', 'site a {\n  pue 1\n}\n'],
  ['no ; at a line end', 'vm a;\nvm b { vcpu 2; }\n;\n', 'vm a\nvm b { vcpu 2 }\n'],
  ['no ; before a comment', 'vm a; // note\n', 'vm a // note\n'],
  ['no empty statements', 'vm a;; vm b\nvm c { ; vcpu 2 ;; }\n', 'vm a; vm b\nvm c { vcpu 2 }\n'],
  ['a block behind a ; stays without a statement', 'vm a;\n{ vcpu 2 }\n', 'vm a;\n{ vcpu 2 }\n'],
  [
    'number and unit apart',
    'vm a { memory 8GiB; demand cpu 35% net 400Mbps }\n',
    'vm a { memory 8 GiB; demand cpu 35 % net 400 Mbps }\n',
  ],
  [
    'amount and unit apart',
    'design d { growth vms 2%/month; budget opex 2USD/year }\n',
    'design d { growth vms 2 %/month; budget opex 2 USD/year }\n',
  ],
  [
    'a name that looks like a quantity stays',
    'vm 8GiB { tags 1h }\nhost a { runs 8GiB }\n',
    'vm 8GiB { tags 1h }\nhost a { runs 8GiB }\n',
  ],
  [
    'no comma before a clause',
    'design d { budget capex 1 USD, opex 2 USD/year }\n',
    'design d { budget capex 1 USD opex 2 USD/year }\n',
  ],
  ['a comma between names stays', 'host a { runs to,card }\n', 'host a { runs to, card }\n'],
  ['a scope touches its name', 'host a { runs "b c"@berlin,d@"S A" }\n', 'host a { runs "b c"@berlin, d@"S A" }\n'],
  ['a body on one line stays there', 'vm a {vcpu 2}\n', 'vm a { vcpu 2 }\n'],
  ['statements are neither joined nor split', 'vm a { vcpu 2\nmemory 8 GiB }\n', 'vm a { vcpu 2\n  memory 8 GiB }\n'],
  [
    'comments are indented and kept',
    '//a\nsite s {\n// b\n  pue 1   // c  \n// d\n}\n',
    '//a\nsite s {\n  // b\n  pue 1 // c\n  // d\n}\n',
  ],
  ['line ends are kept', 'vm  a\r\nvm  b\r\n', 'vm a\r\nvm b\r\n'],
  ['a missing line end is the one of the file', 'vm  a\r\nvm b', 'vm a\r\nvm b\r\n'],
  ['a byte order mark is kept', '\ufeffvm  a\n', '\ufeffvm a\n'],
  ['nothing comes of nothing', '\n \n', ''],
  [
    'slips are left to be seen',
    'host a { cpu 2,9 GHz }\ndesign d { budget capex 400,000 USD }\n',
    'host a { cpu 2,9 GHz }\ndesign d { budget capex 400,000 USD }\n',
  ],
  ['an open quotation mark keeps its line', 'site s {\nnote  "a  b   ;\n}\n', 'site s {\n  note  "a  b   ;\n}\n'],
  ['a { on its own line stays there', 'vm a\n  {\nvcpu 2\n  }\n', 'vm a\n{\n  vcpu 2\n}\n'],
  [
    'where braces do not balance, only what is certain moves',
    'cluster c {\n   host  a\n\nvm  b {vcpu 2}\n',
    'cluster c {\n   host  a\n\nvm b { vcpu 2 }\n',
  ],
];

for (const [rule, text, formatted] of cases) {
  test(rule, () => {
    assert.equal(formatText(text), formatted);
    assert.equal(formatText(formatted), formatted);
  });
}

test('edits are small and in order', () => {
  const text = 'vm a {vcpu 2; memory 8GiB }\nvm b { vcpu 2 }\n';
  assert.deepEqual(formatFile(text), [
    { from: 6, to: 6, text: ' ' },
    { from: 22, to: 22, text: ' ' },
  ]);
});

test('a range formats the lines that it touches', () => {
  const text = 'vm  a\nvm  b\nvm  c\n';
  const at = text.indexOf('b');
  assert.equal(applyEdits(text, formatRange(text, at, at)), 'vm  a\nvm b\nvm  c\n');
  assert.equal(applyEdits(text, formatRange(text, 0, at)), 'vm a\nvm b\nvm  c\n');
  assert.equal(applyEdits(text, formatRange(text, 0, text.length)), formatText(text));
});

test('a file after an edit is formatted like its text', () => {
  const file = editFile(parseFile('vm  a\n'), { from: 6, to: 6, text: 'vm  b {vcpu 2}\n' });
  assert.equal(applyEdits('vm  a\nvm  b {vcpu 2}\n', formatFile(file)), 'vm a\nvm b { vcpu 2 }\n');
});

const texts = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...piecesOfText) }, fc.string({ maxLength: 4 })), {
    maxLength: 14,
  })
  .map((pieces) => pieces.join(''));

/** Every character but white space, and but the separators that the formatter may drop. */
const solid = (text: string) => text.replace(/[\s\ufeff;,]/g, '');

test('formatting loses and reorders nothing, keeps the meaning, and is done when it is done', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const formatted = formatText(text);
      assert.equal(solid(formatted), solid(text));
      assert.deepEqual(meaning(read(formatted).sentences), meaning(read(text).sentences));
      assert.deepEqual(
        problemsOf(formatted).map(({ message }) => message),
        problemsOf(text).map(({ message }) => message),
      );
      assert.equal(formatText(formatted), formatted);
    }),
    { numRuns: 3_000, seed: 11 },
  );
});
