import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  breakEvenGuests,
  type EditionTerms,
  ESXI_FLOORS,
  editionCost,
  licensedCores,
  WINDOWS_FLOORS,
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
    const floors = { ...ESXI_FLOORS, perOrder: 72 };
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

describe('editions of Windows Server', () => {
  const standard: EditionTerms = { price: 66.8, floors: WINDOWS_FLOORS, guestsPerSet: 2 };
  const datacenter: EditionTerms = { price: 384.7, floors: WINDOWS_FLOORS, guestsPerSet: Number.POSITIVE_INFINITY };
  const cost = (guests: number, terms: EditionTerms) => editionCost(host, guests, terms) ?? Number.NaN;

  test('Datacenter costs less from 11 guests on', () => {
    assert.equal(breakEvenGuests(66.8, 384.7, 2), 11);
    assert.ok(cost(10, standard) < cost(10, datacenter));
    assert.ok(cost(11, standard) > cost(11, datacenter));
  });

  test('at a whole ratio of the prices, equal cost is no reason to change', () => {
    assert.equal(breakEvenGuests(1, 5, 2), 11);
    assert.equal(cost(10, { ...standard, price: 1 }), 160);
    assert.equal(cost(10, { ...datacenter, price: 5 }), 160);
  });

  test('an odd guest takes a whole set, no guest none, any number one of Datacenter', () => {
    assert.equal(cost(3, { ...standard, price: 1 }), 64);
    assert.equal(cost(0, standard), 0);
    assert.equal(cost(0, datacenter), 0);
    assert.equal(cost(1, { ...datacenter, price: 1 }), 32);
    assert.equal(cost(500, { ...datacenter, price: 1 }), 32);
  });

  test('a set without a price never breaks even; unknown hardware costs what is not known', () => {
    assert.equal(breakEvenGuests(0, 5, 2), undefined);
    assert.equal(editionCost({ sockets: undefined, cores: 32 }, 3, standard), undefined);
  });
});
