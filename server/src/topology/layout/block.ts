import type { Link, SwitchNode } from '../graph.ts';
import { coreHeight } from './devices.ts';
import type { Point } from './layout-types.ts';

/**
 * The one part of a site where links have to be placed and routed: switches above the ones that hosts are on (spines, cores, what is outside).
 * The switches below take part as feet, a narrow node each, in their order from left to right.
 */
export interface BlockProblem {
  readonly nodes: readonly { readonly id: string; readonly w: number; readonly h: number; readonly foot: boolean }[];
  /** From the upper node to the lower one. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly links: readonly string[] }[];
}

export interface RoutedBlock {
  readonly w: number;
  readonly h: number;
  readonly nodes: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly links: readonly string[];
    readonly path: readonly Point[];
  }[];
}

/** Routed blocks by site id. */
export type Routes = ReadonlyMap<string, RoutedBlock>;

/** Answers with `undefined` when it took too long or failed: tiers of our own stand in then. */
export interface LinkRouter {
  route(problem: BlockProblem): Promise<RoutedBlock | undefined>;
}

const CORE_W = 160;

/** The block of a site, or nothing where rows with rails are clearer: a single core, or cores that all lead to the same switches. */
export function blockProblem(
  cores: readonly SwitchNode[],
  feet: readonly string[],
  links: readonly Link[],
): BlockProblem | undefined {
  const known = new Map(cores.map((c) => [c.id, c]));
  const low = new Set(feet);
  const edges = new Map<string, { from: string; to: string; links: string[] }>();
  for (const link of links) {
    if (link.kind !== 'trunk' || !known.has(link.to) || !(known.has(link.from) || low.has(link.from))) continue;
    const key = `${link.to}>${link.from}`;
    const edge = edges.get(key) ?? { from: link.to, to: link.from, links: [] };
    edges.set(key, edge);
    edge.links.push(link.id);
  }
  const touched = new Set([...edges.values()].flatMap((e) => [e.from, e.to]));
  const lower = new Map<string, string[]>(cores.map((c) => [c.id, []]));
  for (const e of edges.values()) lower.get(e.from)?.push(e.to);
  const shapes = new Set([...lower.values()].map((list) => list.toSorted().join(' ')));
  const tiered = [...edges.values()].some((e) => known.has(e.to));
  if (cores.length < 2 || edges.size < 3 || (!tiered && shapes.size === 1)) return undefined;
  return {
    nodes: [
      ...cores.map((c) => ({ id: c.id, w: CORE_W, h: coreHeight(c), foot: false })),
      ...feet.filter((id) => touched.has(id)).map((id) => ({ id, w: 24, h: 6, foot: true })),
    ],
    edges: [...edges.values()],
  };
}

/** The structure of a problem without its names: equal keys have equal solutions. */
export function structureKey(problem: BlockProblem): string {
  const index = new Map(problem.nodes.map((n, i) => [n.id, i]));
  return JSON.stringify([
    problem.nodes.map((n) => [n.w, n.h, n.foot ? 1 : 0]),
    problem.edges.map((e) => [index.get(e.from), index.get(e.to)]),
  ]);
}

/** A solution of one problem put on the names of another of the same structure. */
export function rename(block: RoutedBlock, from: BlockProblem, to: BlockProblem): RoutedBlock {
  const names = new Map(from.nodes.map((n, i) => [n.id, to.nodes[i]?.id ?? n.id]));
  const name = (id: string): string => names.get(id) ?? id;
  return {
    ...block,
    nodes: block.nodes.map((n) => ({ ...n, id: name(n.id) })),
    edges: block.edges.map((e, i) => ({
      ...e,
      from: name(e.from),
      to: name(e.to),
      links: to.edges[i]?.links ?? e.links,
    })),
  };
}
