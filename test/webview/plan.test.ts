/** A plan that the view shows: its state, its words, and where one looks. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Camera, fit, type LayoutAt } from '../../client/webview/camera.ts';
import { stepText } from '../../client/webview/plan-words.ts';
import { type Action, INITIAL, reduce, type State, scenarioOf, suppositionOf } from '../../client/webview/state.ts';
import { cameraForPlan } from '../../client/webview/wanted.ts';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { boxesOf } from '../../server/src/topology/scene/hit.ts';
import { smallGraph } from '../topology/graphs/small.ts';
import { moved } from '../topology/planned.ts';

const small = smallGraph();
const planned = moved(small, [
  ['esx-01', 'esx-02'],
  ['esx-01', 'esx-04'],
]);

const after = (state: State, ...actions: readonly Action[]): State => actions.reduce(reduce, state);
const answer = (state: State, graph: TopologyGraph, version = 1): State =>
  reduce(state, {
    type: 'answer',
    answer: { type: 'graph', version, graph, routes: [] },
    scenario: scenarioOf(state),
  });
const shown = answer(reduce(INITIAL, { type: 'design', uri: 'file:///a.vdc' }), small);
const PLAN: Action = { type: 'plan', plan: { id: 'plan-1' } };
const looked = answer(reduce(shown, PLAN), planned, 2);

describe('the state with a plan', () => {
  test('a plan is another picture, and each step of it; the last one is the whole', () => {
    assert.deepEqual(suppositionOf(looked), { plan: { id: 'plan-1' } });
    const first = reduce(looked, { type: 'step', step: 1 });
    assert.deepEqual(suppositionOf(first), { plan: { id: 'plan-1', step: 1 } });
    assert.deepEqual(suppositionOf(reduce(first, { type: 'step', step: 2 })), { plan: { id: 'plan-1' } });
    assert.deepEqual(suppositionOf(reduce(first, { type: 'step', step: -3 })), { plan: { id: 'plan-1', step: 0 } });
    assert.equal(new Set([shown, looked, first].map(scenarioOf)).size, 3);
  });

  test('nothing has failed while it is shown, and nothing fails', () => {
    const failed = after(shown, { type: 'fail', node: 'host:prod/esx-03' }, PLAN);
    assert.deepEqual(failed.failed, []);
    assert.deepEqual(reduce(failed, { type: 'fail', node: 'host:prod/esx-03' }).failed, []);
    const back = after(failed, { type: 'plan', plan: undefined }, { type: 'fail', node: 'host:prod/esx-03' });
    assert.deepEqual(back.failed, ['host:prod/esx-03']);
  });

  test('a picture without it says that its text is gone; once it is accepted that is no surprise', () => {
    const late = answer(looked, small, 3);
    assert.deepEqual([late.plan, late.isPlanLate, late.shownScenario], [undefined, true, '']);
    assert.equal(reduce(late, { type: 'planRead' }).isPlanLate, false);
    assert.equal(reduce(late, PLAN).isPlanLate, false);
    const accepted = reduce(looked, { type: 'plan', plan: { id: 'plan-1', isAccepted: true } });
    const done = answer(accepted, small, 3);
    assert.deepEqual([done.plan, done.isPlanLate], [undefined, false]);
  });

  test('an answer to an earlier question does not end it', () => {
    const asked = reduce(shown, PLAN);
    const old = reduce(asked, {
      type: 'answer',
      answer: { type: 'graph', version: 2, graph: small, routes: [] },
      scenario: '',
    });
    assert.deepEqual(old.plan, { id: 'plan-1' });
  });

  test('a step that is accepted is the whole plan', () => {
    const first = after(looked, { type: 'step', step: 1 }, { type: 'plan', plan: { id: 'plan-1', isAccepted: true } });
    assert.deepEqual(first.plan, { id: 'plan-1', step: 1, isAccepted: true });
  });

  test('what it changes is shown where nobody has picked a measure, and the usual again afterwards', () => {
    const onlyMemory: TopologyGraph = {
      ...planned,
      sites: planned.sites.map((s) => ({
        ...s,
        clusters: s.clusters.map((c) => ({
          ...c,
          hosts: c.hosts.map((host) => {
            const { was: _, ...cpu } = host.gauges.cpu ?? {};
            return { ...host, gauges: { ...host.gauges, cpu } } as typeof host;
          }),
        })),
      })),
    };
    const seen = answer(reduce(shown, PLAN), onlyMemory, 2);
    assert.deepEqual([shown.measure, looked.measure, seen.measure], ['cpu', 'cpu', 'memory']);
    assert.equal(answer(reduce(seen, { type: 'plan', plan: undefined }), small, 3).measure, 'cpu');
    const picked = reduce(shown, { type: 'measure', measure: 'network' });
    assert.equal(answer(reduce(picked, PLAN), onlyMemory, 2).measure, 'network');
  });
});

test('a step in words', () => {
  const { plan } = planned;
  assert.ok(plan);
  assert.deepEqual(
    [0, 1, 2].map((step) => stepText(plan, step)),
    ['Before the first of 2 steps', 'Step 1 of 2: cart-1 to esx-02', 'After all 2 steps'],
  );
});

test('the hosts of a plan come into sight, and stay where they are if they are', () => {
  const layoutAt: LayoutAt = (level) => layoutGraph(planned, { level, layer: 'all' });
  const view = { w: 700, h: 600 };
  const all = fit(layoutAt, view);
  assert.equal(cameraForPlan({ ...looked, camera: all }, shown, layoutAt, view), undefined);
  const away: Camera = { level: 'card', scale: 1.2, x: -1_500, y: -1_200 };
  const there = cameraForPlan({ ...looked, camera: away }, shown, layoutAt, view);
  assert.ok(there);
  const box = boxesOf(layoutAt(there.level)).get('host:prod/esx-02');
  assert.ok(box);
  const left = box.x * there.scale + there.x;
  assert.ok(left >= 0 && left + box.w * there.scale <= view.w);
  assert.equal(cameraForPlan({ ...looked, camera: away }, looked, layoutAt, view), undefined, 'a step moves nothing');
});
