import type { HostNode, Link } from '../graph.ts';

/** VLANs of a cluster are lanes that the risers of its hosts cross: so far apart, at most so many, and one line more for the rest. */
export const LANE = 27;
export const MOST_LANES = 8;

/** Where the lanes stand in a box of lanes of this height, from its `top` on. */
export const lanesAt = (top: number, height: number): readonly number[] =>
  Array.from({ length: Math.floor((height - 10) / LANE) }, (_, i) => top + 20 + i * LANE);

/** Networks on links and at hosts, by their index in the graph, in its order. */
export function networksOn(links: readonly Link[], hosts: readonly HostNode[] = []): readonly number[] {
  const found = new Set<number>();
  for (const { carries = [], lacks = [] } of links) for (const network of [...carries, ...lacks]) found.add(network);
  for (const { carries = [] } of hosts) for (const network of carries) found.add(network);
  return [...found].sort((a, b) => a - b);
}

/** Height of the lanes above a row of hosts; it follows from how many networks there are, not from which. */
export function lanesHeight(links: readonly Link[], hosts: readonly HostNode[]): number {
  const count = networksOn(
    links.filter(({ kind }) => kind === 'uplink'),
    hosts,
  ).length;
  return count === 0 ? 0 : Math.min(count, MOST_LANES) * LANE + (count > MOST_LANES ? 14 : 0) + 10;
}
