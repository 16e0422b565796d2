import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Camera,
  centre,
  clamp,
  fit,
  follow,
  hostPx,
  type LayoutAt,
  reveal,
  zoomAt,
  zoomPercent,
} from '../../client/webview/camera.ts';
import { placePopover } from '../../client/webview/render/placement.ts';
import { restore, save } from '../../client/webview/saved.ts';
import { caretNode, INITIAL, isEmpty, reduce, type State } from '../../client/webview/state.ts';
import { into, nextFinding, outOf, step } from '../../client/webview/walk.ts';
import { showWanted } from '../../client/webview/wanted.ts';
import { changeBetween } from '../../server/src/topology/changes.ts';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { boxAt, placeOf, vmAt, vmBox } from '../../server/src/topology/scene/hit.ts';
import { litPaths } from '../../server/src/topology/scene/overlay.ts';
import { estateGraph } from '../topology/graphs/estate.ts';
import { smallGraph } from '../topology/graphs/small.ts';
import { thousandGraph } from '../topology/graphs/thousand.ts';

const layoutsOf =
  (graph: TopologyGraph): LayoutAt =>
  (level) =>
    layoutGraph(graph, { level, layer: 'all' });
const VIEW = { w: 1400, h: 820 };
const small = smallGraph();
const answer = (graph: TopologyGraph, version = 1) =>
  ({ type: 'answer', answer: { type: 'graph', version, graph, routes: [] } }) as const;
const shown = (graph = small): State =>
  reduce(reduce(INITIAL, { type: 'design', uri: 'file:///a.vdc' }), answer(graph));

describe('the first picture', () => {
  test('takes the largest level that fits the width and two heights', () => {
    assert.equal(fit(layoutsOf(small), { w: 700, h: 590 }, 2).level, 'card');
    assert.equal(fit(layoutsOf(estateGraph()), VIEW, 2).level, 'tile');
    assert.equal(fit(layoutsOf(thousandGraph()), VIEW, 2).level, 'square');
  });

  test('is never larger than drawn, and stands in the middle', () => {
    const camera = fit(layoutsOf(small), { w: 1000, h: 700 }, 2);
    assert.equal(camera.scale, 1);
    assert.equal(camera.x, 150);
    assert.equal(zoomPercent(camera), 100);
  });
});

describe('zooming', () => {
  const layoutAt = layoutsOf(estateGraph());
  const start = fit(layoutAt, VIEW);

  test('what is under the pointer stays there, through every level', () => {
    let camera: Camera = start;
    const box = layoutAt(camera.level).boxes.find((b) => b.id === 'host:batch/batch-02');
    assert.ok(box);
    const spot = { x: (box.x + box.w / 2) * camera.scale + camera.x, y: (box.y + box.h / 2) * camera.scale + camera.y };
    const levels = new Set<string>();
    for (let i = 0; i < 40; i += 1) {
      camera = zoomAt(camera, layoutAt, spot, i < 12 ? 1.15 : 0.9);
      levels.add(camera.level);
      const under = boxAt(
        layoutAt(camera.level),
        (spot.x - camera.x) / camera.scale,
        (spot.y - camera.y) / camera.scale,
      );
      assert.equal(under?.id, box.id, `${camera.level} at ${camera.scale}`);
    }
    assert.ok(levels.size >= 4, [...levels].join());
  });

  test('a host grows steadily, also where the level changes', () => {
    let camera = start;
    for (let i = 0; i < 20; i += 1) {
      const before = hostPx(camera);
      camera = zoomAt(camera, layoutAt, { x: 300, y: 300 }, 1.1);
      assert.ok(Math.abs(hostPx(camera) / before - 1.1) < 1e-6 || camera.scale === 3, `${before} to ${hostPx(camera)}`);
    }
  });

  test('a level that is not ready is not gone to: the picture grows at its own, and arrives once it is', () => {
    const spot = { x: 300, y: 300 };
    let camera = start;
    for (let i = 0; i < 20; i += 1) camera = zoomAt(camera, layoutAt, spot, 1.1, () => false);
    assert.equal(camera.level, start.level);
    assert.ok(camera.scale > start.scale);
    const arrived = zoomAt(camera, layoutAt, spot, 1);
    assert.notEqual(arrived.level, start.level);
    assert.ok(Math.abs(hostPx(arrived) - hostPx(camera)) < 1e-6);
  });

  test('the picture cannot be lost', () => {
    const away = clamp({ ...start, x: 99_999, y: -99_999 }, layoutAt(start.level), VIEW);
    assert.ok(away.x < VIEW.w && away.y + layoutAt(away.level).height * away.scale > 0);
  });
});

