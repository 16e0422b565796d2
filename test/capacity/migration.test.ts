import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveMigrationOf, migrationPath } from '../../server/src/capacity/migration.ts';
import { designOf, entityOf } from '../support/design.ts';

test('what a cluster deals out goes by the cluster, whichever of its hosts asks', () => {
  const design = designOf(`network live-[1..2]
cluster c-[1..2] {
  service migration on each live-[1..2]
  vswitch vs0 { uplink nic1; carries each live-[1..2] }
}
host a-[1..2] in each c-[1..2] { nic nic1 10 Gbps }
host b-[1..3] in c-2 { nic nic1 25 Gbps }`);
  const path = (name: string) => migrationPath(entityOf(design, 'host', name));
  assert.deepEqual(
    ['a-1', 'a-2', 'b-1', 'b-2', 'b-3'].map((name) => `${name} ${path(name)?.network?.name}`),
    ['a-1 live-1', 'a-2 live-2', 'b-1 live-2', 'b-2 live-2', 'b-3 live-2'],
  );
  assert.deepEqual(path('b-2')?.rate, 25e9);
});

test('one migration has one uplink, at most the limit of its service', () => {
  const text = (service: string) => `network live
host h {
  nic nic[1..2] 10 Gbps
  service migration on live ${service}
  vswitch vs0 { uplink nic1, nic2; carries live }
  runs vm-1
}
vm vm-1 { memory 8 GiB; demand dirty 180 MB/s }`;
  const plain = designOf(text(''));
  assert.equal(migrationPath(entityOf(plain, 'host', 'h'))?.rate, 10e9);
  assert.equal(migrationPath(entityOf(designOf(text('limit 4 Gbps')), 'host', 'h'))?.rate, 4e9);
  const move = liveMigrationOf(entityOf(plain, 'vm', 'vm-1'), entityOf(plain, 'host', 'h'));
  // 1.44 of 10 Gbps: 8 GiB shrink to 24.5 MiB in three rounds.
  assert.equal(move?.rounds, 3);
  assert.equal(move?.downtime.toFixed(4), '0.0205');
});
