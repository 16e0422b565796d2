import type { Problem, Resource, Rule } from './problem.ts';

/** The same problem without the limits of a resource. */
export function withoutResource(problem: Problem, resource: number): Problem {
  const { length } = problem.resources;
  const free = (limits: Float64Array) =>
    limits.map((limit, at) => (at % length === resource ? Number.POSITIVE_INFINITY : limit));
  const { hosts } = problem;
  return { ...problem, hosts: { ...hosts, hard: free(hosts.hard), error: free(hosts.error), warn: free(hosts.warn) } };
}

/** The same problem with some of its rules. */
export function withRules(problem: Problem, isKept: (index: number) => boolean): Problem {
  return { ...problem, rules: problem.rules.filter((_, index) => isKept(index)) };
}

export function withoutReserves(problem: Problem): Problem {
  return { ...problem, reserves: [] };
}

/** The same problem where nothing is closed, pinned or barred for some reasons. */
export function withoutReasons(problem: Problem, isDropped: (code: number) => boolean): Problem {
  const free = (codes: Uint16Array) => codes.map((code) => (code > 0 && isDropped(code) ? 0 : code));
  const { hosts, units } = problem;
  return {
    ...problem,
    hosts: { ...hosts, closed: free(hosts.closed) },
    units: { ...units, bars: free(units.bars), pinned: free(units.pinned) },
  };
}

/**
 * The same problem with more hosts like one of it, empty and open. A new host is a place of its own where places are
 * hosts; in which rack or site it will be is not known.
 */
export function withHosts(problem: Problem, model: number, count: number): Problem {
  const { hosts, units, resources } = problem;
  const width = resources.length;
  const added = Array.from({ length: count }, (_, k) => k);
  const gauges = (table: Float64Array, value?: number): Float64Array => {
    const row = Array.from(table.subarray(model * width, (model + 1) * width));
    return Float64Array.from([...table, ...added.flatMap(() => (value === undefined ? row : row.map(() => value)))]);
  };
  const rows = hosts.count === 0 ? 0 : units.bars.length / hosts.count;
  const total = hosts.count + count;
  const bars = new Uint16Array(rows * total);
  for (let row = 0; row < rows; row++) {
    const own = units.bars.subarray(row * hosts.count, (row + 1) * hosts.count);
    bars.set(own, row * total);
    bars.fill(own[model] ?? 0, row * total + hosts.count, (row + 1) * total);
  }
  return {
    ...problem,
    resources: resources.map(
      (resource): Resource => ({
        ...resource,
        kindOf: Int32Array.from([...resource.kindOf, ...added.map(() => resource.kindOf[model] ?? -1)]),
      }),
    ),
    hosts: {
      count: total,
      capacity: gauges(hosts.capacity),
      hard: gauges(hosts.hard),
      error: gauges(hosts.error),
      warn: gauges(hosts.warn),
      ceiling: gauges(hosts.ceiling, 0),
      base: gauges(hosts.base, 0),
      closed: Uint16Array.from([...hosts.closed, ...added.map(() => 0)]),
      evacuate: Uint8Array.from([...hosts.evacuate, ...added.map(() => 0)]),
      balanced: Uint8Array.from([...hosts.balanced, ...added.map(() => 1)]),
      activation: Float64Array.from([...hosts.activation, ...added.map(() => hosts.activation[model] ?? 0)]),
    },
    units: { ...units, bars },
    rules: problem.rules.map((rule): Rule => stretched(rule, model, count)),
    reserves: problem.reserves.map((reserve) => ({
      ...reserve,
      limit: gauges(reserve.limit, Number.POSITIVE_INFINITY),
    })),
  };
}

function stretched(rule: Rule, model: number, count: number): Rule {
  const added = Array.from({ length: count }, (_, k) => k);
  if (rule.kind === 'on')
    return { ...rule, hosts: Uint8Array.from([...rule.hosts, ...added.map(() => rule.hosts[model] ?? 0)]) };
  const known = Array.from(rule.placeOf).filter((place) => place >= 0);
  const isByHost = new Set(known).size === rule.placeOf.length;
  const first = Math.max(-1, ...known) + 1;
  return { ...rule, placeOf: Int32Array.from([...rule.placeOf, ...added.map((k) => (isByHost ? first + k : -1))]) };
}
