/** What a total comes to for one of something, and what the next one costs. All amounts in one currency. Formulas ours. */

export interface Cost {
  /** Paid once. */
  readonly once: number;
  /** Paid every year. */
  readonly yearly: number;
}

/** Each amount ÷ count; undefined without anything to share it. */
export function costEach(cost: Cost | undefined, count: number | undefined): Cost | undefined {
  if (!cost || !count || count <= 0) return undefined;
  return { once: cost.once / count, yearly: cost.yearly / count };
}

/** The part of a cost that a number of equal things has among all of them: cost × part ÷ all. */
export function costPart(cost: Cost | undefined, part: number | undefined, all: number | undefined): Cost | undefined {
  const each = costEach(cost, all);
  return each && part !== undefined ? { once: each.once * part, yearly: each.yearly * part } : undefined;
}

/**
 * Marginal cost of further VMs: nothing while there is room, then a step for each `vmsPerStep` of those that find none:
 * ⌈(vms − room) ÷ vmsPerStep⌉ × step. Undefined if what is needed of it is unknown.
 */
export function marginalCost(
  vms: number,
  room: number | undefined,
  vmsPerStep: number | undefined,
  step: Cost | undefined,
): Cost | undefined {
  if (room === undefined) return undefined;
  if (vms <= room) return { once: 0, yearly: 0 };
  if (!vmsPerStep || vmsPerStep < 1 || !step) return undefined;
  const steps = Math.ceil((vms - room) / vmsPerStep - 1e-9);
  return { once: step.once * steps, yearly: step.yearly * steps };
}
