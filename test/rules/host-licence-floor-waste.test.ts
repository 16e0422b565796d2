import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'host-licence-floor-waste';
const plan = (cpu: string, licence = 'product esxi; cost 190 USD/core/year', more = '') => `licence vvf { ${licence} }
host esx-1 { licences vvf; cpu ${cpu} }
${more}`;

test('16 cores per CPU waste none, 15 waste one each', () => {
  assert.deepEqual(said(RULE, plan('2 x 16 cores')), []);
  assert.deepEqual(said(RULE, plan('2 x 15 cores')), [
    'info: vvf charges esx-1 for 32 cores and it has 30: 2 are paid for nothing (380 USD a year). CPUs with more cores each, or fewer of them, waste none.',
  ]);
});

test('the stated minimum counts before that of the vendor', () => {
  assert.deepEqual(said(RULE, plan('2 x 12 cores', 'product esxi; cost 190 USD/core/year; minimum per-socket 8')), []);
  const perHost = 'product other; cost 10 USD/core; minimum per-host 40';
  assert.match(said(RULE, plan('2 x 12 cores', perHost))[0] ?? '', /40 cores and it has 24: 16 .* \(160 USD\)/);
});

test('a limit of cores in a policy is one that is exceeded, not met', () => {
  const policy = (cores: number) => `policy { host-licence-floor-waste warn ${cores} cores }`;
  assert.match(said(RULE, plan('2 x 12 cores', undefined, policy(8)))[0] ?? '', /^info: /);
  assert.match(said(RULE, plan('2 x 12 cores', undefined, policy(7)))[0] ?? '', /^warning: /);
});

test('nothing is said where sockets are not stated, or the price is not per core', () => {
  assert.deepEqual(said(RULE, plan('24 cores')), []);
  assert.deepEqual(said(RULE, plan('2 x 12 cores', 'product esxi; cost 900 USD/socket')), []);
});
