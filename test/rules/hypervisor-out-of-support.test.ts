import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'hypervisor-out-of-support';
const plan = (hypervisor: string, asOf = '2027-10-11') => `design d { as-of ${asOf} }
host esx-1 { hypervisor ${hypervisor} }`;

test('the last day is a hint, the day after a warning', () => {
  assert.match(said(RULE, plan('esxi 8.0'))[0] ?? '', /^info: .* ends on 2027-10-11, in 0 days/);
  assert.deepEqual(said(RULE, plan('esxi 8.0.2', '2027-10-12')), [
    'warning: Support of ESXi 8.0.2 on esx-1 ended on 2027-10-11, 1 day before the day of the plan as far as is known: holes found after that stay open under all its VMs. Plan the upgrade, or state support-until if yours runs longer.',
  ]);
});

test('half a year before, and not a day earlier', () => {
  assert.deepEqual(said(RULE, plan('esxi 8.0', '2027-04-14')), []);
  assert.match(said(RULE, plan('esxi 8.0', '2027-04-15'))[0] ?? '', /^info: .* in 179 days/);
});

test('what the design states comes first', () => {
  assert.deepEqual(said(RULE, plan('esxi 7.0 support-until 2029-12-31')), []);
  const [message] = said(RULE, plan('bhyve 14 support-until 2027-10-01'));
  assert.match(
    message ?? '',
    /^warning: Support of bhyve 14 on esx-1 ended on 2027-10-01, 10 days before the day of the plan: /,
  );
});

test('nothing is said without a day of the plan, of unknown versions, or of hosts that are off', () => {
  assert.deepEqual(said(RULE, 'host esx-1 { hypervisor esxi 6.0 }'), []);
  assert.deepEqual(said(RULE, plan('esxi')), []);
  assert.deepEqual(said(RULE, plan('proxmox 9.0', '2040-01-01')), []);
  assert.deepEqual(said(RULE, plan('esxi 6.0; state off')), []);
});
