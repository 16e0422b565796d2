import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'growth-fills-subnet';
/** A /27 with 20 addresses for machines. */
const web = (vms: number, growth: string, clauses = 'gateway 10.1.0.1 reserve 9', horizon = 12) =>
  `design p { as-of 2026-11-22; horizon ${horizon} months }
network web { subnet 10.1.0.0/27 ${clauses}; ${growth} }
vm a-[1..${vms}] { nic web }`;

test('the last address taken is silent, one more within the horizon is not', () => {
  const text = (months: number) => web(10, 'growth vms 1/month', undefined, months);
  assert.deepEqual(said(rule, text(10)), []);
  assert.deepEqual(said(rule, text(11)), [
    'info: 10.1.0.0/27 of web is full in 2027-09: 10 of 20 addresses for machines are taken, and VMs grow in number. Widen the prefix while it is a line of text.',
  ]);
});

test('compound growth rounds up to whole machines', () => {
  // 21 of 14 x 1.05 ^ n: above 20 after ln (20 / 14) / ln 1.05 = 7.3 months.
  assert.match(said(rule, web(14, 'growth vms 5 %/month'))[0] ?? '', /full in 2027-07/);
});

test('the fix widens for the whole horizon', () => {
  assert.match(mended(rule, web(14, 'growth vms 5 %/month')), /subnet 10\.1\.0\.0\/26 gateway 10\.1\.0\.1 reserve 9/);
  assert.match(mended(rule, web(14, 'growth vms 5 %/month', undefined, 36)), /subnet 10\.1\.0\.0\/25/);
});

test('a subnet that is nearly full is left to subnet-exhausted, which names the month and widens for growth', () => {
  const text = web(16, 'growth vms 1/month');
  assert.deepEqual(said(rule, text), []);
  assert.match(
    said('subnet-exhausted', text)[0] ?? '',
    /4 addresses are left; .* Growth takes the last one in 2027-03\.$/,
  );
  assert.match(mended('subnet-exhausted', web(16, 'growth vms 1/month', undefined, 60)), /10\.1\.0\.0\/25/);
  assert.match(
    said(rule, `${text}\npolicy { subnet-exhausted off }`)[0] ?? '',
    /^info: 10\.1\.0\.0\/27 of web is full/,
  );
});

test('a DHCP range runs out by itself', () => {
  const text = web(6, 'growth vms 1/month', 'dhcp 10.1.0.10 .. 10.1.0.19');
  assert.match(
    said(rule, text)[0] ?? '',
    /^info: The DHCP range of web is full in 2027-03: 6 of 10 .* Widen the range/,
  );
});

test('virtual addresses and services of hosts do not grow; without growth nothing is said', () => {
  assert.deepEqual(said(rule, web(14, 'note "steady"')), []);
  const fixed = `design p { horizon 36 months; growth vms 9 %/month }
network web { subnet 10.1.0.0/29 }
cluster c { service migration on web; host h-[1..4] }`;
  assert.deepEqual(said(rule, fixed), []);
});
