import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const RULE = 'feature-unused';
const plan = (edition: string, features: string, more = '') => `cluster prod {
  hypervisor esxi 8.0 edition ${edition}
  ${features}
  host esx-[1..3]
}
${more}`;

test('what the edition includes and the cluster does not use, with a plainer edition', () => {
  assert.deepEqual(said(RULE, plan('enterprise-plus', 'features live-migration, ha')), [
    'info: Edition enterprise-plus includes drs, which prod does not use. Switch it on, or choose standard, which includes all that is used.',
  ]);
});

test('no plainer edition is named where a distributed switch needs this one', () => {
  const text = plan('enterprise-plus', 'features live-migration, ha; vswitch dvs { type distributed }');
  assert.match(said(RULE, text)[0] ?? '', /Switch it on\.$/);
});

test('nothing is said of unknown editions, of clusters that state no features, or where all is used', () => {
  assert.deepEqual(said(RULE, plan('golden', 'features ha')), []);
  assert.deepEqual(said(RULE, plan('enterprise-plus', 'drs off')), []);
  assert.deepEqual(said(RULE, plan('standard', 'features live-migration, ha')), []);
  assert.deepEqual(said(RULE, plan('enterprise-plus', 'features live-migration, ha; drs partial')), []);
});

test('what the plainer edition would save, where both are priced', () => {
  const text = (standard: string) => `licence full { product esxi edition enterprise-plus; cost 200 USD/core/year }
licence plain { product esxi edition standard${standard} }
cluster prod {
  hypervisor esxi 8.0 edition enterprise-plus
  licences full
  features live-migration, ha
  host esx-[1..2] { cpu 2 x 16 cores }
}`;
  assert.match(
    said(RULE, text('; cost 50 USD/core/year'))[0] ?? '',
    /includes all that is used, for 9600 USD less a year\.$/,
  );
  assert.match(said(RULE, text(''))[0] ?? '', /includes all that is used\.$/);
});

test('the fixes switch it on, or choose the plainer edition where no licence is tied to this one', () => {
  const text = plan('enterprise-plus', 'features live-migration, ha');
  assert.match(mended(RULE, text), /\{ ?\n? *drs partial/);
  assert.equal(mended(RULE, text, 'Choose edition standard'), plan('standard', 'features live-migration, ha'));
  const titles = found(RULE, plan('enterprise-plus', 'features live-migration'))[0]
    ?.fixes()
    .map(({ title }) => title);
  assert.deepEqual(titles, ['Choose edition standard']);
});

test('what restarts or moves VMs is no loss where hosts share no disks', () => {
  const text = (datastores: string) => `cluster prod {
  hypervisor esxi 8.0 edition standard
  features live-migration
  ${datastores}
}`;
  assert.deepEqual(said(RULE, text('host a { datastore l }; host b { datastore m }')), []);
  assert.match(said(RULE, text('mount s; host a; host b').concat('\ndatastore s'))[0] ?? '', /includes ha/);
});
