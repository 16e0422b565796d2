import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barTo, blankProblem, demandOf, loadsOf, relieving } from '../../server/src/planner/make-problem.ts';

test('what a unit takes depends on the kind of its host, and is nothing where there is no gauge', () => {
  const problem = blankProblem(3, 2, [{ key: 'cpu', label: 'CPU', kindOf: Int32Array.of(0, 1, -1) }]);
  problem.resources[0]?.demand.set([2, 3, 10, 20]);
  problem.units.home.set([0, 1]);
  problem.hosts.base.set([1, 0, 0]);
  assert.deepEqual(
    [0, 1, 2].map((host) => demandOf(problem, 0, host, 0)),
    [2, 3, 0],
  );
  assert.deepEqual([...loadsOf(problem)], [3, 20, 0]);
  assert.deepEqual([...loadsOf(problem, Int32Array.of(1, -1))], [1, 3, 0]);
});

test('a relief counts what it is to mend, and lets nothing else become worse', () => {
  const problem = blankProblem(2, 2, [{ key: 'cpu', label: 'CPU' }]);
  problem.resources[0]?.demand.set([8, 9]);
  problem.units.home.set([0, 1]);
  problem.hosts.warn.fill(5);
  problem.hosts.error.fill(9);
  const bars = { bars: Uint16Array.of(1, 2), barRow: Int32Array.of(0, -1) };
  const narrowed = relieving(
    { ...problem, units: { ...problem.units, ...bars } },
    { gauges: [{ host: 0, resource: 0 }], rules: [] },
  );
  assert.deepEqual([...narrowed.hosts.hard], [5, 9]);
  assert.deepEqual([...narrowed.hosts.ceiling], [9, 0]);
  assert.deepEqual([...narrowed.hosts.warn], [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  assert.deepEqual([...narrowed.units.bars], [1, 2, 0, 2], 'a unit may stay where it is');
  assert.deepEqual([barTo(narrowed, 0, 0), barTo(narrowed, 0, 1), barTo(narrowed, 1, 0)], [0, 2, 0]);
});
