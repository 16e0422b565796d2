import { formatWindow } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, clauseText, hasFlag, type Props, partOf, Stated, type StatedNumber } from '../design/props.ts';
import { evaluationDay } from '../design/supposed.ts';
import { propsOf, referred } from '../design/things.ts';
import { vmGrowth } from './growth.ts';
import { type Growth, valueAfter } from './models/growth.ts';
import { guestDiskOf } from './platforms/guest-disks.ts';
import { existsBy, monthsAhead } from './time.ts';
import { KeptFacts, type VmDisk, type VmFacts, type VmNic, type VmPeak } from './vm-facts.ts';

export type { VmDisk, VmFacts, VmNic, VmPeak } from './vm-facts.ts';

const NONE: readonly never[] = [];

/** On whatever day. */
const statedFacts = derive((vm: Entity): KeptFacts => readVm(propsOf(vm)));

/** By then. Nothing is kept of it where the day is that of the plan: there may be a hundred thousand VMs. */
const grownFacts = derive((vm: Entity): VmFacts => grown(vm, statedFacts(vm), monthsAhead(vm.design)));

/** On the day that the design is evaluated at. */
export function vmFacts(vm: Entity): VmFacts {
  return evaluationDay(vm.design) ? grownFacts(vm) : statedFacts(vm);
}

/** What a VM asks for some months after the `as-of`, by the growth that holds for it. That there will be more of its kind is no fact of the VM. */
function grown(vm: Entity, facts: KeptFacts, months: number): VmFacts {
  if (months === 0) return facts;
  const [cpu, memory, net] = (['cpu', 'memory', 'net'] as const).map((what) => vmGrowth(vm, what, facts.statesGrowth));
  const after = (value: number | undefined, growth: Growth | undefined) =>
    growth ? valueAfter(value, growth, months) : value;
  const share = cpu?.kind === 'compound' ? cpu : undefined;
  return {
    ...facts.copy(),
    cpu: after(facts.cpu, cpu),
    cpuShare: after(facts.cpuShare, share),
    addedCpu: cpu?.kind === 'linear' ? cpu.perMonth * months : 0,
    memory: after(facts.memory, memory),
    activeMemory: after(facts.activeMemory, memory),
    tx: after(facts.tx, net),
    rx: after(facts.rx, net),
    peaks: facts.peaks.map((peak) => ({
      ...peak,
      cpu: after(peak.cpu, cpu),
      cpuShare: after(peak.cpuShare, share),
    })),
  };
}

function readVm(props: Props): KeptFacts {
  const statements = demandStatements(props);
  const asks = (clause: string) => demanded(props, clause, statements);
  const cpu = asks('cpu');
  const active = asks('active');
  const net = asks('net');
  const tx = asks('tx') ?? net;
  const rx = asks('rx') ?? net;
  const iops = asks('iops');
  const memory = memoryOf(props);
  const [homeStated] = props.list('datastore');
  const home = homeStated && referred(homeStated, ['datastore'])[0];
  const storage = props.one('storage');
  const replaced = props.one('replaces');
  const os = props.word('os');
  const own = {
    vcpus: props.number('vcpu')?.value,
    memory,
    activeMemory:
      active &&
      (active.dimension === 'share' ? (memory === undefined ? undefined : active.value * memory) : active.value),
    disks: disksOf(props, home),
    nics: nicsOf(props),
    home,
    replaces: replaced && referred(replaced, ['server'])[0],
    provisioned: props.number('storage')?.value,
    used: (storage && clauseNumber(storage, 'used')?.value) ?? props.clauseNumber('measured', 'used')?.value,
  };
  const demand = {
    cpu: cpu?.dimension === 'frequency' ? cpu.value : undefined,
    cpuShare: cpu?.dimension === 'share' ? cpu.value : undefined,
    tx: tx?.value,
    rx: rx?.value,
    iops: iops?.value,
    reads: asks('reads')?.value,
    throughput: asks('throughput')?.value,
    dirtyRate: asks('dirty')?.value,
    workingSet: asks('working-set')?.value,
    tls: asks('tls')?.value,
    isCpuAssumed: cpu?.assumed ?? false,
    isNetAssumed: (tx?.assumed ?? false) || (rx?.assumed ?? false),
    isIoAssumed: iops?.assumed ?? false,
    isIoHeavy: props.has('io-heavy'),
    isCpuMeasured: props.withClause('measured', 'cpu') !== undefined,
    workload: props.word('workload'),
    peaks: peaksOf(statements),
  };
  const traits = {
    exists: existsBy(props),
    isDated: props.has('from') || props.has('until'),
    mayBeTied: props.has('devices') || props.has('pinned') || disksTie(props),
    state: props.word('state') ?? 'on',
    reservedMemory: props.clauseNumber('reserve', 'memory')?.value,
    addedCpu: 0,
    statesGrowth: props.has('growth'),
    ready: props.clauseNumber('measured', 'ready')?.value,
    hasSnapshots: props.has('snapshot'),
    guestDisk: guestDiskOf(os),
    isWindowsServer: os !== undefined && /windows.{0,3}server/i.test(os),
  };
  return new KeptFacts(own, demand, traits);
}

