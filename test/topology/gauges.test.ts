import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  classify,
  DEFAULT_THRESHOLDS,
  type Gauge,
  gaugeOf,
  type HostNode,
  type TopologyGraph,
} from '../../server/src/topology/graph.ts';
import type { Layer } from '../../server/src/topology/layout/metrics.ts';
import { bar, overload, promise, shareText } from '../../server/src/topology/scene/gauge.ts';
import { boxAt } from '../../server/src/topology/scene/hit.ts';
import type { Item, Rect } from '../../server/src/topology/scene/scene.ts';
import { stripTreemap } from '../../server/src/topology/scene/treemap.ts';
import { graphOfText } from './designs.ts';
import { estateGraph } from './graphs/estate.ts';
import { smallGraph } from './graphs/small.ts';
import { thousandGraph } from './graphs/thousand.ts';
import { draw, groupOf, PICTURES, WIDEST } from './support.ts';

const T = DEFAULT_THRESHOLDS.cpu;
const gauge = (share: number): Gauge => gaugeOf(share * 100, 100, T);
const LINE = 60;
const at = { x: 10, y: 0, line: LINE, h: 8, picked: true };

const fills = (items: readonly Item[], token: string): Rect[] =>
  items.filter((i): i is Rect => i.t === 'rect' && i.fill === token);
const right = (items: readonly Rect[]): number => Math.max(...items.map((r) => r.x + r.w));

describe('load bars', () => {
  test('a load below capacity fills its share of the way to the line', () => {
    const [fill] = fills(bar(gauge(0.5), at, WIDEST), 'calm2');
    assert.equal(fill?.x, 10);
    assert.equal(fill?.w, 30);
  });

  test('an overload of x % reaches x % right of the line', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.001, max: 1.2, noNaN: true }), (share) => {
        const striped = right(fills(bar(gauge(share), at, WIDEST), 'stripes'));
        assert.ok(Math.abs(striped - (10 + LINE * share)) < 0.02, `${share}: ${striped}`);
      }),
    );
  });

  test('past 120 % the bar ends with the scale and is cut twice', () => {
    const items = overload(70, 0, 8, 1.63, LINE, false, WIDEST);
    assert.equal(right(fills(items, 'stripes')), 70 + 0.2 * LINE);
    assert.equal(items.filter((i) => i.t === 'path').length, 2);
    assert.equal(shareText(gauge(1.63)), '163\u202f%');
  });

  test('the failover reserve ends at the line and is as wide as what must stay free', () => {
    const [hatch] = fills(bar({ ...gauge(0.5), reserve: 0.25 }, at, WIDEST), 'hatch');
    assert.equal(hatch?.w, 15);
    assert.equal((hatch?.x ?? 0) + (hatch?.w ?? 0), 70);
  });

  test('what is not stated is dotted and empty; what is assumed is pale with a sign', () => {
    const unknown = bar(gaugeOf(0, 0, T, 'unknown'), at, WIDEST);
    assert.ok(unknown.every((i) => i.t === 'text' || i.fill === undefined));
    assert.ok(unknown.some((i) => i.t === 'rect' && i.dash !== undefined));
    const assumed = gaugeOf(46, 100, T, 'assumed');
    assert.ok(bar(assumed, at, WIDEST).some((i) => i.t === 'rect' && i.opacity !== undefined && i.opacity < 1));
    assert.equal(shareText(assumed), '≈46\u202f%');
    assert.equal(shareText(gaugeOf(16, 100, T, 'atLeast')), '≥16\u202f%');
    assert.equal(shareText(undefined), '?');
  });

  test('what is over capacity never reads as 100 %', () => assert.equal(shareText(gauge(1.0004)), '101\u202f%'));

  test('a promise beyond what the policy allows is red', () => {
    const promised = (share: number): Item | undefined =>
      promise({ ...gauge(0.5), promised: share, promisedLimit: 1.5 }, 10, 10, LINE)[0];
    const strokeOf = (i: Item | undefined): string | undefined => (i?.t === 'path' ? i.stroke : undefined);
    assert.equal(strokeOf(promised(1.4)), 'wire');
    assert.equal(strokeOf(promised(1.6)), 'critical');
  });

  test('classes: calm in thirds of the warning, over only beyond capacity', () => {
    assert.deepEqual(
      [0, 0.25, 0.26, 0.5, 0.51, 0.74, 0.75, 0.89, 0.9, 1, 1.01].map((s) => classify(s, T)),
      ['calm1', 'calm1', 'calm2', 'calm2', 'calm3', 'calm3', 'warning', 'warning', 'critical', 'critical', 'over'],
    );
  });
});

