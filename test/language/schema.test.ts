import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseNotation } from '../../server/src/language/schema/notation.ts';
import { KINDS, SCHEMA_PARTS, THING_KINDS } from '../../server/src/language/schema/schema.ts';

const rows = SCHEMA_PARTS.flatMap(({ kinds, header, rows: own }) =>
  [...(header ? [header] : []), ...own].map((row) => ({ kinds, row })),
);

test('the notation of every row is read, and every row is documented', () => {
  for (const { kinds, row } of rows) {
    const place = `${kinds.join(', ')}: ${row.word}`;
    assert.doesNotThrow(() => parseNotation(row.notation), place);
    assert.notEqual(row.doc.trim(), '', place);
    assert.notEqual(row.fallback.trim(), '', place);
  }
});

test('no word stands twice in one kind', () => {
  for (const part of SCHEMA_PARTS) {
    const words = part.rows.map((row) => row.word);
    assert.deepEqual(words, [...new Set(words)], part.kinds.join(', '));
  }
});

test('no clause of a header is a word of its body or a block in it', () => {
  for (const kind of KINDS.values()) {
    for (const clause of kind.header.shape.clauses.keys()) {
      assert.ok(!kind.blocks.has(clause), `${kind.name} ${clause}`);
    }
  }
});

test('every kind can be reached from the top level', () => {
  const reached = new Set(['file']);
  for (const name of reached) for (const inner of KINDS.get(name)?.blocks.keys() ?? []) reached.add(inner);
  assert.deepEqual(
    [...KINDS.keys()].filter((name) => !reached.has(name)),
    [],
  );
});

test('every reference names a kind that is declared by name', () => {
  for (const { kinds, row } of rows) {
    const shape = parseNotation(row.notation);
    const shapes = [shape.subject, ...[...shape.clauses.values()].map((clause) => clause.value)];
    const terms = shapes.flatMap((one) => one?.alternatives.flat() ?? []);
    const inner = terms.flatMap((term) => (term.type === 'optional' ? term.terms : [term]));
    for (const term of inner) {
      if (term.type !== 'reference') continue;
      for (const kind of term.kinds) {
        assert.ok(THING_KINDS.includes(kind) || kind === 'class', `${kinds.join(', ')}: ${row.word} refers to ${kind}`);
      }
    }
  }
});

test('what every kind shares is in every kind that is a thing', () => {
  for (const name of [...THING_KINDS, 'design']) assert.ok(KINDS.get(name)?.properties.has('owner'), name);
  assert.ok(!KINDS.get('policy')?.properties.has('owner'));
  assert.ok(!KINDS.get('file')?.properties.has('owner'));
});

test('notation', () => {
  const shape = parseNotation('[N x] N cores [FREQ] · model TEXT · sriov · to →cluster,host+');
  assert.deepEqual([...shape.clauses.keys()], ['model', 'sriov', 'to']);
  assert.equal(shape.clauses.get('sriov')?.value, undefined);
  assert.deepEqual(shape.clauses.get('to')?.value?.alternatives, [
    [{ type: 'reference', kinds: ['cluster', 'host'], list: true }],
  ]);
  assert.deepEqual([...shape.literals], ['x', 'cores']);
  assert.equal(shape.subject?.alternatives[0]?.length, 4);
  assert.throws(() => parseNotation('NOPE'), RangeError);
});
