import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { isVacated } from '../design/placement.ts';
import { countsPoweredOff } from '../design/policy.ts';
import { propsOf } from '../design/things.ts';
import { derivedFigure, type Figure, type Origin, SummedFigure } from './figure.ts';
import { hostSupply } from './host.ts';
import { DEFAULT_CPU_OVERHEAD, IO_HEAVY_CPU_OVERHEAD } from './models/cpu.ts';
import { vmMemoryOverhead } from './models/host-memory.ts';
import { type Residents, residentsOf, residentsWhere, sameResidents } from './residents.ts';
import { type VmFacts, vmFacts } from './vm.ts';

/** VMs that take CPU and memory of a host, or of the pool of a cluster, now. */
export const runningOn = derive((holder: Entity): readonly Entity[] => runningResidents(holder).vms, sameList);

/** The same with what is known of each. */
export const runningResidents = derive((holder: Entity): Residents => {
  const withOff = countsPoweredOff(holder);
  return residentsWhere(
    residentsOf(holder),
    ({ exists, state }) => exists && (state === 'on' || (withOff && (state === 'off' || state === 'suspended'))),
  );
}, sameResidents);

/** What VMs together ask of a host. A sum over VMs of which some state nothing is at least what it says. */
export interface Load {
  readonly vms: readonly Entity[];
  readonly vcpus: Figure | undefined;
  /** Hz, with the hypervisor's overhead. */
  readonly cpu: Figure | undefined;
  /** Bytes configured, with the hypervisor's overhead per VM. */
  readonly memory: Figure | undefined;
  /** Bytes in use. */
  readonly activeMemory: Figure | undefined;
  /** Bytes reserved, with overhead. */
  readonly reservedMemory: Figure | undefined;
  /** bit/s. */
  readonly tx: Figure | undefined;
  readonly rx: Figure | undefined;
  readonly iops: Figure | undefined;
  /** bit/s of disk traffic. */
  readonly throughput: Figure | undefined;
}

/**
 * CPU that one VM asks for on a host of this clock, Hz: demand × (1 + overhead of the hypervisor). A demand in percent is one of vCPU × clock
 * (common practice). Undefined if nothing states it.
 */
export function cpuDemandOn(
  facts: VmFacts,
  clock: number | undefined,
  overhead: number | undefined,
  peak?: string,
): number | undefined {
  const at = peak === undefined ? undefined : facts.peaks.find((candidate) => candidate.window === peak);
  const { cpu, cpuShare } = at && (at.cpu !== undefined || at.cpuShare !== undefined) ? at : facts;
  const plain =
    cpu ??
    (cpuShare !== undefined && facts.vcpus !== undefined && clock !== undefined
      ? cpuShare * facts.vcpus * clock + facts.addedCpu
      : undefined);
  return plain === undefined ? undefined : plain * (1 + (overhead ?? overheadOf(facts)));
}

function overheadOf(facts: VmFacts): number {
  return facts.isIoHeavy ? IO_HEAVY_CPU_OVERHEAD : DEFAULT_CPU_OVERHEAD;
}

/** Memory that one VM takes of a host, bytes. ESXi needs some more for each VM; no figure is known for other hypervisors. */
export function memoryDemandOn(facts: VmFacts, hypervisor: string | undefined): number | undefined {
  if (facts.memory === undefined) return undefined;
  if (hypervisor !== 'esxi') return facts.memory;
  return facts.memory + (vmMemoryOverhead(facts.memory, facts.vcpus ?? 1) ?? 0);
}

/** Memory that must be free for one VM to start, bytes: its reservation, 0 without one, and the overhead of ESXi. */
export function reservedMemoryOn(facts: VmFacts, hypervisor: string | undefined): number | undefined {
  const reserved = facts.reservedMemory ?? 0;
  if (hypervisor !== 'esxi') return reserved;
  const overhead = vmMemoryOverhead(facts.memory, facts.vcpus ?? 1);
  return overhead === undefined ? undefined : reserved + overhead;
}

/** What the VMs on a host ask of it now. */
export const hostLoad = derive((host: Entity): Load => {
  const supply = hostSupply(host);
  const overhead = propsOf(host).number('cpu-overhead')?.value;
  return loadOfResidents(runningResidents(host), supply.clock, supply.hypervisor, overhead, host);
});

/** What VMs ask for together, on hosts of the given clock and hypervisor. */
export function loadOf(
  vms: readonly Entity[],
  clock: number | undefined,
  hypervisor: string | undefined,
  overhead: number | undefined,
): Load {
  return loadOfResidents({ vms, facts: vms.map(vmFacts) }, clock, hypervisor, overhead);
}

