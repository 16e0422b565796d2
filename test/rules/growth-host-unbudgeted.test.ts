import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'growth-host-unbudgeted';
const plan = (later: string, more = '', host = 'cost 9_800 EUR') => `design d {
  as-of 2026-11-22
  currency EUR
  growth vms 3 %/month
  budget capex 50_000 EUR year 2026
  ${later}
}
cluster prod {
  failover 1 host
  host esx-[1..3] { memory 64 GiB; ${host} }
  runs db-[1..8]
}
vm db-[1..8] { memory 12 GiB }
${more}`;

test('what the year has left is enough for one host; one euro less is said', () => {
  assert.deepEqual(said(RULE, plan('budget capex 9_800 EUR')), []);
  assert.deepEqual(said(RULE, plan('budget capex 9_799 EUR')), [
    'warning: prod runs out of memory in 2027-07. A host like esx-3 costs 9800 EUR once; the budget of 2027 has 9799 EUR left. Raise it, or plan fewer VMs.',
  ]);
});

test('what is planned for that year is not there twice', () => {
  const array = 'array vmax { cost 10_000 EUR; from 2027-02-01 }';
  assert.match(said(RULE, plan('budget capex 15_000 EUR', array))[0] ?? '', /the budget of 2027 has 5000 EUR left/);
  assert.match(said(RULE, plan('budget capex 8_000 EUR', array))[0] ?? '', /the budget of 2027 has nothing left/);
});

test('licences of the host are part of its price', () => {
  const licence = 'licence vvs { product esxi; cost 100 EUR/core; cost 50 EUR/core/year }';
  const host = 'cost 9_800 EUR; cpu 2 x 12 cores; licences vvs';
  assert.match(
    said(RULE, plan('budget capex 12_999 EUR', licence, host))[0] ?? '',
    /esx-3 costs 13\u202f000 EUR once, and 1600 EUR a year/,
  );
  assert.deepEqual(said(RULE, plan('budget capex 13_000 EUR', licence, host)), []);
});

test('the fix budgets the host in its year, and leaves other years', () => {
  assert.equal(
    mended(RULE, plan('budget capex 5_000 EUR')),
    plan('budget capex 5_000 EUR\n  budget capex 9_800 EUR year 2027'),
  );
  assert.equal(mended(RULE, plan('budget capex 5_000 EUR year 2027')), plan('budget capex 9_800 EUR year 2027'));
});

test('a host that comes until then is a plan until that is full as well, one that comes later is not', () => {
  const host = (from: string) => `host esx-4 in prod { memory 64 GiB; cost none; from ${from} }`;
  const budget = 'budget capex 5_000 EUR\n  horizon';
  assert.deepEqual(said(RULE, plan(`${budget} 20 months`, host('2027-03-01'))), []);
  assert.match(said(RULE, plan(`${budget} 24 months`, host('2027-03-01')))[0] ?? '', /memory in 2028-08/);
  assert.match(said(RULE, plan(`${budget} 20 months`, host('2028-03-01')))[0] ?? '', /memory in 2027-/);
});

test('without a price, a budget of that year, a day or growth nothing is said', () => {
  const budget = 'budget capex 5_000 EUR';
  assert.deepEqual(said(RULE, plan(budget, '', 'height 1 U')), []);
  assert.deepEqual(said(RULE, plan('horizon 24 months')), []);
  assert.deepEqual(said(RULE, plan(budget).replace('  as-of 2026-11-22\n', '')), []);
  assert.deepEqual(said(RULE, plan(budget).replace('  growth vms 3 %/month\n', '')), []);
});
