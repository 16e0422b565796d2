import type { Cable } from '../../capacity/cables.ts';
import { replicationLoad } from '../../capacity/copies.ts';
import type { Figure } from '../../capacity/figure.ts';
import type { Entity } from '../../design/declaration.ts';
import { policyFor } from '../../design/policy.ts';
import type { Gauge, Thresholds } from '../graph.ts';
import { gaugeFrom } from './gauges.ts';
import { limitsAt } from './limits.ts';

/** The limits that a load on a cable is judged by; undefined for trunks, whose load is no more than an upper bound. */
export function cableLimits({ kind, from, to }: Cable): Thresholds | undefined {
  if (kind === 'trunk') return undefined;
  const limits = limitsAt(to.kind === 'array' && from.kind === 'switch' ? to : from);
  return kind === 'uplink' ? limits.network : limits.storage;
}

/** The load of a cable of a host or an array. */
export function cableGauge(cable: Cable): Gauge | undefined {
  const limits = cableLimits(cable);
  return limits && gaugeFrom(cable.use, limits);
}

/** Above these nothing is judged: all that comes from below goes up only at worst. */
const CALM: Thresholds = { warn: 1, err: Number.POSITIVE_INFINITY };

/** The load of a trunk, always calm. */
export function trunkGauge(use: Figure | undefined): Gauge | undefined {
  const gauge = gaugeFrom(use, CALM);
  return gauge && (gauge.share > 1 ? { ...gauge, class: 'calm3' } : gauge);
}

export function wanLimits(wan: Entity): Thresholds {
  const policy = policyFor(wan, 'replication-lags');
  const warn = policy.warn?.value ?? 0.5;
  return { warn, err: Math.max(warn, policy.error?.value ?? 1) };
}

/** What replication takes of a link between sites, on average. */
export const wanGauge = (wan: Entity): Gauge | undefined => gaugeFrom(replicationLoad(wan)?.share, wanLimits(wan));
