import { replicationLoad } from '../../capacity/copies.ts';
import { type Figure, isAssumed } from '../../capacity/figure.ts';
import { pathCapacity } from '../../capacity/models/storage-paths.ts';
import { arrayPortCapacity, pathTraffic, storagePaths } from '../../capacity/san.ts';
import { arrayUse } from '../../capacity/storage.ts';
import type { Entity } from '../../design/declaration.ts';
import { policyFor } from '../../design/policy.ts';
import { propsOf } from '../../design/things.ts';
import { type Gauge, type GaugeState, gaugeOf } from '../graph.ts';
import { gaugeFrom } from './gauges.ts';
import { limitsAt } from './limits.ts';

/** Disk traffic of a host on some of its storage ports: it is spread evenly over all paths, as the rules reckon it. */
export function pathGauge(host: Entity, to: Entity, ports: readonly string[]): Gauge | undefined {
  const all = storagePaths(host);
  const traffic = pathTraffic(host);
  const whole = all && pathCapacity(all);
  const own = pathCapacity((all ?? []).filter((path) => path.to === to && ports.includes(path.port)));
  if (!traffic || !whole || !own) return undefined;
  return gaugeOf((traffic.value / whole) * own, own, limitsAt(host).storage, stateOf(traffic));
}

/** What VMs move to and from an array, on some of its front-end ports. `rate`: of all of these, bit/s. */
export function frontGauge(array: Entity, front: Entity, rate: number): Gauge | undefined {
  const { throughput } = arrayUse(array);
  const whole = arrayPortCapacity(array)?.value;
  const isFibre = propsOf(front).word('type') === 'fc';
  const own = pathCapacity([{ rate, kind: isFibre ? 'fibre-channel' : 'ethernet' }]);
  if (!throughput || !whole || !own) return undefined;
  return gaugeOf((throughput.value / whole) * own, own, limitsAt(array).storage, stateOf(throughput));
}

/** What replication takes of a link between sites, on average. */
export function wanGauge(wan: Entity): Gauge | undefined {
  const policy = policyFor(wan, 'replication-lags');
  const warn = policy.warn?.value ?? 0.5;
  return gaugeFrom(replicationLoad(wan)?.share, { warn, err: Math.max(warn, policy.error?.value ?? 1) });
}

const stateOf = (figure: Figure): GaugeState =>
  figure.isAtLeast ? 'atLeast' : isAssumed(figure) ? 'assumed' : 'stated';

/** A cable from a switch to one nearer to the core. */
export interface Trunk {
  readonly from: Entity;
  readonly to: Entity;
  /** bit/s of all members; 0 where it is not stated. */
  readonly rate: number;
}

/**
 * Load of trunks: everything that comes into a switch from below is assumed to leave it upward, spread over its trunks by their rate. What
 * stays below is not known, so it is no more than this, and judged by nothing.
 */
export function trunkGauges(
  trunks: readonly Trunk[],
  below: (device: Entity) => readonly Gauge[],
): ReadonlyMap<Trunk, Gauge> {
  const upward = new Map<Entity, Trunk[]>();
  const downward = new Map<Entity, Trunk[]>();
  for (const trunk of trunks) {
    upward.set(trunk.from, [...(upward.get(trunk.from) ?? []), trunk]);
    downward.set(trunk.to, [...(downward.get(trunk.to) ?? []), trunk]);
  }
  const sums = new Map<Entity, number | undefined>();
  const partOf = (trunk: Trunk): number | undefined => {
    const all = upward.get(trunk.from) ?? [];
    const rate = all.reduce((sum, { rate: own }) => sum + own, 0);
    const load = all.every(({ rate: own }) => own > 0) ? sumOf(trunk.from) : undefined;
    return load === undefined ? undefined : (load * trunk.rate) / rate;
  };
  const sumOf = (device: Entity): number | undefined => {
    if (sums.has(device)) return sums.get(device);
    // Of switches in a circle none is known.
    sums.set(device, undefined);
    const own = below(device);
    const parts = [
      ...own.map((gauge) => (gauge.state === 'unknown' ? undefined : gauge.value)),
      ...(downward.get(device) ?? []).map(partOf),
    ];
    const known = parts.filter((part) => part !== undefined);
    const sum = known.length > 0 ? known.reduce((a, b) => a + b, 0) : undefined;
    sums.set(device, sum);
    return sum;
  };
  const found = new Map<Trunk, Gauge>();
  for (const trunk of trunks) {
    const value = partOf(trunk);
    if (value === undefined) continue;
    const share = value / trunk.rate;
    const calm = share > 2 / 3 ? 'calm3' : share > 1 / 3 ? 'calm2' : 'calm1';
    found.set(trunk, { value, capacity: trunk.rate, share, state: 'assumed', class: calm });
  }
  return found;
}
