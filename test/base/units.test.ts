import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from '../../server/src/base/units.ts';

test('a time that has passed is told in the unit of its length', () => {
  assert.deepEqual([0.2, 90, 7_260, -0.2, -90, -7_260, -212_112_000].map(formatDuration), [
    '200 ms',
    '90 s',
    '2 h 1 min',
    '-200 ms',
    '-90 s',
    '-2 h 1 min',
    '-81 months',
  ]);
});
