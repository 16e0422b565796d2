import assert from 'node:assert/strict';
import { test } from 'node:test';
import { powerAt, yearlyEnergy, yearlyPowerCost } from '../../../server/src/capacity/models/power.ts';
import { near } from './near.ts';

test('power lies between idle and full', () => {
  const span = { idle: 350, full: 800 };
  assert.equal(powerAt(span, 0), 350);
  assert.equal(powerAt(span, 0.5), 575);
  assert.equal(powerAt(span, 1), 800);
  assert.equal(powerAt(span, 1.4), 800);
  assert.equal(powerAt(span, undefined), undefined);
  assert.equal(powerAt({ idle: undefined, full: 800 }, 0.5), undefined);
});

test('a kilowatt at a usual site is 13 841 kWh a year', () => {
  near(yearlyEnergy([400, 600], 1.58), 13_840.8);
  assert.equal(yearlyEnergy([], 1.58), 0);
  assert.equal(yearlyEnergy([400, undefined], 1.58), undefined);
  assert.equal(yearlyEnergy([400], undefined), undefined);
});

test('energy costs its tariff', () => {
  near(yearlyPowerCost(13_840.8, 0.11), 1522.488);
  assert.equal(yearlyPowerCost(undefined, 0.11), undefined);
  assert.equal(yearlyPowerCost(13_840.8, undefined), undefined);
});