describe('following an edit', () => {
  test('the node in the middle stays where it is when what is before it grows', () => {
    const before = layoutGraph(small, { level: 'card', layer: 'all' });
    const after = { ...before, boxes: before.boxes.map((b) => ({ ...b, y: b.y + 42 })) };
    const camera: Camera = { level: 'card', scale: 1, x: 0, y: 0 };
    assert.deepEqual(follow(camera, before, after, { w: 700, h: 600 }), { ...camera, y: -42 });
    assert.equal(follow(camera, before, before, { w: 700, h: 600 }), camera);
  });

  test('pans to a node only if it is out of sight', () => {
    const camera: Camera = { level: 'card', scale: 1, x: 0, y: 0 };
    const box = { id: 'x', kind: 'host', x: 100, y: 100, w: 148, h: 200 } as const;
    assert.equal(reveal(camera, box, VIEW), camera);
    assert.equal(reveal(camera, { ...box, y: 900 }, VIEW).y, 820 - 24 - 1100);
  });

  test('what somebody asks for comes to the middle, closer if it is not shown from afar', () => {
    const layoutAt = layoutsOf(smallGraph());
    const camera: Camera = { level: 'dot', scale: 0.5, x: 3, y: 4 };
    for (const [kind, level] of [
      ['host', 'dot'],
      ['datastore', 'dot'],
      ['outside', 'chip'],
    ]) {
      const id = layoutAt('card').boxes.findLast((b) => b.kind === kind)?.id ?? '';
      const at = centre(camera, layoutAt, id, VIEW);
      const box = layoutAt(at.level).boxes.find((b) => b.id === id);
      assert.ok(box);
      const middle = [(box.x + box.w / 2) * at.scale + at.x, (box.y + box.h / 2) * at.scale + at.y];
      assert.deepEqual([at.level, ...middle.map(Math.round)], [level, 700, 410]);
    }
    assert.equal(centre(camera, layoutAt, 'host:none', VIEW), camera);
  });
});

