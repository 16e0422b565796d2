import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { describe } from '../../server/src/topology/scene/describe.ts';
import { linkThingWords } from './cables.ts';
import { describeVm } from './pointer.ts';
import { thingCalled } from './things.ts';

/** A node, VM or link for somebody who hears it. */
export function wordsOf(graph: TopologyGraph | undefined, id: string): string {
  const thing = graph && thingCalled(graph, id);
  if (graph && thing?.links) return linkThingWords(graph, id).replaceAll(' · ', ', ');
  return thing?.node ? describe(thing.node) : thing?.vm ? describeVm(thing.vm) : '';
}
