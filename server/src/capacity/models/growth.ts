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

/**
 * A part of a figure that grows in one way: what each of some things asks for, and how many of them there are.
 * A linear `each` is an amount for the part as a whole, a linear `count` an amount for each of its things.
 */
export interface GrowingPart {
  readonly base: number;
  readonly each: Growth | undefined;
  readonly count: Growth | undefined;
}

/**
 * A sum of parts after some months: sum of (base grown by `each`) x (1 grown by `count`), never negative. The parts are as they are
 * `lead` months after their number began to grow.
 */
export function sumAfter(parts: readonly GrowingPart[], months: number, lead = 0): number {
  return parts.reduce((sum, { base, each, count }) => {
    const value = each ? (valueAfter(base, each, months) ?? base) : base;
    const times = count ? (valueAfter(1, count, lead + months) ?? 1) : 1;
    return sum + Math.max(0, value) * Math.max(0, times);
  }, 0);
}

/** Months until a figure first exceeds its limit, to a hundredth; undefined if it does not within the horizon. 0 if it does now. */
export function monthsUntilOver(
  valueAt: (months: number) => number,
  limit: number,
  horizon: number,
): number | undefined {
  const isOver = (months: number) => valueAt(months) > limit * (1 + 1e-9);
  if (isOver(0)) return 0;
  let within = 0;
  let over: number | undefined;
  for (let step = 1; over === undefined && within < horizon; step++) {
    const months = Math.min(step, horizon);
    if (isOver(months)) over = months;
    else within = months;
  }
  if (over === undefined) return undefined;
  while (over - within > 0.01) {
    const middle: number = (within + over) / 2;
    if (isOver(middle)) over = middle;
    else within = middle;
  }
  return over;
}
