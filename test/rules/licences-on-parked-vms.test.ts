import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'licences-on-parked-vms';
const plan = (vms: string, price = 'cost 350 EUR/vm/year') => `licence rhel { product rhel; ${price} }\n${vms}`;

test('VMs that are off are counted with what they hold', () => {
  assert.deepEqual(said(RULE, plan('vm a-[1..9] { licences rhel }')), []);
  assert.deepEqual(said(RULE, plan('vm a-[1..2] { licences rhel; state off }')), [
    'info: 2 VMs (a-1 and a-2) are off and hold rhel, worth 700 EUR a year. Delete them, or take the licence back before another one is bought.',
  ]);
  assert.match(
    said(RULE, plan('vm a { licences rhel; state suspended }', 'cost 90 EUR/vm'))[0] ?? '',
    /worth 90 EUR\./,
  );
});

test('a policy allows some', () => {
  const policy = 'policy { licences-on-parked-vms info 2 }';
  assert.deepEqual(said(RULE, plan(`${policy}\nvm a-[1..2] { licences rhel; state off }`)), []);
  assert.equal(said(RULE, plan(`${policy}\nvm a-[1..3] { licences rhel; state off }`)).length, 1);
});

test('templates, other prices, and VMs that are gone are left out', () => {
  assert.deepEqual(said(RULE, plan('vm a { licences rhel; state template }')), []);
  assert.deepEqual(said(RULE, plan('vm a { licences rhel; state off }', 'cost 350 EUR/host/year')), []);
  assert.deepEqual(said(RULE, plan('vm a { licences rhel; state off }', 'owned 4 vms')), []);
  const gone = 'vm a { licences rhel; state off; until 2026-01-31 }';
  assert.deepEqual(said(RULE, plan(`design d { as-of 2026-11-22 }\n${gone}`)), []);
});
