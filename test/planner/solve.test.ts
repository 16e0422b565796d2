import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import loader from 'highs';
import { blankProblem } from '../../server/src/planner/make-problem.ts';
import { type Problem, USUAL_ORDER } from '../../server/src/planner/problem.ts';
import { solve } from '../../server/src/planner/solve.ts';
import { compareValues, valuesOf } from '../../server/src/planner/values.ts';
import { canBeReached } from './every-state.ts';
import { asProgram } from './exact.ts';
import { randomProblem } from './random-problems.ts';
import { follow } from './steps.ts';

// Its types are those of the CommonJS module.
const loadHighs = loader as unknown as typeof loader.default;

describe('plans beside the optimum of an exact solver', async () => {
  const highs = await loadHighs();

  test('there is a plan where there can be one, with hardly more moves; what is said to be impossible is', () => {
    const seen = { planned: 0, impossible: 0, stuck: 0, ours: 0, least: 0, proven: 0 };
    for (let seed = 1; seed <= 250; seed++) {
      const problem = randomProblem(seed, { hosts: 6, units: 24 });
      const exact = highs.solve(asProgram(problem), { time_limit: 20 });
      const plan = solve(problem, { work: 800_000 });
      const label = `seed ${seed}: ${plan.outcome} beside ${exact.Status}`;
      assert.ok(exact.Status === 'Optimal' || exact.Status === 'Infeasible', label);
      follow(problem, plan.moves, label);
      if (exact.Status === 'Infeasible') {
        assert.equal(plan.outcome, 'impossible', label);
        seen.impossible++;
        continue;
      }
      // An assignment is not a plan yet: moves may all wait for each other, even if nothing else that can move were there.
      if (plan.obstruction?.isStuck) {
        const waiting = plan.obstruction.waits.map(({ unit }) => unit);
        assert.equal(plan.outcome, 'impossible', label);
        assert.equal(canBeReached(problem, waiting), false, label);
        seen.stuck++;
        continue;
      }
      assert.ok(plan.outcome === 'optimal' || plan.outcome === 'found', label);
      assert.equal(plan.after.hard + plan.after.unplaced, 0, label);
      const least = Math.round(exact.ObjectiveValue);
      if (plan.outcome === 'optimal') assert.equal(plan.after.moves, least, label);
      seen.proven += plan.outcome === 'optimal' ? 1 : 0;
      seen.planned++;
      seen.ours += plan.after.moves;
      seen.least += least;
    }
    const told = JSON.stringify(seen);
    assert.ok(seen.planned > 100 && seen.impossible > 20, told);
    assert.ok(seen.ours <= seen.least * 1.05, told);
    assert.ok(seen.stuck > 0 && seen.stuck <= seen.planned * 0.02, told);
  });
});

/** The same, with the usual order: it may be improved in everything that the text states. */
function improvable(seed: number): Problem {
  const problem = randomProblem(seed, { hosts: 6, units: 20 });
  return {
    ...problem,
    resources: problem.resources.map((resource, r) => ({ ...resource, isTransient: r === 1 && seed % 5 === 0 })),
    order: USUAL_ORDER,
    reserves:
      seed % 3 === 0
        ? [
            {
              label: 'any host',
              hosts: Int32Array.from({ length: problem.hosts.count }, (_, host) => host),
              losses: Array.from({ length: problem.hosts.count }, (_, host) => Int32Array.of(host)),
              limit: problem.hosts.hard,
            },
          ]
        : [],
    mostMoves: seed % 7 === 0 ? 3 : undefined,
    worthOfMove: seed % 2 === 0 ? 0.002 : 0,
  };
}

