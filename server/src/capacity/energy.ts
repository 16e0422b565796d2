import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf } from '../design/props.ts';
import { propsOf, sitesOf } from '../design/things.ts';
import { hostUse } from './load.ts';
import { DEFAULT_PUE, powerAt, yearlyEnergy, yearlyPowerCost } from './models/power.ts';
import { type Currency, inCurrency, isMoney } from './money.ts';

/** Kinds of things whose energy the plan pays for. */
export const POWERED_KINDS: readonly string[] = ['host', 'switch', 'array'];

export const statesPower = derive((entity: Entity): boolean => propsOf(entity).one('power') !== undefined, Object.is);

/** Whether the site that something stands at says what energy costs there. */
export function hasTariff(entity: Entity): boolean {
  const [site] = sitesOf(entity);
  return site !== undefined && propsOf(site).has('tariff');
}

/**
 * Energy of a year at the meter, kWh. A host at the use that its VMs make of it, else idle; a server at its measured use, else at full load;
 * others idle. What is not known thus never speaks against the plan.
 */
export const energyOf = derive((entity: Entity): number | undefined => {
  const by = propsOf(entity).one('power');
  const span = by && partOf(by.sentence.subject, 0, by.index);
  const [site] = sitesOf(entity);
  if (span?.type !== 'span' || !site) return undefined;
  const idle = span.low.type === 'quantity' ? span.low.value : undefined;
  const full = span.high.type === 'quantity' ? span.high.value : undefined;
  return yearlyEnergy([powerAt({ idle, full }, useOf(entity))], propsOf(site).number('pue')?.value ?? DEFAULT_PUE);
}, Object.is);

function useOf(entity: Entity): number {
  if (entity.kind === 'host') return hostUse(entity).cpu?.value ?? 0;
  if (entity.kind !== 'server') return 0;
  const measured = propsOf(entity).clauseNumber('measured', 'cpu');
  return measured?.dimension === 'share' ? measured.value : 1;
}

/** What the energy of a year costs; undefined if the power or the tariff is not stated, or not in a known currency. */
export function energyCost(entity: Entity, currency: Currency): number | undefined {
  const [site] = sitesOf(entity);
  const by = site && propsOf(site).one('tariff');
  const tariff = by && partOf(by.sentence.subject, 0, 0);
  return yearlyPowerCost(energyOf(entity), isMoney(tariff) ? inCurrency(tariff, currency) : undefined);
}
