import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { readInstance } from '../../bench/roadef/instance.ts';
import { reassign } from '../../bench/roadef/reassign.ts';
import { finish } from '../../server/src/base/steps.ts';
import { check } from './roadef-checker.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../shared/data/roadef2012');
const skip = existsSync(FOLDER) ? false : `the instances are not at ${path.relative(process.cwd(), FOLDER)}`;

function files(name: string) {
  const read = (kind: string) => readFileSync(path.join(FOLDER, `${kind}_${name}.txt`), 'utf8');
  return { model: read('model'), initial: read('assignment'), before: Number(read('original_cost')) };
}

/** Two machines with a process each that must not meet, and one that should leave: small enough to reckon by hand. */
const TINY = {
  model: `1 1 10  2
0 0 10 5 0 1
1 1 10 5 1 0
2  1 0  1 0
3  0 4 1  0 4 1  1 3 2
0  1 10 100`,
  initial: '0 1 0',
};

test('the checker of reassignments finds each kind of mistake, and reckons the cost', () => {
  assert.deepEqual(check(TINY.model, TINY.initial, [0, 1, 0]), { cost: 20, broken: [] });
  // Two over the safe capacity at ten each; the process, its service and the way to the other machine when it moves.
  assert.deepEqual(check(TINY.model, TINY.initial, [0, 1, 1]), { cost: 20 + 2 + 10 + 100, broken: [] });
  assert.deepEqual(check(TINY.model, TINY.initial, [0, 0, 0]).broken, [
    'capacity of resource 0 on machine 0',
    'transient resource 0 on machine 0',
    'two processes of service 0 on machine 0',
  ]);
  // The one that left is still counted where it was.
  assert.deepEqual(check(TINY.model, TINY.initial, [1, 0, 0]).broken, ['transient resource 0 on machine 0']);
  assert.ok(check(TINY.model, TINY.initial, [0, 1]).broken.length > 0);
  assert.throws(() => readInstance('1 1', '0'), RangeError);
});

describe('machine reassignment', { skip }, () => {
  test('the reader, the cost and the checker agree on every start', () => {
    for (const name of ['a1_1', 'a1_2', 'a1_3', 'a1_4', 'a1_5']) {
      const { model, initial, before } = files(name);
      const { start } = readInstance(model, initial);
      assert.deepEqual(check(model, initial, start), { cost: before, broken: [] }, name);
    }
  });

  for (const [name, most] of [
    ['a1_1', 44_306_501 * 1.001],
    ['a1_4', 632_499_600 * 0.75],
  ] as const) {
    test(`${name}: a short search breaks nothing and comes down`, () => {
      const { model, initial } = files(name);
      const instance = readInstance(model, initial);
      const result = finish(reassign(instance, 1_500_000));
      const verdict = check(model, initial, result.assignment);
      assert.deepEqual(verdict, { cost: result.cost, broken: [] });
      assert.ok(verdict.cost <= most, `${verdict.cost}`);
      assert.deepEqual(finish(reassign(instance, 200_000)), finish(reassign(instance, 200_000)), 'the same again');
    });
  }
});
