import { type Problem, type Resource, type Rule, TOLERANCE, USUAL_ORDER } from './problem.ts';

/** What a problem says of resources before anything is filled in. */
export interface Named {
  readonly key: string;
  readonly label: string;
  /** By default 1. */
  readonly balance?: number;
  readonly isTransient?: boolean;
  /** Kind of each host; by default all are of one. */
  readonly kindOf?: Int32Array;
}

/**
 * Hosts without gauges and limits, and units that take nothing, run nowhere and may run everywhere; to be filled in. The
 * arrays of a problem are written by whoever makes it, and by nobody after that.
 */
export function blankProblem(hosts: number, units: number, named: readonly Named[]): Problem {
  const resources = named.map(({ key, label, balance = 1, isTransient = false, kindOf }): Resource => {
    const kinds = kindOf ? kindOf.reduce((most, kind) => Math.max(most, kind + 1), 1) : 1;
    const demand = new Float64Array(units * kinds);
    return { key, label, balance, isTransient, kindOf: kindOf ?? new Int32Array(hosts), kinds, demand };
  });
  const gauges = hosts * resources.length;
  const without = () => new Float64Array(gauges).fill(Number.POSITIVE_INFINITY);
  return {
    resources,
    hosts: {
      count: hosts,
      capacity: new Float64Array(gauges),
      hard: without(),
      error: without(),
      warn: without(),
      ceiling: new Float64Array(gauges),
      base: new Float64Array(gauges),
      closed: new Uint16Array(hosts),
      evacuate: new Uint8Array(hosts),
      balanced: new Uint8Array(hosts).fill(1),
      activation: new Float64Array(hosts),
    },
    units: {
      count: units,
      home: new Int32Array(units).fill(-1),
      barRow: new Int32Array(units).fill(-1),
      bars: new Uint16Array(0),
      pinned: new Uint16Array(units),
      data: new Float64Array(units),
      sessions: new Float64Array(units),
      team: new Int32Array(units).fill(-1),
    },
    rules: [],
    reserves: [],
    reasons: [],
    order: USUAL_ORDER,
    must: ['hard', 'unplaced'],
    mostMoves: undefined,
    worthOfMove: 0,
    model: undefined,
  };
}

/** What a unit takes of a resource on a host; 0 where the host has no such gauge. */
export function demandOf({ resources }: Problem, unit: number, host: number, resource: number): number {
  const own = resources[resource];
  const kind = own?.kindOf[host] ?? -1;
  return own && kind >= 0 ? (own.demand[unit * own.kinds + kind] ?? 0) : 0;
}

/** By host and resource: what is taken when each unit runs where `assignment` says. */
export function loadsOf(problem: Problem, assignment: Int32Array = problem.units.home): Float64Array {
  const load = problem.hosts.base.slice();
  const { length } = problem.resources;
  for (const [unit, host] of assignment.entries()) {
    if (host < 0) continue;
    for (let r = 0; r < length; r++) {
      const at = host * length + r;
      load[at] = (load[at] ?? 0) + demandOf(problem, unit, host, r);
    }
  }
  return load;
}

/** Code of why a unit may not come to a host; 0: nothing forbids it outright. */
export function barTo({ units, hosts }: Problem, unit: number, host: number): number {
  if (host === units.home[unit]) return 0;
  const pinned = units.pinned[unit] ?? 0;
  const closed = hosts.closed[host] ?? 0;
  const row = units.barRow[unit] ?? -1;
  return pinned || closed || (row < 0 ? 0 : (units.bars[row * hosts.count + host] ?? 0));
}

/** What a relief is to bring about. */
export interface Relief {
  /** Gauges that have to come within their `warn` limit. */
  readonly gauges: readonly { readonly host: number; readonly resource: number }[];
  /** Rules that have to be kept. */
  readonly rules: readonly number[];
}

/**
 * The same problem, narrowed to some gauges and rules that are to be mended with as few moves as there can be. Everything
 * else may stay as it is: what is over its `warn` limit does not count, but nothing gets over it or further over it.
 * On the way, a gauge to be mended may rise to where its rule speaks of an error.
 */
export function relieving(problem: Problem, relief: Relief): Problem {
  const { hosts, units, resources } = problem;
  const wanted = new Set(relief.gauges.map(({ host, resource }) => host * resources.length + resource));
  const load = loadsOf(problem);
  const none = new Float64Array(load.length).fill(Number.POSITIVE_INFINITY);
  const hard = hosts.hard.map((own, at) => {
    const limit = Math.min(own, hosts.warn[at] ?? Number.POSITIVE_INFINITY);
    return wanted.has(at) ? limit : Math.max(limit, load[at] ?? 0);
  });
  const ceiling = hosts.error.map((error, at) => {
    const isOver = (load[at] ?? 0) > (hard[at] ?? 0) * (1 + TOLERANCE);
    return wanted.has(at) && isOver && error < Number.POSITIVE_INFINITY ? error : 0;
  });
  const rules = problem.rules.map((rule, index): Rule => {
    if (relief.rules.includes(index)) return { ...rule, force: 'hard' };
    return rule.force === 'hard' ? { ...rule, force: 'kept' } : rule;
  });
  return {
    ...problem,
    hosts: { ...hosts, hard, ceiling, error: none, warn: none },
    units: { ...units, ...barsWithoutHome(problem) },
    rules,
    order: ['hard', 'unplaced', 'failover', 'soft', 'moves', 'data', 'sessions', 'teams'],
    must: ['hard', 'unplaced'],
  };
}

/** A unit that is where it may not be stays there unless something else drives it out. */
function barsWithoutHome({ units, hosts }: Problem): Pick<Problem['units'], 'bars' | 'barRow'> {
  const barRow = units.barRow.slice();
  const added: number[] = [];
  const rows = units.bars.length / Math.max(1, hosts.count);
  for (const [unit, home] of units.home.entries()) {
    const row = units.barRow[unit] ?? -1;
    if (row < 0 || home < 0 || !units.bars[row * hosts.count + home]) continue;
    barRow[unit] = rows + added.length / hosts.count;
    for (let host = 0; host < hosts.count; host++)
      added.push(host === home ? 0 : (units.bars[row * hosts.count + host] ?? 0));
  }
  const bars = new Uint16Array(units.bars.length + added.length);
  bars.set(units.bars);
  bars.set(added, units.bars.length);
  return { bars, barRow };
}
