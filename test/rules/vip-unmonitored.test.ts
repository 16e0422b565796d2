import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'vip-unmonitored';
const plan = (vip: string) => `network web { subnet 10.1.10.0/24 }
adc lb { networks web }
app shop { vip 10.1.10.50 on web${vip}; vm web-[1..2] { nic web } }`;

test('a pool or a controller without a monitor', () => {
  assert.equal(said(RULE, plan(' via lb')).length, 1);
  assert.equal(said(RULE, plan(' pool web-[1..2]')).length, 1);
});

test('an address that is no pool needs no monitor', () => {
  assert.deepEqual(said(RULE, plan('')), []);
});

test('the fix adds a monitor', () => {
  assert.equal(mended(RULE, plan(' via lb pool web-[1..2]')), plan(' via lb pool web-[1..2] monitor "TCP connect"'));
});