function loadOfResidents(
  { vms, facts }: Residents,
  clock: number | undefined,
  hypervisor: string | undefined,
  overhead: number | undefined,
  host?: Entity,
): Load {
  const total = (what: Summand) => sumOver(vms, facts, what);
  const isEsxi = hypervisor === 'esxi';
  const cpu = total({
    label: 'CPU demand',
    unit: 'frequency',
    formula: 'Σ demand × (1 + hypervisor overhead)',
    read: (vm) => cpuDemandOn(vm, clock, overhead),
    isAssumed: (vm) => vm.isCpuAssumed,
  });
  return {
    vms,
    vcpus: total(VCPUS),
    cpu: cpu ?? (host && measuredCpu(host)),
    memory: total(isEsxi ? ESXI_MEMORY : MEMORY),
    activeMemory: total(ACTIVE_MEMORY) ?? (host && measuredMemory(host)),
    reservedMemory: facts.some((vm) => vm.reservedMemory !== undefined)
      ? total(isEsxi ? ESXI_RESERVED : RESERVED)
      : undefined,
    tx: total(SENT),
    rx: total(RECEIVED),
    iops: total(OPERATIONS),
    throughput: total(THROUGHPUT),
  };
}

/** What is added up over VMs. */
interface Summand {
  readonly label: string;
  readonly unit: Figure['unit'];
  readonly formula: string;
  readonly read: (vm: VmFacts) => number | undefined;
  readonly isAssumed?: (vm: VmFacts) => boolean;
}

const VCPUS: Summand = { label: 'vCPU', unit: 'vCPU', formula: 'Σ vCPU of running VMs', read: (vm) => vm.vcpus };
const MEMORY: Summand = {
  label: 'memory of VMs',
  unit: 'size',
  formula: 'Σ memory',
  read: (vm) => memoryDemandOn(vm, undefined),
};
const ESXI_MEMORY: Summand = {
  ...MEMORY,
  formula: 'Σ (memory + overhead per VM)',
  read: (vm) => memoryDemandOn(vm, 'esxi'),
};
const ACTIVE_MEMORY: Summand = {
  label: 'active memory',
  unit: 'size',
  formula: 'Σ active memory',
  read: (vm) => vm.activeMemory,
};
const RESERVED: Summand = {
  label: 'reserved memory',
  unit: 'size',
  formula: 'Σ reservation',
  read: (vm) => reservedMemoryOn(vm, undefined),
};
const ESXI_RESERVED: Summand = {
  ...RESERVED,
  formula: 'Σ (reservation + overhead per VM)',
  read: (vm) => reservedMemoryOn(vm, 'esxi'),
};
const SENT: Summand = {
  label: 'sent',
  unit: 'rate',
  formula: 'Σ peak sent by VMs',
  read: (vm) => vm.tx,
  isAssumed: (vm) => vm.isNetAssumed,
};
const RECEIVED: Summand = {
  label: 'received',
  unit: 'rate',
  formula: 'Σ peak received by VMs',
  read: (vm) => vm.rx,
  isAssumed: (vm) => vm.isNetAssumed,
};
const OPERATIONS: Summand = {
  label: 'IOPS',
  unit: 'IOPS',
  formula: 'Σ IOPS of VMs',
  read: (vm) => vm.iops,
  isAssumed: (vm) => vm.isIoAssumed,
};
const THROUGHPUT: Summand = {
  label: 'disk traffic',
  unit: 'rate',
  formula: 'Σ disk throughput',
  read: (vm) => vm.throughput,
};

function sumOver(vms: readonly Entity[], facts: readonly VmFacts[], what: Summand): Figure | undefined {
  const { label, unit, formula, read, isAssumed } = what;
  let value = 0;
  let known = 0;
  let assumed = 0;
  for (const vm of facts) {
    const own = read(vm);
    if (own === undefined) continue;
    value += own;
    known++;
    if (isAssumed?.(vm)) assumed++;
  }
  if (known === 0) return undefined;
  const isAtLeast = known < facts.length;
  const parts = [`${known} of ${facts.length} VMs state it`];
  if (assumed > 0) parts.push(`${assumed} assumed`);
  const text = isAtLeast || assumed > 0 ? `${formula}; ${parts.join(', ')}` : formula;
  const figure = { label, unit, value, formula: text, isAtLeast };
  return new SummedFigure(figure, () => summands(vms, facts, what));
}

