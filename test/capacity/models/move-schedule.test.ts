import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ScheduledMove, scheduleMoves } from '../../../server/src/capacity/models/move-schedule.ts';

const GBIT = 125_000_000;
const move = (from: number, to: number, data = GBIT, after: readonly number[] = []): ScheduledMove => ({
  from,
  to,
  data,
  after,
});
const hosts = (count: number, atOnce = 4) => Array.from({ length: count }, () => ({ rate: 1e9, atOnce }));

describe('moves share links and slots', () => {
  test('one by itself takes data ÷ rate', () => {
    assert.deepEqual(scheduleMoves([move(0, 1)], hosts(2)), [{ start: 0, end: 1 }]);
  });

  test('two from one host share its link', () => {
    assert.deepEqual(scheduleMoves([move(0, 1), move(0, 2)], hosts(3)), [
      { start: 0, end: 2 },
      { start: 0, end: 2 },
    ]);
  });

  test('one that is done leaves the link to the other', () => {
    assert.deepEqual(scheduleMoves([move(0, 1), move(0, 2, 3 * GBIT)], hosts(3)), [
      { start: 0, end: 2 },
      { start: 0, end: 4 },
    ]);
  });

  test('with one slot they queue, and others go on meanwhile', () => {
    assert.deepEqual(scheduleMoves([move(0, 1), move(0, 2), move(2, 3)], hosts(4, 1)), [
      { start: 0, end: 1 },
      { start: 1, end: 2 },
      { start: 0, end: 1 },
    ]);
  });

  test('one that needs the room of another waits for it', () => {
    assert.deepEqual(scheduleMoves([move(0, 1), move(2, 0, GBIT, [0])], hosts(3)), [
      { start: 0, end: 1 },
      { start: 1, end: 2 },
    ]);
  });

  test('what copies nothing takes no time and no slot', () => {
    assert.deepEqual(scheduleMoves([move(0, 1), move(-1, 1, 0), move(0, 1, 0)], hosts(2, 1)), [
      { start: 0, end: 1 },
      { start: 0, end: 0 },
      { start: 0, end: 0 },
    ]);
  });

  test('the whole takes no less than the busiest link, and no more than one after the other', () => {
    const moves = Array.from({ length: 40 }, (_, k) => move(k % 3, 3 + (k % 2), GBIT * (1 + (k % 5))));
    for (const atOnce of [1, 2, 8]) {
      const times = scheduleMoves(moves, hosts(5, atOnce));
      const end = Math.max(...times.map((one) => one.end));
      const load = [0, 1, 2, 3, 4].map((host) =>
        moves.reduce((sum, { from, to, data }) => sum + (from === host || to === host ? data / GBIT : 0), 0),
      );
      const sum = moves.reduce((all, { data }) => all + data / GBIT, 0);
      assert.ok(end >= Math.max(...load) - 1e-6 && end <= sum + 1e-6, `${end}`);
    }
  });
});
