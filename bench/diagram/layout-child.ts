/**
 * Lays the estate out with one engine in a process of its own, so that none finds the machine warmed up by another:
 * `node layout-child.ts vdc|elk|graphviz <hosts>`. Prints as JSON how many
 * milliseconds of computing each took: layout waits for nothing, and what else the machine does is not counted.
 */
import process from 'node:process';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { type LayoutCache, layoutGraph } from '../../server/src/topology/layout/layout.ts';
import type { Layout } from '../../server/src/topology/layout/layout-types.ts';
import type { Level } from '../../server/src/topology/layout/metrics.ts';
import { estateGraph } from './estate.ts';
import { flatten, toDot } from './flat.ts';

/** Milliseconds: of the first layout, and of layouts after an edit in one cluster: a host more, and a load that changed. */
export interface LayoutTimes {
  readonly first: number;
  readonly grown: number;
  readonly same: number;
}

const [engine = '', count = '0'] = process.argv.slice(2);
const hosts = Number(count);

const timed = async (run: () => unknown): Promise<number> => {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

async function vdc(): Promise<Record<string, LayoutTimes>> {
  const rounds = 12;
  const graphs = Array.from({ length: rounds }, (_, i) => estateGraph(hosts, i + 1));
  const result: Record<string, LayoutTimes> = {};
  // The first level that is laid out pays for code that has not run yet, as it does when a panel opens.
  for (const level of ['square', 'tile', 'card', 'open'] satisfies Level[]) {
    const before = estateGraph(hosts);
    const cache: LayoutCache = new Map();
    let previous: Layout | undefined;
    const lay = (graph: TopologyGraph) => {
      previous = layoutGraph(graph, { level, layer: 'all', cache, previous });
    };
    const first = await timed(() => lay(before));
    const grown: number[] = [];
    const same: number[] = [];
    for (const graph of graphs) {
      grown.push(await timed(() => lay(graph)));
      const again = { ...graph };
      same.push(await timed(() => lay(again)));
    }
    result[level] = { first, grown: median(grown.slice(2)), same: median(same.slice(2)) };
  }
  return result;
}

async function elk(): Promise<number> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const { nodes, edges } = flatten(estateGraph(hosts));
  const graph = {
    id: 'root',
    layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'DOWN', 'elk.edgeRouting': 'ORTHOGONAL' },
    children: nodes.map(({ id, w, h }) => ({ id, width: w, height: h })),
    edges: edges.map(({ from, to }, i) => ({ id: `e${i}`, sources: [from], targets: [to] })),
  };
  const made = new Elk.default();
  return timed(() => made.layout(graph));
}

async function graphviz(): Promise<number> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const dot = toDot(flatten(estateGraph(hosts)));
  const made = await Graphviz.load();
  return timed(() => made.layout(dot, 'plain', 'dot'));
}

const answer = engine === 'vdc' ? await vdc() : engine === 'elk' ? await elk() : await graphviz();
process.stdout.write(JSON.stringify(answer));
