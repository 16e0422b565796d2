import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, said } from './checking.ts';

const rule = 'datastore-crowded';
const store = (vms: number, limit = 'max-vms 3') => `datastore gold { ${limit} }
vm a-[1..${vms}] { datastore gold; storage 1 GiB }`;

test('as many as it states are silent, one more is not', () => {
  assert.deepEqual(said(rule, store(3)), []);
  assert.deepEqual(said(rule, store(4)), [
    'warning: 4 VMs have disks on gold, 3 should share it at most: they wait for one queue, and fail together. Spread them over more datastores.',
  ]);
  assert.equal(found(rule, store(4))[0]?.at.sentence.word, 'max-vms');
});

test('without a limit of its own, the maximum of the file system counts', () => {
  assert.deepEqual(said(rule, store(2_048, 'type vmfs')), []);
  assert.match(said(rule, store(2_049, 'type vmfs'))[0] ?? '', /the file system allows 2048/);
});