describe('the state', () => {
  test('an answer touches neither camera, layer, measure, search nor selection', () => {
    const camera: Camera = { level: 'card', scale: 1.2, x: -40, y: 12 };
    let state = reduce(shown(), { type: 'camera', camera });
    for (const action of [
      { type: 'layer', layer: 'network' },
      { type: 'measure', measure: 'memory' },
      { type: 'search', query: 'db' },
      { type: 'select', node: 'host:prod/esx-02' },
    ] as const)
      state = reduce(state, action);
    const after = reduce(state, answer(smallGraph(), 2));
    for (const key of ['camera', 'layer', 'measure', 'query', 'selected'] as const)
      assert.equal(after[key], state[key], key);
    assert.equal(after.version, 2);
  });

  test('what changes is applied to the picture that it is of; of another one, the whole is asked for', () => {
    const state = reduce(shown(), answer(small, 5));
    const next = { ...small, name: 'renamed' };
    const change = changeBetween({ graph: small, routes: [] }, { graph: next, routes: [] });
    assert.ok(change);
    const of = (version: number) =>
      reduce(state, { type: 'answer', answer: { type: 'changes', of: version, version: 6, change } });
    assert.deepEqual([of(5).graph?.name, of(5).version], ['renamed', 6]);
    assert.equal(of(5).graph?.sites, small.sites, 'what stays is not made anew');
    assert.deepEqual([of(4).graph, of(4).version], [small, undefined]);
    const unlike = { set: { graph: { list: [[0, 9]] as const } } };
    const wrong = reduce(state, { type: 'answer', answer: { type: 'changes', of: 5, version: 6, change: unlike } });
    assert.deepEqual([wrong.graph, wrong.version], [small, undefined]);
  });

  test('the last good picture stays while the text is broken', () => {
    const broken = { place: 'Line 41', uri: 'file:///a.vdc', line: 40 };
    const state = reduce(shown(), { type: 'answer', answer: { type: 'broken', broken } });
    assert.equal(state.graph, small);
    assert.equal(state.broken, broken);
    assert.equal(reduce(state, answer(small, 3)).broken, undefined);
  });

  test('what is asked for is kept until there is a picture, and forgotten with another design', () => {
    const asked = reduce(reduce(INITIAL, { type: 'design', uri: 'file:///a.vdc' }), { type: 'want', node: 'vm:db-2' });
    assert.equal(reduce(asked, answer(small)).wanted, 'vm:db-2');
    const there = reduce(asked, answer(small));
    assert.equal(showWanted(there, layoutsOf(small), VIEW), there, 'without a camera there is nothing to look at');
    const camera: Camera = { level: 'card', scale: 1, x: 0, y: 0 };
    const seen = showWanted({ ...there, camera }, layoutsOf(small), VIEW);
    assert.deepEqual([seen.selected, seen.wanted], ['vm:db-2', undefined]);
    assert.notDeepEqual(seen.camera, camera);
    const none = showWanted({ ...there, camera, wanted: 'app:cart' }, layoutsOf(small), VIEW);
    assert.deepEqual([none.selected, none.wanted], [undefined, undefined]);
    assert.equal(reduce(asked, { type: 'design', uri: 'file:///b.vdc' }).wanted, undefined);
  });

  test('a node that is gone is no longer selected', () => {
    const state = reduce(shown(), { type: 'select', node: 'host:prod/esx-01' });
    assert.equal(reduce(state, answer(estateGraph(), 2)).selected, undefined);
  });

  test('the text cursor in a VM marks its host', () => {
    assert.equal(caretNode(reduce(shown(), { type: 'caret', node: 'vm:db-2' })), 'host:prod/esx-03');
    assert.equal(caretNode(reduce(shown(), { type: 'caret', node: 'network:web' })), undefined);
    assert.equal(caretNode(reduce(shown(), { type: 'caret', node: null })), undefined);
  });

  test('what is saved is taken up again; what is not ours is not', () => {
    let state = reduce(shown(), { type: 'camera', camera: { level: 'tile', scale: 0.9, x: 1, y: 2 } });
    state = reduce(state, { type: 'measure', measure: 'owner' });
    const back = restore(JSON.parse(JSON.stringify(save(state))));
    for (const key of ['uri', 'camera', 'measure', 'layer', 'query'] as const) assert.deepEqual(back[key], state[key]);
    for (const junk of [
      undefined,
      null,
      7,
      'x',
      {},
      { camera: { level: 'moon', scale: 'NaN' }, measure: 'joy', layer: 3, selected: {} },
    ]) {
      assert.deepEqual({ ...restore(junk), uri: '' }, INITIAL);
    }
  });

  test('memory is shown where no CPU demand is known, until a person picks', () => {
    const blind: TopologyGraph = {
      ...small,
      sites: small.sites.map((s) => ({
        ...s,
        clusters: s.clusters.map((c) => ({
          ...c,
          hosts: c.hosts.map((h) => ({ ...h, gauges: h.gauges.memory ? { memory: h.gauges.memory } : {} })),
        })),
      })),
    };
    assert.equal(shown(blind).measure, 'memory');
    assert.equal(reduce(reduce(shown(blind), { type: 'measure', measure: 'cpu' }), answer(blind, 2)).measure, 'cpu');
  });

  test('a design without hosts, switches and arrays is empty', () => {
    assert.equal(isEmpty(small), false);
    assert.equal(isEmpty({ ...small, sites: [] }), true);
  });
});

