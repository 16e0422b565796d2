import { formatNumber, formatQuantity, formatShare } from '../base/units.ts';
import type { Rule } from './rule.ts';

const DAY = 86_400;

/** A limit of a rule as a policy states it: `80 %`, `60 days`, `250 Mbps`, `4`. What it is of tells its unit. */
export function limitText({ limitOf = '' }: Pick<Rule, 'limitOf'>, limit: number): string {
  return inUnit(limitOf, limit).replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ');
}

function inUnit(limitOf: string, limit: number): string {
  if (/\bshare\b/.test(limitOf)) return formatShare(limit);
  if (/\b(time|age)\b/.test(limitOf)) return limit % DAY === 0 ? `${limit / DAY} days` : formatQuantity(limit, 'time');
  if (/^least rate\b/.test(limitOf)) return formatQuantity(limit, 'rate');
  return formatNumber(limit, 2);
}

/** `above` for limits that should not be exceeded, `below` for the least that there should be. */
export function limitSide({ limitOf = '' }: Pick<Rule, 'limitOf'>): 'above' | 'below' {
  return limitOf.startsWith('least') ? 'below' : 'above';
}
