import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'conversion-pays-late';
const plan = (once: number, more = '', servers = 'cost 100 EUR/month') => `design d { currency EUR; ${more} }
server old-[1..10] { ${servers} }
host esx-1 { cost ${once} EUR; cost 200 EUR/month for "support" }`;

test('36 months are allowed, what takes longer is said', () => {
  assert.deepEqual(said(RULE, plan(28_800)), []);
  assert.deepEqual(said(RULE, plan(29_600)), [
    'warning: The plan costs 29\u202f600 EUR once and 200 EUR a month instead of 1000 EUR: it pays after 37 months. Plan less, retire more, or say what else it is for.',
  ]);
  assert.equal(said(RULE, plan(28_801)).length, 1);
});

test('what saves nothing never pays, and is an error', () => {
  assert.match(said(RULE, plan(100, '', 'cost 20 EUR/month'))[0] ?? '', /^error: .*it never pays/);
  assert.match(said(RULE, plan(100, 'baseline 190 EUR/month'))[0] ?? '', /^error: .*instead of 190 EUR: it never pays/);
});

test('a baseline replaces the sum over servers', () => {
  assert.deepEqual(said(RULE, plan(29_600, 'baseline 24_000 EUR/year')), []);
});

test('with interest, the present value is told', () => {
  assert.match(said(RULE, plan(29_600, 'discount 0 %/year'))[0] ?? '', /Over 36 months it is worth -800 EUR today\./);
});

test('the energy of servers is saved, at full load where it is not measured', () => {
  const site = '\nsite hq { tariff 0.20 EUR/kWh; pue 1 }';
  const at = (text: string) => `${text.replace('old-[1..10]', 'old-[1..10] at hq')}${site}`;
  const power = (more = '') => `cost 100 EUR/month; power 100 W .. 200 W${more}`;
  // 10 × 200 W × 8.76 × 0.20 EUR = 3504 EUR a year, 292 EUR a month; idle, half of it.
  assert.match(said(RULE, at(plan(50_000, '', power())))[0] ?? '', /instead of 1292 EUR/);
  assert.match(said(RULE, at(plan(50_000, '', power('; measured cpu 0 %'))))[0] ?? '', /instead of 1146 EUR/);
});

test('nothing is said while the cost of today is not known of every server, or nothing is paid', () => {
  assert.deepEqual(said(RULE, plan(99_000, '', 'height 2 U')), []);
  assert.deepEqual(said(RULE, `${plan(99_000)}\nserver other`), []);
  assert.deepEqual(said(RULE, plan(0, '', 'cost 20 EUR/month')), []);
});

test('while prices are missing, it is late at least so much', () => {
  assert.match(said(RULE, `${plan(29_600)}\nswitch tor`)[0] ?? '', /it pays after at least 37 months/);
});
