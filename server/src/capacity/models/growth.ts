/** How figures grow and when they reach a limit. Time counts in months, a month being a twelfth of a year. */

/** A fixed amount every month, in the unit of what grows, or a share of what there is. */
export type Growth =
  | { readonly kind: 'linear'; readonly perMonth: number }
  | { readonly kind: 'compound'; readonly perMonth: number };

/** The value after some months: value + amount x months, or value x (1 + share)^months. */
export function valueAfter(
  value: number | undefined,
  growth: Growth | undefined,
  months: number | undefined,
): number | undefined {
  if (value === undefined || growth === undefined || months === undefined) return undefined;
  return growth.kind === 'linear' ? value + growth.perMonth * months : value * (1 + growth.perMonth) ** months;
}

/**
 * Months until a value reaches a limit: (limit - value) / amount, or ln(limit / value) / ln(1 + share). The inverse of `valueAfter`.
 * 0 if it is there already, infinite if it never gets there.
 */
export function monthsUntil(
  value: number | undefined,
  limit: number | undefined,
  growth: Growth | undefined,
): number | undefined {
  if (value === undefined || limit === undefined || growth === undefined) return undefined;
  if (value >= limit) return 0;
  if (growth.perMonth <= 0) return Number.POSITIVE_INFINITY;
  if (growth.kind === 'linear') return (limit - value) / growth.perMonth;
  return value > 0 ? Math.log(limit / value) / Math.log(1 + growth.perMonth) : Number.POSITIVE_INFINITY;
}

/** The monthly share that grows as much in a year as `share` per year. Other periods likewise: `months` is the length of the period. */
export function compoundPerMonth(share: number, months: number): number {
  return (1 + share) ** (1 / months) - 1;
}
