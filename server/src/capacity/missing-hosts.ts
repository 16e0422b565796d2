import type { Entity } from '../design/declaration.ts';
import type { Absorption } from './absorption.ts';
import { clusterUse, type FailoverDemand, liveHosts } from './cluster.ts';
import { hostSupply } from './host.ts';

/** How many further hosts like the last one that runs make up for what a cluster has too little of; undefined if that is not known. */
export function hostsFor(
  cluster: Entity,
  missing: number,
  supply: (host: Entity) => number | undefined,
): number | undefined {
  const like = liveHosts(cluster).at(-1);
  const each = like && supply(like);
  return each !== undefined && each > 0 ? Math.max(1, Math.ceil(missing / each - 1e-9)) : undefined;
}

/**
 * Further hosts like the last one with which the rest of a cluster takes in a loss, by totals of CPU and memory; of a loss that is a share of
 * the cluster, a further host brings only the rest of itself. 1 where room is only scattered; undefined if it is not known what a host brings.
 */
export function hostsMissing(
  cluster: Entity,
  { left }: Absorption,
  demand: FailoverDemand | undefined,
): number | undefined {
  const use = clusterUse(cluster);
  const kept = demand?.kind === 'percent' ? 1 - demand.share : 1;
  let most: number | undefined = 1;
  for (const key of ['cpu', 'memory'] as const) {
    const [load, supply] = [use[key], left[key]];
    if (!load || !supply || load.value <= supply.value) continue;
    const count = hostsFor(cluster, load.value - supply.value, (host) => {
      const each = hostSupply(host)[key]?.value;
      return each === undefined ? undefined : each * kept;
    });
    most = count === undefined || most === undefined ? undefined : Math.max(most, count);
  }
  return most;
}
