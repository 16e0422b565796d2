import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  frontEndIops,
  type RaidLevel,
  rawIops,
  usableCapacity,
  writePenalty,
} from '../../../server/src/capacity/models/raid.ts';
import { near } from './near.ts';

const TB = 1e12;

describe('usable capacity', () => {
  const layouts: readonly (readonly [raid: RaidLevel, group: number | undefined, disks: number, leftOver: number])[] = [
    ['0', undefined, 24, 0],
    ['1', 2, 12, 0],
    ['10', undefined, 12, 0],
    ['5', undefined, 23, 0],
    ['5', 8, 21, 0],
    ['5', 7, 18, 3],
    ['50', 6, 20, 0],
    ['6', 12, 20, 0],
    ['60', 8, 18, 0],
    ['dp', 24, 22, 0],
    ['z1', 8, 21, 0],
    ['z2', 8, 18, 0],
    ['z3', 12, 18, 0],
  ];
  for (const [raid, group, disks, leftOver] of layouts) {
    test(`24 disks, RAID ${raid}, groups of ${group ?? 'all'}`, () => {
      const capacity = usableCapacity({ count: 24, size: 1.8 * TB, raid, group });
      near(capacity?.usable, disks * 1.8 * TB);
      assert.equal(capacity?.leftOver, leftOver);
    });
  }

  test('spares hold nothing', () => {
    near(usableCapacity({ count: 26, size: TB, raid: '6', group: 12, spares: 2 })?.usable, 20 * TB);
    assert.equal(usableCapacity({ count: 2, size: TB, raid: '0', spares: 3 })?.usable, 0);
  });

  test('copies share the disks, with or without a RAID level', () => {
    near(usableCapacity({ count: 24, size: TB, replica: 3 })?.usable, 8 * TB);
    near(usableCapacity({ count: 24, size: TB, raid: '5', group: 8, replica: 2 })?.usable, 10.5 * TB);
  });

  test('an odd disk of mirrors is left over', () => {
    assert.deepEqual(usableCapacity({ count: 5, size: TB, raid: '10' }), { usable: 2 * TB, leftOver: 1 });
  });

  test('no disks hold nothing; too few for the level is unknown', () => {
    assert.deepEqual(usableCapacity({ count: 0, size: TB, raid: '5' }), { usable: 0, leftOver: 0 });
    assert.equal(usableCapacity({ count: 2, size: TB, raid: '6' }), undefined);
    assert.equal(usableCapacity({ count: 1, size: TB, raid: '1' }), undefined);
  });

  test('unknown layouts and figures', () => {
    assert.equal(usableCapacity({ count: 24, size: TB }), undefined);
    assert.equal(usableCapacity({ count: 24, size: TB, raid: '60' }), undefined);
    assert.equal(usableCapacity({ count: undefined, size: TB, raid: '5' }), undefined);
    assert.equal(usableCapacity({ count: 24, size: undefined, raid: '5' }), undefined);
  });
});

describe('operations', () => {
  const mix = (writes: number, raid: RaidLevel, cacheHit = 0) => ({
    reads: 1 - writes,
    penalty: writePenalty(raid),
    cacheHit,
  });

  test('what servers can ask of the disks', () => {
    near(frontEndIops(900, mix(0.16, '5')), 608.1, 1e-4);
    near(frontEndIops(1440, mix(0.16, '10')), 1241.4, 1e-4);
    near(frontEndIops(1000, mix(1, '6')), 1000 / 6);
    near(frontEndIops(1000, mix(0, '6')), 1000);
  });

  test('reads from the cache do not reach the disks', () => {
    near(frontEndIops(950, mix(0.3, '10', 0.5)), 1000);
    assert.equal(frontEndIops(900, mix(0, '5', 1)), Number.POSITIVE_INFINITY);
  });

  test('unknown in, unknown out', () => {
    assert.equal(frontEndIops(undefined, mix(0.3, '5')), undefined);
    assert.equal(frontEndIops(900, { reads: undefined, penalty: 4, cacheHit: 0 }), undefined);
    assert.equal(frontEndIops(900, { reads: 0.7, penalty: undefined, cacheHit: 0 }), undefined);
    assert.equal(frontEndIops(900, { reads: 0.7, penalty: 4, cacheHit: undefined }), undefined);
    assert.equal(frontEndIops(0, mix(0.3, '5')), 0);
  });

  test('spares do no work', () => {
    assert.equal(rawIops({ count: 26, size: undefined, spares: 2 }, 140), 3360);
    assert.equal(rawIops({ count: 26, size: undefined }, undefined), undefined);
  });
});
