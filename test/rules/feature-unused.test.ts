import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'feature-unused';
const plan = (edition: string, features: string, more = '') => `cluster prod {
  hypervisor esxi 8.0 edition ${edition}
  ${features}
  host esx-[1..3]
}
${more}`;

test('what the edition includes and the cluster does not use, with a plainer edition', () => {
  assert.deepEqual(said(RULE, plan('enterprise-plus', 'features live-migration, ha')), [
    'info: Edition enterprise-plus includes drs, which prod does not use. Switch it on, or choose standard, which includes all that is used.',
  ]);
});

test('no plainer edition is named where a distributed switch needs this one', () => {
  const text = plan('enterprise-plus', 'features live-migration, ha; vswitch dvs { type distributed }');
  assert.match(said(RULE, text)[0] ?? '', /Switch it on\.$/);
});

test('nothing is said of unknown editions, of clusters that state no features, or where all is used', () => {
  assert.deepEqual(said(RULE, plan('golden', 'features ha')), []);
  assert.deepEqual(said(RULE, plan('enterprise-plus', 'drs off')), []);
  assert.deepEqual(said(RULE, plan('standard', 'features live-migration, ha')), []);
  assert.deepEqual(said(RULE, plan('enterprise-plus', 'features live-migration, ha; drs partial')), []);
});
