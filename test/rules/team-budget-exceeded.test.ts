import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterEdits, found, mended, problemsIn, said } from './checking.ts';

const RULE = 'team-budget-exceeded';
const plan = (budget: string, more: string, design = '') => `design d { as-of 2026-11-22; currency EUR; ${design} }
team network { ${budget} }
team server
${more}`;
const switches = 'switch tor-[a,b] { owner network; cost 5_000 EUR }';

test('nine tenths are allowed, more is a warning, more than all an error', () => {
  assert.deepEqual(said(RULE, plan('budget capex 11_112 EUR', switches)), []);
  assert.deepEqual(said(RULE, plan('budget capex 10_000 EUR', switches)), [
    'warning: In 2026 what team network owns costs 10 000 EUR once, 100 % of the budget of 10 000 EUR. Most goes to tor-a and 1 more (10 000). Raise the budget or plan less.',
  ]);
  assert.match(said(RULE, plan('budget capex 9_999 EUR', switches))[0] ?? '', /^error: /);
});

test('a team pays for what it owns, directly or through the block around it, and for itself', () => {
  const owned = 'cluster c { owner network; host h-[1..2] { cost 3_000 EUR } }';
  assert.match(said(RULE, plan('budget capex 5_999 EUR', owned))[0] ?? '', /costs 6000 EUR once/);
  assert.deepEqual(said(RULE, plan('budget capex 10 EUR', owned.replace('network', 'server'))), []);
  assert.deepEqual(said(RULE, plan('budget capex 10 EUR', 'host h { cost 3_000 EUR }')), [], 'nobody owns it');
  const people = plan('budget opex 10_000 EUR/year; cost 1_000 EUR/month for "one administrator"', '');
  assert.match(said(RULE, people)[0] ?? '', /costs 12 000 EUR a year/);
  assert.match(said(RULE, plan('budget capex 1_000 EUR; training 2 x 800 EUR', ''))[0] ?? '', /costs 1600 EUR once/);
});

test('two owners pay equal parts', () => {
  const shared = switches.replace('owner network', 'owner network, server');
  assert.deepEqual(said(RULE, plan('budget capex 6_000 EUR', shared)), []);
  assert.match(said(RULE, plan('budget capex 4_999 EUR', shared))[0] ?? '', /costs 5000 EUR once/);
});

test('energy goes to the owner of what uses it', () => {
  const powered = `site hq { tariff 1 EUR/kWh; pue 2 }
switch tor at hq { owner network; cost none; power 100 W .. 200 W }`;
  // 100 W at idle: 0.1 kW × 8760 h × 2 = 1752 kWh.
  assert.match(said(RULE, plan('budget opex 1_700 EUR/year', powered))[0] ?? '', /costs 1752 EUR a year/);
  assert.deepEqual(said(RULE, plan('budget opex 1_947 EUR/year', powered)), []);
});

test('the budget of a year replaces the one for all years', () => {
  const later = `${switches}\nswitch core { owner network; cost 9_000 EUR; from 2028-03-01 }`;
  assert.deepEqual(said(RULE, plan('budget capex 12_000 EUR', later)), []);
  const own = plan('budget capex 12_000 EUR; budget capex 1_000 EUR year 2028', later);
  assert.match(said(RULE, own)[0] ?? '', /^error: In 2028 what team network owns costs 9000 EUR once/);
});

test('without prices nothing is said; with some, the sum is a lower bound', () => {
  assert.deepEqual(said(RULE, plan('budget capex 1_000 EUR', 'switch tor { owner network }')), []);
  assert.deepEqual(said(RULE, plan('', switches)), [], 'no budget');
  const part = `${switches}\nswitch core { owner network }`;
  assert.match(said(RULE, plan('budget capex 9_000 EUR', part))[0] ?? '', /costs at least 10 000 EUR once/);
  const others = `${switches}\nswitch core { owner server }`;
  assert.match(said(RULE, plan('budget capex 9_000 EUR', others))[0] ?? '', /costs 10 000 EUR once/);
  const foreign = `${switches}\nswitch core { owner network; cost 5 USD }`;
  assert.match(said(RULE, plan('budget capex 9_000 EUR', foreign))[0] ?? '', /costs at least 10 000 EUR once/);
});

test('a plan without currency or day takes those of the budgets of its teams', () => {
  const text = `team network { budget capex 9_000 EUR }\n${switches}`;
  assert.deepEqual(said(RULE, text), [
    'error: What team network owns costs 10 000 EUR once, 111 % of the budget of 9000 EUR. Most goes to tor-a and 1 more (10 000). Raise the budget or plan less.',
  ]);
});

test('the fix states a budget that is enough, in its year alone if the others have enough', () => {
  assert.match(
    mended(RULE, plan('budget capex 9_000 EUR', switches)),
    /budget capex 9_000 EUR; budget capex 11_200 EUR year 2026/,
  );
  assert.match(
    mended(RULE, plan('budget opex 100 EUR/month', 'switch t { owner network; cost 1_500 EUR/year }')),
    /budget opex 1_670 EUR\/year year 2026/,
  );
  const own = plan('budget capex 9_000 EUR year 2026', switches);
  assert.match(mended(RULE, own), /{ budget capex 11_200 EUR year 2026 }/);
});

test('a budget of nothing is exceeded by anything', () => {
  const text = plan('budget capex 0 EUR', switches);
  assert.match(said(RULE, text)[0] ?? '', /costs 10 000 EUR once of 0 EUR\./);
  const [fix] = found(RULE, text)[0]?.fixes() ?? [];
  assert.deepEqual(problemsIn(afterEdits(text, fix?.edits ?? [])), []);
  assert.deepEqual(said(RULE, plan('budget capex 0 EUR', '')), []);
});
