import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'migration-pause-long';
interface Plan {
  readonly slo?: string;
  readonly demand?: string;
  readonly service?: string;
}
/** A copy of 8 Gbps: a working set of 500 MB takes half a second. */
const plan = ({ slo = '', demand = 'dirty 4 GB/s working-set 500 MB', service = '' }: Plan) => `network live
cluster prod {
  features live-migration
  service migration on live${service}
  vswitch vs0 { uplink nic1; carries live }
  host esx-[1..2] { nic nic1 8 Gbps }
}
app ledger {
  ${slo}vm db { memory 16 GiB; demand ${demand} }
}
runs db on esx-1`;

test('half a second is borne, more is told', () => {
  assert.deepEqual(said(RULE, plan({})), []);
  assert.deepEqual(said(RULE, plan({ demand: 'dirty 4 GB/s working-set 501 MB' })), [
    'warning: db stands still for 501 ms when it moves live from esx-1, and more than 500 ms is noticed: it writes 32 Gbps, 8 Gbps is copied. Give migration a faster link, or keep it where it is.',
  ]);
});

test('what the application promises counts', () => {
  assert.deepEqual(said(RULE, plan({ slo: 'slo downtime 500 ms; ' })), []);
  assert.match(said(RULE, plan({ slo: 'slo downtime 499 ms; ' }))[0] ?? '', /ledger may pause for 499 ms at most/);
  assert.deepEqual(said(RULE, plan({ slo: 'slo downtime 2 s; ', demand: 'dirty 4 GB/s working-set 1 GB' })), []);
});

test('a copy that never ends is told by its own rule, unless a promise is broken', () => {
  assert.deepEqual(said(RULE, plan({ demand: 'dirty 2 GB/s' })), []);
  assert.equal(said(RULE, plan({ demand: 'dirty 2 GB/s', slo: 'slo downtime 1 s; ' })).length, 1);
});

test('nothing is said where no dirty rate is stated', () => {
  assert.deepEqual(said(RULE, plan({ demand: 'cpu 20 %', slo: 'slo downtime 1 ms; ' })), []);
});

test('the fix takes the limit off', () => {
  const limited = plan({ service: ' limit 4 Gbps' });
  assert.equal(said(RULE, limited).length, 1);
  assert.equal(mended(RULE, limited), plan({}));
});
