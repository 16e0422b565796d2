import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  afterPathLoss,
  fanIn,
  type PathPort,
  pathCapacity,
  queueShare,
} from '../../../server/src/capacity/models/storage-paths.ts';
import { near } from './near.ts';

const fibre = (gbps: number | undefined, fate?: string): PathPort => ({
  rate: gbps === undefined ? undefined : gbps * 1e9,
  kind: 'fibre-channel',
  fate,
});

describe('storage paths', () => {
  test('16GFC carries 1600 MB/s, ten gigabit of Ethernet nine', () => {
    near(pathCapacity([fibre(16)]), 1600 * 8e6);
    near(pathCapacity([{ rate: 10e9, kind: 'ethernet' }]), 9e9);
    near(pathCapacity([fibre(8), fibre(8)]), 12.8e9);
    assert.equal(pathCapacity([]), 0);
    assert.equal(pathCapacity([fibre(8), fibre(undefined)]), undefined);
  });

  test('the loss that leaves least, of a port or of a fabric', () => {
    assert.deepEqual(afterPathLoss([fibre(8, 'a'), fibre(16, 'b')]), { lost: 'b', capacity: 6.4e9 });
    assert.equal(afterPathLoss([fibre(8, 'a'), fibre(8, 'a')])?.capacity, 0);
    assert.equal(afterPathLoss([]), undefined);
    assert.equal(afterPathLoss([fibre(8, 'a'), fibre(8)]), undefined);
    assert.equal(afterPathLoss([fibre(8, 'a'), fibre(undefined, 'b')]), undefined);
  });

  test('fan-in', () => {
    assert.equal(fanIn(224e9, 32e9), 7);
    assert.equal(fanIn(224e9, 0), undefined);
    assert.equal(fanIn(undefined, 32e9), undefined);
  });

  test('queues', () => {
    assert.equal(queueShare([{ luns: 8, queue: 32 }], 1, 256), 1);
    assert.equal(
      queueShare(
        [
          { luns: 8, queue: 32 },
          { luns: 8, queue: 64 },
        ],
        1,
        256,
      ),
      3,
    );
    assert.equal(queueShare([], 1, 256), 0);
    assert.equal(queueShare([], 0, 256), undefined);
    assert.equal(queueShare([], undefined, 256), undefined);
  });
});