function summands(vms: readonly Entity[], facts: readonly VmFacts[], what: Summand): Figure[] {
  const { unit, read, isAssumed } = what;
  return facts.flatMap((vm, index): Figure[] => {
    const value = read(vm);
    const origin: Origin = isAssumed?.(vm) ? 'assumed' : 'stated';
    return value === undefined ? [] : [{ label: vms[index]?.name ?? '', unit, value, origin, isAtLeast: false }];
  });
}

/** What was measured on the host itself stands in where no VM states its demand; not once an amendment has taken its VMs back. */
function measuredCpu(host: Entity): Figure | undefined {
  const measured = propsOf(host).clauseNumber('measured', 'cpu');
  const { cpu, cores, clock } = hostSupply(host);
  if (!measured || !cpu || isVacated(host)) return undefined;
  const all = cores !== undefined && clock !== undefined ? cores * clock : cpu.value;
  const value = measured.dimension === 'share' ? measured.value * all : measured.value;
  return derivedFigure('CPU measured on the host', 'frequency', value, 'measured share × clock of all cores', [
    {
      label: 'measured',
      unit: measured.dimension ?? 'share',
      value: measured.value,
      origin: 'stated',
      isAtLeast: false,
      by: measured.by,
    },
  ]);
}

function measuredMemory(host: Entity): Figure | undefined {
  const props = propsOf(host);
  const measured = props.clauseNumber('measured', 'active') ?? props.clauseNumber('measured', 'memory');
  const installed = hostSupply(host).installedMemory;
  if (!measured || installed === undefined || isVacated(host)) return undefined;
  const value = measured.dimension === 'share' ? measured.value * installed : measured.value;
  return derivedFigure('memory measured on the host', 'size', value, 'measured share × installed memory', [
    {
      label: 'measured',
      unit: measured.dimension ?? 'share',
      value: measured.value,
      origin: 'stated',
      isAtLeast: false,
      by: measured.by,
    },
  ]);
}

/** A load as a share of what carries it. */
export function shareOf(label: string, load: Figure | undefined, supply: Figure | undefined): Figure | undefined {
  if (!load || !supply || supply.value <= 0) return undefined;
  return derivedFigure(label, 'share', load.value / supply.value, `${load.label} ÷ ${supply.label}`, [load, supply]);
}

/** How busy a host is, each as a share of what it offers. */
export const hostUse = derive((host: Entity) => {
  const supply = hostSupply(host);
  const load = hostLoad(host);
  const cores = supply.cores === undefined ? undefined : supply.cores - supply.reservedCores;
  const coreFigure: Figure | undefined =
    cores === undefined || cores <= 0
      ? undefined
      : { label: 'cores', unit: 'cores', value: cores, origin: 'stated', isAtLeast: false };
  return {
    cpu: shareOf('CPU', load.cpu, supply.cpu),
    memory: shareOf('memory', load.memory, supply.memory),
    activeMemory: shareOf('active memory', load.activeMemory, supply.memory),
    reservedMemory: shareOf('reserved memory', load.reservedMemory, supply.memory),
    vcpuRatio:
      load.vcpus && coreFigure
        ? derivedFigure(
            'vCPU per core',
            'ratio',
            load.vcpus.value / coreFigure.value,
            'Σ vCPU of running VMs ÷ (cores − reserved cores)',
            [load.vcpus, coreFigure],
          )
        : undefined,
  };
});

/** The busiest window of the day, and the share of the CPU asked for in it. */
export interface Peak {
  readonly window: string;
  readonly cpu: Figure;
}

/** The busiest window that VMs on a host state with `demand … during`, if it asks for more than the rest of the day. */
export const hostPeak = derive((host: Entity): Peak | undefined => {
  const { clock, cpu: supply } = hostSupply(host);
  return peakOf(runningResidents(host), clock, supply, propsOf(host).number('cpu-overhead')?.value);
});

/** The busiest window of VMs that share a CPU supply. */
export function peakOf(
  { vms, facts }: Residents,
  clock: number | undefined,
  supply: Figure | undefined,
  overhead: number | undefined,
): Peak | undefined {
  const windows = new Set(facts.flatMap((vm) => vm.peaks.map((peak) => peak.window)));
  let best: Peak | undefined;
  for (const window of windows) {
    const load = sumOver(vms, facts, {
      label: `CPU demand ${window}`,
      unit: 'frequency',
      formula: 'Σ demand in that window × (1 + hypervisor overhead)',
      read: (vm) => cpuDemandOn(vm, clock, overhead, window),
    });
    const cpu = shareOf(`CPU ${window}`, load, supply);
    if (cpu && (!best || cpu.value > best.cpu.value)) best = { window, cpu };
  }
  return best;
}