function disksTie(props: Props): boolean {
  return props.layers.some(({ body }) => body.some((ref) => ref.word === 'disk' && ref.sentence.clauses.has('mode')));
}

/** A span is dynamic memory: the most it may take counts. */
function memoryOf(props: Props): number | undefined {
  const stated = props.one('memory');
  const part = stated && partOf(stated.sentence.subject, 0, stated.index);
  if (part?.type === 'span') return part.high.type === 'quantity' ? part.high.value : undefined;
  return part?.type === 'quantity' ? part.value : undefined;
}

/** What a VM asks for, by the clause of `demand` or `measured`, with the statement that says so. */
export function demandStated(vm: Entity, clause: string): StatedNumber | undefined {
  return demanded(propsOf(vm), clause);
}

/** `demand`, else `measured`, else an assumed `demand`; without those that hold only during a window. */
function demanded(
  props: Props,
  clause: string,
  statements: readonly Stated[] = demandStatements(props),
): StatedNumber | undefined {
  let assumed: StatedNumber | undefined;
  for (const stated of statements) {
    if (hasFlag(stated, 'during')) continue;
    const number = clauseNumber(stated, clause);
    if (!number) continue;
    if (!number.assumed) return number;
    assumed ??= number;
  }
  return props.clauseNumber('measured', clause) ?? assumed;
}

function demandStatements(props: Props): Stated[] {
  const found: Stated[] = [];
  for (const layer of props.layers) {
    for (const ref of layer.body) if (ref.word === 'demand') found.push(new Stated(ref, layer, props.entity.index));
  }
  return found;
}

function peaksOf(statements: readonly Stated[]): readonly VmPeak[] {
  if (!statements.some((stated) => hasFlag(stated, 'during'))) return NONE;
  const peaks = new Map<string, VmPeak>();
  for (const stated of statements) {
    const during = stated.sentence.clauses.get('during');
    if (!during) continue;
    const part = partOf(during.value, 0, stated.index);
    if (part?.type !== 'window') continue;
    const window = formatWindow(part.window);
    const cpu = clauseNumber(stated, 'cpu');
    const iops = clauseNumber(stated, 'iops');
    if (peaks.has(window)) continue;
    peaks.set(window, {
      window,
      cpu: cpu?.dimension === 'frequency' ? cpu.value : undefined,
      cpuShare: cpu?.dimension === 'share' ? cpu.value : undefined,
      iops: iops?.value,
    });
  }
  return peaks.size > 0 ? [...peaks.values()] : NONE;
}

function disksOf(props: Props, home: Entity | undefined): readonly VmDisk[] {
  const statements = props.keyed('disk', (sentence) => {
    const name = sentence.subject?.parts[0];
    return name?.type === 'name' ? name.text : '';
  });
  if (statements.length === 0) return NONE;
  return statements.map((stated) => {
    const [on] = referred(stated, ['datastore'], 'on');
    const size = partOf(stated.sentence.subject, 1, stated.index);
    const name = partOf(stated.sentence.subject, 0, stated.index);
    return {
      name: name?.type === 'name' ? name.text : '',
      size: size?.type === 'quantity' ? size.value : undefined,
      used: clauseNumber(stated, 'used')?.value,
      isThin: hasFlag(stated, 'thin'),
      datastore: on ?? home,
    };
  });
}

function nicsOf(props: Props): readonly VmNic[] {
  const statements = props.list('nic');
  if (statements.length === 0) return NONE;
  return statements.map((by, order) => {
    const [network] = referred(by, ['network']);
    const address = partOf(by.sentence.clauses.get('address')?.value, 0, by.index);
    const isNamed = by.sentence.subject !== undefined;
    return { network, isNamed, address: address?.type === 'address' ? address.address : undefined, order };
  });
}

/** The statement of a NIC. Facts of VMs do not keep their statements: ten thousand of them would fill the memory. */
export function nicStatement(vm: Entity, nic: VmNic): Stated | undefined {
  return propsOf(vm).list('nic')[nic.order];
}

/** Whether a VM takes CPU and memory of a host now: it exists on the plan's day, and is on. */
export function isRunning(vm: Entity): boolean {
  const { exists, state } = vmFacts(vm);
  return exists && state === 'on';
}

/**
 * What a VM sends or receives over its adapters on some networks, bit/s: over all of its adapters evenly, as nothing says over which
 * (ours). Undefined without an adapter there, or if nothing states its traffic.
 */
export function trafficOver(facts: VmFacts, networks: ReadonlySet<Entity>, of: 'tx' | 'rx'): number | undefined {
  const there = adaptersOn(facts, networks);
  const rate = facts[of];
  if (there === 0 || rate === undefined) return undefined;
  const all = facts.nics.reduce((count, { network }) => (network ? count + 1 : count), 0);
  return (rate * there) / all;
}

/** How many adapters a VM has on some networks. */
export function adaptersOn({ nics }: VmFacts, networks: ReadonlySet<Entity>): number {
  return nics.reduce((count, { network }) => (network && networks.has(network) ? count + 1 : count), 0);
}

/** The adapter of a NIC, as stated. */
export function adapterOf(vm: Entity, nic: VmNic): string | undefined {
  const stated = nicStatement(vm, nic);
  return stated && clauseText(stated, 'adapter');
}
