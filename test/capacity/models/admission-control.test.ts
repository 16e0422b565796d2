import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  DEFAULT_SLOT_CPU,
  dedicatedFailover,
  percentageReserve,
  slotFailover,
} from '../../../server/src/capacity/models/admission-control.ts';
import { near } from './near.ts';

const GHZ = 1e9;
const GB = 1e9;

const host = (cpu: number, memory: number) => ({ cpu: cpu * GHZ, memory: memory * GB });
const hosts = [host(9, 9), host(9, 6), host(6, 6)];
const vms = [host(2, 1), host(2, 1), host(1, 2), host(1, 1), host(1, 1)];

describe('failover by slots', () => {
  test('three hosts and five machines stand the loss of one', () => {
    assert.deepEqual(slotFailover(hosts, vms), {
      slotCpu: 2 * GHZ,
      slotMemory: 2 * GB,
      slots: [4, 3, 3],
      needed: 5,
      failures: 1,
    });
  });

  test('without reservations a slot is 32 MHz', () => {
    const count = slotFailover([{ cpu: 32e6 * 10, memory: 1 * GB }], [{ cpu: 0, memory: 0 }]);
    assert.equal(count?.slotCpu, DEFAULT_SLOT_CPU);
    assert.deepEqual(count?.slots, [10]);
  });

  test('a cap makes slots smaller and larger machines take several', () => {
    const count = slotFailover(hosts, vms, { cpu: 1 * GHZ, memory: 1 * GB });
    assert.deepEqual(count?.slots, [9, 6, 6]);
    assert.equal(count?.needed, 8);
    assert.equal(count?.failures, 1);
  });

  test('exactly enough slots is enough; too few for all hosts alive is -1', () => {
    const small = { cpu: 1 * GHZ, memory: 1 * GB };
    assert.equal(slotFailover([small, small], [small])?.failures, 1);
    assert.equal(slotFailover([small, small], [small, small])?.failures, 0);
    assert.equal(slotFailover([small], [small, small])?.failures, -1);
    assert.equal(slotFailover([], [small])?.failures, -1);
    assert.equal(slotFailover([small, small], [])?.failures, 2);
  });

  test('unknown in, unknown out', () => {
    assert.equal(slotFailover(hosts, [{ cpu: 0, memory: undefined }]), undefined);
    assert.equal(slotFailover([{ cpu: undefined, memory: GB }], []), undefined);
  });
});

describe('failover by a share', () => {
  test('the same cluster has 70.8 % of CPU and 71.4 % of memory free', () => {
    near(percentageReserve([9, 9, 6], 7, 1)?.free, 0.708, 1e-3);
    near(percentageReserve([9, 6, 6], 6, 1)?.free, 0.714, 1e-3);
    near(percentageReserve([9, 9, 6], 7, 1)?.reserve, 0.375);
  });

  test('22 equal hosts at 62.2 % of memory and 41.2 % of CPU, of which one is lost: 65 % and 43 %', () => {
    const hosts = Array.from({ length: 22 }, () => 1);
    const after = (used: number) => {
      const found = percentageReserve(hosts, used * 22, 1);
      return found && (1 - found.free) / (1 - found.reserve);
    };
    near(after(0.62227), 0.652, 1e-3);
    near(after(0.41227), 0.432, 1e-3);
  });

  test('two of ten equal hosts are 20 %, and exactly that is enough', () => {
    const ten = Array.from({ length: 10 }, () => 0.1);
    const reserve = percentageReserve(ten, 0.8, 2);
    near(reserve?.reserve, 0.2);
    assert.equal(reserve?.isEnough, true);
    assert.equal(percentageReserve(ten, 0.81, 2)?.isEnough, false);
  });

  test('no failure needs no reserve; more failures than hosts need all', () => {
    assert.equal(percentageReserve([9, 9], 18, 0)?.isEnough, true);
    assert.equal(percentageReserve([9, 9], 0, 3)?.reserve, 1);
  });

  test('unknown in, unknown out', () => {
    assert.equal(percentageReserve([9, undefined], 7, 1), undefined);
    assert.equal(percentageReserve([9], undefined, 1), undefined);
    assert.equal(percentageReserve([], 0, 1), undefined);
  });
});

describe('dedicated hosts', () => {
  const working = { ...host(9, 9), isDedicated: false, vms: 3 };

  test('must be empty and as large as the largest', () => {
    const dedicated = [
      { ...host(9, 9), isDedicated: true, vms: 0 },
      { ...host(9, 9), isDedicated: true, vms: 1 },
      { ...host(12, 6), isDedicated: true, vms: 0 },
    ];
    assert.deepEqual(dedicatedFailover([working, ...dedicated]), { ready: 1, occupied: [2], tooSmall: [3] });
    assert.deepEqual(dedicatedFailover([working]), { ready: 0, occupied: [], tooSmall: [] });
  });

  test('unknown in, unknown out', () => {
    assert.equal(dedicatedFailover([working, { ...working, memory: undefined }]), undefined);
  });
});
