import { loadsOf } from './make-problem.ts';
import type { Level, Problem, Rule } from './problem.ts';

/** How far a plan may go with the figures of hosts. */
export type Strictness =
  /** Nothing that rules say of a host gets worse: what is well stays well, a remark does not become a warning. */
  | 'no-worse'
  /** Hosts may come to where rules warn, but not to where they speak of an error. */
  | 'warnings';

/** Thresholds of a gauge, by host and resource, as `HostGauge` has them. */
type Thresholds = readonly (
  | { readonly thresholds: readonly number[]; readonly error: number | undefined }
  | undefined
)[];

/** The same problem with hard limits by what rules find. */
export function limited(problem: Problem, gauges: Thresholds, strictness: Strictness): Problem {
  const load = loadsOf(problem);
  const hard = problem.hosts.hard.map((own, at) => {
    const gauge = gauges[at];
    if (!gauge) return own;
    const { thresholds, error } = gauge;
    if (strictness === 'warnings') return Math.min(own, error ?? Number.POSITIVE_INFINITY);
    // The next threshold above where it stands; above all of them nothing may come on top.
    const next = thresholds.find((threshold) => threshold >= (load[at] ?? 0) * (1 - 1e-9));
    return Math.min(own, next ?? load[at] ?? 0);
  });
  return { ...problem, hosts: { ...problem.hosts, hard } };
}

const COSTS: readonly Level[] = ['moves', 'data', 'sessions', 'teams'];
/** What is wrong elsewhere is no reason to move more than was asked for. */
const FEWEST_MOVES: readonly Level[] = [
  'hard',
  'unplaced',
  'moves',
  'failover',
  'error',
  'warn',
  'soft',
  'balance',
  'data',
  'sessions',
  'teams',
];

/** Standard deviation, as a share of capacity, below which a measure is even enough to count for less. Ours. */
const EVEN = 0.02;

/**
 * Hard limits under which hosts can be evened out. Where nothing may come on top of what is there, a host may still come to
 * where the fullest one is now: else full hosts could only exchange what is exactly alike, and not even that step by step.
 */
function evenedLimits(problem: Problem): Float64Array {
  const { hosts, resources } = problem;
  const load = loadsOf(problem);
  const { length } = resources;
  const fullest = new Float64Array(length);
  for (let at = 0; at < load.length; at++) {
    const capacity = hosts.capacity[at] ?? 0;
    if (capacity > 0 && hosts.balanced[Math.floor(at / length)])
      fullest[at % length] = Math.max(fullest[at % length] ?? 0, (load[at] ?? 0) / capacity);
  }
  return hosts.hard.map((hard, at) => {
    const isFull = (load[at] ?? 0) > 0 && (load[at] ?? 0) >= hard * (1 - 1e-9);
    return isFull ? Math.max(hard, (fullest[at % length] ?? 0) * (hosts.capacity[at] ?? 0)) : hard;
  });
}

/**
 * Hosts as evenly loaded as so many moves can make them; each has to be worth its while. Every measure counts by how much
 * of its unevenness goes, so that none is forgotten for another. Where a cluster as a whole is above a limit, fewer hosts
 * above it would be fuller ones: so warnings do not count, beyond getting no worse.
 */
export function balancing(problem: Problem, worthOfMove: number, mostMoves: number | undefined): Problem {
  const order: readonly Level[] = ['hard', 'unplaced', 'failover', 'error', 'soft', 'balance', ...COSTS];
  const uneven = imbalances(problem);
  const resources = problem.resources.map((resource, r) => ({
    ...resource,
    balance: resource.balance === 0 ? 0 : resource.balance / Math.max(EVEN, (uneven[r] ?? 0) * resource.balance),
  }));
  const hosts = { ...problem.hosts, hard: evenedLimits(problem) };
  return { ...problem, hosts, resources, order, must: [], worthOfMove, mostMoves };
}

/** Some hosts are empty in the end, with as few moves as there can be. */
export function emptying(problem: Problem, hosts: readonly number[], closed: number): Problem {
  const { evacuate, closed: before } = problem.hosts;
  const gone = new Set(hosts);
  return {
    ...problem,
    hosts: {
      ...problem.hosts,
      evacuate: evacuate.map((own, host) => (gone.has(host) ? 1 : own)),
      closed: before.map((own, host) => (gone.has(host) ? closed : own)),
      balanced: problem.hosts.balanced.map((own, host) => (gone.has(host) ? 0 : own)),
    },
    // Who is empty takes part in no failover.
    reserves: problem.reserves.map((reserve) => ({
      ...reserve,
      hosts: reserve.hosts.filter((host) => !gone.has(host)),
      losses: reserve.losses.filter((loss) => !loss.some((host) => gone.has(host))),
    })),
    order: FEWEST_MOVES,
    must: ['hard', 'unplaced'],
  };
}

