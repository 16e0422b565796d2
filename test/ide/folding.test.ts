import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folds } from '../../server/src/ide/folding.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';

/** Folds as `first line .. last line that stays` with their kind; lines count from 0. */
function lines(text: string, blockLength?: number): string[] {
  const lineOf = (offset: number) => text.slice(0, offset).split(/\r\n|\r|\n/).length - 1;
  return folds(parseFile(text, blockLength)).map(({ from, to, kind }) => `${lineOf(from)}..${lineOf(to)} ${kind}`);
}

test('blocks over several lines fold, those on one line do not', () => {
  const text = 'site s { pue 1.4 }\ncluster c {\n  host a {\n    memory 1 GiB\n  }\n  host b { memory 1 GiB }\n}\n';
  assert.deepEqual(lines(text), ['1..6 block', '2..4 block']);
  assert.deepEqual(lines(text, 10), ['1..6 block', '2..4 block']);
});

test('runs of comments fold, a single one does not', () => {
  assert.deepEqual(lines('// one\n\n// two\n// three\nsite s\n'), ['2..3 comment']);
});

test('runs of imports fold', () => {
  assert.deepEqual(lines('import "a.vdc"\nimport "b.vdc" as b\n\nsite s\nimport "c.vdc"\n'), ['0..1 imports']);
});

test('braces that do not balance fold what is whole', () => {
  assert.deepEqual(lines('cluster c {\n  host a {\n    memory 1 GiB\n  }\n'), ['1..3 block']);
  assert.deepEqual(lines('}}\n{'), []);
});

test('line ends of any kind', () => {
  assert.deepEqual(lines('site s {\r\n  pue 1.4\r\n}\r\n'), ['0..2 block']);
  assert.deepEqual(lines('site s {\r  pue 1.4\r}\r'), ['0..2 block']);
});
