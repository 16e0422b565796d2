import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dayWords, monthsAfter, monthsBetween } from '../../client/webview/months.ts';
import { INITIAL, reduce, scenarioOf } from '../../client/webview/state.ts';
import { smallGraph } from '../topology/graphs/small.ts';

describe('months ahead', () => {
  for (const [day, months, then] of [
    ['2026-11-22', 0, '2026-11-22'],
    ['2026-11-22', 5, '2027-04-22'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2026-01-31', 36, '2029-01-31'],
  ] as const)
    test(`${months} after ${day}`, () => {
      assert.equal(monthsAfter(day, months), then);
      assert.equal(monthsBetween(day, then), months);
    });

  test('are told as days', () => assert.equal(dayWords('2027-04-22'), '22 April 2027'));
});

describe('what is supposed', () => {
  const graph = smallGraph();
  const answer = (version: number, scenario?: string) =>
    ({
      type: 'answer',
      answer: { type: 'graph', version, graph, routes: [] },
      ...(scenario === undefined ? {} : { scenario }),
    }) as const;

  test('fails and comes back one by one, or all together', () => {
    let state = reduce(INITIAL, answer(1));
    for (const node of ['host:prod/esx-01', 'switch:tor-a']) state = reduce(state, { type: 'fail', node });
    assert.deepEqual(state.failed, ['host:prod/esx-01', 'switch:tor-a']);
    state = reduce(state, { type: 'fail', node: 'host:prod/esx-01' });
    assert.deepEqual(state.failed, ['switch:tor-a']);
    assert.deepEqual(reduce(state, { type: 'fail', node: undefined }).failed, []);
  });

  test('is told apart from the picture that is shown until its own has come', () => {
    const failed = reduce(reduce(INITIAL, answer(1)), { type: 'fail', node: 'host:prod/esx-01' });
    assert.notEqual(scenarioOf(failed), failed.shownScenario);
    const there = reduce(failed, answer(1, scenarioOf(failed)));
    assert.equal(scenarioOf(there), there.shownScenario);
    assert.equal(scenarioOf(INITIAL), '');
  });

  test('leaves with the slider, and with another design', () => {
    const ahead = reduce(reduce(INITIAL, { type: 'slider', shown: true }), { type: 'at', at: '2027-04-22' });
    assert.equal(reduce(ahead, { type: 'slider', shown: false }).at, undefined);
    const failed = reduce(ahead, { type: 'fail', node: 'host:a' });
    assert.equal(scenarioOf(reduce(failed, { type: 'design', uri: 'file:///b.vdc' })), '');
  });
});
