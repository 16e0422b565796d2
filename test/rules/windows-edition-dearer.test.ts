import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'windows-edition-dearer';

/** Prices of 1 : 5.76, at which Datacenter is cheaper from 11 guests on. */
const plan = (
  guests: number,
  used = 'std',
  os = 'windows-server-2022',
  dc = 'cost 384.7 USD/core',
) => `licence std { product windows-server edition standard; cost 66.8 USD/core; vms 2 }
licence dc { product windows-server edition datacenter; ${dc}; vms unlimited }
cluster prod {
  licences ${used}
  host esx-1 { cpu 1 x 16 cores; runs w-[1..${guests}] }
}
vm w-[1..${guests}] { os ${os} }`;

test('Standard is cheaper for ten guests, Datacenter for eleven', () => {
  assert.deepEqual(said(RULE, plan(10)), []);
  assert.deepEqual(said(RULE, plan(11)), [
    'warning: std costs 6413 USD for up to 11 Windows guests on one host; dc would cost 6155 USD. At these prices Datacenter pays from 11 guests on a host. Change the edition and save 258 USD.',
  ]);
  assert.equal(said(RULE, plan(10, 'dc')).length, 1);
  assert.deepEqual(said(RULE, plan(11, 'dc')), []);
});

test('what a licence states of its sets and its minimum counts', () => {
  assert.deepEqual(said(RULE, plan(11).replace('vms 2', 'vms 4')), []);
  assert.match(said(RULE, plan(25).replace('vms 2', 'vms 4'))[0] ?? '', /pays from 21 guests/);
  const large = plan(11).replace('vms unlimited', 'vms unlimited; minimum per-host 32');
  assert.deepEqual(said(RULE, large), []);
});

test('the fix changes the edition', () => {
  assert.equal(mended(RULE, plan(11)), plan(11, 'dc'));
});

test('guests that come when another host fails count', () => {
  const text = (failover: string) =>
    plan(12)
      .replace('runs w-[1..12]', 'runs w-[1..6]')
      .replace('  host esx-1', `  ${failover}\n  host esx-2 { cpu 1 x 16 cores; runs w-[7..12] }\n  host esx-1`);
  assert.deepEqual(said(RULE, text('failover none')), []);
  assert.match(said(RULE, text('failover 1 host'))[0] ?? '', /up to 12 Windows guests on each of 2 hosts/);
  // Half of two hosts is one of them.
  assert.match(said(RULE, text('failover 50 %'))[0] ?? '', /up to 12 Windows guests on each of 2 hosts/);
});

test('guests of a site that fails count at the other one', () => {
  const text = (failover: string) =>
    `site a\nsite b\n${plan(12)
      .replace('runs w-[1..12]', 'runs w-[1..6]')
      .replace('host esx-1 {', 'host esx-1 at a {')
      .replace('  host esx-1', `  ${failover}\n  host esx-2 at b { cpu 1 x 16 cores; runs w-[7..12] }\n  host esx-1`)}`;
  assert.match(said(RULE, text('failover 1 site'))[0] ?? '', /up to 12 Windows guests on each of 2 hosts/);
  assert.deepEqual(said(RULE, text('failover none')), []);
});

test('nothing is said of other guests, or while a price is missing', () => {
  assert.deepEqual(said(RULE, plan(11, 'std', 'rhel-9')), []);
  assert.deepEqual(said(RULE, plan(11, 'std', undefined, 'owned 32 cores')), []);
});
