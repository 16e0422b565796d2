import assert from 'node:assert/strict';
import { test } from 'node:test';
import { designOf, findingsOf } from '../support/design.ts';
import { assertFixes, assertFresh, assertReads, seedsFrom } from '../support/design-properties.ts';
import { randomCompute } from '../support/random-compute.ts';
import { growingDesign } from '../support/random-growth.ts';

/** Rules of resource starvation that random designs are to reach. */
const REACHED = [
  'address-conflict',
  'adc-tls-exceeded',
  'admission-refuses-start',
  'affinity-contradicted',
  'apart-broken',
  'cpu-ready-high',
  'fabric-oversubscribed',
  'failover-host-unfit',
  'failover-not-absorbed',
  'failover-not-stated',
  'growth-fills-cluster',
  'growth-fills-subnet',
  'host-cpu-overloaded',
  'host-crowded',
  'host-memory-overcommitted',
  'io-heavy-on-slow-path',
  'placement-rule-broken',
  'pool-overloaded',
  'reservations-exceed-memory',
  'subnet-exhausted',
  'uplink-loss-unsurvivable',
  'uplinks-overloaded',
  'vcpu-ratio-high',
  'vm-spans-numa',
  'vm-wider-than-host',
];

test('a random compute design reads without mistakes, is in canonical format, and no rule fails on it', () => {
  assertReads(randomCompute, seedsFrom(0, 100));
  assertReads(growingDesign, seedsFrom(0, 30));
});

test('random designs reach every rule of resource starvation', () => {
  const missing = new Set(REACHED);
  for (let seed = 0; seed < 300 && missing.size > 0; seed++)
    for (const { rule } of findingsOf(designOf(randomCompute(seed)))) missing.delete(rule.id);
  assert.deepEqual([...missing], []);
});

test('edit by edit, a random compute design shows what a fresh start shows', () => {
  assertFresh(randomCompute, seedsFrom(1_000, 1_020));
});

test('every fix that is offered takes its finding away and adds none', () => {
  const tried = assertFixes(randomCompute, seedsFrom(3_000, 3_020));
  assert.ok(tried > 40, `only ${tried} fixes were offered`);
});
