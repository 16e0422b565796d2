import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Box, Layout } from '../../server/src/topology/layout/layout-types.ts';
import type { Layer, Level } from '../../server/src/topology/layout/metrics.ts';
import { designsIn } from './designs.ts';
import { STRANGE } from './strange-designs.ts';

/** How much of its height is empty below all that stands in a frame; nothing of one that holds nothing. */
function emptyBelow(layout: Layout, frame: Box): number {
  const inside = layout.boxes.filter((b) => b.parent === frame.id);
  if (inside.length === 0) return 0;
  return (frame.y + frame.h - Math.max(...inside.map((b) => b.y + b.h))) / frame.h;
}

const VIEWS: readonly (readonly [Level, Layer])[] = [
  ['card', 'all'],
  ['card', 'storage'],
  ['tile', 'all'],
];

const hostsOf = (graph: TopologyGraph): number =>
  graph.sites.reduce((sum, { clusters }) => sum + clusters.reduce((n, c) => n + c.hosts.length, 0), 0);
const DESIGNS = [...designsIn('examples'), ...STRANGE].filter(([, graph]) => hostsOf(graph) < 300);

describe('a picture has no frames that are mostly empty', () => {
  for (const [level, layer] of VIEWS) {
    test(`${level}, ${layer}`, () => {
      for (const [name, graph] of DESIGNS) {
        const layout = layoutGraph(graph, { level, layer });
        for (const frame of layout.boxes) {
          if (frame.h < 130 || !['site', 'array', 'pool'].includes(frame.kind)) continue;
          const empty = emptyBelow(layout, frame);
          assert.ok(empty < 0.45, `${name}: ${Math.round(empty * 100)} % of ${frame.id} is empty`);
        }
      }
    });
  }

  test('a head office with forty branches is no field of lanes', () => {
    const [, graph] = STRANGE.find(([name]) => name.startsWith('forty branches')) ?? [];
    assert.ok(graph);
    const layout = layoutGraph(graph, { level: 'tile', layer: 'all' });
    const sites = layout.boxes.filter(({ kind }) => kind === 'site').reduce((sum, b) => sum + b.w * b.h, 0);
    assert.ok(sites > 0.4 * layout.width * layout.height);
    const rail = layout.wires.find(({ spokes }) => spokes.length > 30);
    assert.ok(rail?.hub === 'site:s1' && rail.joints.length > 30);
    assert.equal(new Set(layout.labels.flatMap(({ links }) => links)).size, 40);
  });
});
