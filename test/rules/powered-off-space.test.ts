import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const rule = 'powered-off-space';
const cluster = (off: number, state = 'off') => `cluster c { host h { runs on, off } }
vm on { storage 95 GiB }
vm off { storage ${off} GiB; state ${state} }`;

test('a twentieth is silent, more is worth a remark', () => {
  assert.deepEqual(said(rule, cluster(5)), []);
  assert.deepEqual(said(rule, cluster(6)), [
    'info: 1 VM of c is off and keeps 6 GiB of disk, 5.9 % of all. Ask their owners; archive or delete what nobody starts again.',
  ]);
});

test('templates count, suspended machines do not', () => {
  assert.equal(said(rule, cluster(50, 'template')).length, 1);
  assert.deepEqual(said(rule, cluster(50, 'suspended')), []);
});

test('sizes that are not stated are not counted', () => {
  assert.deepEqual(said(rule, cluster(50).replace('storage 50 GiB; ', '')), []);
});

test('what has had its day keeps nothing', () => {
  const ended = `design d { as-of 2026-11-22 }\n${cluster(50).replace('state off', 'state off; until 2026-11-21')}`;
  assert.deepEqual(said(rule, ended), []);
});
