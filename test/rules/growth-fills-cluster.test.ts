import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, said } from './checking.ts';

const rule = 'growth-fills-cluster';
/** Three hosts with 60 GiB for VMs each, one of which may fail: 120 GiB. */
const cluster = (vms: number, growth: string, plan = 'as-of 2026-11-22; horizon 12 months') => `design p { ${plan} }
cluster c {
  failover 1 host
  ${growth}
  host h-[1..3] { memory 64 GiB }
  runs a-[1..${vms}]
}
vm a-[1..${vms}] { memory 10 GiB }`;

test('linear growth: the month in which the last VM fits is silent, a horizon one month longer is not', () => {
  // 8 VMs and 4 more: full after 4 months, too full after that.
  const text = (months: number) => cluster(8, 'growth vms 1/month', `as-of 2026-11-22; horizon ${months} months`);
  assert.deepEqual(said(rule, text(4)), []);
  assert.deepEqual(said(rule, text(5)), [
    'info: c runs out of memory in 2027-03: its VMs ask for 80 GiB now, and 120 GiB are there when what may fail has failed. Plan a host until then, or slow the growth.',
  ]);
});

test('compound growth, and growth of what each VM asks for', () => {
  // 120 / 100 = 1.2; ln 1.2 / ln 1.02 = 9.2 months.
  assert.match(said(rule, cluster(10, 'growth vms 2 %/month'))[0] ?? '', /memory in 2027-08/);
  assert.match(said(rule, cluster(10, 'growth memory 2 %/month'))[0] ?? '', /memory in 2027-08/);
  // Both together: ln 1.2 / ln (1.02 x 1.02) = 4.6 months.
  assert.match(said(rule, cluster(10, 'growth vms 2 %/month memory 2 %/month'))[0] ?? '', /memory in 2027-04/);
  assert.deepEqual(said(rule, cluster(10, 'growth vms 1.5 %/month')), []);
});

test('CPU, of the whole cluster where nothing is kept; what is first full is told', () => {
  const text = `design p { growth vms 10 %/month }
cluster c {
  failover none
  host h-[1..2] { cpu 10 cores 1 GHz; memory 64 GiB }
  runs a-[1..2]
}
vm a-[1..2] { memory 50 GiB; demand cpu 5 GHz }`;
  assert.match(said(rule, text)[0] ?? '', /^warning: c runs out of memory in 1 month:/);
  assert.match(
    said(rule, text.replace('memory 50 GiB;', 'memory 4 GiB;'))[0] ?? '',
    /CPU in 6 months: .* 20 GHz are there\./,
  );
});

test('soon is a warning, very soon an error', () => {
  const text = (vms: number) => cluster(vms, 'growth vms 1/month');
  assert.match(said(rule, text(9))[0] ?? '', /^info/);
  assert.match(said(rule, text(11))[0] ?? '', /^warning/);
  assert.match(said(rule, cluster(11, 'growth vms 2/month'))[0] ?? '', /^error/);
});

test('what is full already is no forecast, and without growth, a horizon or sizes there is none', () => {
  assert.deepEqual(said(rule, cluster(13, 'growth vms 1/month')), []);
  assert.deepEqual(said(rule, cluster(11, 'note "steady"')), []);
  assert.deepEqual(said(rule, cluster(11, 'growth disk 9 %/month')), []);
  assert.deepEqual(said(rule, cluster(11, 'growth vms 1/month').replace('memory 64 GiB', 'cpu 8 cores')), []);
  assert.deepEqual(said(rule, cluster(10, 'growth vms -2 %/month')), []);
});

test('growth of the design, and of an application in the cluster, counts; related places name it', () => {
  const ofPlan = cluster(10, '', 'horizon 12 months; growth vms 2 %/month').replace('\n  \n', '\n');
  assert.match(said(rule, ofPlan)[0] ?? '', /in 9 months/);
  assert.equal(found(rule, ofPlan)[0]?.related?.[0]?.message, 'growth of vms: 2 % a month');
  const ofApp = `${cluster(6, '').replace('\n  \n', '\n').replace('vm a-[1..6]', 'vm a-[1..6] in shop')}
app shop { growth vms 10 %/month }`;
  assert.match(said(rule, ofApp)[0] ?? '', /memory in 2027-06/);
});

test('a policy sets how early it is told', () => {
  const text = cluster(9, 'growth vms 1/month; policy { growth-fills-cluster info 2 months }');
  assert.deepEqual(said(rule, text), []);
  assert.match(said(rule, text.replace('info 2', 'info 4'))[0] ?? '', /^info/);
});

test('a host that is planned counts from its day, one that goes is missed from its own', () => {
  // 8 VMs and 4 more fill two of three hosts in 2027-03; a fourth host takes 6 more.
  const plan = (extra: string) => cluster(8, 'growth vms 1/month').replace('runs', `${extra}\n  runs`);
  assert.match(
    said(rule, plan('host h-4 { memory 64 GiB; from 2027-03-01 }'))[0] ?? '',
    /memory in 2027-09: .*; 1 host that comes or goes until then is reckoned with\./,
  );
  assert.match(
    said(rule, plan('host h-4 { memory 64 GiB; from 2027-05-01 }'))[0] ?? '',
    /memory in 2027-03: .* failed\. Plan/,
  );
  assert.match(said(rule, plan('host h-4 { memory 64 GiB; until 2027-04-30 }'))[0] ?? '', /memory in 2027-0[45]/);
  assert.match(
    said(rule, plan('host h-4 { memory 64 GiB; from 2027-03-01; state off }'))[0] ?? '',
    /memory in 2027-03/,
  );
});

test('of a newcomer larger than all others only as much counts as does not fail with it', () => {
  const plan = (gib: number) =>
    cluster(8, 'growth vms 1/month').replace('runs', `host h-4 { memory ${gib} GiB; from 2027-03-01 }\n  runs`);
  assert.deepEqual(said(rule, plan(256)), said(rule, plan(64)));
});
