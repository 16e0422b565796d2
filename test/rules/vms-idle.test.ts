import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'vms-idle';
const plan = (measured: string, host = 'cost 12_000 EUR', more = '') => `${more}cluster prod {
  host esx-1 { cpu 2 x 16 cores 2.0 GHz; ${host}; runs old }
  runs web-[1..3]
}
vm web-[1..3] { measured cpu 900 MHz over 60 days }
vm old { vcpu 2; ${measured} }`;

test('100 MHz over 30 days is work; less is said, with its part of the hosts', () => {
  assert.deepEqual(said(RULE, plan('measured cpu 100 MHz over 30 days')), []);
  assert.deepEqual(said(RULE, plan('measured cpu 99 MHz over 30 days')), [
    'info: 1 VM of prod (old) runs and does next to nothing; its part of the hosts costs 3000 once. Ask who needs it; switch off or delete what nobody does.',
  ]);
});

test('what was measured for less than 30 days, or not at all, is not known', () => {
  assert.deepEqual(said(RULE, plan('measured cpu 1 MHz over 29 days')), []);
  assert.deepEqual(said(RULE, plan('measured cpu 1 MHz')), []);
  assert.deepEqual(said(RULE, plan('demand cpu 1 MHz')), []);
});

test('a share is of the vCPUs at the clock of the host', () => {
  assert.deepEqual(said(RULE, plan('measured cpu 2.5 % over 30 days')), []);
  assert.equal(said(RULE, plan('measured cpu 2.4 % over 30 days')).length, 1);
});

test('licences and running cost count; where no host has a price, no cost is told', () => {
  const licence = 'licence vvs { product esxi; cost 100 EUR/core/year }\n';
  assert.match(
    said(RULE, plan('measured cpu 9 MHz over 30 days', 'cost 12_000 EUR; licences vvs', licence))[0] ?? '',
    /its part of the hosts costs 3000 once and 800 a year\./,
  );
  assert.match(said(RULE, plan('measured cpu 9 MHz over 30 days', 'height 1 U'))[0] ?? '', /next to nothing\. Ask/);
});

test('a VM that is off is no business of this rule', () => {
  assert.deepEqual(said(RULE, plan('state off; measured cpu 0 MHz over 30 days')), []);
});
