import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Camera, fit, type LayoutAt } from '../../client/webview/camera.ts';
import { hexOf, isPossible } from '../../client/webview/drawing.ts';
import { cameraAt, linkOf, readLink, spotted } from '../../client/webview/link.ts';
import { restore, save } from '../../client/webview/saved.ts';
import { INITIAL, reduce, type State } from '../../client/webview/state.ts';
import { showWanted } from '../../client/webview/wanted.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { estateGraph } from '../topology/graphs/estate.ts';

const graph = estateGraph();
const layoutAt: LayoutAt = (level) => layoutGraph(graph, { level, layer: 'all' });
const camera: Camera = { level: 'tile', scale: 0.9, x: -210, y: -340 };
const VIEW = { w: 900, h: 600 };
const state: State = {
  ...INITIAL,
  uri: 'file:///a.vdc',
  graph,
  camera,
  layer: 'network',
  measure: 'memory',
  isPicked: true,
  about: { kind: 'team', id: 'team:it ops' },
  selected: 'host:prod/prod-08',
  query: 'kind:vm "a b" &=%',
  overrides: new Map([
    ['cluster:prod', 'expanded'],
    ['array:vsp-1', 'collapsed'],
  ]),
};

describe('a link to a view', () => {
  test('says all of it, and can be read again', () => {
    const view = readLink(linkOf(state, spotted(camera, layoutAt, VIEW)));
    const again = reduce({ ...INITIAL, graph }, { type: 'link', view });
    for (const key of ['layer', 'measure', 'mode', 'selected', 'query'] as const)
      assert.equal(again[key], state[key], key);
    assert.deepEqual(again.about, state.about);
    assert.deepEqual(new Map(again.overrides), new Map(state.overrides));
  });

  test('leads to the same place in a window of another size', () => {
    const look = spotted(camera, layoutAt, VIEW);
    const { camera: there } = showWanted(
      { ...INITIAL, graph, camera: fit(layoutAt, VIEW), wantedLook: look },
      layoutAt,
      { w: 500, h: 800 },
    );
    assert.ok(there);
    const middle = (c: Camera, w: number, h: number) =>
      [(w / 2 - c.x) / c.scale, (h / 2 - c.y) / c.scale].map(Math.round);
    assert.deepEqual([there.level, ...middle(there, 500, 800)], ['tile', ...middle(camera, 900, 600)]);
  });

  test('to a node that is gone leaves the view where it is', () => {
    assert.equal(cameraAt({ level: 'tile', scale: 1, node: 'host:gone', x: 0, y: 0 }, layoutAt, VIEW), undefined);
    const now = { ...INITIAL, graph, camera };
    const after = showWanted(
      { ...now, wantedLook: { level: 'tile', scale: 1, node: 'x', x: 0, y: 0 } },
      layoutAt,
      VIEW,
    );
    assert.deepEqual([after.camera, after.wantedLook], [camera, undefined]);
  });

  for (const junk of ['', '&&&', 'layer=moon&measure=joy&look=tile+0+a+b+', 'look=tile -1 0 0 x', 'expanded='])
    test(`without sense changes nothing that it does not name: ${junk}`, () => {
      const { layer, measure, look, selected } = readLink(junk);
      assert.deepEqual([layer, measure, look, selected], [undefined, undefined, undefined, undefined]);
    });
});

describe('what outlives a reload', () => {
  test('holds everything that a person has set', () => {
    const set: State = {
      ...state,
      mode: 'table',
      folds: new Map([['host:a', true]]),
      sort: { column: 'cpu', descending: true },
      minimap: false,
      isLocked: true,
    };
    const back = restore(JSON.parse(JSON.stringify(save(set))));
    for (const key of Object.keys(save(set)) as (keyof State)[]) assert.deepEqual(back[key], set[key], key);
  });
});

describe('an exported picture', () => {
  test('has colours that any program reads', () => {
    assert.equal(hexOf('rgb(58, 59, 60)'), '#3a3b3c');
    assert.equal(hexOf('color(srgb 1 0.5 0)'), '#ff8000');
    assert.equal(hexOf('rgba(0, 0, 0, 0.5)'), '#00000080');
    assert.equal(hexOf('color(srgb 1e-7 0 1.2)'), '#0000ff');
  });

  test('is no larger than can be painted', () => {
    assert.equal(isPossible({ svg: '', w: 2_000, h: 1_000 }, 4), true);
    assert.equal(isPossible({ svg: '', w: 5_000, h: 300 }, 4), false);
    assert.equal(isPossible({ svg: '', w: 4_000, h: 4_000 }, 4), false);
  });
});
