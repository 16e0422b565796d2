import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'growth-fills-datastore';
/** Grows by a share of 1 GiB a day of a year, so that what is left in GiB is days. */
const store = (left: number, more = '') => `design plan { as-of 2026-11-01${more} }
array san { usable 4 TiB; datastore gold { capacity 1000 GiB; growth disk 365.2425 GiB/year; measured used ${1000 - left} GiB } }`;

test('the nearer, the more severe; exactly at a limit is the milder', () => {
  assert.deepEqual(said(rule, store(120)), []);
  assert.match(
    said(rule, store(119))[0] ?? '',
    /^info: gold is full in 4 months \(2027-02-28\): it holds 881 GiB and grows by 30\.4 GiB a month/,
  );
  assert.match(said(rule, store(59))[0] ?? '', /^warning: gold is full in 59 days/);
  assert.match(said(rule, store(30))[0] ?? '', /^warning/);
  assert.match(said(rule, store(29))[0] ?? '', /^error/);
});

test('growth of the design counts where the datastore states none', () => {
  const text = store(50, '; growth disk 10 %/month').replace(' growth disk 365.2425 GiB/year;', '');
  assert.match(said(rule, text)[0] ?? '', /^error: gold is full in 16\.\d days .* grows by 10 % a month/);
});

test('extended, it lasts longer than the first limit', () => {
  assert.match(mended(rule, store(20)), /capacity 1101\.\d GiB/);
});

test('without growth, and when it is full already, there is no forecast', () => {
  assert.deepEqual(said(rule, store(50).replace('growth disk 365.2425 GiB/year;', '')), []);
  assert.deepEqual(said(rule, store(0)), []);
});
