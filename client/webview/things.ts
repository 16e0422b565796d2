import { badgeOver, bundlesOf, linkName } from '../../server/src/topology/bundles.ts';
import {
  type Badge,
  indexGraph,
  type Link,
  type TopologyGraph,
  type TopologyNode,
  UNPLACED_ID,
  type VmCell,
} from '../../server/src/topology/graph.ts';

/** A node of the picture, a VM in one, a link, or a bundle of links: whatever can be selected. */
export interface Thing {
  readonly id: string;
  readonly name: string;
  readonly kind: TopologyNode['kind'] | 'vm' | 'link' | 'bundle';
  readonly badge: Badge | undefined;
  readonly owner: number | undefined;
  readonly node: TopologyNode | undefined;
  readonly vm: VmCell | undefined;
  /** Of a link itself, of a bundle its members. */
  readonly links?: readonly Link[];
  /** What it stands in; of a link the nearer of its ends, of a line between sites nothing. */
  readonly parent: string | undefined;
}

const known = new WeakMap<TopologyGraph, ReadonlyMap<string, Thing>>();

/** All things of a graph by id, in the order of the graph: containers before what they contain, links last. Built once for a graph. */
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
  for (const link of graph.links) {
    const { id, badge, owner, kind, from } = link;
    const parent = kind === 'wan' ? undefined : from;
    things.set(id, { ...NO_NODE, id, name: linkName(graph, link), kind: 'link', badge, owner, links: [link], parent });
  }
  known.set(graph, things);
  return things;
}

const NO_NODE = { node: undefined, vm: undefined } as const;

const bundles = new WeakMap<TopologyGraph, Map<string, Thing>>();

/** A thing by its id, bundles of links included: they are drawn and selected, and are nothing beside their members. */
export function thingCalled(graph: TopologyGraph, id: string): Thing | undefined {
  const own = thingsOf(graph).get(id);
  if (own) return own;
  const known = bundles.get(graph) ?? new Map<string, Thing>();
  bundles.set(graph, known);
  const before = known.get(id);
  const bundle = before ? undefined : bundlesOf(graph).get(id);
  if (!bundle) return before;
  const { from, links } = bundle;
  const made: Thing = {
    ...NO_NODE,
    id,
    name: linkName(graph, bundle),
    kind: 'bundle',
    badge: badgeOver(graph, links),
    owner: undefined,
    links,
    parent: from,
  };
  known.set(id, made);
  return made;
}

/** Whether the id is of something that can be selected. */
export const isThing = (graph: TopologyGraph, id: string): boolean =>
  id === UNPLACED_ID || thingCalled(graph, id) !== undefined;

/** Where a thing stands, from the outside in: `seattle, prod`. */
export function pathOf(graph: TopologyGraph, id: string): string {
  const things = thingsOf(graph);
  const names: string[] = [];
  for (let up = things.get(id)?.parent; up !== undefined; up = things.get(up)?.parent)
    names.unshift(things.get(up)?.name ?? 'without a place');
  return names.join(', ');
}
