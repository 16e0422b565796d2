import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'budget-exceeded';
const plan = (budget: string, hosts: string, more = '') => `design d { as-of 2026-11-22; currency EUR; ${budget} }
${hosts}
${more}`;

test('nine tenths are allowed, more is a warning, more than all an error', () => {
  const hosts = 'host esx-[1..3] { cost 3_000 EUR }';
  assert.deepEqual(said(RULE, plan('budget capex 10_000 EUR', hosts)), []);
  assert.deepEqual(said(RULE, plan('budget capex 9_000 EUR', hosts)), [
    'warning: In 2026 the plan costs 9000 EUR once, 100 % of the budget of 9000 EUR. Most goes to esx-1 and 2 more (9000). Raise the budget or plan less.',
  ]);
  assert.match(said(RULE, plan('budget capex 8_999 EUR', hosts))[0] ?? '', /^error: /);
});

test('what is paid per time is compared with the operating budget, whatever time that is', () => {
  const hosts = 'host esx-1 { cost 100 EUR/month }';
  assert.deepEqual(said(RULE, plan('budget opex 1_400 EUR/year', hosts)), []);
  assert.equal(said(RULE, plan('budget opex 1_199 EUR/year', hosts)).length, 1);
});

test('of licences that are paid once, those owned already are not bought again', () => {
  const host = 'host esx-[1..2] { cost none; cpu 2 x 16 cores; licences vvf }';
  const costs = (licence: string) =>
    said(RULE, plan('budget capex 1 EUR', host, `licence vvf { product esxi; ${licence} }`))[0] ?? '';
  assert.match(costs('cost 100 EUR/core'), /costs 6400 EUR once/);
  assert.match(costs('cost 100 EUR/core; owned 32 cores'), /costs 3200 EUR once/);
  assert.match(costs('cost 100 EUR/socket; owned 1 sockets'), /costs 300 EUR once/);
  assert.equal(costs('cost 100 EUR/core; owned 64 cores'), '');
  assert.match(costs('cost 100 EUR/core; owned 1 hosts'), /costs 6400 EUR once/);
});

test('licences are counted by charged cores, and energy by power and tariff', () => {
  const hosts = 'host esx-1 { cost none; cpu 2 x 12 cores; licences vvf; power 100 W .. 200 W }';
  const more = 'licence vvf { product esxi; cost 100 EUR/core/year }';
  assert.deepEqual(said(RULE, plan('budget opex 3_600 EUR/year', hosts, more)), []);
  assert.match(
    said(RULE, plan('budget opex 3_199 EUR/year', hosts, more))[0] ?? '',
    /^error: .*Most goes to vvf \(3200\)/,
  );
  const site = 'site hq { tariff 1 EUR/kWh; pue 2 }';
  // 100 W at idle: 0.1 kW × 8760 h × 2 = 1752 kWh.
  const heavy = said(
    RULE,
    plan('budget opex 3_600 EUR/year', hosts.replace('esx-1', 'esx-1 at hq'), `${more}\n${site}`),
  );
  assert.match(heavy[0] ?? '', /the plan costs 4952 EUR a year/);
});

test('the budget of a year replaces the one for all years', () => {
  const hosts = 'host esx-1 { cost 5_000 EUR }\nhost esx-2 { cost 5_000 EUR; from 2028-03-01 }';
  assert.deepEqual(said(RULE, plan('budget capex 6_000 EUR', hosts)), []);
  const own = 'budget capex 6_000 EUR; budget capex 1_000 EUR year 2028';
  assert.match(said(RULE, plan(own, hosts))[0] ?? '', /^error: In 2028 the plan costs 5000 EUR once/);
});

test('a sum without all prices is a lower bound, and money that cannot be exchanged is not in it', () => {
  const hosts = 'host esx-1 { cost 5_000 EUR }\nhost esx-2 { cost 5_000 USD }';
  assert.match(said(RULE, plan('budget capex 4_000 EUR', hosts))[0] ?? '', /the plan costs at least 5000 EUR once/);
  const rate = 'exchange USD at 0.5 EUR; budget capex 4_000 EUR';
  assert.match(said(RULE, plan(rate, hosts))[0] ?? '', /the plan costs 7500 EUR once/);
});
