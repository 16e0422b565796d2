import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'feature-needs-another';
const plan = (features: string, hypervisor = 'esxi 8.0', more = '') => `cluster prod {
  hypervisor ${hypervisor}
  ${features}${more}
  host h-[1..2]
}`;

test('a feature that builds on one that is off', () => {
  assert.deepEqual(said(RULE, plan('features dpm, live-migration')), [
    'error: dpm is on in prod and needs drs on ESXi, which is off, so it does nothing. Switch it on, or take dpm out.',
  ]);
  assert.deepEqual(said(RULE, plan('features dpm, live-migration\n  drs partial')), []);
});

test('a distributed switch is one, however it is stated', () => {
  assert.equal(said(RULE, plan('features nioc')).length, 1);
  assert.deepEqual(said(RULE, plan('features nioc, vds')), []);
  assert.deepEqual(said(RULE, plan('features nioc', undefined, '\n  vswitch dvs { type distributed }')), []);
});

test('a feature of a later version', () => {
  assert.match(
    said(RULE, plan('features shared-nothing', 'esxi 5.0'))[0] ?? '',
    /comes with version 5\.1 and it runs ESXi 5\.0 \(verified\)/,
  );
  assert.deepEqual(said(RULE, plan('features shared-nothing', 'esxi 5.1')), []);
  assert.deepEqual(said(RULE, plan('features shared-nothing', 'esxi')), []);
});

test('nothing is said of unknown platforms, or of what another rule says', () => {
  assert.deepEqual(said(RULE, plan('features dpm', 'bhyve')), []);
  assert.deepEqual(said(RULE, plan('features ha\n  drs full')), []);
});

test('the fix switches on what it needs', () => {
  assert.equal(mended(RULE, plan('features ft')), plan('features ft, ha'));
  assert.equal(
    mended(RULE, plan('features dpm, live-migration\n  drs off')),
    plan('features dpm, live-migration\n  drs partial'),
  );
});
