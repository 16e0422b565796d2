import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  afterUplinkLoss,
  carryingUplinks,
  fairShare,
  fastestUplink,
  type Uplink,
  uplinkCapacity,
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

  test('is unknown where a speed is, and without uplinks', () => {
    assert.equal(afterUplinkLoss([nic1, { ...nic2, rate: undefined }], 'port-id'), undefined);
    assert.equal(afterUplinkLoss([], 'port-id'), undefined);
  });
});
