import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { copiesWithin, lagAfter, repositoryNeed } from '../../../server/src/capacity/models/copies.ts';
import { near } from './near.ts';

describe('copies', () => {
  test('full copies add up, incremental ones cost what changed', () => {
    assert.equal(repositoryNeed({ full: 100, copies: 14 }), 1_400);
    near(repositoryNeed({ full: 100, copies: 14, change: 0.05 }), 165);
    assert.equal(repositoryNeed({ full: 100, copies: 1, change: 0.05 }), 100);
    assert.equal(repositoryNeed({ full: 100, copies: 3, change: 2 }), 300);
    assert.equal(repositoryNeed({ full: undefined, copies: 3 }), undefined);
    assert.equal(repositoryNeed({ full: 100, copies: undefined }), undefined);
    assert.equal(repositoryNeed({ full: 100, copies: 0 }), undefined);
  });

  test('as many as runs fall into a time, and at least one', () => {
    const day = 86_400;
    assert.equal(copiesWithin(14 * day, day), 14);
    assert.equal(copiesWithin(10 * day, 7 * day), 2);
    assert.equal(copiesWithin(1, day), 1);
    assert.equal(copiesWithin(undefined, day), undefined);
    assert.equal(copiesWithin(day, undefined), undefined);
  });

  test('what a replica falls behind', () => {
    near(lagAfter(86_400, 1.125), 3 * 3_600);
    assert.equal(lagAfter(86_400, 1), 0);
    assert.equal(lagAfter(86_400, 0.4), 0);
  });
});
