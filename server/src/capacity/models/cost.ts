/** When a change pays. All amounts in one currency. */

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
