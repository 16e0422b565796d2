import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  afterCardLoss,
  afterSwitchLoss,
  afterUplinkLoss,
  carryingUplinks,
  fairShare,
  fastestUplink,
  type Uplink,
  uplinkCapacity,
  uplinkShare,
} from '../../../server/src/capacity/models/network-uplinks.ts';

const GBPS = 1e9;

const nic1: Uplink = { name: 'nic1', rate: 10 * GBPS, card: '1', switch: 'tor-a' };
const nic2: Uplink = { name: 'nic2', rate: 10 * GBPS, card: '1', switch: 'tor-b' };
const nic3: Uplink = { name: 'nic3', rate: 1 * GBPS, card: '2', switch: 'tor-b' };
const spare: Uplink = { ...nic3, name: 'spare', isStandby: true };

describe('capacity of uplinks', () => {
  test('all active ones carry, under failover the first', () => {
    for (const teaming of ['port-id', 'load-based', 'mac-hash', 'ip-hash', 'lacp', 'set'] as const) {
      assert.equal(uplinkCapacity([nic1, nic2, nic3], teaming), 21 * GBPS);
    }
    assert.equal(uplinkCapacity([nic3, nic1], 'failover'), 1 * GBPS);
  });

  test('standby uplinks carry nothing while the active ones live', () => {
    assert.equal(uplinkCapacity([nic1, nic2, spare], 'port-id'), 20 * GBPS);
    assert.equal(uplinkCapacity([spare, nic1], 'failover'), 10 * GBPS);
    assert.equal(uplinkCapacity([spare], 'port-id'), 1 * GBPS);
  });

  test('no uplink carries nothing; an unknown speed that does not carry does not matter', () => {
    assert.equal(uplinkCapacity([], 'port-id'), 0);
    assert.equal(uplinkCapacity([nic1, { name: 'x', rate: undefined }], 'port-id'), undefined);
    assert.equal(uplinkCapacity([nic1, { name: 'x', rate: undefined }], 'failover'), 10 * GBPS);
  });

  test('a flow is held to one uplink', () => {
    assert.equal(fastestUplink([nic3, nic1], 'lacp'), 10 * GBPS);
    assert.equal(fastestUplink([nic3, nic1], 'failover'), 1 * GBPS);
    assert.equal(fastestUplink([], 'lacp'), undefined);
    assert.equal(fastestUplink([nic1, { name: 'x', rate: undefined }], 'lacp'), undefined);
  });
});

describe('share of uplinks', () => {
  test('each direction has the whole capacity', () => {
    assert.deepEqual(uplinkShare({ tx: 8 * GBPS, rx: 2 * GBPS }, 10 * GBPS), { tx: 0.8, rx: 0.2 });
    assert.deepEqual(uplinkShare({ tx: 0, rx: undefined }, 10 * GBPS), { tx: 0, rx: undefined });
    assert.deepEqual(uplinkShare({ tx: 8 * GBPS, rx: 0 }, undefined), { tx: undefined, rx: undefined });
    assert.deepEqual(uplinkShare({ tx: 8 * GBPS, rx: 0 }, 0), { tx: undefined, rx: undefined });
  });

  test('ten machines on one card of 1 Gbps have 100 Mbps each', () => {
    assert.equal(fairShare(uplinkCapacity([nic3], 'port-id'), 10), 100e6);
    assert.equal(fairShare(1 * GBPS, 0), undefined);
    assert.equal(fairShare(undefined, 10), undefined);
  });
});

describe('after a loss', () => {
  test('of the fastest uplink', () => {
    assert.deepEqual(afterUplinkLoss([nic3, nic1, nic2], 'port-id'), { lost: 'nic1', capacity: 11 * GBPS });
    assert.deepEqual(afterUplinkLoss([nic1, nic3], 'failover'), { lost: 'nic1', capacity: 1 * GBPS });
    assert.deepEqual(afterUplinkLoss([nic1], 'port-id'), { lost: 'nic1', capacity: 0 });
  });

  test('a standby uplink replaces one lost one', () => {
    assert.deepEqual(afterUplinkLoss([nic1, nic2, spare], 'port-id'), { lost: 'nic1', capacity: 11 * GBPS });
    const names = carryingUplinks([nic1, nic2, spare], 'port-id', (uplink) => uplink.card === '1').map((u) => u.name);
    assert.deepEqual(names, ['spare']);
  });

  test('of the worst card', () => {
    assert.deepEqual(afterCardLoss([nic1, nic2, nic3], 'port-id'), { lost: '1', capacity: 1 * GBPS });
    assert.deepEqual(afterCardLoss([nic1, nic2], 'port-id'), { lost: '1', capacity: 0 });
  });

  test('of the worst switch', () => {
    assert.deepEqual(afterSwitchLoss([nic1, nic2, nic3], 'lacp'), { lost: 'tor-b', capacity: 10 * GBPS });
  });

  test('is unknown where cards, switches or speeds are, and without uplinks', () => {
    assert.equal(afterCardLoss([nic1, { ...nic2, card: undefined }], 'port-id'), undefined);
    assert.equal(afterSwitchLoss([nic1, { ...nic2, switch: undefined }], 'port-id'), undefined);
    assert.equal(afterUplinkLoss([nic1, { ...nic2, rate: undefined }], 'port-id'), undefined);
    assert.equal(afterUplinkLoss([], 'port-id'), undefined);
  });
});
