import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'cpu-mixed-without-evc';
const plan = (first: string, second: string, features = 'features live-migration') => `cluster prod {
  ${features}
  host esx-1 { cpu 2 x 16 cores ${first} }
  host esx-2 { cpu 2 x 16 cores ${second} }
}`;
const OLD = 'vendor intel generation broadwell';
const NEW = 'vendor intel generation ice-lake';

test('two generations without a baseline are a warning, two vendors an error', () => {
  assert.deepEqual(said(RULE, plan(OLD, NEW)), [
    'warning: Running VMs of prod can move to newer CPUs and not back: broadwell (esx-1) and ice-lake (esx-2). State a baseline, evc broadwell.',
  ]);
  assert.match(
    said(RULE, plan(OLD, 'vendor amd generation milan'))[0] ?? '',
    /^error: .* CPUs of intel \(esx-1\) and amd/,
  );
});

test('nothing is said with a baseline, without live migration, or where CPUs are not stated', () => {
  assert.deepEqual(said(RULE, plan(OLD, NEW, 'features live-migration; evc broadwell')), []);
  assert.deepEqual(said(RULE, plan(OLD, NEW, 'features ha')), []);
  assert.deepEqual(said(RULE, plan(OLD, '')), []);
  assert.deepEqual(said(RULE, plan(NEW, NEW)), []);
});

test('the fix states the oldest as the baseline, whatever the order', () => {
  assert.equal(mended(RULE, plan(NEW, OLD)), plan(NEW, OLD, 'features live-migration\n  evc broadwell'));
});
