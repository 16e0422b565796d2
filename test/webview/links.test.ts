import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { linkThingWords } from '../../client/webview/cables.ts';
import { outlineOf, rowOf } from '../../client/webview/outline.ts';
import { find } from '../../client/webview/search.ts';
import { caretNode, INITIAL, reduce } from '../../client/webview/state.ts';
import { isThing, thingCalled } from '../../client/webview/things.ts';
import { linksOf } from '../../client/webview/walk.ts';
import { bundlesOf, holding, linkNamed } from '../../server/src/topology/bundles.ts';
import type { Badge, Link, TopologyGraph } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import { LEVELS } from '../../server/src/topology/layout/metrics.ts';
import { placeOf } from '../../server/src/topology/scene/hit.ts';
import { drawOverlay } from '../../server/src/topology/scene/overlay.ts';
import { linkArea, linkAt, waysOf } from '../../server/src/topology/scene/ways.ts';
import { estateGraph } from '../topology/graphs/estate.ts';
import { smallGraph } from '../topology/graphs/small.ts';
import { thousandGraph } from '../topology/graphs/thousand.ts';

const small = smallGraph();
const ids = (graph: TopologyGraph, query: string): string[] => find(graph, query).matches.map((m) => m.id);
const first = (graph: TopologyGraph, kind: Link['kind']): Link => {
  const link = graph.links.find((one) => one.kind === kind);
  assert.ok(link, kind);
  return link;
};

describe('bundles of links', () => {
  test('are the links of one cluster to one device, at least two', () => {
    const bundles = bundlesOf(small);
    const uplinks = bundles.get('cluster:prod>switch:tor-a');
    assert.deepEqual(
      uplinks?.links.map(({ from }) => from),
      ['host:prod/esx-01', 'host:prod/esx-02', 'host:prod/esx-03', 'host:prod/esx-04'],
    );
    assert.equal(bundles.has('site:seattle>switch:tor-a'), false, 'it would be the same again');
    for (const { links } of bundles.values()) assert.ok(links.length > 1);
  });

  test('hold what is drawn as one line: at every level each wire leads to a link or a bundle', () => {
    for (const graph of [small, estateGraph()]) {
      for (const level of LEVELS) {
        for (const { spokes, key } of layoutGraph(graph, { level, layer: 'all' }).wires)
          for (const { links } of spokes)
            if (links.length > 0) assert.ok(holding(graph, links), `${graph.name} ${level} ${key} ${links.length}`);
      }
    }
  });

  test('are found by the names that a text gives their ends', () => {
    const id = 'cluster:prod>switch:tor-a';
    assert.equal(linkNamed(small, id), id);
    assert.equal(linkNamed(small, 'cluster:prod>switch:nowhere'), undefined);
    const one = { ...small, links: small.links.filter(({ from }) => from === 'host:prod/esx-01') };
    const [link] = one.links.filter(({ to }) => to === 'switch:tor-a');
    assert.equal(linkNamed(one, id), link?.id, 'a bundle of one is that link');
  });
});

describe('a link in the picture', () => {
  const layout = layoutGraph(small, { level: 'card', layer: 'all' });
  const link = first(small, 'uplink');

  test('is hit on its way and a little beside it, alone on its stub, with the others on what they share', () => {
    const area = linkArea(small, layout, link.id);
    assert.ok(area);
    const [x, y] = [area.x + area.w / 2, area.y + area.h / 2];
    for (const beside of [0, 5, -5]) assert.equal(linkAt(small, layout, x + beside, y, 6), link.id);
    assert.equal(linkAt(small, layout, -30, y, 6), undefined);
    const bundle = linkArea(small, layout, 'cluster:prod>switch:tor-a');
    assert.ok(bundle);
    const there = linkAt(small, layout, bundle.x + bundle.w / 2, bundle.y + bundle.h / 2, 6);
    assert.equal(there, 'cluster:prod>switch:tor-a');
  });

  test('is hit by the words beside it', () => {
    const slot = layout.labels.find(({ links }) => links.length === 4);
    assert.ok(slot);
    const x = slot.anchor === 'end' ? slot.x - 10 : slot.x + 10;
    assert.match(linkAt(small, layout, x, slot.y - 3, 1) ?? '', /^cluster:prod>/);
  });

  test('has a place at every level, its own or that of its nearer end', () => {
    for (const graph of [small, estateGraph(), thousandGraph()]) {
      const one = first(graph, 'uplink');
      for (const level of LEVELS) {
        const at = layoutGraph(graph, { level, layer: 'all' });
        assert.ok(placeOf(graph, at, 'cpu', one.id), `${graph.name} ${level}`);
      }
    }
  });

  test('is marked along its whole way when it is selected, focused, hovered or the text cursor is in it', () => {
    const marks = { measure: 'cpu' as const };
    const bare = drawOverlay(small, layout, marks, 1).length;
    for (const mark of ['selected', 'focused', 'hovered', 'caret'] as const) {
      const items = drawOverlay(small, layout, { ...marks, [mark]: link.id }, 1);
      const way = waysOf(small, layout, link.id)[0]?.[0];
      assert.ok(items.length > bare, mark);
      assert.ok(
        items.some((item) => item.t === 'path' && item.d.includes(`M${way?.x} ${way?.y}`)),
        mark,
      );
    }
  });
});

