import { type Goal, type PlanModel, TOLERANCE } from './model.ts';

/**
 * Everything that can be too full, as one list: each gauge of each host, each place of each spread. What is too full
 * already, and is not the goal, may stay so but not become fuller.
 */
export interface Bins {
  readonly load: Float64Array;
  readonly limit: Float64Array;
  /** Host of a gauge; -1 for places of spreads. */
  readonly hostOf: readonly number[];
  /** Index of the gauge within its host, or of the spread. */
  readonly partOf: readonly number[];
  /** What a unit adds on a host: bin, amount, bin, amount, … */
  readonly entries: (unit: number, host: number) => readonly number[];
  /** Bins of a goal. */
  readonly goal: readonly number[];
}

export function binsOf(model: PlanModel, goal: Goal): Bins {
  const { hosts, units, spreads } = model;
  const hostOf: number[] = [];
  const partOf: number[] = [];
  const limits: number[] = [];
  const goalBins: number[] = [];
  const firstOf: number[] = [];
  for (const [host, { gauges }] of hosts.entries()) {
    firstOf.push(hostOf.length);
    for (const [index, gauge] of gauges.entries()) {
      if (goal.kind === 'host' && goal.host === host && goal.rule === gauge.rule) goalBins.push(hostOf.length);
      hostOf.push(host);
      partOf.push(index);
      limits.push(gauge.limit);
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
    }
    return bins;
  });
  const spreadsOf = units.map((_, unit) =>
    spreads.flatMap((spread, index) => (spread.members.has(unit) ? [index] : [])),
  );
  const known = new Map<number, readonly number[]>();
  const entries = (unit: number, host: number): readonly number[] => {
    const key = unit * hosts.length + host;
    const found = known.get(key);
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
    known.set(key, list);
    return list;
  };
  const load = new Float64Array(hostOf.length);
  for (const [unit, { host }] of units.entries()) add(load, entries(unit, host), 1);
  const goals = new Set(goalBins);
  const limit = Float64Array.from(limits, (own, bin) =>
    goals.has(bin) ? own * (1 + TOLERANCE) : Math.max(own, load[bin] ?? 0) * (1 + TOLERANCE),
  );
  return { load, limit, hostOf, partOf, entries, goal: goalBins };
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
