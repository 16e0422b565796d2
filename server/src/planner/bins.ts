import { type Goal, type PlanModel, TOLERANCE } from './model.ts';

/**
 * Everything that can be too full, as one list: each gauge of each host, each place of each spread. What is too full
 * already, and is not the goal, may stay so but not become fuller.
 */
export interface Bins {
  readonly load: Float64Array;
  readonly limit: Float64Array;
  /** The most on the way to the goal, after any step. */
  readonly stepLimit: Float64Array;
  /** Host of a gauge; -1 for places of spreads. */
  readonly hostOf: readonly number[];
  /** Index of the gauge within its host, or of the spread. */
  readonly partOf: readonly number[];
  /** What a unit adds on a host: bin, amount, bin, amount, … */
  readonly entries: (unit: number, host: number) => readonly number[];
  /** Bins of a goal. */
  readonly goal: readonly number[];
  /** Units in each bin at the start: largest first, then those with least memory. */
  readonly leavers: readonly (readonly Leaver[])[];
}

export interface Leaver {
  readonly unit: number;
  readonly amount: number;
}

export function binsOf(model: PlanModel, goal: Goal): Bins {
  const { hosts, units, spreads } = model;
  const hostOf: number[] = [];
  const partOf: number[] = [];
  const limits: number[] = [];
  const ceilings: (number | undefined)[] = [];
  const goalBins: number[] = [];
  const firstOf: number[] = [];
  for (const [host, { gauges }] of hosts.entries()) {
    firstOf.push(hostOf.length);
    for (const [index, gauge] of gauges.entries()) {
      if (goal.kind === 'host' && goal.host === host && goal.rule === gauge.rule) goalBins.push(hostOf.length);
      hostOf.push(host);
      partOf.push(index);
      limits.push(gauge.limit);
      ceilings.push(gauge.ceiling);
    }
  }
  const placeBins = spreads.map((spread, index) => {
    const bins = new Map<number, number>();
    for (const place of spread.placeOf) {
      if (place < 0 || bins.has(place)) continue;
      bins.set(place, hostOf.length);
      if (goal.kind === 'spreads' && goal.spreads.includes(index)) goalBins.push(hostOf.length);
      hostOf.push(-1);
      partOf.push(index);
      limits.push(spread.most);
      ceilings.push(undefined);
    }
    return bins;
  });
  const spreadsOf = units.map((_, unit) =>
    spreads.flatMap((spread, index) => (spread.members.has(unit) ? [index] : [])),
  );
  const known: (readonly number[] | undefined)[] = [];
  const entries = (unit: number, host: number): readonly number[] => {
    const key = unit * hosts.length + host;
    const found = known[key];
    if (found) return found;
    const list: number[] = [];
    for (const [index, gauge] of (hosts[host]?.gauges ?? []).entries()) {
      const demand = gauge.demand(unit);
      if (demand > 0) list.push((firstOf[host] ?? 0) + index, demand);
    }
    for (const index of spreadsOf[unit] ?? []) {
      const bin = placeBins[index]?.get(spreads[index]?.placeOf[host] ?? -1);
      if (bin !== undefined) list.push(bin, spreads[index]?.members.get(unit) ?? 0);
    }
    known[key] = list;
    return list;
  };
  const load = new Float64Array(hostOf.length);
  const leavers: Leaver[][] = hostOf.map(() => []);
  for (const [unit, { host }] of units.entries()) {
    const own = entries(unit, host);
    add(load, own, 1);
    for (let at = 0; at < own.length; at += 2) leavers[own[at] ?? 0]?.push({ unit, amount: own[at + 1] ?? 0 });
  }
  const memory = (unit: number) => units[unit]?.memory ?? 0;
  for (const list of leavers)
    list.sort((a, b) => b.amount - a.amount || memory(a.unit) - memory(b.unit) || a.unit - b.unit);
  const goals = new Set(goalBins);
  const limit = Float64Array.from(limits, (own, bin) =>
    goals.has(bin) ? own * (1 + TOLERANCE) : Math.max(own, load[bin] ?? 0) * (1 + TOLERANCE),
  );
  const stepLimit = limit.map((own, bin) => {
    const before = load[bin] ?? 0;
    const ceiling = goals.has(bin) && before > own ? (ceilings[bin] ?? before) : before;
    return Math.max(own, before, ceiling) * (1 + TOLERANCE);
  });
  return { load, limit, stepLimit, hostOf, partOf, entries, goal: goalBins, leavers };
}

/** Adds what a unit takes, `sign` 1, or takes it away, `sign` -1. */
export function add(load: Float64Array, entries: readonly number[], sign: 1 | -1): void {
  for (let at = 0; at < entries.length; at += 2) {
    const bin = entries[at] ?? 0;
    load[bin] = (load[bin] ?? 0) + sign * (entries[at + 1] ?? 0);
  }
}

export function amountIn(entries: readonly number[], bin: number): number {
  for (let at = 0; at < entries.length; at += 2) if (entries[at] === bin) return entries[at + 1] ?? 0;
  return 0;
}
