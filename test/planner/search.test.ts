import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Gauge, Goal, PlanHost, PlanModel, PlanMove } from '../../server/src/planner/model.ts';
import { search } from '../../server/src/planner/search.ts';
import { random } from '../support/random.ts';

interface Best {
  readonly moves: number;
  readonly memory: number;
}

/** Loads are whole numbers here, so that nothing hangs on rounding. */
function loadOf(at: readonly number[], host: number, gauge: Gauge): number {
  return at.reduce((sum, own, unit) => sum + (own === host ? gauge.demand(unit) : 0), 0);
}

function crowdOf(model: PlanModel, at: readonly number[], spread: number, place: number): number {
  const { members, placeOf } = model.spreads[spread] ?? { members: new Map<number, number>(), placeOf: [] };
  return at.reduce((sum, own, unit) => sum + (placeOf[own] === place ? (members.get(unit) ?? 0) : 0), 0);
}

/** Whether an assignment reaches the goal, or at least is no worse than the first one: by definition, and slowly. */
function judge(model: PlanModel, goal: Goal, first: readonly number[], at: readonly number[]) {
  let isGoal = true;
  let isAllowed = true;
  for (const [host, { gauges }] of model.hosts.entries()) {
    for (const gauge of gauges) {
      const [before, now] = [loadOf(first, host, gauge), loadOf(at, host, gauge)];
      const isWanted = goal.kind === 'host' && goal.host === host && goal.rule === gauge.rule;
      if (now > gauge.limit && (isWanted || now > before)) isGoal = false;
      const ceiling = isWanted && before > gauge.limit ? (gauge.ceiling ?? before) : before;
      if (now > Math.max(gauge.limit, before, ceiling)) isAllowed = false;
    }
  }
  for (const [index, spread] of model.spreads.entries()) {
    for (const place of new Set(spread.placeOf)) {
      if (place < 0) continue;
      const [before, now] = [crowdOf(model, first, index, place), crowdOf(model, at, index, place)];
      const isWanted = goal.kind === 'spreads' && goal.spreads.includes(index);
      if (now > spread.most && (isWanted || now > before)) isGoal = false;
      if (now > Math.max(spread.most, before)) isAllowed = false;
    }
  }
  return { isGoal, isAllowed };
}

/** The fewest moves, each unit once, over assignments that are all allowed; then the least memory. All are tried. */
function bestOf(model: PlanModel, goal: Goal): Best | undefined {
  const first = model.units.map(({ host }) => host);
  let level = new Map([[first.join(), { at: first, memory: 0 }]]);
  for (let moves = 0; level.size > 0; moves++) {
    const reached = [...level.values()].filter(({ at }) => judge(model, goal, first, at).isGoal);
    if (reached.length > 0) return { moves, memory: Math.min(...reached.map(({ memory }) => memory)) };
    const next = new Map<string, { at: number[]; memory: number }>();
    for (const { at, memory } of level.values()) {
      for (const [unit, own] of model.units.entries()) {
        if (at[unit] !== own.host) continue;
        for (const [to, { closed }] of model.hosts.entries()) {
          if (to === own.host || closed !== undefined || own.bar(to) !== undefined) continue;
          const moved = at.with(unit, to);
          const total = memory + own.memory;
          const known = next.get(moved.join());
          if (known && known.memory <= total) continue;
          if (judge(model, goal, first, moved).isAllowed) next.set(moved.join(), { at: moved, memory: total });
        }
      }
    }
    level = next;
  }
  return undefined;
}

function randomModel(seed: number): { readonly model: PlanModel; readonly goal: Goal } {
  const { below } = random(seed * 104_729);
  const hostCount = 2 + below(3);
  const unitCount = 3 + below(hostCount < 4 ? 5 : 3);
  const keys = ['cpu', 'memory'].slice(0, 1 + below(2));
  const demands = new Map(keys.map((key) => [key, Array.from({ length: unitCount }, () => below(7))]));
  const hosts = Array.from({ length: hostCount }, (_, host): PlanHost => {
    const gauges = keys.map((key): Gauge => {
      const limit = 4 + below(9);
      const ceiling = below(2) === 0 ? undefined : limit + below(6);
      const demand = (unit: number) => demands.get(key)?.[unit] ?? 0;
      return { key, rule: key, label: key, unit: 'count', capacity: limit + 3, limit, ceiling, demand };
    });
    return { name: `h${host}`, gauges, closed: host > 0 && below(9) === 0 ? 'is off' : undefined };
  });
  const barred = new Set<string>();
  const units = Array.from({ length: unitCount }, (_, unit) => {
    const host = below(3) > 0 ? 0 : below(hostCount);
    if (below(4) === 0) barred.add(`${unit} ${below(hostCount)}`);
    const bar = (to: number) => (barred.has(`${unit} ${to}`) ? 'is barred' : undefined);
    return { names: [`v${unit}`], host, memory: 1 + below(8), bar };
  });
  const spreads = Array.from({ length: below(3) }, (_, index) => ({
    label: `s${index}`,
    members: new Map(units.flatMap((_, unit) => (below(2) === 0 ? [[unit, 1 + below(2)] as const] : []))),
    placeOf: hosts.map((_, host) => (below(8) === 0 ? -1 : below(3) === 0 ? 0 : host)),
    most: 1 + below(2),
  }));
  const model = { hosts, units, spreads };
  return spreads.length > 0 && below(3) === 0
    ? { model, goal: { kind: 'spreads', spreads: spreads.map((_, index) => index) } }
    : { model, goal: { kind: 'host', host: 0, rule: keys[below(keys.length)] ?? 'cpu' } };
}

function end(model: PlanModel, moves: readonly PlanMove[]): number[] {
  return moves.reduce<number[]>(
    (at, { unit, to }) => at.with(unit, to),
    model.units.map(({ host }) => host),
  );
}

describe('the search against every assignment', () => {
  test('finds moves where there are any, as few as there can be, with as little memory; each step is allowed', () => {
    let found = 0;
    let most = 0;
    for (let seed = 1; seed <= 600; seed++) {
      const { model, goal } = randomModel(seed);
      const best = bestOf(model, goal);
      const result = search(model, goal);
      const label = `seed ${seed}: ${JSON.stringify(result)} beside ${JSON.stringify(best)}`;
      assert.equal(result.outcome, best ? 'found' : 'impossible', label);
      if (result.outcome !== 'found' || !best) continue;
      const memory = result.moves.reduce((sum, { unit }) => sum + (model.units[unit]?.memory ?? 0), 0);
      assert.deepEqual({ moves: result.moves.length, memory }, best, label);
      const first = model.units.map(({ host }) => host);
      for (let step = 1; step <= result.moves.length; step++)
        assert.ok(
          judge(model, goal, first, end(model, result.moves.slice(0, step))).isAllowed,
          `${label}, step ${step}`,
        );
      assert.ok(judge(model, goal, first, end(model, result.moves)).isGoal, label);
      assert.deepEqual(search(model, goal), result, 'the same model gives the same moves');
      if (best.moves > 0) found++;
      most = Math.max(most, best.moves);
    }
    assert.ok(found > 100 && most > 3, `only ${found} with moves, at most ${most}`);
  });
});
