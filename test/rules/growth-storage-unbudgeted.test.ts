import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'growth-storage-unbudgeted';
const plan = (
  budget: string,
  expansion = 'expansion 5 TiB cost 18_000 EUR',
  growth = 'growth disk 400 GiB/month',
) => `design d {
  as-of 2026-11-22
  currency EUR
  ${budget}
}
array vmax {
  usable 10 TiB
  cost none
  ${expansion}
  datastore gold { capacity 9 TiB; thin; ${growth}; measured used 4 TiB }
}`;

test('what the year has left pays for the expansion; one euro less is said', () => {
  assert.deepEqual(said(RULE, plan('budget capex 18_000 EUR')), []);
  assert.deepEqual(said(RULE, plan('budget capex 17_999 EUR')), [
    'warning: Growth fills vmax in 2028-03. Expanding it by 5 TiB costs 18\u202f000 EUR, and the budget of 2028 has 17\u202f999 EUR left. Raise it, delete what nobody needs, or slow the growth.',
  ]);
});

test('the fix budgets the expansion in its year', () => {
  assert.equal(
    mended(RULE, plan('budget capex 5_000 EUR')),
    plan('budget capex 5_000 EUR\n  budget capex 18_000 EUR year 2028'),
  );
});

test('an expansion without a price is asked for it', () => {
  const message = /^warning: .*its expansion has no price, so the budget of 2028 cannot contain it/;
  assert.match(said(RULE, plan('budget capex 99_000 EUR', 'expansion 5 TiB'))[0] ?? '', message);
  assert.match(said(RULE, plan('budget capex 99_000 EUR', 'height 4 U'))[0] ?? '', message);
});

test('without a budget of that year, without growth, or within the horizon nothing is said', () => {
  assert.deepEqual(said(RULE, plan('budget capex 5_000 EUR year 2026')), []);
  assert.deepEqual(said(RULE, plan('budget capex 5_000 EUR', undefined, 'slack 10 %')), []);
  assert.deepEqual(said(RULE, plan('horizon 15 months; budget capex 5_000 EUR')), []);
  assert.equal(said(RULE, plan('horizon 16 months; budget capex 5_000 EUR')).length, 1);
});
