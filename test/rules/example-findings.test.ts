import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { designOf, findingsOf } from '../support/design.ts';

const FOLDER = new URL('../../examples/', import.meta.url);

/** Every example with the rules that it raises: those that are sound raise nothing, the others what they are made to show. */
const RAISED: Readonly<Record<string, readonly string[]>> = {
  archive: [
    'backup-repository-small',
    'backup-window-missed',
    'clones-full',
    'feature-relied-on-off',
    'feature-unused',
    'host-no-licence',
    'hypervisor-out-of-support',
    'images-parked',
    'migration-prerequisite-unmet',
    'mtu-mismatch',
    'orphan-files',
    'owner-conflict',
    'price-missing',
    'snapshot-stale',
    'storage-move-impossible',
    'uplinks-not-redundant',
  ],
  berlin: [],
  'bought-not-carried': [
    'feature-needs-another',
    'feature-unused',
    'migration-network-slow',
    'migration-prerequisite-unmet',
    'mtu-mismatch',
    'vlan-not-trunked',
  ],
  'branch-office': ['array-iops-exceeded', 'budget-exceeded', 'failover-not-absorbed', 'uplinks-not-redundant'],
  denver: [],
  hardware: [],
  'hyper-v': ['failover-not-absorbed'],
  'licence-budget': [
    'app-host-unlicensed',
    'budget-exceeded',
    'conversion-pays-late',
    'feature-unused',
    'growth-fills-cluster',
    'host-licence-floor-waste',
    'rack-feed-exceeded',
    'team-budget-exceeded',
    'windows-edition-dearer',
  ],
  'local-disks': ['migration-blocked', 'migration-prerequisite-unmet'],
  'multi-site': ['live-migration-wan-slow', 'move-target-network-full', 'wave-window-missed'],
  'network-blind': ['balancing-overlooks-network', 'move-target-network-full', 'uplink-loss-unsurvivable'],
  'p2v-waves': ['conversion-pays-late', 'guests-unlicensed', 'host-no-licence', 'price-missing'],
  'proxmox-lab': ['failover-not-absorbed', 'migration-blocked', 'powered-off-space', 'uplinks-not-redundant'],
  'shopping-cart': [
    'apart-broken',
    'array-iops-exceeded',
    'coverage-low',
    'failover-not-absorbed',
    'host-no-licence',
    'network-unwatched',
    'owner-conflict',
    'price-missing',
    'sessions-at-risk',
    'slo-unwatched',
    'uplinks-not-redundant',
  ],
  'storage-review': [
    'array-iops-exceeded',
    'array-overfull',
    'array-overpromised',
    'backup-repository-small',
    'backup-window-missed',
    'boot-storm-slow',
    'clones-full',
    'conversion-disk-too-small',
    'datastore-need-unmet',
    'drs-too-eager',
    'evacuation-slow',
    'images-parked',
    'orphan-files',
    'os-disk-too-small',
    'raid-group-unfilled',
    'replica-space-small',
    'replication-lags',
    'snapshot-stale',
    'storage-latency-high',
    'storage-path-overloaded',
    'storage-path-single',
  ],
  storefront: ['datastore-overfull', 'host-cpu-overloaded'],
  'stretched-cluster': [],
  'ten-thousand': [],
  'ten-vms-one-nic': ['bandwidth-below-baseline', 'owner-conflict', 'subnet-exhausted', 'uplinks-not-redundant'],
  unwatched: ['coverage-low', 'host-unmonitored', 'network-unwatched'],
  'vdi-farm': [
    'datastore-crowded',
    'datastore-overfull',
    'datastore-overpromised',
    'images-parked',
    'pool-overloaded',
    'swap-space-large',
  ],
  'whose-switch': ['owner-conflict', 'owner-missing'],
};

/** Broken on purpose: what is understood of it is another test's matter. */
const BROKEN = ['half-typed'];

const texts = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.vdc'))
    .sort()
    .map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]),
);

test('every example is listed', () => {
  const names = Object.keys(texts).map((name) => name.replace('.vdc', ''));
  assert.deepEqual([...Object.keys(RAISED), ...BROKEN].sort(), names);
});

for (const [name, rules] of Object.entries(RAISED)) {
  test(`examples/${name} raises ${rules.length === 0 ? 'nothing' : 'what it shows, and nothing else'}`, () => {
    const file = `${name}.vdc`;
    const found = findingsOf(designOf({ [file]: texts[file] ?? '', ...texts }));
    assert.deepEqual([...new Set(found.map(({ rule }) => rule.id))].sort(), rules);
  });
}
