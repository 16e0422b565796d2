import { type HostFacts, NO_FACTS } from '../inventory/assemble.ts';
import { cpuModelOf } from '../inventory/cpu-model.ts';
import type { Hardware, Hypervisor, PhysicalNic, VirtualSwitch } from '../inventory/inventory.ts';
import type { SwitchNetworks } from '../inventory/switch-networks.ts';
import { optional } from '../inventory/values.ts';
import type { Fields } from '../json/fields.ts';
import type { ImportReport } from '../report.ts';
import { hostKey, type Kind, nameOf, type Records } from './records.ts';

/** A host, with what its VMs' figures are reckoned with. */
export interface ReadHost {
  readonly facts: HostFacts;
  /** Hz of all cores; undefined where either is not known. */
  readonly capacity?: number;
}

/** Hosts by `hostKey`. */
export type Hosts = ReadonlyMap<string, ReadHost>;

/** Finds a host under the names of the cmdlets; one without a name belongs to the only host there is. */
export function readHosts(records: Records, report: ImportReport): Hosts {
  const listed = records.of('VMHost');
  const names = new Map<string, string>();
  for (const fields of listed) {
    const name = nameOf(fields);
    if (name !== undefined && !names.has(hostKey(name))) names.set(hostKey(name), name);
  }
  const hosts = new Map<string, ReadHost>();
  for (const fields of listed) {
    const name = nameOf(fields);
    if (name === undefined) {
      report.drop('hosts', 'they have no name');
      continue;
    }
    const key = hostKey(name);
    if (hosts.has(key)) {
      report.drop('hosts that are listed twice', 'the first is taken');
      continue;
    }
    const own = (kind: Kind): readonly Fields[] => records.onHost(kind, key, listed.length === 1);
    hosts.set(key, hostOf(name, fields, own, report));
  }
  return hosts;
}

function hostOf(name: string, fields: Fields, own: (kind: Kind) => readonly Fields[], report: ImportReport): ReadHost {
  const hardware = hardwareOf(name, fields, own, report);
  const { cores, clock } = hardware;
  return {
    facts: {
      ...NO_FACTS,
      name,
      listed: true,
      hardware,
      hypervisor: hypervisorOf(own('OperatingSystem')[0]),
      nics: nicsOf(own('NetAdapter')),
    },
    ...(cores !== undefined && clock !== undefined && { capacity: cores * clock }),
  };
}

function hardwareOf(
  name: string,
  fields: Fields,
  own: (kind: Kind) => readonly Fields[],
  report: ImportReport,
): Hardware {
  const sockets = own('Processor');
  const [first] = sockets;
  const perSocket = first?.count('NumberOfCores');
  const cpuModel = first?.text('Name');
  const rated = first?.positive('MaxClockSpeed');
  const clock = (cpuModel === undefined ? undefined : cpuModelOf(cpuModel).nominal) ?? (rated && rated * 1e6);
  const threads = fields.count('LogicalProcessorCount');
  if (perSocket === undefined && threads !== undefined) {
    report.problem(
      'warning',
      `${name} has ${threads} logical processors; how many cores these are is in Win32_Processor`,
      fields.where,
      'hosts whose cores are not known',
    );
  }
  const [system] = own('ComputerSystem');
  const maker = system?.text('Manufacturer');
  const model = system?.text('Model');
  const isSaid = maker === undefined || model?.toLowerCase().startsWith(maker.toLowerCase());
  return {
    ...optional('model', model === undefined || isSaid ? model : `${maker} ${model}`),
    ...optional('cpuModel', cpuModel),
    ...optional('clock', perSocket === undefined ? undefined : clock),
    ...(perSocket !== undefined && {
      sockets: sockets.length,
      coresPerSocket: perSocket,
      cores: sockets.length * perSocket,
    }),
    ...optional('memory', fields.positive('MemoryCapacity')),
  };
}

/** Reads `Microsoft Windows Server 2022 Datacenter`. */
function hypervisorOf(system: Fields | undefined): Hypervisor {
  const caption = system?.text('Caption') ?? '';
  const [, version] = /Server (\d{4}(?: R2)?)/.exec(caption) ?? [];
  const edition = /\b(Datacenter|Standard)\b/i.exec(caption)?.[1]?.toLowerCase();
  return {
    type: 'hyper-v',
    ...optional('version', version?.replace(' R2', '')),
    ...optional('edition', edition),
    ...optional('build', system?.count('BuildNumber')),
  };
}

function nicsOf(adapters: readonly Fields[]): readonly PhysicalNic[] {
  const seen = new Set<string>();
  return adapters.flatMap((fields) => {
    const name = fields.text('Name');
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    return [{ name, ...optional('speed', fields.positive('Speed')) }];
  });
}

/** Switches of a host, when all networks are known. */
export function switchesOf(
  name: string,
  isOnly: boolean,
  records: Records,
  networks: SwitchNetworks,
): readonly VirtualSwitch[] {
  const own = (kind: Kind): readonly Fields[] => records.onHost(kind, hostKey(name), isOnly);
  const adapters = new Map<string, string>();
  for (const fields of own('NetAdapter')) {
    const nic = fields.text('Name');
    const description = fields.text('InterfaceDescription');
    if (nic !== undefined && description !== undefined) adapters.set(description, nic);
  }
  const seen = new Set<string>();
  return own('VMSwitch').flatMap((fields): readonly VirtualSwitch[] => {
    const label = fields.text('Name');
    if (label === undefined || seen.has(label)) return [];
    seen.add(label);
    const uplinks = textsOf(fields, 'NetAdapterInterfaceDescriptions', 'NetAdapterInterfaceDescription').flatMap(
      (description) => adapters.get(description) ?? [],
    );
    return [
      {
        name: label,
        uplinks: [...new Set(uplinks)],
        carries: networks.carriedBy((on) => on === label),
        ...(fields.flag('EmbeddedTeamingEnabled') && { teaming: 'set' }),
      },
    ];
  });
}

/** A list of texts, also joined with `;` as the export writes it. */
function textsOf(fields: Fields, ...keys: readonly string[]): readonly string[] {
  for (const key of keys) {
    const value = fields.value(key);
    if (value === undefined) continue;
    const items = Array.isArray(value) ? value : String(value).split(';');
    return items.flatMap((item) => (typeof item === 'string' && item.trim() !== '' ? [item.trim()] : []));
  }
  return [];
}
