import { failoverDemand, lossDomains } from '../../capacity/cluster.ts';
import { carriesLoad, isFailoverHost } from '../../capacity/host.ts';
import { hostLoad, runningOn } from '../../capacity/load.ts';
import { lossesOf, singleLosses } from '../../capacity/models/failover.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Reserve } from '../problem.ts';
import type { Tables } from './estate.ts';

/** Of several hosts that fail at once this many combinations are looked at, those of the busiest hosts: as the rule does. */
const MOST_LOSSES = 100;

/** Measures that a loss is judged by. */
const JUDGED = (key: string) => key === 'CPU' || key === 'memory';

/**
 * The losses that a cluster has to survive, as its `failover` says: what runs on the lost hosts has to find room on the
 * others. Nothing where it names a share, or has a pool: then totals decide, which moves do not change.
 */
export function reservesOf(
  cluster: Entity,
  { problem }: Tables,
  hosts: readonly Entity[],
  losesOneHost: boolean,
): readonly Reserve[] {
  const demand = failoverDemand(cluster) ?? (losesOneHost ? ({ kind: 'hosts', count: 1 } as const) : undefined);
  if (!demand || demand.kind === 'none' || demand.kind === 'percent' || runningOn(cluster).length > 0) return [];
  const live = hosts.filter((host) => carriesLoad(host));
  const working = live.filter((host) => !isFailoverHost(host));
  const losses = lossesIn(working, demand);
  if (losses.length === 0) return [];
  const indexOf = new Map(hosts.map((host, index) => [host, index]));
  const indices = (list: readonly Entity[]) => Int32Array.from(list, (host) => indexOf.get(host) ?? -1);
  const { length } = problem.resources;
  const limit = Float64Array.from(problem.hosts.capacity, (capacity, at) =>
    capacity > 0 && JUDGED(problem.resources[at % length]?.key ?? '') ? capacity : Number.POSITIVE_INFINITY,
  );
  const what = demand.count === 1 ? `one ${demand.kind.slice(0, -1)}` : `${demand.count} ${demand.kind}`;
  return [
    { label: `the loss of ${what} of ${cluster.name}`, hosts: indices(live), losses: losses.map(indices), limit },
  ];
}

function lossesIn(
  hosts: readonly Entity[],
  { kind, count }: { readonly kind: 'hosts' | 'racks' | 'sites'; readonly count: number },
): readonly (readonly Entity[])[] {
  if (hosts.length <= count) return [];
  if (kind !== 'hosts') return lossDomains(hosts, kind, count);
  const named = (indices: readonly number[]) => indices.flatMap((index) => hosts[index] ?? []);
  if (count === 1) return singleLosses(hosts.length).map(named);
  const loads = hosts.map((host) => hostLoad(host).memory?.value ?? hostLoad(host).cpu?.value ?? 0);
  return lossesOf(loads, count, MOST_LOSSES).losses.map(named);
}
