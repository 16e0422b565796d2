import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  DISPUTED_ESXI_ORDER_FLOOR,
  datacenterBreakEven,
  ESXI_FLOORS,
  licensedCores,
  WINDOWS_FLOORS,
  windowsCost,
} from '../../../server/src/capacity/models/licence.ts';

const host = { sockets: 2, cores: 32 };

describe('licensed cores', () => {
  test('a small CPU is charged as 16 cores', () => {
    assert.deepEqual(licensedCores([{ sockets: 2, cores: 24 }], ESXI_FLOORS), { charged: 32, physical: 24, wasted: 8 });
    assert.deepEqual(licensedCores([host], ESXI_FLOORS), { charged: 32, physical: 32, wasted: 0 });
  });

  test('a small server is charged as 16 cores of Windows', () => {
    assert.equal(licensedCores([{ sockets: 1, cores: 8 }], WINDOWS_FLOORS)?.charged, 16);
    assert.equal(licensedCores([{ sockets: 4, cores: 16 }], WINDOWS_FLOORS)?.charged, 32);
  });

  test('a small order is charged as the smallest, no order as nothing', () => {
    const floors = { ...ESXI_FLOORS, perOrder: DISPUTED_ESXI_ORDER_FLOOR };
    assert.equal(licensedCores([host, host], floors)?.charged, 72);
    assert.equal(licensedCores([host, host, host], floors)?.charged, 96);
    assert.deepEqual(licensedCores([], floors), { charged: 0, physical: 0, wasted: 0 });
  });

  test('sockets matter only where there is a floor for them', () => {
    assert.equal(licensedCores([{ sockets: undefined, cores: 24 }], ESXI_FLOORS), undefined);
    assert.equal(licensedCores([{ sockets: undefined, cores: 24 }], {})?.charged, 24);
    assert.equal(licensedCores([host, { sockets: 2, cores: undefined }], {}), undefined);
  });
});

describe('Windows Server', () => {
  const prices = { standard: 66.8, datacenter: 384.7 };

  test('Datacenter costs less from 11 guests on', () => {
    assert.equal(datacenterBreakEven(prices), 11);
    assert.equal(windowsCost(host, 10, prices)?.cheaper, 'standard');
    assert.equal(windowsCost(host, 11, prices)?.cheaper, 'datacenter');
  });

  test('at a whole ratio of the prices, equal cost is no reason to change', () => {
    const whole = { standard: 1, datacenter: 5 };
    assert.equal(datacenterBreakEven(whole), 11);
    assert.deepEqual(windowsCost(host, 10, whole), { cores: 32, standard: 160, datacenter: 160, cheaper: 'standard' });
  });

  test('an odd guest takes a whole set, no guest none', () => {
    assert.equal(windowsCost(host, 3, { standard: 1, datacenter: 5 })?.standard, 64);
    assert.deepEqual(windowsCost(host, 0, prices), { cores: 32, standard: 0, datacenter: 0, cheaper: 'standard' });
  });

  test('unknown in, unknown out', () => {
    assert.equal(windowsCost(host, undefined, prices), undefined);
    assert.equal(windowsCost(host, 3, { standard: undefined, datacenter: 5 }), undefined);
    assert.equal(windowsCost({ sockets: undefined, cores: 32 }, 3, prices), undefined);
    assert.equal(datacenterBreakEven({ standard: 0, datacenter: 5 }), undefined);
    assert.equal(datacenterBreakEven({ standard: 1, datacenter: undefined }), undefined);
  });
});
