import elk, { type ELK, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { BlockProblem, RoutedBlock } from './block.ts';
import type { Point } from './layout-types.ts';
import { simplify } from './tiers.ts';

/** Layers from top to bottom, links at right angles, everything in the order of the text. Coordinates are whole pixels. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.mergeEdges': 'true',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'true',
  'elk.layered.spacing.nodeNodeBetweenLayers': '22',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '7',
  'elk.layered.spacing.edgeNodeBetweenLayers': '10',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '7',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

const FOOT = { 'elk.layered.layering.layerConstraint': 'LAST' };

let engine: ELK | undefined;

/** Places and routes a block. Takes as long as it takes: run it where it can be stopped. @throws what the engine throws. */
export async function solveBlock(problem: BlockProblem): Promise<RoutedBlock> {
  engine ??= new elk.default();
  const graph: ElkNode = {
    id: 'block',
    layoutOptions: OPTIONS,
    // Names stay here; the engine sees numbers.
    children: problem.nodes.map((n, i) => ({
      id: `n${i}`,
      width: n.w,
      height: n.h,
      ...(n.foot ? { layoutOptions: FOOT } : {}),
    })),
    edges: problem.edges.map((e, i) => ({
      id: `e${i}`,
      sources: [`n${problem.nodes.findIndex((n) => n.id === e.from)}`],
      targets: [`n${problem.nodes.findIndex((n) => n.id === e.to)}`],
    })),
  };
  const placed = await engine.layout(graph);
  const nodes = (placed.children ?? []).map((c, i) => {
    const n = problem.nodes[i];
    return { id: n?.id ?? '', x: Math.round(c.x ?? 0), y: Math.round(c.y ?? 0), w: n?.w ?? 0, h: n?.h ?? 0 };
  });
  const edges = (placed.edges ?? []).map((e, i) => {
    const own = problem.edges[i];
    const path = (e.sections ?? []).flatMap((s) => [s.startPoint, ...(s.bendPoints ?? []), s.endPoint].map(whole));
    return { from: own?.from ?? '', to: own?.to ?? '', links: own?.links ?? [], path: simplify(path) };
  });
  return { w: Math.ceil(placed.width ?? 0), h: Math.ceil(placed.height ?? 0), nodes, edges };
}

const whole = (p: Point): Point => ({ x: Math.round(p.x), y: Math.round(p.y) });