describe('tanks', () => {
  test('the area of a cell is its weight, whatever the weights, and cells keep their order', () => {
    const weights = fc.array(fc.double({ min: 0.0001, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(weights, (list) => {
        const cells = stripTreemap(list, 90, 45);
        const area = cells.reduce((s, c) => s + (c.to - c.from) * (c.bottom - c.top), 0);
        const load = list.reduce((s, w) => s + w, 0);
        assert.ok(Math.abs(area - load) <= load * 0.01, `${area} for ${load}`);
        assert.deepEqual(
          cells.flatMap((c) => range(c.first, c.last)),
          range(0, list.length - 1),
        );
      }),
    );
  });

  test('a single cell that is large enough to see has exactly its area', () => {
    const list = [0.2, 0.1, 0.3, 0.05, 0.15];
    for (const c of stripTreemap(list, 90, 45)) {
      if (c.first !== c.last) continue;
      assert.ok(Math.abs((c.to - c.from) * (c.bottom - c.top) - (list[c.first] ?? 0)) < 1e-9);
    }
  });

  test('in a tile the front of the cells is the load of the host', () => {
    const graph = estateGraph();
    const { layout, scene } = draw(graph, { level: 'tile', layer: 'all' });
    for (const host of hostsOf(graph)) {
      const cpu = host.gauges.cpu;
      if (!cpu || cpu.state === 'unknown') continue;
      const box = layout.boxes.find((b) => b.id === host.id);
      const line = Math.floor((((box?.w ?? 0) - 16) * 5) / 6);
      const tank = groupOf(scene, host.id).items.filter(
        (i) => i.t === 'path' && i.fill !== undefined && i.fill !== 'track',
      );
      const front = Math.max(...tank.flatMap((i) => (i.t === 'path' ? ends(i.d, (box?.y ?? 0) + 68.5) : [])));
      const wanted = (box?.x ?? 0) + 8 + Math.min(1.2, cpu.share) * line;
      assert.ok(Math.abs(front - wanted) <= 1, `${host.name}: ${front}, not ${wanted}`);
    }
  });
});

describe('trouble', () => {
  test('no class from warning up stands without a badge beside it', () => {
    for (const [name, graph] of PICTURES) {
      const { scene } = draw(graph, { level: 'card', layer: 'all' });
      for (const group of scene.groups) {
        const colours = group.items.flatMap((i) => (i.t === 'text' ? [i.fill] : [i.fill, i.stroke]));
        const loud = colours.some(
          (c) => c === 'warning' || c === 'critical' || c === 'ink-warning' || c === 'ink-critical',
        );
        const badge = colours.some((c) => c === 'warning-icon' || c === 'error-icon');
        // A wire is named by the badge of its label; a port strip by the badge of its switch.
        if (loud && !group.key.startsWith('wire:') && !group.key.startsWith('switch:'))
          assert.ok(badge, `${name}: ${group.key}`);
      }
    }
  });

  test('colour is spent on trouble only: a calm estate has neither amber nor red', () => {
    const calm = JSON.parse(JSON.stringify(smallGraph())) as TopologyGraph;
    const quiet = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const node = value as Record<string, unknown>;
      if (node.class !== undefined && typeof node.share === 'number')
        Object.assign(node, { share: 0.3, class: 'calm2' });
      delete node.badge;
      for (const v of Object.values(node)) quiet(v);
    };
    quiet(calm);
    for (const level of ['square', 'tile', 'card'] as const) {
      const { scene } = draw(calm, { level, layer: 'all' });
      const loud = scene.groups
        .flatMap((g) => g.items)
        .filter((i) =>
          [i.fill, i.t === 'text' ? undefined : i.stroke].some((c) => /warning|critical|rim|stripes/.test(c ?? '')),
        );
      assert.deepEqual(loud, []);
    }
  });

  test('squares are merged: a thousand hosts are a few elements for each cluster', () => {
    const graph = thousandGraph();
    const { scene } = draw(graph, { level: 'square', layer: 'all' });
    const elements = scene.groups.reduce((n, g) => n + g.items.length, 0);
    assert.ok(elements < 1_000, `${elements} elements`);
  });
});

describe('devices far out', () => {
  const graph = graphOfText(
    `site s {}
network web { vlan 1 }
switch tor-[a,b] at s { ports 4 x 10 Gbps }
array vmax at s { datastore gold-1 { capacity 10 TiB }; datastore gold-2 { capacity 10 TiB } }
cluster c at s {
  mount gold-1
  vswitch v { uplink nic1 to tor-a; carries web }
  host h { cpu 1 x 8 cores 2 GHz; memory 64 GiB; nic nic1 10 Gbps; runs v1 }
}
vm v1 { vcpu 1; memory 1 GiB; disk 9.5 TiB on gold-1; nic web; demand net 9 Gbps }
`,
  );
  const words = (layer: Layer): string[] =>
    draw(graph, { level: 'square', layer })
      .scene.groups.filter((g) => g.key.endsWith('/switches') || g.key.startsWith('array:'))
      .flatMap((g) => g.items.flatMap((i) => (i.t === 'text' ? [i.text] : [])));

  test('a heading says the highest load, and that others are not known', () => {
    assert.deepEqual(words('all'), ['switches', 'max ≥90\u202f%', 'vmax', 'max ≥95\u202f%']);
  });

  test('each layer has its own', () => {
    assert.deepEqual(words('network'), ['switches', 'max ≥90\u202f%']);
    assert.deepEqual(words('storage'), ['vmax', 'max ≥95\u202f%']);
    assert.deepEqual(words('compute'), []);
  });

  test('a square is filled to its load, dotted where that is not known, and can be pointed at', () => {
    const { scene, layout } = draw(graph, { level: 'square', layer: 'storage' });
    const full = layout.boxes.find((b) => b.id === 'datastore:vmax/gold-1');
    const items = groupOf(scene, 'array:vmax')?.items ?? [];
    assert.ok(full);
    const red = items.find((i) => i.t === 'path' && i.fill === 'critical');
    assert.ok(red?.t === 'path' && red.d.includes(`M${full.x} ${full.y}h14.25`), JSON.stringify(red));
    assert.equal(items.filter((i) => i.t === 'path' && i.dash === '2 2').length, 1);
    assert.equal(boxAt(layout, full.x + 5, full.y + 5)?.id, full.id);
  });
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const hostsOf = (graph: TopologyGraph): HostNode[] => graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts));

/** Right ends of the rectangles in path data that stand above `below`. */
function ends(d: string, below: number): number[] {
  return [...d.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z/g)].flatMap((m) =>
    Number(m[2]) < below ? [Number(m[1]) + Number(m[3])] : [],
  );
}
