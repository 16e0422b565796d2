import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'energy-unpriced';
const plan = (
  site: string,
  hosts: string,
  budget = 'budget opex 5_000 EUR/year',
) => `design d { currency EUR; ${budget} }
site hq${site}
${hosts}`;
const powered = 'host esx-[1..2] at hq { power 200 W .. 500 W }';

test('power at a site without a tariff is said once for the site', () => {
  assert.deepEqual(said(RULE, plan('', powered)), [
    'info: Site hq states no tariff, so the energy of what stands there is missing in the operating cost. State tariff, and pue if it is known.',
  ]);
  assert.deepEqual(said(RULE, plan(' { tariff 0.25 EUR/kWh }', powered)), []);
});

test('hosts without power are said where others state theirs', () => {
  const tariff = ' { tariff 0.25 EUR/kWh }';
  assert.deepEqual(said(RULE, plan(tariff, 'host esx-[1..2] at hq')), []);
  assert.match(
    said(RULE, plan(tariff, `${powered}\nhost new at hq`))[0] ?? '',
    /^info: Host new states no power while/,
  );
});

test('without an operating budget nobody asked', () => {
  assert.deepEqual(said(RULE, plan('', powered, 'budget capex 5_000 EUR')), []);
  assert.deepEqual(said(RULE, plan('', powered, '')), []);
});

test('without power, or without a site, nothing is known', () => {
  assert.deepEqual(said(RULE, plan('', 'host esx-[1..2] at hq')), []);
  assert.deepEqual(said(RULE, plan('', 'host esx-[1..2] { power 200 W .. 500 W }')), []);
});
