import { type HostFacts, NO_FACTS } from '../inventory/assemble.ts';
import { cpuModelOf } from '../inventory/cpu-model.ts';
import type { Hardware } from '../inventory/inventory.ts';
import { optional } from '../inventory/values.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { HostSource } from './sources.ts';
import { countOf } from './values.ts';

export function readHost(source: HostSource, name: string, mounts: readonly string[]): HostFacts {
  const isXen = source.domains.some((domain) => domain.attribute('type') === 'xen');
  return {
    ...NO_FACTS,
    name,
    listed: source.capabilities !== undefined || source.nodeinfo.has('CPU(s)'),
    hardware: hardwareOf(source),
    hypervisor: { type: isXen ? 'xen' : 'kvm' },
    mounts,
  };
}

function hardwareOf({ capabilities, nodeinfo, sysinfo }: HostSource): Hardware {
  const cpuModel = entryOf(sysinfo, 'processor', 'version');
  const maker = entryOf(sysinfo, 'system', 'manufacturer');
  const product = entryOf(sysinfo, 'system', 'product');
  const isSaid = maker === undefined || product?.toLowerCase().startsWith(maker.toLowerCase());
  const kib = /^(\d{1,15}) KiB$/.exec(nodeinfo.get('Memory size') ?? '')?.[1];
  const clock = cpuModel === undefined ? undefined : cpuModelOf(cpuModel).nominal;
  const cores = coresOfCells(capabilities) ?? coresOfNode(nodeinfo);
  return {
    ...optional('model', product === undefined || isSaid ? product : `${maker} ${product}`),
    ...optional('cpuModel', cpuModel),
    ...(cores && { ...cores, ...optional('clock', clock) }),
    ...optional('memory', kib === undefined ? memoryOfCells(capabilities) : Number(kib) * 1024),
  };
}

type Cores = Pick<Hardware, 'cores' | 'sockets' | 'coresPerSocket'>;

/** Threads of one core name each other as siblings. */
function coresOfCells(capabilities: XmlElement | undefined): Cores | undefined {
  const cells = capabilities?.find('host', 'topology', 'cells')?.all('cell') ?? [];
  const cpus = cells.flatMap((cell) => cell.find('cpus')?.all('cpu') ?? []);
  const siblings = new Set(cpus.map((cpu) => cpu.attribute('siblings')));
  const sockets = new Set(cpus.map((cpu) => cpu.attribute('socket_id')));
  if (cpus.length === 0 || siblings.has(undefined) || sockets.has(undefined)) return undefined;
  return spread(siblings.size, sockets.size);
}

/** Sockets of `virsh nodeinfo` are those of one NUMA cell (`virNodeInfo` of libvirt). */
function coresOfNode(nodeinfo: ReadonlyMap<string, string>): Cores | undefined {
  const [cells, sockets, cores] = ['NUMA cell(s)', 'CPU socket(s)', 'Core(s) per socket'].map((key) =>
    countOf(nodeinfo.get(key)),
  );
  if (sockets === undefined || cores === undefined) return undefined;
  return spread((cells ?? 1) * sockets * cores, (cells ?? 1) * sockets);
}

function spread(cores: number, sockets: number): Cores {
  const perSocket = cores / sockets;
  return { cores, ...(Number.isInteger(perSocket) && { sockets, coresPerSocket: perSocket }) };
}

function memoryOfCells(capabilities: XmlElement | undefined): number | undefined {
  const cells = capabilities?.find('host', 'topology', 'cells')?.all('cell') ?? [];
  const sizes = cells.map((cell) => countOf(cell.find('memory')?.text));
  if (sizes.length === 0 || sizes.includes(undefined)) return undefined;
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0) * 1024, 0);
}

/** What firmware says: `<system><entry name='product'>`. */
function entryOf(sysinfo: XmlElement | undefined, group: string, name: string): string | undefined {
  const entry = sysinfo
    ?.find(group)
    ?.all('entry')
    .find((one) => one.attribute('name') === name)?.text;
  return entry === undefined || /^(?:not specified|to be filled|unknown|none)/i.test(entry) ? undefined : entry;
}
