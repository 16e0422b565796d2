import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import type { Routes } from '../../server/src/topology/layout/block.ts';
import { solveBlock } from '../../server/src/topology/layout/elk.ts';
import { blockProblems, layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Box, Layout } from '../../server/src/topology/layout/layout-types.ts';
import { type Layer, LEVELS, type Level, type Overrides } from '../../server/src/topology/layout/metrics.ts';
import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { type Scene, text } from '../../server/src/topology/scene/scene.ts';
import { faceOf } from '../../server/src/topology/text.ts';
import { random } from '../support/random.ts';
import { randomTopology } from '../support/random-topology.ts';
import { designsIn, graphOfText, REFERENCE, workbookGraph } from './designs.ts';
import { faultsOf } from './faults.ts';
import { STRANGE } from './strange-designs.ts';
import { PICTURES } from './support.ts';

/** The widest common face, and one as narrow as most interface faces. */
const FACES = [1, 0.84];

interface How {
  readonly levels?: readonly Level[];
  readonly layers?: readonly Layer[];
  readonly faces?: readonly number[];
  readonly overrides?: Overrides;
}

/** Blocks as the engine routes them. */
async function routesOf(graph: TopologyGraph): Promise<Routes> {
  const routes = new Map();
  for (const [site, problem] of blockProblems(graph)) routes.set(site, await solveBlock(problem));
  return routes;
}

/** Draws a graph in each way, and fails with what is wrong with the first picture that is not right. */
async function look(name: string, graph: TopologyGraph, how: How = {}): Promise<void> {
  const isLarge = graph.sites.flatMap((s) => s.clusters.flatMap((c) => c.hosts)).length > 300;
  const { levels = LEVELS, layers = ['all'], faces = isLarge ? [1] : FACES, overrides } = how;
  const routes = await routesOf(graph);
  // What the engine routes can come late: the picture must hold without it, too.
  for (const blocks of routes.size > 0 ? [routes, undefined] : [undefined]) {
    for (const level of levels) {
      for (const layer of layers) {
        const extra = { ...(blocks ? { routes: blocks } : {}), ...(overrides ? { overrides } : {}) };
        const layout = layoutGraph(graph, { level, layer, ...extra });
        for (const em of faces) {
          const face = { contrast: false, face: faceOf(em) };
          const scene = drawScene(graph, layout, { measure: level === 'card' ? 'memory' : 'cpu', look: face });
          for (const fault of faultsOf(graph, layout, scene, em))
            assert.fail(`${name}, ${level}, ${layer}${blocks ? ', routed' : ''}, face ${em}: ${fault}`);
        }
      }
    }
  }
}

const LAYERS: readonly Layer[] = ['compute', 'network', 'storage'];

describe('no text overlaps, is cut or crosses a line; no link passes over a node; all stand in what holds them', () => {
  test('in the pictures that people see first, and in random ones', async () => {
    for (const [name, graph] of PICTURES) {
      await look(name, graph);
      await look(name, graph, { levels: ['square', 'tile', 'card'], layers: LAYERS, faces: [1] });
    }
  });

  test('in every example', async () => {
    const examples = designsIn('examples');
    assert.ok(examples.length > 15);
    for (const [name, graph] of examples) {
      await look(name, graph);
      await look(name, graph, { levels: ['chip', 'card', 'open'], layers: LAYERS, faces: [1] });
    }
  });

  test('in designs that are strange: nothing in them, or far too much of one kind', async () => {
    for (const [name, graph] of STRANGE) {
      await look(name, graph);
      await look(name, graph, { levels: ['chip', 'tile', 'card'], layers: LAYERS, faces: [1] });
    }
  });

  test('in the designs beside the project, where they are', { skip: !REFERENCE && 'they are not there' }, async () => {
    for (const [name, graph] of designsIn(REFERENCE ?? ''))
      await look(name, graph, { levels: ['square', 'tile', 'card'], faces: [1] });
  });

  test('in random topologies', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const graph = graphOfText(randomTopology(seed));
      await look(`topology ${seed}`, graph);
      await look(`topology ${seed}`, graph, { levels: ['label', 'card'], layers: LAYERS, faces: [1] });
    }
  });

  test('with one host, with a site of 600 hosts, with eighteen sites', async () => {
    await look('one host', graphOfText('host a { cpu 1 x 8 cores 2 GHz; memory 64 GiB }'), {
      layers: ['all', ...LAYERS],
    });
    await look('nothing', graphOfText(''), { layers: ['all', ...LAYERS] });
    await look('600 hosts', graphOfText(largeSite(600)), { faces: [1] });
    await look('eighteen sites', graphOfText(randomTopology(5, { sites: 18, hosts: 4 })), { faces: [1] });
  });

  test('in an estate of 805 VMs', async (t) => {
    const graph = await workbookGraph();
    if (!graph) return t.skip('the sample workbook is not there');
    await look('workbook', graph, { layers: ['all', ...LAYERS], faces: [1] });
  });

  test('whatever is collapsed or expanded', async () => {
    for (let seed = 1; seed <= 16; seed++) {
      const graph = seed % 2 === 0 ? graphOfText(randomTopology(seed)) : (PICTURES[seed]?.[1] as TopologyGraph);
      const overrides = randomOverrides(graph, seed);
      await look(`overrides ${seed}`, graph, { overrides, faces: [1] });
    }
  });
});