describe('links as things', () => {
  const over = first(small, 'uplink').id;
  const badge: Badge = { errors: 1, warnings: 0, infos: 0, findings: ['over'] };
  const note = { key: 'over', rule: 'uplinks-overloaded', severity: 'error' as const, message: 'too much', fixes: [] };
  const bad: TopologyGraph = {
    ...small,
    links: small.links.map((l) => (l.id === over ? { ...l, badge } : l)),
    findings: [...small.findings, note],
  };

  test('can be selected, bundles included, and stay so over an answer', () => {
    const answer = (graph: TopologyGraph, revision: number) =>
      ({ type: 'answer', answer: { type: 'graph', revision, version: revision, graph, routes: [] } }) as const;
    let version = 1;
    let state = reduce(INITIAL, answer(small, version));
    for (const id of [first(small, 'uplink').id, 'cluster:prod>switch:tor-a']) {
      assert.ok(isThing(small, id));
      state = reduce(state, { type: 'select', node: id });
      state = reduce(state, answer(smallGraph(), ++version));
      assert.equal(state.selected, id);
    }
    const without = reduce(state, answer({ ...small, links: [] }, ++version));
    assert.equal(without.selected, undefined);
    assert.equal(caretNode({ ...state, caret: 'cluster:prod>switch:tor-a' }), 'cluster:prod>switch:tor-a');
  });

  test('show what was found on them; a bundle each finding once', () => {
    assert.equal(thingCalled(bad, over)?.badge?.errors, 1);
    assert.deepEqual(thingCalled(bad, 'cluster:prod>switch:tor-a')?.badge, badge);
    assert.match(linkThingWords(bad, over), /^uplink .* · 1 error$/);
  });

  test('are found by their kind alone, so that the name of a host finds the host', () => {
    assert.ok(ids(small, 'esx-01').every((id) => !id.includes('nic')));
    assert.equal(ids(small, 'kind:link').length, small.links.length);
    assert.deepEqual(
      ids(small, 'kind:uplink esx-01'),
      small.links.filter((l) => l.kind === 'uplink' && l.from === 'host:prod/esx-01').map((l) => l.id),
    );
    assert.equal(ids(small, 'kind:trunk').length, small.links.filter((l) => l.kind === 'trunk').length);
    assert.deepEqual(ids(bad, 'kind:link severity:error'), [over]);
    assert.equal(find(small, 'kind:trunk').shown.has('switch:core'), true, 'both ends stay lit');
  });

  test('a line between sites has a name, and is found by it', () => {
    const thousand = thousandGraph();
    const wan = first(thousand, 'wan');
    assert.ok(wan.name && ids(thousand, wan.name).includes(wan.id));
    assert.deepEqual(
      ids(thousand, 'kind:wan'),
      thousand.links.filter((l) => l.kind === 'wan').map((l) => l.id),
    );
  });

  test('stand in the table under their nearer end, lines between sites at the end', () => {
    const open = new Map([
      ['host:prod/esx-01', true],
      ['switch:tor-a', true],
    ]);
    const rows = outlineOf(small, { folds: open, query: '', sort: undefined }).entries.map(({ id }) =>
      rowOf(small, id),
    );
    const names = rows.map(({ name }) => name);
    assert.equal(names[names.indexOf('tor-a') + 1], 'tor-a to core');
    const uplink = rows.find(({ name }) => name === 'esx-01 to tor-a');
    assert.equal(uplink?.kind, 'uplink');
    assert.match(uplink?.figures.network?.text ?? '', /%|\?/);
    const thousand = thousandGraph();
    const top = outlineOf(thousand, { folds: new Map(), query: '', sort: undefined }).entries.filter(
      (e) => e.level === 1,
    );
    assert.equal(rowOf(thousand, top.at(-1)?.id ?? '').kind, 'WAN line');
  });

  test('are gone to from a node: a host has its own, a cluster its bundles, a VM those of its host', () => {
    const host = linksOf(small, 'host:prod/esx-01');
    assert.deepEqual(
      host,
      small.links.filter((l) => l.from === 'host:prod/esx-01').map((l) => l.id),
    );
    assert.deepEqual(linksOf(small, 'vm:cart-1'), host);
    assert.ok(linksOf(small, 'cluster:prod').includes('cluster:prod>switch:tor-a'));
    const tor = linksOf(small, 'switch:tor-a');
    assert.ok(tor.includes('cluster:prod>switch:tor-a') && tor.some((id) => id.includes('core')));
    assert.equal(tor.length, 2);
  });
});
