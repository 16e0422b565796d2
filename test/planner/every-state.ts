import { barTo, demandOf, loadsOf } from '../../server/src/planner/make-problem.ts';
import type { Problem, Rule } from '../../server/src/planner/problem.ts';
import { brokenBy, isWrongAt } from '../../server/src/planner/values.ts';

/**
 * Whether any order of allowed steps leads to any end with nothing wrong, by looking at every state that some units can
 * come to; undefined after too many. The others that could move are taken off: that forbids no step. From the definitions
 * alone, and of the levels that must be it knows `hard` and `unplaced`.
 */
export function canBeReached(problem: Problem, units: readonly number[], most = 400_000): boolean | undefined {
  const { hosts, resources } = problem;
  const width = resources.length;
  const all = Array.from({ length: problem.units.count }, (_, unit) => unit);
  const isBound = (unit: number) =>
    !Array.from({ length: hosts.count }, (_, host) => host).some(
      (host) => host !== problem.units.home[unit] && !hosts.evacuate[host] && barTo(problem, unit, host) === 0,
    );
  const there = new Set([...units, ...all.filter(isBound)]);
  const start = Int32Array.from(all, (unit) => (there.has(unit) ? (problem.units.home[unit] ?? -1) : -1));
  const { home } = problem.units;
  const loadAtStart = loadsOf(problem);
  const rules = problem.rules.filter((rule) => rule.kind !== 'near' || rule.of.every((unit) => there.has(unit)));
  const brokenAtStart = rules.map((rule) => brokenBy(rule, home));
  const crowdsAtStart = rules.map((rule) => crowdsOf(rule, home));
  const limit = hosts.hard.map((hard, at) => Math.max(hard, loadAtStart[at] ?? 0, hosts.ceiling[at] ?? 0));

  const fits = (at: Int32Array, unit: number, to: number) => {
    for (let r = 0; r < width; r++) {
      const need = demandOf(problem, unit, to, r);
      if (need === 0) continue;
      let load = (hosts.base[to * width + r] ?? 0) + need;
      for (const other of there)
        if (at[other] === to || (resources[r]?.isTransient && home[other] === to))
          load += demandOf(problem, other, to, r);
      if (load > (limit[to * width + r] ?? 0) + 1e-6) return false;
    }
    return true;
  };
  const isCrowded = (at: Int32Array, index: number, isEnd: boolean) => {
    const rule = rules[index];
    if (rule?.kind !== 'apart') return false;
    const known = isEnd && rule.force === 'hard' ? undefined : crowdsAtStart[index];
    return [...crowdsOf(rule, at)].some(([place, count]) => count > Math.max(rule.most, known?.get(place) ?? 0));
  };
  const keeps = (at: Int32Array, isEnd: boolean) =>
    rules.every((rule, index) => {
      if (rule.force === 'soft') return true;
      if (rule.kind === 'apart') return !isCrowded(at, index, isEnd);
      return brokenBy(rule, at) <= (isEnd && rule.force === 'hard' ? 0 : (brokenAtStart[index] ?? 0));
    });
  const isEnd = (at: Int32Array) => {
    for (const unit of there) if ((at[unit] ?? -1) < 0 || isWrongAt(problem, unit, at[unit] ?? 0)) return false;
    return loadsOf(problem, at).every((load, gauge) => load <= (hosts.hard[gauge] ?? 0) + 1e-6) && keeps(at, true);
  };

  const seen = new Set([start.join()]);
  const open = [start];
  for (let at = open.pop(); at; at = open.pop()) {
    if (isEnd(at)) return true;
    if (seen.size > most) return undefined;
    for (const unit of units) {
      for (let to = 0; to < hosts.count; to++) {
        const isShut = hosts.evacuate[to] && home[unit] !== to;
        if (to === at[unit] || isShut || barTo(problem, unit, to) !== 0 || !fits(at, unit, to)) continue;
        const next = at.slice();
        next[unit] = to;
        const key = next.join();
        if (seen.has(key) || !keeps(next, false)) continue;
        seen.add(key);
        open.push(next);
      }
    }
  }
  return false;
}

function crowdsOf(rule: Rule, at: Int32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  if (rule.kind !== 'apart') return counts;
  for (const [index, unit] of rule.members.entries()) {
    const host = at[unit] ?? -1;
    const place = host < 0 ? -1 : (rule.placeOf[host] ?? -1);
    if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + (rule.weights?.[index] ?? 1));
  }
  return counts;
}
