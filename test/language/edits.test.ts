import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { readStatements } from '../../server/src/language/sentence.ts';
import { editFile, fileText, type ParsedFile, parseFile, sliceFile } from '../../server/src/language/syntax/file.ts';
import { type Item, textOf } from '../../server/src/language/syntax/item.ts';
import { parse } from '../../server/src/language/syntax/parser.ts';
import { random } from '../support/random.ts';
import { logicalTree } from './logical-tree.ts';
import { piecesOfText } from './pieces.ts';

const WHOLE = Number.POSITIVE_INFINITY;

/** Runs edits on random texts and hands over each file that came of them with its text. */
function afterEdits(
  seeds: number,
  blockLength: number,
  check: (file: ParsedFile, text: string, case_: string) => void,
) {
  for (let seed = 0; seed < seeds; seed++) {
    const generator = random(seed);
    let text = '';
    for (let count = generator.below(12); count > 0; count--) text += generator.pick(piecesOfText);
    let file = parseFile(text, blockLength);
    for (let round = 0; round < 8; round++) {
      const from = generator.below(text.length + 1);
      const to = Math.min(text.length, from + (generator.next() < 0.5 ? 0 : generator.below(12)));
      const inserted = generator.next() < 0.7 ? generator.pick(piecesOfText) : '';
      const before = text;
      text = text.slice(0, from) + inserted + text.slice(to);
      file = editFile(file, { from, to, text: inserted });
      check(file, text, `seed ${seed}: ${JSON.stringify(before)} with ${from}..${to} as ${JSON.stringify(inserted)}`);
    }
  }
}

test('a file after edits has the items of the file parsed from scratch', () => {
  const shape = (file: ParsedFile) => [file.mode, [...file.root].map((item) => [textOf(item), item.regular])];
  afterEdits(1_000, WHOLE, (file, text, edited) => {
    assert.equal(fileText(file), text, edited);
    assert.deepEqual(shape(file), shape(parseFile(text, WHOLE)), edited);
  });
});

test('a file that keeps its long blocks as trees says the same as one that does not', () => {
  let blocks = 0;
  afterEdits(1_000, 40, (file, text, edited) => {
    blocks += [...file.root].filter((item) => item.kind === 'block').length;
    assert.equal(fileText(file), text, edited);
    assert.deepEqual(logicalTree(file), logicalTree(parseFile(text, WHOLE)), edited);
  });
  assert.ok(blocks > 500, `${blocks} blocks were kept as trees`);
});

test('an edit in a block leaves every other item as it is', () => {
  const blocks = Array.from({ length: 1_000 }, (_, k) => `vm v-${k} {\n  vcpu 2\n  memory 8 GiB\n}\n`).join('');
  const file = parseFile(blocks);
  const at = blocks.indexOf('vm v-500 ') + 'vm v-500 {\n  vcpu '.length;
  const edited = editFile(file, { from: at, to: at + 1, text: '4' });
  const { removed, added } = file.root.difference(edited.root);
  assert.deepEqual(removed.map(textOf), ['vm v-500 {\n  vcpu 2\n  memory 8 GiB\n}\n']);
  assert.deepEqual(added.map(textOf), ['vm v-500 {\n  vcpu 4\n  memory 8 GiB\n}\n']);
});

test('an edit deep in a long block leaves its neighbours as they are', () => {
  const hosts = Array.from({ length: 200 }, (_, k) => `  host h-${k} {\n    memory 8 GiB\n  }\n`).join('');
  const text = `cluster c {\n${hosts}}\n`;
  const file = parseFile(text);
  const edited = editFile(file, { from: text.indexOf('8 GiB'), to: text.indexOf('8 GiB') + 1, text: '16' });
  const inner = (item: Item | undefined) => (item?.kind === 'block' ? [...item.body] : []);
  const before = inner(file.root.at(0));
  const after = inner(edited.root.at(0));
  assert.equal(before.length, 200);
  assert.deepEqual(
    after.map((item, index) => item === before[index]),
    [false, ...before.slice(1).map(() => true)],
  );
});

test('slices and places of items', () => {
  const text = 'vm a\nvm b { vcpu 2 }\n// note\nvm c\n';
  const file = parseFile(text);
  assert.equal(sliceFile(file, 3, 9), text.slice(3, 9));
  assert.equal(sliceFile(file, 0, 999), text);
  const second = file.root.at(1);
  assert.ok(second);
  assert.deepEqual(file.root.locate(second, 0), { from: 5, line: 1, page: 0 });
  assert.equal(file.root.indexAtLine(3).index, 2);
});

const examples = new URL('../../examples/', import.meta.url);

test('an example read in long blocks and in one piece has the same statements', () => {
  for (const name of readdirSync(examples).filter((file) => file.endsWith('.vdc'))) {
    const text = readFileSync(new URL(name, examples), 'utf8');
    assert.deepEqual(logicalTree(parseFile(text, 100)), logicalTree(parseFile(text, WHOLE)), name);
  }
});

test('any text is parsed and read, and every problem lies inside it', () => {
  const character = fc.oneof(
    fc.constantFrom(...'{};:,"#[]@*=/.\n\r\t x1'),
    fc.string({ unit: 'grapheme', maxLength: 1 }),
  );
  const texts = fc.oneof(
    fc.array(character, { maxLength: 60 }).map((characters) => characters.join('')),
    fc
      .array(fc.constantFrom(...piecesOfText, 'vcpu', 'disk ', ' each', ' none', 'x ', '4 ', 'GiB', '..', 'runs '), {
        maxLength: 25,
      })
      .map((p) => p.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom('file', 'vm', 'host', 'policy', 'design'), (text, context) => {
      const file = parseFile(text);
      assert.equal(fileText(file), text);
      const syntax = parse(text, file.mode);
      const { problems } = readStatements(syntax.statements, context);
      for (const { from, to, message, fixes } of [...syntax.problems, ...problems]) {
        assert.ok(0 <= from && from <= to && to <= text.length, message);
        for (const edit of fixes?.flatMap((fix) => fix.edits) ?? []) {
          assert.ok(0 <= edit.from && edit.from <= edit.to && edit.to <= text.length, message);
        }
      }
    }),
    { numRuns: 2_000, seed: 7 },
  );
});
