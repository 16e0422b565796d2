import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { propsOf } from '../design/things.ts';
import { vmGrowth } from './growth.ts';
import { hostSupply } from './host.ts';
import { cpuDemandOn, memoryDemandOn, runningOn } from './load.ts';
import type { GrowingPart, Growth } from './models/growth.ts';
import { vmFacts } from './vm.ts';

/** What running VMs ask for, in the parts that grow in one way. Bases are in base units, of the day of evaluation. */
export interface GrowingLoad {
  readonly cpu: readonly GrowingPart[];
  readonly memory: readonly GrowingPart[];
  readonly vcpus: readonly GrowingPart[];
}

interface Part {
  base: number;
  each: Growth | undefined;
  count: Growth | undefined;
}

/** The parts of a load, by how they grow: few, however many VMs there are. The hypervisor's overhead of memory is taken to grow with it. */
export function growingLoadOf(
  vms: readonly Entity[],
  clock: number | undefined,
  hypervisor: string | undefined,
  overhead: number | undefined,
): GrowingLoad {
  const [cpu, memory, vcpus] = [new Map<string, Part>(), new Map<string, Part>(), new Map<string, Part>()];
  for (const vm of vms) {
    const facts = vmFacts(vm);
    const count = vmGrowth(vm, 'vms', facts.statesGrowth);
    const plain = cpuDemandOn(facts, clock, 0);
    const demand = cpuDemandOn(facts, clock, overhead);
    const factor = plain && demand ? demand / plain : 1;
    addTo(cpu, demand, scaled(vmGrowth(vm, 'cpu', facts.statesGrowth), factor), count);
    addTo(memory, memoryDemandOn(facts, hypervisor), vmGrowth(vm, 'memory', facts.statesGrowth), count);
    addTo(vcpus, facts.vcpus, undefined, count);
  }
  return { cpu: [...cpu.values()], memory: [...memory.values()], vcpus: [...vcpus.values()] };
}

/** The load of a host, in its growing parts. */
export const growingLoad = derive((host: Entity): GrowingLoad => {
  const { clock, hypervisor } = hostSupply(host);
  return growingLoadOf(runningOn(host), clock, hypervisor, propsOf(host).number('cpu-overhead')?.value);
});

/** Loads of several holders as one, with parts that grow alike taken together. */
export function growingTogether(loads: readonly GrowingLoad[]): GrowingLoad {
  const all = (pick: (load: GrowingLoad) => readonly GrowingPart[]) => {
    const found = new Map<string, Part>();
    for (const load of loads) for (const { base, each, count } of pick(load)) addTo(found, base, each, count);
    return [...found.values()];
  };
  return { cpu: all((load) => load.cpu), memory: all((load) => load.memory), vcpus: all((load) => load.vcpus) };
}

function addTo(
  parts: Map<string, Part>,
  base: number | undefined,
  each: Growth | undefined,
  count: Growth | undefined,
): void {
  if (base === undefined) return;
  // Amounts add up; shares must be the same.
  const key = `${each?.kind === 'linear' ? 'linear' : each?.perMonth} ${count?.kind} ${count?.perMonth}`;
  const part = parts.get(key);
  if (!part) {
    parts.set(key, { base, each, count });
    return;
  }
  part.base += base;
  if (each?.kind === 'linear' && part.each)
    part.each = { kind: 'linear', perMonth: part.each.perMonth + each.perMonth };
}

function scaled(growth: Growth | undefined, factor: number): Growth | undefined {
  return growth?.kind === 'linear' ? { kind: 'linear', perMonth: growth.perMonth * factor } : growth;
}
