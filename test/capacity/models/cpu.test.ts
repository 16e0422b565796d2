import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tlsCores, usableCpu, vcpuRatio } from '../../../server/src/capacity/models/cpu.ts';
import { near } from './near.ts';

describe('CPU', () => {
  test('usable: cores that are not reserved, times clock and factor', () => {
    const host = { cores: 32, reservedCores: 0, clock: 2.9e9, htFactor: 1 };
    near(usableCpu(host), 92.8e9);
    near(usableCpu({ ...host, reservedCores: 4, htFactor: 1.25 }), 101.5e9);
    assert.equal(usableCpu({ ...host, reservedCores: 40 }), 0);
    for (const unknown of ['cores', 'reservedCores', 'clock', 'htFactor']) {
      assert.equal(usableCpu({ ...host, [unknown]: undefined }), undefined);
    }
  });

  test('vCPU per core, as in a cluster of 22 hosts and its fullest host', () => {
    near(vcpuRatio(2160, 352, 0), 6.136, 1e-4);
    assert.equal(vcpuRatio(142, 16, 0), 8.875);
    assert.equal(vcpuRatio(64, 20, 4), 4);
    assert.equal(vcpuRatio(0, 16, 0), 0);
    assert.equal(vcpuRatio(8, 4, 4), undefined);
    assert.equal(vcpuRatio(undefined, 16, 0), undefined);
    assert.equal(vcpuRatio(8, undefined, 0), undefined);
  });

  test('handshakes take cores', () => {
    assert.equal(tlsCores(3_000, 1_500), 2);
    assert.equal(tlsCores(0, 1_500), 0);
    assert.equal(tlsCores(3_000, 0), undefined);
    assert.equal(tlsCores(undefined, 1_500), undefined);
  });
});
