import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { clusterUse, failoverDemand, lostHosts } from './cluster.ts';
import { hostSupply } from './host.ts';
import { reservedMemoryOn, runningOn } from './load.ts';
import {
  DEFAULT_SLOT_CPU,
  dedicatedFailover,
  percentageReserve,
  type ResourceReserve,
  type SlotCaps,
  type SlotCount,
  type SlotVm,
  slotFailover,
} from './models/admission-control.ts';
import { vmFacts } from './vm.ts';

/** What must be free for each VM on a host, or in a pool, to start: its reservations. */
const reservationsOn = derive((holder: Entity): readonly SlotVm[] => {
  const { hypervisor } = hostSupply(holder);
  return runningOn(holder).map((vm) => ({
    cpu: propsOf(vm).clauseNumber('reserve', 'cpu')?.value ?? 0,
    memory: reservedMemoryOn(vmFacts(vm), hypervisor),
  }));
});

/** How HA judges a cluster whose `failover` is kept by a share or by slots of reservations. */
export interface Admission {
  readonly stated: Stated;
  /** Hosts that may fail; undefined where a share is stated. */
  readonly failures: number | undefined;
  readonly verdict:
    | {
        readonly by: 'percent';
        readonly cpu: ResourceReserve | undefined;
        readonly memory: ResourceReserve | undefined;
      }
    | { readonly by: 'slots'; readonly slots: SlotCount; readonly caps: SlotCaps; readonly vms: readonly SlotVm[] };
}

/** Undefined where `failover` is kept in another way, or a figure is not known. */
export const admissionOf = derive((cluster: Entity): Admission | undefined => {
  const demand = failoverDemand(cluster);
  if (!demand || demand.kind === 'none' || (demand.by !== 'percent' && demand.by !== 'slots')) return undefined;
  const { stated } = demand;
  const { hosts } = clusterUse(cluster);
  const capacities = hosts.map((host) => ({
    cpu: hostSupply(host).cpu?.value,
    memory: hostSupply(host).memory?.value,
  }));
  const vms = [...hosts, cluster].flatMap(reservationsOn);
  const lost = demand.kind === 'percent' ? [] : lostHosts(cluster, hosts, demand.kind, demand.count);
  const failures = demand.kind === 'percent' ? undefined : lost.length;
  if (demand.by === 'slots') {
    const caps = { cpu: clauseNumber(stated, 'slot-cpu')?.value, memory: clauseNumber(stated, 'slot-memory')?.value };
    const slots = failures === undefined ? undefined : slotFailover(capacities, vms, caps);
    return slots && { stated, failures, verdict: { by: 'slots', slots, caps, vms } };
  }
  const reserve = (pick: (one: SlotVm) => number | undefined, least: number) => {
    const known = vms.map(pick);
    if (known.some((value) => value === undefined)) return undefined;
    const used = known.reduce<number>((sum, value) => sum + Math.max(least, value ?? 0), 0);
    const found = percentageReserve(capacities.map(pick), used, failures ?? 0);
    if (!found || demand.kind !== 'percent') return found;
    return { reserve: demand.share, free: found.free, isEnough: found.free >= demand.share - 1e-9 };
  };
  const cpu = reserve((one) => one.cpu, DEFAULT_SLOT_CPU);
  const memory = reserve((one) => one.memory, 0);
  return cpu || memory ? { stated, failures, verdict: { by: 'percent', cpu, memory } } : undefined;
});

/** A host that is to be kept empty for failover, and what is wrong with it. */
export interface UnfitSpare {
  readonly host: Entity;
  readonly vms: readonly Entity[];
  /** What it has less of than another host of the cluster. */
  readonly lacks: 'CPU' | 'memory' | undefined;
  /** The host that has more. */
  readonly larger: Entity | undefined;
}

/** The hosts of a cluster that are kept empty for failover: those that are not fit for it, and how many are. */
export const sparesOf = derive((cluster: Entity): { readonly ready: number; readonly unfit: readonly UnfitSpare[] } => {
  const { hosts, spares } = clusterUse(cluster);
  const figures = (host: Entity, isDedicated: boolean) => ({
    cpu: hostSupply(host).cpu?.value,
    memory: hostSupply(host).memory?.value,
    isDedicated,
    vms: runningOn(host).length,
  });
  const unfit: UnfitSpare[] = [];
  for (const host of spares) {
    const vms = runningOn(host);
    const lacking = (['cpu', 'memory'] as const).flatMap((what) => {
      const own = hostSupply(host)[what]?.value;
      const larger = hosts.find((other) => (hostSupply(other)[what]?.value ?? 0) > (own ?? 0) * (1 + 1e-9));
      return own !== undefined && larger ? [{ what, larger }] : [];
    });
    const [first] = lacking;
    if (vms.length === 0 && !first) continue;
    const lacks = first && (first.what === 'cpu' ? 'CPU' : 'memory');
    unfit.push({ host, vms, lacks, larger: first?.larger });
  }
  const judged = dedicatedFailover([
    ...hosts.map((host) => figures(host, false)),
    ...spares.map((host) => figures(host, true)),
  ]);
  return { ready: judged?.ready ?? spares.length - unfit.length, unfit };
});
