/** Cost of a plan year by year. All amounts in one currency, without interest. */

/** Something that is paid once, in the year that it comes, or in every year that it is there. */
export interface Payment {
  readonly amount: number;
  readonly isYearly: boolean;
  /** The year in which it comes; undefined: it is there from the start. */
  readonly from: number | undefined;
  /** The last year in which it is there. */
  readonly until: number | undefined;
}

export interface Year {
  readonly year: number;
  readonly once: number;
  readonly yearly: number;
}

/** Years that a plan is looked at over: 5, ours; the usual life of hosts and of their support. */
export const PLAN_YEARS = 5;

/** What is paid in each of some years: once in the year that something comes, but at the latest in the first; yearly from that year until its last. */
export function costByYear(payments: readonly Payment[], firstYear: number, count: number): readonly Year[] {
  return Array.from({ length: count }, (_, index) => {
    const year = firstYear + index;
    let once = 0;
    let yearly = 0;
    for (const { amount, isYearly, from, until } of payments) {
      const start = Math.max(from ?? firstYear, firstYear);
      if (start > year || (until !== undefined && until < year)) continue;
      if (isYearly) yearly += amount;
      else if (start === year) once += amount;
    }
    return { year, once, yearly };
  });
}

/**
 * How many further units growth needs by then: the least n with demand <= supply + n × unit. Formula ours.
 * Undefined if a figure is unknown or a unit adds nothing.
 */
export function furtherUnits(
  demand: number | undefined,
  supply: number | undefined,
  unit: number | undefined,
): number | undefined {
  if (demand === undefined || supply === undefined) return undefined;
  if (demand <= supply * (1 + 1e-9)) return 0;
  return unit === undefined || unit <= 0 ? undefined : Math.ceil((demand - supply) / unit - 1e-9);
}