/** One cluster of many hosts in racks of sixteen. */
function largeSite(hosts: number): string {
  const racks = Math.ceil(hosts / 16);
  const lines = [
    `site big {}`,
    `rack r[01..${racks}] at big { height 42 U }`,
    'switch tor-[a,b] at big { ports 48 x 10 Gbps }',
  ];
  lines.push('cluster c at big {', '  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b }');
  for (let h = 0; h < hosts; h++) {
    const rack = `r${String(1 + Math.floor(h / 16)).padStart(2, '0')}`;
    lines.push(
      `  host h${h} at ${rack} { cpu 2 x 16 cores 2 GHz; memory 512 GiB; nic nic[1..2] 10 Gbps; runs v${h}-[1..9] }`,
    );
    lines.push(`vm v${h}-[1..9] { vcpu 2; memory 8 GiB; demand cpu 40 % }`);
  }
  const inside = lines.filter((l) => !l.startsWith('vm '));
  return [...inside, '}', ...lines.filter((l) => l.startsWith('vm '))].join('\n');
}

function randomOverrides(graph: TopologyGraph, seed: number): Overrides {
  const { next } = random(seed);
  const overrides = new Map<string, 'collapsed' | 'expanded'>();
  const put = (id: string, share: number, states: readonly ('collapsed' | 'expanded')[]): void => {
    if (next() < share) overrides.set(id, states[Math.floor(next() * states.length)] ?? 'collapsed');
  };
  for (const site of graph.sites) {
    put(site.id, 0.1, ['collapsed']);
    for (const array of site.arrays) put(array.id, 0.3, ['collapsed']);
    for (const cluster of site.clusters) {
      put(cluster.id, 0.5, ['collapsed', 'expanded', 'expanded']);
      put(`${cluster.id}/pool`, 0.3, ['expanded']);
      for (const host of cluster.hosts) put(host.id, 0.2, ['expanded']);
    }
  }
  return overrides;
}

describe('the check itself', () => {
  const graph = PICTURES[0]?.[1] as TopologyGraph;
  const layout = layoutGraph(graph, { level: 'card', layer: 'all' });
  const scene = drawScene(graph, layout, { measure: 'cpu', look: { contrast: false, face: faceOf(1) } });
  const faults = (l: Layout, s: Scene = scene): string => [...faultsOf(graph, l, s, 1)].join('\n');
  const moved = (id: string, by: Partial<Box>): Layout => ({
    ...layout,
    boxes: layout.boxes.map((b) => (b.id === id ? { ...b, ...by } : b)),
  });
  const written = (key: string, x: number, y: number, words: string): Scene => ({
    ...scene,
    groups: scene.groups.map((g) =>
      g.key === key ? { ...g, items: [...g.items, text(g.x + x, g.y + y, words, 11, 'text')] } : g,
    ),
  });
  const HOST = 'host:prod/esx-01';

  test('finds nothing in a picture that is right', () => assert.equal(faults(layout), ''));

  test('finds nodes on each other, outside of what holds them, and under a link', () => {
    const second = layout.boxes.find((b) => b.id === 'host:prod/esx-02') as Box;
    assert.match(faults(moved(HOST, { x: second.x - 20 })), /overlap/);
    assert.match(faults(moved(HOST, { x: 0 })), /leaves/);
    const array = layout.boxes.find((b) => b.kind === 'array') as Box;
    assert.match(faults(moved(array.id, { y: array.y - 60, h: array.h + 60 })), /passes over/);
  });

  test('finds words on words, on a line, and beyond their node', () => {
    assert.match(faults(layout, written(HOST, 14, 24, 'on the name')), /overlap/);
    assert.match(faults(layout, written(HOST, 130, 90, 'over the edge')), /leaves/);
    const { x = 0, y = 0 } = layout.wires.find((w) => w.inside)?.spokes[0]?.path[1] ?? {};
    const frame = scene.groups.find((g) => g.key === 'cluster:prod');
    assert.match(
      faults(layout, written('cluster:prod', x - (frame?.x ?? 0) - 4, y - (frame?.y ?? 0), 'wire')),
      /is crossed by/,
    );
  });
});
