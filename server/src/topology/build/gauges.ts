import { type Figure, isAssumed } from '../../capacity/figure.ts';
import { classify, type Gauge, type GaugeState, type Thresholds } from '../graph.ts';

/**
 * A gauge from a share of a load over what carries it, in base units. Only the load decides whether it is assumed: what carries it nearly always
 * rests on some default of ours.
 */
export function gaugeFrom(share: Figure | undefined, thresholds: Thresholds): Gauge | undefined {
  const [load, supply] = share?.inputs ?? [];
  if (!share || !load || !supply) return undefined;
  const state: GaugeState = share.isAtLeast ? 'atLeast' : isAssumed(load) ? 'assumed' : 'stated';
  return {
    value: load.value,
    capacity: supply.value,
    share: share.value,
    state,
    class: classify(share.value, thresholds),
  };
}

/** Nothing is known of the load. */
export const unknownGauge = (capacity = 0): Gauge => ({
  value: 0,
  capacity,
  share: 0,
  state: 'unknown',
  class: 'calm1',
});

/** Nothing is asked of it. */
export const idleGauge = (capacity: number): Gauge => ({
  value: 0,
  capacity,
  share: 0,
  state: 'stated',
  class: 'calm1',
});

/** Loads over capacities of several nodes together; members that are not known make it a lower bound. */
export function sumGauges(gauges: readonly (Gauge | undefined)[], thresholds: Thresholds): Gauge | undefined {
  const known = gauges.filter((g): g is Gauge => g !== undefined && g.state !== 'unknown');
  const capacity = known.reduce((sum, g) => sum + g.capacity, 0);
  if (capacity <= 0) return gauges.length > 0 ? unknownGauge() : undefined;
  const value = known.reduce((sum, g) => sum + g.value, 0);
  const share = value / capacity;
  const state: GaugeState =
    known.length < gauges.length || known.some((g) => g.state === 'atLeast')
      ? 'atLeast'
      : known.some((g) => g.state === 'assumed')
        ? 'assumed'
        : 'stated';
  return { value, capacity, share, state, class: classify(share, thresholds) };
}
