import assert from 'node:assert/strict';
import { barTo, loadsOf } from '../../server/src/planner/make-problem.ts';
import type { Move, Problem } from '../../server/src/planner/problem.ts';
import { brokenBy } from '../../server/src/planner/values.ts';

/** Follows a plan step by step and holds every step against the definitions. Returns where every unit ends. */
export function follow(problem: Problem, moves: readonly Move[], label: string): Int32Array {
  const { hosts, units, resources, rules } = problem;
  const at = units.home.slice();
  const start = loadsOf(problem);
  const brokenAtStart = rules.map((rule) => brokenBy(rule, at));
  const crowdsAtStart = rules.map((_, rule) => crowds(problem, rule, at));
  for (const [index, { unit, from, to }] of moves.entries()) {
    const step = `${label}, step ${index + 1}: unit ${unit} from ${from} to ${to}`;
    assert.equal(at[unit], from, step);
    assert.ok(to >= 0 && to !== from, step);
    assert.equal(barTo(problem, unit, to), 0, `${step} is barred`);
    at[unit] = to;
    const load = loadsOf(problem, at);
    for (let r = 0; r < resources.length; r++) {
      const gauge = to * resources.length + r;
      const [hard, before] = [hosts.hard[gauge] ?? 0, start[gauge] ?? 0];
      const most = Math.max(hard, before, before > hard ? (hosts.ceiling[gauge] ?? 0) : 0);
      // What is away from home is still held there where a resource is transient.
      const held = resources[r]?.isTransient ? heldAt(problem, at, to, r) : 0;
      assert.ok((load[gauge] ?? 0) + held <= most * (1 + 1e-6) + 1e-9, `${step} fills resource ${r}`);
    }
    for (const [number, rule] of rules.entries()) {
      if (rule.force === 'soft') continue;
      if (rule.kind !== 'apart') {
        assert.ok(brokenBy(rule, at) <= (brokenAtStart[number] ?? 0), `${step} breaks rule ${number}`);
        continue;
      }
      for (const [place, count] of crowds(problem, number, at))
        assert.ok(
          count <= Math.max(rule.most, crowdsAtStart[number]?.get(place) ?? 0),
          `${step} crowds place ${place} of rule ${number}`,
        );
    }
  }
  return at;
}

function crowds({ rules }: Problem, number: number, at: Int32Array): ReadonlyMap<number, number> {
  const rule = rules[number];
  const counts = new Map<number, number>();
  if (rule?.kind !== 'apart') return counts;
  for (const [index, unit] of rule.members.entries()) {
    const host = at[unit] ?? -1;
    const place = host < 0 ? -1 : (rule.placeOf[host] ?? -1);
    if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + (rule.weights?.[index] ?? 1));
  }
  return counts;
}

function heldAt({ units, resources }: Problem, at: Int32Array, host: number, r: number): number {
  const resource = resources[r];
  let sum = 0;
  for (const [unit, home] of units.home.entries())
    if (home === host && at[unit] !== home)
      sum += resource?.demand[unit * resource.kinds + (resource.kindOf[host] ?? 0)] ?? 0;
  return sum;
}
