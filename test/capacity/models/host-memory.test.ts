import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  DEFAULT_SYSTEM_MEMORY,
  esxiMinFree,
  usableMemory,
  vmMemoryOverhead,
} from '../../../server/src/capacity/models/host-memory.ts';
import { near } from './near.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

const overheadMib = (memoryMib: number, vcpus: number) =>
  (vmMemoryOverhead(memoryMib * MIB, vcpus) ?? Number.NaN) / MIB;

describe('usable memory of a host', () => {
  test('ESXi keeps a share of each band free', () => {
    assert.equal(esxiMinFree(0), 0);
    near(esxiMinFree(4 * GIB), 0.24 * GIB);
    near(esxiMinFree(12 * GIB), 0.56 * GIB);
    near(esxiMinFree(28 * GIB), 0.88 * GIB);
    near(esxiMinFree(128 * GIB), 1.88 * GIB);
  });

  test('system memory and, on ESXi, the minimum free are taken off', () => {
    const host = { memory: 128 * GIB, systemMemory: DEFAULT_SYSTEM_MEMORY };
    near(usableMemory({ ...host, hypervisor: 'kvm' }), 124 * GIB);
    near(usableMemory(host), 124 * GIB);
    near(usableMemory({ ...host, hypervisor: 'esxi' }), 122.12 * GIB);
  });

  test('a host smaller than its hypervisor has nothing, not less', () => {
    assert.equal(usableMemory({ memory: 2 * GIB, systemMemory: 4 * GIB }), 0);
  });

  test('an unknown figure leaves it unknown', () => {
    assert.equal(usableMemory({ memory: undefined, systemMemory: 0 }), undefined);
    assert.equal(usableMemory({ memory: GIB, systemMemory: undefined }), undefined);
  });
});

describe('memory overhead of a virtual machine', () => {
  const table: readonly (readonly [memory: number, vcpus: number, overhead: number])[] = [
    [256, 1, 20.29],
    [256, 8, 48.16],
    [1024, 2, 29.91],
    [4096, 4, 60.67],
    [16_384, 1, 139.62],
    [16_384, 8, 168.6],
  ];
  for (const [memory, vcpus, overhead] of table) {
    test(`${memory} MiB and ${vcpus} vCPU as printed`, () => near(overheadMib(memory, vcpus), overhead));
  }

  test('between entries it is linear in both directions', () => {
    near(overheadMib(640, 1), (20.29 + 25.9) / 2);
    near(overheadMib(1024, 3), (29.91 + 37.86) / 2);
    near(overheadMib(2560, 6), (37.86 + 53.82 + 60.67 + 76.78) / 4);
  });

  test('beyond the table it goes on straight', () => {
    near(overheadMib(16_384 + 12_288, 1), 139.62 + (139.62 - 48.64));
    near(overheadMib(4096, 12), 76.78 + (76.78 - 60.67));
  });

  test('unknown in, unknown out', () => {
    assert.equal(vmMemoryOverhead(undefined, 2), undefined);
    assert.equal(vmMemoryOverhead(GIB, undefined), undefined);
  });
});
