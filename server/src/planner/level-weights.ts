import type { Level } from './problem.ts';
import type { State } from './state.ts';

/** How much one of each level counts: at least as much as all that later ones can make of it, as a rule. */
export function weightsOf({ problem, hostCount, unitCount, width }: State): Record<Level, number> {
  const weights: Record<Level, number> = {
    hard: 0,
    unplaced: 0,
    failover: 0,
    error: 0,
    warn: 0,
    soft: 0,
    hosts: 0,
    balance: 0,
    moves: 0,
    data: 0,
    sessions: 0,
    teams: 0,
  };
  /** The least difference that counts, and the most that a level can come to. */
  const gauges = Math.max(1, hostCount * width);
  const activation = problem.hosts.activation.reduce((sum, own) => sum + own, 0) || 1;
  const least = activation / Math.max(1, hostCount) / 10;
  const ranges: Record<Level, readonly [number, number]> = {
    hard: [0.1, gauges],
    unplaced: [1, unitCount],
    failover: [0.1, hostCount],
    error: [1e-4, gauges],
    warn: [1e-4, gauges],
    soft: [1, unitCount],
    hosts: [least, activation],
    balance: [1e-6, width],
    moves: [1, unitCount],
    data: [1e-3, 1],
    sessions: [1e-3, 1],
    teams: [1, 10],
  };
  let reach = 1;
  const order = problem.order.includes('unplaced') ? problem.order : (['unplaced', ...problem.order] as const);
  const levels = order.includes('hard') ? order : (['hard', ...order] as const);
  for (const level of [...levels].reverse()) {
    const [least, most] = ranges[level];
    weights[level] = reach / least;
    reach = weights[level] * most + reach;
  }
  return weights;
}
