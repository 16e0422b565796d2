import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'array-queue-exceeded';
const fabric = (
  hosts: number,
  array = 'protocol fc',
  hba = 'hba hba1 16 Gbps',
  mount = 'mount d-[1..8]',
) => `switch san { type fc }
array a {
  ${array}
  ports 2 x 16 Gbps to san
  datastore d-[1..8] { capacity 1 TiB }
}
host h-[1..${hosts}] { ${hba}; path hba1 to san; ${mount} }`;

// 8 LUNs x 32 are 256 commands a host, two ports queue 4096.
test('as many as the ports queue are silent, one host more is not; defaults are named', () => {
  assert.deepEqual(said(rule, fabric(16)), []);
  assert.deepEqual(said(rule, fabric(17)), [
    'warning: 17 hosts may send a 4352 commands at once, 106 % of the 4096 that its 2 ports queue (32 for each LUN and 2048 for each port assumed). Beyond that it refuses, and latency jumps for all. Lower the queue depth, or use more ports.',
  ]);
});

test('what is stated counts: of the array, the adapter, the mount', () => {
  assert.equal(said(rule, fabric(9, 'protocol fc; queue 1024')).length, 1);
  assert.match(
    said(rule, fabric(9, 'protocol fc; queue 2048', 'hba hba1 16 Gbps queue 64'))[0] ?? '',
    /2 ports queue\. Beyond/,
  );
  assert.deepEqual(said(rule, fabric(17, undefined, undefined, 'mount d-[1..8] queue 30')), []);
});

test('file protocols queue otherwise', () => {
  assert.deepEqual(said(rule, fabric(90, 'protocol nfs')), []);
  assert.deepEqual(said(rule, fabric(90, 'usable 9 TiB')), []);
});

test('hosts that mount nothing send nothing; a policy may allow more', () => {
  assert.deepEqual(said(rule, fabric(90, undefined, undefined, 'note "new"')), []);
  assert.deepEqual(said(rule, `${fabric(17)}\npolicy { array-queue-exceeded warn 200 % }`), []);
});

test('more ports mend it', () => {
  assert.match(mended(rule, fabric(17)), /ports 3 x 16 Gbps/);
});
