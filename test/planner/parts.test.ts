import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annealParts } from '../../bench/roadef/parts.ts';
import { finish } from '../../server/src/base/steps.ts';
import { anneal } from '../../server/src/planner/anneal.ts';
import { Chance } from '../../server/src/planner/chance.ts';
import { LevelAim } from '../../server/src/planner/level-aim.ts';
import type { Problem } from '../../server/src/planner/problem.ts';
import { State } from '../../server/src/planner/state.ts';
import { valuesOf } from '../../server/src/planner/values.ts';
import { randomProblem } from './random-problems.ts';

/** Many of the seeds leave room to balance; all of their rules are kinds that estates have. */
const problems = Array.from({ length: 40 }, (_, seed) => randomProblem(seed, { hosts: 8, units: 24 }));

function inParts(problem: Problem): Int32Array {
  const state = new State(problem);
  const aim = new LevelAim(state);
  const lossOf = (host: number) => state.load[host * state.width] ?? 0;
  const options = { work: 6_000, workOfHost: 400, least: 2, most: 4, hot: 0.3, cold: 1e-4, lossOf };
  finish(annealParts(state, aim, new Chance(7), options));
  return state.at.slice();
}

test('annealing among some hosts leaves everything on the others where it is, and brings nothing to them', () => {
  let moved = 0;
  for (const problem of problems) {
    const state = new State(problem);
    const among = Int32Array.of(0, 1);
    const before = state.at.slice();
    const hot = { work: 2_000, hot: 1e6, cold: 1, among };
    finish(anneal(state, new LevelAim(state), new Chance(3), hot));
    for (const [unit, host] of state.at.entries()) {
      if (host === before[unit]) continue;
      moved++;
      assert.ok(host <= 1 && (before[unit] ?? -1) >= 0 && (before[unit] ?? -1) <= 1, `unit ${unit}`);
    }
  }
  assert.ok(moved > 0, 'something moved');
});

test('annealing in parts makes no limit and no rule worse, improves many estates, and does the same again', () => {
  let better = 0;
  for (const [seed, problem] of problems.entries()) {
    const { home } = problem.units;
    const assignment = inParts(problem);
    const [before, after] = [valuesOf(problem, home), valuesOf(problem, assignment)];
    assert.ok(after.hard <= before.hard + 1e-9, `seed ${seed}: ${after.hard} after ${before.hard}`);
    if (after.balance < before.balance - 1e-9 || after.warn < before.warn - 1e-9) better++;
    assert.deepEqual(inParts(problem), assignment, `seed ${seed}`);
  }
  assert.ok(better > 10, `${better}`);
});

test('a part that is stopped leaves the best so far', () => {
  const problem = randomProblem(2, { hosts: 8, units: 24 });
  const state = new State(problem);
  let asked = 0;
  const shares: number[] = [];
  const course = { isStopped: () => asked++ >= 5, report: (share: number) => void shares.push(share) };
  const options = { work: 1e9, workOfHost: 20_000, least: 2, most: 2, hot: 0.3, cold: 1e-4, lossOf: () => 0, course };
  finish(annealParts(state, new LevelAim(state), new Chance(7), options));
  assert.ok(asked >= 6 && asked < 10, `${asked}`);
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  const [before, after] = [valuesOf(problem, problem.units.home), valuesOf(problem, state.at)];
  assert.ok(after.hard <= before.hard + 1e-9);
});

test('a part needs two hosts, and no more than there are', () => {
  const problem = randomProblem(5, { hosts: 2, units: 6 });
  const assignment = inParts(problem);
  assert.equal(assignment.length, problem.units.count);
});
