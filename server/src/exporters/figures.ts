import { formatPrefix } from '../base/addresses.ts';
import { failoverResult } from '../capacity/absorption.ts';
import { clusterUse } from '../capacity/cluster.ts';
import { type Figure, statedFigure } from '../capacity/figure.ts';
import { headroom } from '../capacity/headroom.ts';
import { hostSupply } from '../capacity/host.ts';
import { cpuDemandOn, hostUse } from '../capacity/load.ts';
import { arrayUse, datastoreUse } from '../capacity/storage.ts';
import { subnetsOf } from '../capacity/subnets.ts';
import { networkUse } from '../capacity/uplinks.ts';
import { demandStated, vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';

/** Figures of a thing by a word that stays the same; those that are not known are left out. */
export function figuresOf(entity: Entity): ReadonlyMap<string, Figure> {
  const found = READERS[entity.kind]?.(entity) ?? {};
  return new Map(Object.entries(found).filter((entry): entry is [string, Figure] => entry[1] !== undefined));
}

type Figures = Readonly<Record<string, Figure | undefined>>;

const READERS: Readonly<Record<string, (entity: Entity) => Figures>> = {
  host: (host) => {
    const { cpu, memory, vcpuRatio } = hostUse(host);
    const supply = hostSupply(host);
    return { cpuSupply: supply.cpu, memorySupply: supply.memory, cpu, memory, vcpuRatio, network: networkUse(host) };
  },
  cluster: (cluster) => {
    const { cpuSupply, memorySupply, cpuShare, memoryShare, vcpuRatio } = clusterUse(cluster);
    const afterLoss = failoverResult(cluster)?.afterLoss;
    return {
      cpuSupply,
      memorySupply,
      cpu: cpuShare,
      memory: memoryShare,
      vcpuRatio,
      afterLoss,
      room: headroom(cluster)?.count,
    };
  },
  network: (network) =>
    Object.fromEntries(
      subnetsOf(network).map(({ subnet, share, available }) => [
        `addresses ${formatPrefix(subnet.prefix)}`,
        share ?? available,
      ]),
    ),
  datastore: (store) => {
    const { capacity, used, share, promised } = datastoreUse(store);
    return { capacity, used, space: share, promised };
  },
  array: ofArray,
  pool: ofArray,
  vm: (vm) => {
    const facts = vmFacts(vm);
    const props = propsOf(vm);
    const stated = (label: string, word: string, unit: Figure['unit']) => {
      const number = props.number(word);
      return number && statedFigure(label, unit, number);
    };
    const { host } = placementOf(vm);
    const cpu = cpuDemandOn(facts, host ? hostSupply(host).clock : undefined, 0);
    return {
      vcpu: stated('vCPU', 'vcpu', 'vCPU'),
      memory: stated('memory', 'memory', 'size'),
      cpu: asked(vm, 'CPU demand', 'frequency', cpu, ['cpu']),
      sent: asked(vm, 'sent, peak', 'rate', facts.tx, ['tx', 'net']),
      received: asked(vm, 'received, peak', 'rate', facts.rx, ['rx', 'net']),
      iops: asked(vm, 'IOPS', 'IOPS', facts.iops, ['iops']),
      disks: asked(vm, 'disks', 'size', facts.provisioned, []),
    };
  },
};

function ofArray(array: Entity): Figures {
  const { share, demand, limit, usable, promised, allocated, filled } = arrayUse(array);
  return { iops: share, iopsDemand: demand, iopsLimit: limit, usable, given: promised ?? allocated, written: filled };
}

/** A figure of a VM: as its demand states it, or reckoned from that. */
function asked(
  vm: Entity,
  label: string,
  unit: Figure['unit'],
  value: number | undefined,
  clauses: readonly string[],
): Figure | undefined {
  if (value === undefined) return undefined;
  const number = clauses.map((clause) => demandStated(vm, clause)).find((one) => one !== undefined);
  if (!number) return { label, unit, value, origin: 'derived', isAtLeast: false };
  return { ...statedFigure(label, unit, number), value };
}
