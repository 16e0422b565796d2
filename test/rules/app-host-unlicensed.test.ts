import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'app-host-unlicensed';
interface Plan {
  readonly on?: string;
  readonly features?: string;
  readonly runs?: string;
  readonly more?: string;
}
const plan = ({
  on = '; on esx-1',
  features = 'features ha',
  runs = 'esx-1',
  more = '',
}: Plan) => `licence oracle { product oracle-db${on} }
cluster prod {
  ${features}
  host esx-[1..3]
}
app ledger {
  licences oracle
  vm db-[1..2]
}
runs db-[1..2] on ${runs}${more}`;

test('VMs that a failover may bring elsewhere', () => {
  assert.deepEqual(said(RULE, plan({})), [
    'error: oracle covers esx-1, and prod may bring db-1 and db-2 to esx-2, which would owe a licence too. Keep them on licensed hosts.',
  ]);
});

test('a move by hand alone is a warning', () => {
  assert.match(said(RULE, plan({ features: 'features live-migration' }))[0] ?? '', /^warning: .* can move /);
});

test('VMs that run on a host without it', () => {
  assert.equal(
    said(RULE, plan({ runs: 'esx-2' }))[0],
    'error: oracle covers esx-1, but db-1 and db-2 run on esx-2 without it. Move them, or license that host.',
  );
});

test('nothing is said where every host has it, nothing moves, or a rule keeps them', () => {
  assert.deepEqual(said(RULE, plan({ on: '; on prod' })), []);
  assert.deepEqual(said(RULE, plan({ features: 'drs off' })), []);
  assert.deepEqual(said(RULE, plan({ more: '\nkeep db-[1..2] on esx-1' })), []);
  assert.deepEqual(said(RULE, plan({ more: '\nkeep db-[1..2] off esx-[2..3]' })), []);
});

test('a rule for one of them leaves the other, and one that should hold need not', () => {
  assert.match(said(RULE, plan({ more: '\nkeep db-1 on esx-1' }))[0] ?? '', /may bring db-2 to/);
  assert.equal(said(RULE, plan({ more: '\nkeep db-[1..2] on esx-1 should' })).length, 1);
});

test('nothing is said of a licence that names no hosts, or one that is not known', () => {
  assert.deepEqual(said(RULE, plan({ on: '' })), []);
  assert.deepEqual(said(RULE, plan({ on: '; on esx-9' })), []);
});

test('the fix keeps them on licensed hosts', () => {
  assert.equal(mended(RULE, plan({})), plan({}).replace('app ledger {', 'app ledger {\n  keep db-1, db-2 on esx-1'));
});