test('every step keeps what must be kept, nothing becomes worse, and the same problem has the same plan', () => {
  const seen = { better: 0, moves: 0, hops: 0 };
  for (let seed = 1; seed <= 1_200; seed++) {
    const problem = improvable(seed);
    const plan = solve(problem, { work: 4_000 });
    const label = `seed ${seed}: ${plan.outcome}`;
    const end = follow(problem, plan.moves, label);
    assert.deepEqual(end, plan.assignment, label);
    assert.deepEqual(plan.before, valuesOf(problem, problem.units.home), label);
    assert.deepEqual(plan.after, valuesOf(problem, end), label);
    const change = compareValues(plan.after, plan.before, problem.order);
    assert.ok(change <= 0, `${label} makes it worse: ${JSON.stringify(plan.before)} ${JSON.stringify(plan.after)}`);
    if (problem.mostMoves !== undefined) assert.ok(plan.after.moves <= problem.mostMoves, label);
    if (plan.outcome === 'found' || plan.outcome === 'optimal')
      for (const level of problem.must) assert.equal(plan.after[level], 0, `${label}, ${level}`);
    if (seed % 5 === 0) assert.deepEqual(solve(problem, { work: 4_000 }), plan, `${label}, again`);
    seen.better += change < 0 ? 1 : 0;
    seen.moves += plan.moves.length;
    seen.hops += plan.moves.length - new Set(plan.moves.map(({ unit }) => unit)).size;
  }
  assert.ok(seen.better > 600 && seen.moves > 3_000, JSON.stringify(seen));
});

test('where two full hosts have to swap, something steps out of the way', () => {
  const blank = blankProblem(3, 2, [{ key: 'memory', label: 'memory' }]);
  blank.resources[0]?.demand.set([8, 8]);
  blank.hosts.hard.set([10, 10, 8]);
  blank.units.home.set([0, 1]);
  const on = (host: number, unit: number) =>
    ({
      kind: 'on',
      label: `unit ${unit} on ${host}`,
      members: Int32Array.of(unit),
      force: 'hard',
      hosts: Uint8Array.from({ length: 3 }, (_, own) => (own === host ? 1 : 0)),
    }) as const;
  const plan = solve({ ...blank, rules: [on(1, 0), on(0, 1)] });
  assert.deepEqual([...plan.assignment], [1, 0]);
  assert.equal(plan.moves.length, 3);
});

/** A search that is ended when it asks for the so many-th time, and the shares it told until then. */
function ended(problem: Problem, after: number) {
  const shares: number[] = [];
  let asked = 0;
  const course = { isStopped: () => asked++ >= after, report: (share: number) => shares.push(share) };
  return { plan: solve(problem, { work: 60_000, course }), shares, wasEnded: asked > after };
}

test('a search that is ended early gives a plan that keeps what any plan keeps, and tells how far it is', () => {
  const seen = { ended: 0, useful: 0, none: 0 };
  for (let seed = 1; seed <= 60; seed++) {
    const problem = improvable(seed);
    const whole = ended(problem, Number.POSITIVE_INFINITY);
    assert.deepEqual(whole.plan, solve(problem, { work: 60_000 }), `seed ${seed}: being watched changes nothing`);
    assert.ok(whole.shares.length > 0 && whole.shares.every((share) => share >= 0 && share <= 1), `seed ${seed}`);
    assert.deepEqual(
      whole.shares,
      [...whole.shares].sort((a, b) => a - b),
      `seed ${seed}: it only ever rises`,
    );
    for (const after of [0, 1, 2, 4, 7, 12, 20]) {
      const { plan, wasEnded } = ended(problem, after);
      const label = `seed ${seed} ended after ${after}: ${plan.outcome}`;
      assert.deepEqual(follow(problem, plan.moves, label), plan.assignment, label);
      const change = compareValues(plan.after, plan.before, problem.order);
      assert.ok(change <= 0, label);
      if (problem.mostMoves !== undefined) assert.ok(plan.after.moves <= problem.mostMoves, label);
      if (plan.outcome === 'found' || plan.outcome === 'optimal')
        for (const level of problem.must) assert.equal(plan.after[level], 0, `${label}, ${level}`);
      assert.ok(plan.outcome !== 'impossible' || whole.plan.outcome === 'impossible', label);
      assert.deepEqual(ended(problem, after).plan, plan, `${label}: ended at the same point it is the same`);
      seen.ended += wasEnded ? 1 : 0;
      seen.useful += wasEnded && change < 0 ? 1 : 0;
      seen.none += wasEnded && plan.moves.length === 0 ? 1 : 0;
    }
  }
  assert.ok(seen.ended > 200 && seen.useful > 100 && seen.none > 0, JSON.stringify(seen));
});
