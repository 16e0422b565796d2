import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { referencesOf } from '../design/names.ts';
import { hasFlag, partOf, type Stated, type StatedNumber, textIn } from '../design/props.ts';
import { hasFailed } from '../design/supposed.ts';
import { propsOf } from '../design/things.ts';
import { exists } from './exists.ts';
import { assumedFigure, derivedFigure, type Figure, statedFigure } from './figure.ts';
import { usableCpu } from './models/cpu.ts';
import { DEFAULT_SYSTEM_MEMORY, usableMemory } from './models/host-memory.ts';

/** What a host offers. Undefined is not stated. */
export interface HostSupply {
  readonly sockets: number | undefined;
  readonly cores: number | undefined;
  readonly clock: number | undefined;
  readonly numaPerSocket: number;
  readonly reservedCores: number;
  /** Clock of all cores that VMs may use, Hz. */
  readonly cpu: Figure | undefined;
  readonly installedMemory: number | undefined;
  /** Memory that VMs may use, bytes. */
  readonly memory: Figure | undefined;
  readonly hypervisor: string | undefined;
  readonly version: string | undefined;
  readonly edition: string | undefined;
  readonly vendor: string | undefined;
  readonly generation: string | undefined;
}

export const hostSupply = derive((host: Entity): HostSupply => {
  const props = propsOf(host);
  const cpu = props.one('cpu');
  const sockets = props.number('cpu', 0);
  const perSocket = props.number('cpu', 1);
  const clock = props.number('cpu', 2);
  const numa = cpu && partOf(cpu.sentence.clauses.get('numa')?.value, 0, cpu.index);
  const reserved = props.number('reserved-cores');
  const cores = perSocket && perSocket.value * (sockets?.value ?? 1);
  const hypervisor = props.one('hypervisor');
  const supply = {
    sockets: sockets?.value,
    cores,
    clock: clock?.value,
    numaPerSocket: numa?.type === 'number' ? numa.value : 1,
    reservedCores: reserved?.value ?? 0,
    installedMemory: props.number('memory')?.value,
    hypervisor: hypervisor && textIn(hypervisor, hypervisor.sentence.subject, 0),
    version: hypervisor && textIn(hypervisor, hypervisor.sentence.subject, 1),
    edition: hypervisor && textIn(hypervisor, hypervisor.sentence.clauses.get('edition')?.value),
    vendor: cpu && textIn(cpu, cpu.sentence.clauses.get('vendor')?.value),
    generation: cpu && textIn(cpu, cpu.sentence.clauses.get('generation')?.value),
  };
  return {
    ...supply,
    cpu: cpuFigure(supply, cpu, props.number('ht-factor')),
    memory: memoryFigure(host, supply.hypervisor),
  };
});

function cpuFigure(
  supply: Pick<HostSupply, 'cores' | 'clock' | 'reservedCores'>,
  by: Stated | undefined,
  htFactor: StatedNumber | undefined,
): Figure | undefined {
  const { cores, clock, reservedCores } = supply;
  const value = usableCpu({ cores, clock, reservedCores, htFactor: htFactor?.value ?? 1 });
  if (value === undefined || cores === undefined || clock === undefined) return undefined;
  const inputs: Figure[] = [
    { label: 'cores', unit: 'cores', value: cores, origin: 'stated', isAtLeast: false, by },
    { label: 'clock', unit: 'frequency', value: clock, origin: 'stated', isAtLeast: false, by },
  ];
  if (reservedCores > 0)
    inputs.push({ label: 'reserved cores', unit: 'cores', value: reservedCores, origin: 'stated', isAtLeast: false });
  const formula = '(cores − reserved cores) × clock';
  if (htFactor) {
    inputs.push(statedFigure('ht-factor', 'count', htFactor));
    return derivedFigure('usable CPU', 'frequency', value, `${formula} × ht-factor`, inputs);
  }
  return derivedFigure('usable CPU', 'frequency', value, formula, inputs, {
    source: 'threads of a core are not counted as cores',
  });
}

function memoryFigure(host: Entity, hypervisor: string | undefined): Figure | undefined {
  const props = propsOf(host);
  const installed = props.number('memory');
  if (!installed) return undefined;
  const system = props.number('system-memory');
  const systemFigure = system
    ? statedFigure('system memory', 'size', system)
    : assumedFigure('system memory', 'size', DEFAULT_SYSTEM_MEMORY, 'our default for `system-memory`, not measured');
  const value = usableMemory({
    memory: installed.value,
    systemMemory: systemFigure.value,
    ...(hypervisor ? { hypervisor } : {}),
  });
  if (value === undefined) return undefined;
  const inputs = [statedFigure('installed memory', 'size', installed), systemFigure];
  const kept = installed.value - systemFigure.value - value;
  if (kept > 0) {
    inputs.push(
      assumedFigure(
        'kept free by ESXi',
        'size',
        kept,
        '6 % of the first 4 GiB, 4 % up to 12, 2 % up to 28, 1 % of the rest',
      ),
    );
  }
  const formula = kept > 0 ? 'installed − system memory − what ESXi keeps free' : 'installed − system memory';
  return derivedFigure('usable memory', 'size', value, formula, inputs);
}

/** Whether a host carries load now: it exists, is on, and is not supposed to have failed. */
export const carriesLoad = derive(
  (host: Entity): boolean => exists(host) && (propsOf(host).word('state') ?? 'on') === 'on' && !hasFailed(host),
);

export function isFailoverHost(host: Entity): boolean {
  return propsOf(host).has('failover-host');
}

/** A physical port of a host. */
export interface HostPort {
  readonly name: string;
  readonly rate: number | undefined;
  readonly card: string | undefined;
  readonly isSriov: boolean;
  /** The statement that it is one of. */
  readonly by: Stated;
}

/** Ports that `nic` or `hba` statements name; unnamed ones are called nic1, nic2, … and hba1, hba2, …. */
export function portsOf(host: Entity, word: 'nic' | 'hba'): readonly HostPort[] {
  const ports: HostPort[] = [];
  const keyed = propsOf(host).keyed(word, (sentence) =>
    JSON.stringify(sentence.subject?.parts[0] && partName(sentence.subject.parts[0])),
  );
  for (const stated of keyed) {
    const { subject, clauses } = stated.sentence;
    const [names, count, rate] = [0, 1, 2].map((slot) => partOf(subject, slot, stated.index));
    const card = textIn(stated, clauses.get('card')?.value);
    const named = names ? expandedNames(names) : [];
    const total = named.length > 0 ? named.length : count?.type === 'number' ? count.value : 1;
    for (let k = 0; k < total; k++) {
      ports.push({
        name: named[k] ?? `${word}${ports.length + 1}`,
        rate: rate?.type === 'quantity' ? rate.value : undefined,
        card,
        isSriov: hasFlag(stated, 'sriov'),
        by: stated,
      });
    }
  }
  return ports;
}

function partName(part: NonNullable<ReturnType<typeof partOf>>): string {
  if (part.type === 'list') return part.items.map(partName).join(',');
  return part.type === 'name' || part.type === 'word' ? part.text : '';
}

function expandedNames(part: NonNullable<ReturnType<typeof partOf>>): string[] {
  return referencesOf(part).map((reference) => reference.name);
}
