import type { Problem, Solution } from './problem.ts';

/**
 * The same plan with its VMs in order. Units that are alike in everything (home, what they take, what holds for them) may
 * stand for each other: those that come first in the text move, and neighbours go to the same host, so that ranges in the
 * text stay whole. Every step means the same.
 */
export function tidied(problem: Problem, solution: Solution): Solution {
  const groups = new Map<string, number[]>();
  const keys = keysOf(problem);
  for (const [unit, key] of keys.entries()) {
    const known = groups.get(key);
    if (known) known.push(unit);
    else groups.set(key, [unit]);
  }
  const { home } = problem.units;
  const standIn = Int32Array.from(home, (_, unit) => unit);
  const assignment = solution.assignment.slice();
  for (const units of groups.values()) {
    if (units.length < 2) continue;
    const own = home[units[0] ?? 0] ?? -1;
    const rank = (unit: number) => {
      const host = solution.assignment[unit] ?? -1;
      return host === own ? Number.MAX_SAFE_INTEGER : host;
    };
    // A stable sort: of those that go to one host the order stays.
    const sorted = [...units].sort((a, b) => rank(a) - rank(b) || a - b);
    for (const [at, unit] of sorted.entries()) {
      const next = units[at] ?? unit;
      standIn[unit] = next;
      assignment[next] = solution.assignment[unit] ?? -1;
    }
  }
  const moves = solution.moves.map((move) => ({ ...move, unit: standIn[move.unit] ?? move.unit }));
  return { ...solution, assignment, moves };
}

/** What makes units alike; no two that a rule or a bar tells apart have the same. */
function keysOf({ units, resources, rules }: Problem): readonly string[] {
  const inRules: string[] = Array.from({ length: units.count }, () => '');
  for (const [index, rule] of rules.entries()) {
    for (const [at, member] of rule.members.entries())
      inRules[member] += ` ${index}:${rule.kind === 'apart' ? (rule.weights?.[at] ?? 1) : 1}`;
    if (rule.kind === 'near') for (const unit of rule.of) inRules[unit] += ` ${index}:of`;
  }
  return inRules.map((ruled, unit) => {
    const taken = resources.map(({ demand, kinds }) => demand.slice(unit * kinds, (unit + 1) * kinds).join(' '));
    const { home, barRow, pinned, data, sessions, team } = units;
    return [home, barRow, pinned, data, sessions, team].map((list) => list[unit]).join(' ') + taken.join(',') + ruled;
  });
}
