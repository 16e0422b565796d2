/** Capital and operating cost, and when a change pays. All amounts in one currency. */

/** An amount paid once (capex), or every year (opex). */
export interface CostItem {
  readonly amount: number | undefined;
  readonly isYearly: boolean;
}

export interface CostTotals {
  readonly capex: number;
  /** Every year. */
  readonly opex: number;
  /** How many items have no known amount and are in neither total. */
  readonly unpriced: number;
}

/** Sums of what is known, with the number of items that are not: a total with unpriced items is a lower bound and must be shown as one. */
export function costTotals(items: readonly CostItem[]): CostTotals {
  let capex = 0;
  let opex = 0;
  let unpriced = 0;
  for (const { amount, isYearly } of items) {
    if (amount === undefined) unpriced++;
    else if (isYearly) opex += amount;
    else capex += amount;
  }
  return { capex, opex, unpriced };
}

/** Cost of some months: capex + opex x months / 12. */
export function costOver(totals: CostTotals, months: number): number {
  return totals.capex + (totals.opex * months) / 12;
}

/**
 * Months until an upfront cost is earned back: upfront / (old monthly - new monthly). 0 if nothing is paid upfront, infinite if
 * nothing is saved. Formula ours, the usual payback period without interest.
 */
export function breakEvenMonths(
  upfront: number | undefined,
  oldMonthly: number | undefined,
  newMonthly: number | undefined,
): number | undefined {
  if (upfront === undefined || oldMonthly === undefined || newMonthly === undefined) return undefined;
  if (upfront <= 0) return 0;
  const saved = oldMonthly - newMonthly;
  return saved > 0 ? upfront / saved : Number.POSITIVE_INFINITY;
}

/**
 * Net present value of a change: -upfront + sum over months 1 to n of saving / (1 + r)^month, where r grows in twelve months by the yearly interest.
 * The usual definition with payments at the end of each month.
 */
export function netPresentValue(
  upfront: number | undefined,
  monthlySaving: number | undefined,
  yearlyInterest: number | undefined,
  months: number,
): number | undefined {
  if (upfront === undefined || monthlySaving === undefined || yearlyInterest === undefined) return undefined;
  const factor = (1 + yearlyInterest) ** (-1 / 12);
  const annuity = factor === 1 ? months : (factor * (1 - factor ** months)) / (1 - factor);
  return monthlySaving * annuity - upfront;
}

/** Amount per unit of something, for example per VM or per usable GiB; `undefined` if unknown or there is none of it. */
export function costPer(amount: number | undefined, count: number | undefined): number | undefined {
  return amount === undefined || !count ? undefined : amount / count;
}
