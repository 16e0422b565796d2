import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Box } from '../../server/src/topology/layout/layout-types.ts';
import { drawOverlay } from '../../server/src/topology/scene/overlay.ts';
import { smallGraph } from './graphs/small.ts';

describe('a search', () => {
  const graph = smallGraph();
  const layout = layoutGraph(graph, { level: 'card', layer: 'all' });
  /** Boxes that a veil lies on when these nodes were found. */
  const faded = (...found: readonly string[]): readonly string[] => {
    const ids = new Set(found);
    const [veil] = drawOverlay(graph, layout, { measure: 'cpu', found: { shown: ids, ids } }, 1);
    assert.ok(veil?.t === 'path');
    const isUnder = (b: Box): boolean => veil.d.includes(`M${b.x - 1} ${b.y - 1}h${b.w + 2}`);
    return layout.boxes.filter(isUnder).map(({ id }) => id);
  };

  test('fades what was not found, frames with nothing found in them as well', () => {
    const rest = faded('host:prod/esx-02');
    for (const id of ['host:prod/esx-01', 'switch:tor-a', 'array:vmax', 'datastore:vmax/gold-1'])
      assert.ok(rest.includes(id), id);
    for (const id of ['host:prod/esx-02', 'cluster:prod', 'site:seattle']) assert.ok(!rest.includes(id), id);
  });

  test('leaves what stands in something that was found', () => {
    assert.ok(!faded('cluster:prod').includes('host:prod/esx-01'));
    assert.ok(!faded('array:vmax').some((id) => id.startsWith('datastore:')));
    assert.ok(faded('array:vmax').includes('cluster:prod'));
  });

  /** Whether a point of the picture is under the veil of a wire. */
  const isFaint = (x: number, y: number, shown: readonly string[], ids = shown): boolean => {
    const found = { shown: new Set(shown), ids: new Set(ids) };
    return drawOverlay(graph, layout, { measure: 'cpu', found }, 1).some(
      (item) =>
        item.t === 'path' &&
        item.opacity === 0.7 &&
        item.stroke !== undefined &&
        [...item.d.matchAll(/M(\S+) (\S+)([HV])([^M]+)/g)].some(([, ax, ay, way, to]) => {
          const [left, top] = [Number(ax), Number(ay)];
          return way === 'H' ? y === top && x >= left && x <= Number(to) : x === left && y >= top && y <= Number(to);
        }),
    );
  };
  const wire = layout.wires.find((w) => w.inside === 'cluster:prod' && w.spokes.length === 4);
  assert.ok(wire);
  const stub = (host: string) => {
    const way = wire.spokes.find(({ id }) => id === host)?.path.slice(-2);
    const [a, b] = way ?? [];
    assert.ok(a && b);
    return [b.x, (a.y + b.y) / 2] as const;
  };

  test('fades wires that lead to nothing that was found, and leaves the way to what was', () => {
    const [one, two] = [stub('host:prod/esx-01'), stub('host:prod/esx-02')];
    assert.ok(!isFaint(...two, ['host:prod/esx-02']));
    assert.ok(isFaint(...one, ['host:prod/esx-02']));
    // Where both run together it stays.
    const [start] = wire.spokes[0]?.path ?? [];
    assert.ok(start && !isFaint(start.x, start.y + 2, ['host:prod/esx-02']));
    assert.ok(!isFaint(...one, ['switch:tor-a', 'switch:tor-b', 'fabric:san-a', 'fabric:san-b', 'array:vmax']));
    assert.ok(isFaint(...one, ['datastore:vmax/gold-1']));
  });

  test('for links fades all others, also those at their ends', () => {
    const [id = ''] = wire.spokes.find((s) => s.id === 'host:prod/esx-02')?.links ?? [];
    const ends = ['host:prod/esx-02', wire.hub];
    assert.ok(!isFaint(...stub('host:prod/esx-02'), ends, [id]));
    assert.ok(isFaint(...stub('host:prod/esx-01'), ends, [id]));
  });
});
