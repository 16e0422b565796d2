import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { maturityStage, stepsTaken } from '../../../server/src/capacity/models/maturity.ts';

const core = (score: number) => ({ name: 'd', isCore: true, score });
const free = { hasErrors: false, coverage: 1 };

describe('maturity', () => {
  test('the least of the core dimensions decides, others do not', () => {
    assert.deepEqual(maturityStage([core(4), core(1), { ...core(0), isCore: false }], free), {
      stage: 2,
      cappedBy: undefined,
    });
  });

  test('errors cap at 3, coverage below 80 % at 4', () => {
    assert.deepEqual(maturityStage([core(4)], { hasErrors: true, coverage: 1 }), { stage: 3, cappedBy: 'errors' });
    assert.deepEqual(maturityStage([core(4)], { hasErrors: false, coverage: 0.79 }), {
      stage: 4,
      cappedBy: 'coverage',
    });
    assert.deepEqual(maturityStage([core(4)], { hasErrors: false, coverage: 0.8 }), { stage: 5, cappedBy: undefined });
    assert.deepEqual(maturityStage([core(2)], { hasErrors: true, coverage: 0 }), { stage: 3, cappedBy: undefined });
  });

  test('steps count up to the first that is missing', () => {
    assert.deepEqual([stepsTaken([true, false, true]), stepsTaken([]), stepsTaken([true, true])], [1, 0, 2]);
  });

  test('without core dimensions nothing is said', () => {
    assert.equal(maturityStage([], free), undefined);
  });
});
