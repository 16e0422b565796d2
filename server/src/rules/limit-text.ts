import { formatNumber, formatQuantity } from '../base/units.ts';
import type { Rule } from './rule.ts';

const DAY = 86_400;
const GB = 1e9;

/** A limit of a rule as a policy states it: `80 %`, `60 days`, `250 Mbps`, `4`. */
export function limitText({ limitUnit }: Pick<Rule, 'limitUnit'>, limit: number): string {
  return inUnit(limitUnit, limit).replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ');
}

function inUnit(unit: Rule['limitUnit'], limit: number): string {
  if (unit === undefined) return formatNumber(limit, 2);
  if (unit === 'time' && limit % DAY === 0) return `${limit / DAY} days`;
  if (unit === 'size' && limit % GB === 0) return `${limit / GB} GB`;
  return formatQuantity(limit, unit);
}

/** `above` for limits that should not be exceeded, `below` for the least that there should be. */
export function limitSide({ limitOf = '' }: Pick<Rule, 'limitOf'>): 'above' | 'below' {
  return limitOf.startsWith('least') ? 'below' : 'above';
}
