import { blankProblem } from '../../server/src/planner/make-problem.ts';
import type { Problem, Rule } from '../../server/src/planner/problem.ts';
import { random } from '../support/random.ts';

export interface Size {
  readonly hosts: number;
  readonly units: number;
}

/**
 * A problem of whole numbers, so that nothing hangs on rounding: hosts of which some are too full, closed or to be emptied,
 * units of which some are pinned, barred or run nowhere yet, and rules of every kind.
 */
export function randomProblem(seed: number, most: Size): Problem {
  const { below, next } = random(seed * 7_919 + 13);
  const hostCount = 2 + below(most.hosts - 1);
  const unitCount = 3 + below(most.units - 2);
  const width = 1 + below(3);
  const hasKinds = below(4) === 0;
  const named = Array.from({ length: width }, (_, r) => ({
    key: `r${r}`,
    label: `resource ${r}`,
    ...(hasKinds && r === 0 ? { kindOf: Int32Array.from({ length: hostCount }, () => below(2)) } : {}),
  }));
  const blank = blankProblem(hostCount, unitCount, named);
  const { hosts, units, resources } = blank;
  for (const resource of resources)
    for (let at = 0; at < resource.demand.length; at++) resource.demand[at] = below(5) === 0 ? below(16) : 1 + below(7);
  const tightness = 1.08 + next() * 0.9;
  for (let r = 0; r < width; r++) {
    const resource = resources[r];
    if (!resource) continue;
    let total = 0;
    for (let unit = 0; unit < unitCount; unit++) total += resource.demand[unit * resource.kinds] ?? 0;
    for (let host = 0; host < hostCount; host++) {
      const at = host * width + r;
      const own = Math.max(3, Math.round(((total * tightness) / hostCount) * (0.7 + next() * 0.6)));
      hosts.capacity[at] = own;
      hosts.hard[at] = own;
      hosts.error[at] = Math.floor(own * 0.9);
      hosts.warn[at] = Math.floor(own * 0.8);
      hosts.base[at] = below(8) === 0 ? below(3) : 0;
    }
  }
  const anyNowhere = below(3) === 0;
  for (let unit = 0; unit < unitCount; unit++) {
    units.home[unit] = anyNowhere && below(5) === 0 ? -1 : below(4) === 0 ? 0 : below(hostCount);
    units.data[unit] = 1 + below(8);
    units.sessions[unit] = below(3) === 0 ? below(100) : 0;
    units.team[unit] = below(4) - 1;
    if (below(14) === 0 && (units.home[unit] ?? -1) >= 0) units.pinned[unit] = 1;
  }
  if (hostCount > 2 && below(4) === 0) hosts.closed[hostCount - 1] = 2;
  if (hostCount > 2 && below(5) === 0) hosts.evacuate[1] = 1;
  const bars = new Uint16Array(hostCount * 2);
  for (let at = 0; at < bars.length; at++) bars[at] = below(3) === 0 ? 3 : 0;
  for (let unit = 0; unit < unitCount; unit++) if (below(8) === 0) units.barRow[unit] = below(2);
  const rules = Array.from({ length: below(4) }, () => randomRule(below, hostCount, unitCount));
  return {
    ...blank,
    units: { ...units, bars },
    rules,
    reasons: ['does not move', 'is closed', 'is barred'],
    order: ['hard', 'unplaced', 'moves', 'data', 'sessions', 'teams'],
    model: 0,
  };
}

function randomRule(below: (n: number) => number, hosts: number, units: number): Rule {
  const some = (share: number) =>
    Int32Array.from(Array.from({ length: units }, (_, unit) => unit).filter(() => below(share) === 0));
  const byHost = below(3) > 0;
  const placeOf = Int32Array.from({ length: hosts }, (_, host) => (byHost ? host : host >> 1));
  const base = { label: 'a rule', force: below(6) === 0 ? 'kept' : 'hard' } as const;
  switch (below(6)) {
    case 0:
      return { ...base, kind: 'spread', members: some(5), placeOf, least: 2 };
    case 1:
      return { ...base, kind: 'on', members: some(6), hosts: Uint8Array.from({ length: hosts }, () => below(4) && 1) };
    case 2:
      return { ...base, kind: 'near', members: some(8), of: some(4), placeOf };
    case 3:
      return { ...base, kind: 'together', members: some(10), placeOf };
    default:
      return { ...base, kind: 'apart', members: some(5), placeOf, most: 1 + below(2), weights: undefined };
  }
}