/** What the others have left takes in what is lost, with as few moves as there can be. */
export function withstanding(problem: Problem): Problem {
  return { ...problem, order: ['hard', 'unplaced', 'failover', 'soft', ...COSTS], must: ['failover', 'unplaced'] };
}

/** Units go to the hosts that are named for them, by index, with as few other moves as there can be. */
export function seating(problem: Problem, hostOf: ReadonlyMap<number, number>, label: string): Problem {
  const seats = [...hostOf].map(([unit, host]): Rule => {
    const hosts = new Uint8Array(problem.hosts.count);
    hosts[host] = 1;
    return { kind: 'on', members: Int32Array.of(unit), hosts, force: 'hard', label };
  });
  return { ...problem, rules: [...problem.rules, ...seats], order: FEWEST_MOVES, must: ['hard', 'unplaced'] };
}

/** What runs nowhere gets a host; what runs already moves only where there is no other way. */
export function placing(problem: Problem): Problem {
  return {
    ...problem,
    order: FEWEST_MOVES,
    must: ['unplaced'],
  };
}

/** As few hosts as can carry everything. */
export function consolidating(problem: Problem): Problem {
  const activation = problem.hosts.activation.map((_, host) => (problem.hosts.closed[host] ? 0 : 1));
  return {
    ...problem,
    hosts: { ...problem.hosts, activation },
    order: ['hard', 'unplaced', 'failover', 'hosts', ...COSTS],
    must: [],
  };
}

/** As many units like one as find room, without moving what runs. */
export function filling(problem: Problem, unit: number, count: number): Problem {
  const { units, resources } = problem;
  const total = units.count - 1 + count;
  const source = Array.from({ length: total }, (_, index) =>
    index < units.count - 1 ? (index < unit ? index : index + 1) : unit,
  );
  const integers = (list: Int32Array) => Int32Array.from(source, (index) => list[index] ?? 0);
  const amounts = (list: Float64Array) => Float64Array.from(source, (index) => list[index] ?? 0);
  const home = integers(units.home);
  return {
    ...problem,
    resources: resources.map((resource) => {
      const { kinds } = resource;
      const demand = new Float64Array(total * kinds);
      for (const [at, index] of source.entries())
        for (let kind = 0; kind < kinds; kind++) demand[at * kinds + kind] = resource.demand[index * kinds + kind] ?? 0;
      return { ...resource, demand };
    }),
    units: {
      ...units,
      count: total,
      home,
      barRow: integers(units.barRow),
      pinned: Uint16Array.from(source, (index) => units.pinned[index] ?? 0),
      data: amounts(units.data),
      sessions: amounts(units.sessions),
      team: integers(units.team),
    },
    rules: problem.rules.map((rule) => ({
      ...rule,
      members: rule.members.map((member) => (member > unit ? member - 1 : member)),
    })),
    order: ['hard', 'failover', 'unplaced', 'error', 'warn', 'balance'],
    must: [],
    mostMoves: 0,
  };
}

/** Standard deviation of the load of hosts as a share of what each offers, by resource; those that do not take part are left out. */
export function imbalances(problem: Problem, assignment?: Int32Array): readonly number[] {
  const load = loadsOf(problem, assignment);
  const { length } = problem.resources;
  return problem.resources.map((_, r) => {
    const shares: number[] = [];
    for (let host = 0; host < problem.hosts.count; host++) {
      const capacity = problem.hosts.capacity[host * length + r] ?? 0;
      if (capacity > 0 && problem.hosts.balanced[host]) shares.push((load[host * length + r] ?? 0) / capacity);
    }
    const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
    return Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, shares.length));
  });
}

/** The same problem in which some units may not move to some hosts: code of the reason by unit and host. */
export function barred(
  problem: Problem,
  bans: readonly { readonly unit: number; readonly host: number }[],
  code: number,
): Problem {
  if (bans.length === 0) return problem;
  const { units, hosts } = problem;
  const barRow = units.barRow.slice();
  const bars = [...units.bars];
  const byUnit = new Map<number, number[]>();
  for (const { unit, host } of bans) byUnit.set(unit, [...(byUnit.get(unit) ?? []), host]);
  for (const [unit, list] of byUnit) {
    const row = barRow[unit] ?? -1;
    const codes = Array.from({ length: hosts.count }, (_, host) =>
      row < 0 ? 0 : (bars[row * hosts.count + host] ?? 0),
    );
    for (const host of list) codes[host] ||= code;
    barRow[unit] = bars.length / hosts.count;
    bars.push(...codes);
  }
  return { ...problem, units: { ...units, barRow, bars: Uint16Array.from(bars) } };
}
