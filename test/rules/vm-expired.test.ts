import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'vm-expired';
const plan = (until: string, runs = 'runs trial', asOf = 'as-of 2026-11-22') => `design d { ${asOf} }
host esx-1 { ${runs} }
vm trial { ${until}; disk 40 GiB }`;

test('the last day still counts, the day after it is over', () => {
  assert.deepEqual(said(RULE, plan('until 2026-11-22')), []);
  assert.deepEqual(said(RULE, plan('until 2026-11-21')), [
    'info: trial was to end on 2026-11-21, and is still placed on esx-1 and holds 40 GiB of disk. Take it out of runs and delete it, or give it a later day.',
  ]);
});

test('nothing is said of a VM that is placed nowhere, or without a day of the plan', () => {
  assert.deepEqual(said(RULE, plan('until 2026-11-21', 'memory 1 GiB')), []);
  assert.deepEqual(said(RULE, plan('until 2026-11-21', undefined, 'currency EUR')), []);
});