describe('walking', () => {
  const layout = layoutGraph(small, { level: 'card', layer: 'all' });
  const walk = { graph: small, layout, measure: 'cpu' } as const;

  test('arrows go to the nearest sibling, Enter in, Escape out', () => {
    assert.equal(step(walk, 'host:prod/esx-02', 'right'), 'host:prod/esx-03');
    assert.equal(step(walk, 'host:prod/esx-02', 'left'), 'host:prod/esx-01');
    assert.equal(step(walk, 'cluster:prod', 'up'), 'switch:tor-a');
    assert.equal(step(walk, 'cluster:prod', 'down'), 'array:vmax');
    assert.equal(step(walk, 'host:prod/esx-01', 'left'), undefined);
    assert.equal(into(walk, 'site:seattle'), 'switch:core');
    assert.equal(outOf(walk, 'host:prod/esx-02'), 'cluster:prod');
    assert.equal(outOf(walk, 'site:seattle'), undefined);
  });

  test('every node can be reached from the first one', () => {
    const graph = estateGraph();
    const tiles = layoutGraph(graph, { level: 'tile', layer: 'all' });
    const inTiles = { graph, layout: tiles, measure: 'cpu' } as const;
    const reached = new Set<string>(['site:leeds']);
    for (const id of reached) {
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = step(inTiles, id, direction);
        if (next !== undefined) reached.add(next);
      }
      const inner = into(inTiles, id);
      if (inner !== undefined) reached.add(inner);
    }
    assert.deepEqual(
      tiles.boxes.map((b) => b.id).filter((id) => !reached.has(id)),
      [],
    );
  });

  test('F8 goes round the nodes with findings of their own', () => {
    const first = nextFinding(small, layout, undefined, false);
    const second = nextFinding(small, layout, first, false);
    assert.deepEqual(new Set([first, second]), new Set(['host:prod/esx-01', 'datastore:vmax/gold-2']));
    assert.equal(nextFinding(small, layout, second, false), first);
    assert.equal(nextFinding(small, layout, first, true), second);
  });

  test('Enter goes on into the VMs of a host, arrows along them, Escape back', () => {
    assert.equal(into(walk, 'host:prod/esx-01'), 'vm:cart-1');
    assert.equal(step(walk, 'vm:cart-1', 'down'), 'vm:cart-2');
    assert.equal(step(walk, 'vm:cart-2', 'up'), 'vm:cart-1');
    assert.equal(outOf(walk, 'vm:cart-2'), 'host:prod/esx-01');
    const squares = layoutGraph(small, { level: 'square', layer: 'all' });
    assert.equal(into({ ...walk, layout: squares }, 'host:prod/esx-01'), undefined);
  });

  test('a point in a card is the VM of its row, one in a tile the VM of its cell', () => {
    const host = layout.boxes.find((b) => b.id === 'host:prod/esx-01');
    assert.ok(host);
    assert.equal(vmAt(small, layout, 'cpu', host, host.x + 20, host.y + 118 + 21 * 2 + 5)?.name, 'db-1');
    assert.equal(vmAt(small, layout, 'cpu', host, host.x + 20, host.y + 50), undefined);
    const tiles = layoutGraph(small, { level: 'tile', layer: 'all' });
    const tile = tiles.boxes.find((b) => b.id === 'host:prod/esx-01');
    assert.ok(tile);
    assert.equal(vmAt(small, tiles, 'cpu', tile, tile.x + 9, tile.y + 24)?.name, 'cart-1');
  });

  test('a VM is where a point hits it, at every level that draws VMs', () => {
    const graph = estateGraph();
    for (const level of ['tile', 'card'] as const) {
      const placed = layoutGraph(graph, { level, layer: 'all' });
      const host = placed.boxes.find((b) => b.id === 'host:prod/prod-08');
      assert.ok(host);
      const node = graph.sites[0]?.clusters[0]?.hosts[7];
      for (const vm of node?.vms.filter((v) => !v.off) ?? []) {
        const area = vmBox(graph, placed, 'cpu', host, vm.id);
        assert.ok(area, vm.id);
        const hit = vmAt(graph, placed, 'cpu', host, area.x + area.w / 2, area.y + area.h / 2);
        const back: typeof area | undefined = hit && vmBox(graph, placed, 'cpu', host, hit.id);
        assert.deepEqual(back, area, `${level} ${vm.id}`);
      }
    }
  });

  describe('VMs without a host', () => {
    const pool = Array.from({ length: 3 }, (_, i) => ({
      id: `vm:p-${i}`,
      name: `p-${i}`,
      cpu: 2e9,
      memory: 4 * 2 ** 30,
    }));
    const lost = { id: 'vm:lost', name: 'lost', cpu: 2e9, memory: 4 * 2 ** 30 };
    const graph: TopologyGraph = {
      ...small,
      sites: small.sites.map((s) => ({ ...s, clusters: s.clusters.map((c) => ({ ...c, pool })) })),
      unplaced: [lost],
    };
    const middle = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }) => [x + w / 2, y + h / 2] as const;

    test('each is where a point hits it, in its pool and in the tray, at every level', () => {
      for (const level of ['tile', 'card', 'open'] as const) {
        const placed = layoutGraph(graph, { level, layer: 'all' });
        for (const [vm, kind] of [...pool.map((p) => [p, 'vm-pool'] as const), [lost, 'tray'] as const]) {
          const area = placeOf(graph, placed, 'cpu', vm.id);
          const holder = placed.boxes.find((b) => b.kind === kind);
          assert.ok(area && holder && area.h < holder.h, `${level} ${vm.id}`);
          assert.equal(vmAt(graph, placed, 'cpu', holder, ...middle(area))?.id, vm.id, level);
        }
        const squares = layoutGraph(graph, { level: 'square', layer: 'all' });
        assert.equal(
          placeOf(graph, squares, 'cpu', lost.id),
          squares.boxes.find((b) => b.kind === 'tray'),
        );
      }
    });

    test('arrows lead from the hosts to them, along them, and back', () => {
      const placed = layoutGraph(graph, { level: 'card', layer: 'all' });
      const walks = { ...walk, graph, layout: placed };
      const down = step(walks, 'host:prod/esx-01', 'down') ?? '';
      assert.match(down, /^vm:p-/);
      assert.equal(step(walks, 'vm:p-0', 'right'), 'vm:p-1');
      assert.match(step(walks, 'vm:p-0', 'up') ?? '', /^host:/);
      assert.equal(outOf(walks, 'vm:p-0'), 'cluster:prod');
      assert.equal(step(walks, 'site:seattle', 'down'), 'vm:lost');
      assert.equal(step(walks, 'vm:lost', 'up'), 'site:seattle');
    });
  });

  test('a selected host lights its way to both switches, the core and the array, and nothing else', () => {
    const ways = litPaths(small, layout, 'host:prod/esx-03');
    const ends = new Set(
      ways.flatMap((w) =>
        [w[0], w[w.length - 1]].flatMap((p) =>
          p ? [boxAt(layout, p.x, p.y - 1)?.id, boxAt(layout, p.x, p.y + 1)?.id] : [],
        ),
      ),
    );
    for (const id of ['switch:core', 'switch:tor-a', 'switch:tor-b', 'array:vmax', 'host:prod/esx-03'])
      assert.ok(ends.has(id), id);
    assert.ok(!ends.has('host:prod/esx-01'));
  });
});

describe('the popover', () => {
  const size = { w: 324, h: 200 };
  test('is inside the view and never over its badge', () => {
    for (const badge of [
      { x: 100, y: 100, w: 60, h: 26 },
      { x: 660, y: 560, w: 40, h: 26 },
      { x: 0, y: 0, w: 20, h: 20 },
      { x: 300, y: 290, w: 30, h: 20 },
    ]) {
      const at = placePopover(size, badge, { w: 700, h: 600 });
      assert.ok(at.x >= 0 && at.y >= 0 && at.x + size.w <= 700 && at.y + size.h <= 600);
      const covers =
        at.x < badge.x + badge.w && badge.x < at.x + size.w && at.y < badge.y + badge.h && badge.y < at.y + size.h;
      assert.ok(!covers, JSON.stringify([badge, at]));
    }
  });
});
