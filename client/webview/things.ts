import {
  type Badge,
  indexGraph,
  type TopologyGraph,
  type TopologyNode,
  UNPLACED_ID,
  type VmCell,
} from '../../server/src/topology/graph.ts';

/** A node of the picture or a VM in one: whatever can be found, selected and listed. */
export interface Thing {
  readonly id: string;
  readonly name: string;
  readonly kind: TopologyNode['kind'] | 'vm';
  readonly badge: Badge | undefined;
  readonly owner: number | undefined;
  readonly node: TopologyNode | undefined;
  readonly vm: VmCell | undefined;
  /** What it stands in. */
  readonly parent: string | undefined;
}

const known = new WeakMap<TopologyGraph, ReadonlyMap<string, Thing>>();

/** All things of a graph by id, in the order of the graph: containers before what they contain. Built once for a graph. */
export function thingsOf(graph: TopologyGraph): ReadonlyMap<string, Thing> {
  const before = known.get(graph);
  if (before) return before;
  const things = new Map<string, Thing>();
  const { nodes, parents } = indexGraph(graph);
  const addVm = (vm: VmCell, parent: string): void => {
    const { id, name, badge, owner } = vm;
    things.set(id, { id, name, kind: 'vm', badge, owner, node: undefined, vm, parent });
  };
  for (const node of nodes.values()) {
    const { id, name, kind, badge, owner } = node;
    things.set(id, { id, name, kind, badge, owner, node, vm: undefined, parent: parents.get(id) });
    const vms = node.kind === 'host' ? node.vms : node.kind === 'cluster' ? node.pool : [];
    for (const vm of vms) addVm(vm, id);
  }
  for (const vm of graph.unplaced) addVm(vm, UNPLACED_ID);
  known.set(graph, things);
  return things;
}

/** Whether the id is of something that can be selected. */
export const isThing = (graph: TopologyGraph, id: string): boolean => id === UNPLACED_ID || thingsOf(graph).has(id);

/** Where a thing stands, from the outside in: `seattle, prod`. */
export function pathOf(graph: TopologyGraph, id: string): string {
  const things = thingsOf(graph);
  const names: string[] = [];
  for (let up = things.get(id)?.parent; up !== undefined; up = things.get(up)?.parent)
    names.unshift(things.get(up)?.name ?? 'without a place');
  return names.join(', ');
}
