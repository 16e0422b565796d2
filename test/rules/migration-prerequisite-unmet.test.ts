import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'migration-prerequisite-unmet';
const plan = (body: string, host = '', more = '') => `network live
cluster prod { ${body}; host esx-[1..2] { ${host} } }
${more}`;

test('an estate whose network and storage nobody describes is not called incomplete', () => {
  assert.deepEqual(said(RULE, plan('features live-migration, ha')), []);
  assert.deepEqual(said(RULE, plan('features live-migration, ha', 'nic 2 x 10 Gbps; memory 64 GiB')), []);
});

test('a migration service whose network no virtual switch carries', () => {
  const body = 'features live-migration; service migration on live';
  const other = said(RULE, plan(body, 'vswitch vs0 { carries web }', 'network web'));
  assert.deepEqual(other, [
    'error: live-migration is on, but no virtual switch of esx-1 and esx-2 carries the network of the migration service. Carry it there.',
  ]);
});

test('250 Mbps are enough for one migration, less is not', () => {
  const host = (limit: string) => ({
    body: `features live-migration; service migration on live limit ${limit}`,
    host: 'nic nic1 1 Gbps; vswitch vs0 { uplink nic1; carries live }',
  });
  const enough = host('250 Mbps');
  assert.deepEqual(said(RULE, plan(enough.body, enough.host)), []);
  const slow = host('249 Mbps');
  assert.match(said(RULE, plan(slow.body, slow.host))[0] ?? '', /reaches 249 Mbps and needs 250 Mbps/);
});

test('restarting needs a datastore that two hosts reach, if both state what they reach', () => {
  const local = 'datastore local { capacity 1 TiB }';
  assert.match(
    said(RULE, plan('features ha', local))[0] ?? '',
    /^error: ha is on, but esx-1 and esx-2 share no datastore/,
  );
  assert.deepEqual(said(RULE, plan('features ha; mount gold', local, 'datastore gold')), []);
  assert.deepEqual(said(RULE, plan('features live-migration, storage-migration', local)), []);
});

test('an edition has to include what is switched on, unless the licence grants it', () => {
  const body = 'hypervisor esxi 8.0 edition standard; features live-migration; drs full';
  assert.deepEqual(said(RULE, plan(body)), [
    'error: drs is on, but edition standard does not include it. Choose an edition that does, or state what the licence grants.',
  ]);
  assert.deepEqual(said(RULE, plan(`${body}; licences l`, '', 'licence l { product esxi; grants drs }')), []);
  assert.deepEqual(said(RULE, plan(body.replace('standard', 'enterprise-plus'))), []);
  assert.deepEqual(said(RULE, plan(body.replace('standard', 'unheard-of'))), []);
});

test('balancing needs live migration', () => {
  assert.match(said(RULE, plan('features ha; drs full'))[0] ?? '', /^error: drs is on, but live-migration is not/);
  assert.deepEqual(said(RULE, plan('drs full')), []);
});
