import { loadsOf } from './make-problem.ts';
import { type Level, type Problem, type Reserve, type Rule, TOLERANCE, type Values } from './problem.ts';

/**
 * Figures of an assignment by level, added up from nothing: what a plan is judged by. The search keeps the same figures
 * move by move (`level-aim.ts`).
 */
export function valuesOf(problem: Problem, assignment: Int32Array): Values {
  const { hosts, units, rules, reserves } = problem;
  const load = loadsOf(problem, assignment);
  const runsAny = new Uint8Array(hosts.count);
  const teams = new Set<number>();
  const sums = { hard: 0, unplaced: 0, soft: 0, hosts: 0, moves: 0, data: 0, sessions: 0 };
  for (const [unit, host] of assignment.entries()) {
    if (host < 0) {
      sums.unplaced++;
      continue;
    }
    runsAny[host] = 1;
    sums.hard += isWrongAt(problem, unit, host) ? 1 : 0;
    const home = units.home[unit] ?? -1;
    if (home < 0 || home === host) continue;
    sums.moves++;
    sums.data += units.data[unit] ?? 0;
    sums.sessions += units.sessions[unit] ?? 0;
    const team = units.team[unit] ?? -1;
    if (team >= 0) teams.add(team);
  }
  for (const rule of rules) {
    if (rule.force === 'kept') continue;
    sums[rule.force] += brokenBy(rule, assignment);
  }
  for (let host = 0; host < hosts.count; host++) sums.hosts += runsAny[host] ? (hosts.activation[host] ?? 0) : 0;
  return {
    ...sums,
    hard: sums.hard + sumOf(excessOf, load, hosts.hard),
    failover: reserves.reduce((sum, reserve) => sum + unabsorbed(problem, reserve, load), 0),
    error: sumOf(shareAbove, load, hosts.error),
    warn: sumOf(shareAbove, load, hosts.warn),
    balance: balanceOf(problem, load).reduce((sum, own, r) => sum + own * (problem.resources[r]?.balance ?? 0), 0),
    teams: teams.size,
  };
}

/** Whether a unit is where it may not be: barred at its own home, or on a host that everything has to leave. */
export function isWrongAt({ hosts, units }: Problem, unit: number, host: number): boolean {
  const row = units.barRow[unit] ?? -1;
  return hosts.evacuate[host] === 1 || (row >= 0 && (units.bars[row * hosts.count + host] ?? 0) > 0);
}

/** How far a load is above a limit: one, and by how much of it. */
export function excessOf(load: number, limit: number): number {
  return load > limit * (1 + TOLERANCE) + Number.MIN_VALUE ? 1 + (load - limit) / Math.max(limit, load * 0.01) : 0;
}

/** The same without the one: what cannot be avoided is spread, not heaped on few hosts so that fewer are above the limit. */
export function shareAbove(load: number, limit: number): number {
  return Math.max(0, excessOf(load, limit) - 1);
}

function sumOf(measure: (load: number, limit: number) => number, load: Float64Array, limits: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < load.length; at++) sum += measure(load[at] ?? 0, limits[at] ?? 0);
  return sum;
}

/** Members that are not as a rule asks. */
export function brokenBy(rule: Rule, assignment: Int32Array): number {
  const placeOf = rule.kind === 'on' ? rule.hosts : rule.placeOf;
  const counts = new Map<number, number>();
  let waiting = 0;
  for (const [at, unit] of rule.members.entries()) {
    const host = assignment[unit] ?? -1;
    const place = host < 0 ? -1 : (placeOf[host] ?? -1);
    if (host < 0) waiting++;
    const weight = rule.kind === 'apart' ? (rule.weights?.[at] ?? 1) : 1;
    if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + weight);
  }
  const all = [...counts.values()];
  switch (rule.kind) {
    case 'apart':
      return all.reduce((sum, count) => sum + Math.max(0, count - rule.most), 0);
    case 'together':
      return all.reduce((sum, count) => sum + count, 0) - Math.max(0, ...all);
    case 'spread':
      return Math.max(0, rule.least - counts.size - waiting);
    case 'on':
      return counts.get(0) ?? 0;
    case 'near': {
      const there = new Set(Array.from(rule.of, (unit) => rule.placeOf[assignment[unit] ?? -1] ?? -1));
      return [...counts.keys()].filter((place) => !there.has(place)).length;
    }
  }
}

/** Losses that what is left could not take in: one for each, and the largest share of the lost that finds no room. */
export function unabsorbed(
  { resources, hosts }: Problem,
  { hosts: takers, losses, limit }: Reserve,
  load: Float64Array,
): number {
  const width = resources.length;
  let sum = 0;
  const free = new Float64Array(width);
  const room = new Float64Array(hosts.count * width);
  for (const host of takers) {
    for (let r = 0, at = host * width; r < width; r++, at++) {
      const own = Math.max(0, (limit[at] ?? 0) - (load[at] ?? 0));
      room[at] = own;
      free[r] = (free[r] ?? 0) + own;
    }
  }
  for (const lost of losses) {
    let worst = 0;
    for (let r = 0; r < width; r++) {
      let need = 0;
      let left = free[r] ?? 0;
      for (const host of lost) {
        need += load[host * width + r] ?? 0;
        left -= room[host * width + r] ?? 0;
      }
      if (Number.isNaN(left) || left === Number.POSITIVE_INFINITY) continue;
      if (need > left * (1 + TOLERANCE)) worst = Math.max(worst, (need - Math.max(0, left)) / need);
    }
    if (worst > TOLERANCE) sum += 1 + worst;
  }
  return sum;
}

/** By resource: the standard deviation of load as a share of capacity over hosts that take part. */
export function balanceOf({ resources, hosts }: Problem, load: Float64Array): Float64Array {
  const width = resources.length;
  return Float64Array.from(resources, (_, r) => {
    let [count, sum, squares] = [0, 0, 0];
    for (let host = 0; host < hosts.count; host++) {
      const capacity = hosts.capacity[host * width + r] ?? 0;
      if (!hosts.balanced[host] || capacity <= 0) continue;
      const share = (load[host * width + r] ?? 0) / capacity;
      count++;
      sum += share;
      squares += share * share;
    }
    return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  });
}

/** Negative if the first figures come before the second ones in the order sought, 0 if neither does. */
export function compareValues(a: Values, b: Values, order: readonly Level[]): number {
  for (const level of order) {
    const [x, y] = [a[level], b[level]];
    if (Math.abs(x - y) > 1e-9 * Math.max(1, Math.abs(x), Math.abs(y))) return x - y;
  }
  return 0;
}
