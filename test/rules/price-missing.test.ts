import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, said } from './checking.ts';

const RULE = 'price-missing';

test('with a budget every kind of thing needs a price, and what lacks one is one finding', () => {
  const text = `design d { budget capex 40_000 EUR }
host esx-[1..3] { memory 256 GiB }
switch sw-1
tool checkmk { cost 900 EUR/year }
network lan`;
  assert.deepEqual(said(RULE, text), [
    'warning: 3 hosts and 1 switch have no price, so the budget is compared with less than what will be paid. State cost, or cost none for what is paid already.',
  ]);
  assert.match(
    said(RULE, text.replace('switch sw-1', 'switch sw-1 { cost none }'))[0] ?? '',
    /^warning: 3 of 3 hosts \(esx-1, esx-2 and esx-3\) have no price/,
  );
  const [finding] = found(RULE, text);
  assert.deepEqual(
    finding?.related?.map(({ message }) => message),
    ['sw-1 has no price'],
  );
});

test('without a budget only a kind that is priced in part is reported', () => {
  const text = (cost: string) => `design d { currency EUR }\nhost esx-[1..3] { ${cost} }\nhost old\nswitch sw-1`;
  assert.deepEqual(said(RULE, text('memory 256 GiB')), []);
  assert.match(said(RULE, text('cost 9_800 EUR'))[0] ?? '', /^info: Host old has no price, so totals are less/);
});

test('a budget without any price is a plan that has not come to prices yet', () => {
  assert.deepEqual(said(RULE, 'design d { budget capex 40_000 EUR }\nhost esx-1 { memory 256 GiB }'), []);
});

test('a price in a class, and none at all, are prices', () => {
  const text = `design d { budget capex 40_000 EUR }
class host small { cost 9_800 EUR }
host esx-1 : small
host esx-2 { cost none }`;
  assert.deepEqual(said(RULE, text), []);
});

test('a budget that cannot be read is none', () => {
  assert.deepEqual(said(RULE, 'design d { budget capex }\nhost esx-1 { cost 1 EUR }\nswitch sw-1'), []);
});
