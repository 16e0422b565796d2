import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'backing-unknown';

test('datastores on nothing, beside others on arrays', () => {
  assert.deepEqual(said(RULE, 'design d\narray a { datastore x }\ndatastore y-[1..2]'), [
    'info: 2 of 3 datastores (y-1 and y-2) do not say on which array they lie, so load, paths and failures are not checked beyond. State on, or put them into the array.',
  ]);
});

test('an inventory that knows no arrays stays quiet, and so does a name that is not known', () => {
  assert.deepEqual(said(RULE, 'design d\ndatastore y-[1..2]'), []);
  assert.deepEqual(said(RULE, 'design d\narray a { datastore x }\ndatastore y on b'), []);
});

const networks = (back: string) => `design d
network front { subnet 10.1.10.0/24 gateway 10.1.10.1 }
network back { ${back} }
cluster prod { host esx-1 { runs db } }
vm db { nic back }`;

test('a subnet with VMs that ends nowhere', () => {
  assert.deepEqual(said(RULE, networks('subnet 10.1.20.0/24')), [
    'info: Network back has VMs and no gateway, so nobody can tell where it ends. State the gateway or routed-by, or gateway none.',
  ]);
});

test('nothing is said of one that is closed on purpose, routed, unused, or says nothing of its addresses', () => {
  assert.deepEqual(said(RULE, networks('subnet 10.1.20.0/24 gateway none')), []);
  assert.deepEqual(said(RULE, networks('subnet 10.1.20.0/24; routed-by core').concat('\nswitch core')), []);
  assert.deepEqual(said(RULE, networks('vlan 20')), []);
  assert.deepEqual(said(RULE, networks('subnet 10.1.20.0/24').replace('nic back', 'nic front')), []);
  assert.deepEqual(said(RULE, networks('subnet 10.1.20.0/24').replace(' gateway 10.1.10.1', '')), []);
});

test('the fix says that it is closed', () => {
  assert.equal(mended(RULE, networks('subnet 10.1.20.0/24')), networks('subnet 10.1.20.0/24 gateway none'));
});
