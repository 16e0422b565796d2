import type { MeasuredVm, VirtualDisk, VirtualNic, Vm } from '../inventory/inventory.ts';
import { type SwitchNetworks, vlanIdOf } from '../inventory/switch-networks.ts';
import { addressOf, macOf, noteOf, optional } from '../inventory/values.ts';
import type { Fields } from '../json/fields.ts';
import type { ImportReport } from '../report.ts';
import type { ReadHost } from './hosts.ts';

/** What belongs to a VM, from other cmdlets. */
export interface VmParts {
  readonly disks: readonly VirtualDisk[];
  readonly adapters: readonly Fields[];
  readonly host: ReadHost | undefined;
  /** Some VM of the cluster is a role of it, so that one that is not stays down when its host fails. */
  readonly usesHa: boolean;
}

/** `VMState` of the cmdlets: a number in JSON of Windows PowerShell, else a word. */
const STATES: readonly (readonly [RegExp, Vm['state']])[] = [
  [/^(?:2|10|running|starting|resuming|32777)/i, 'on'],
  [/^(?:3$|off|stopping)/i, 'off'],
  [/^(?:6$|9$|saved|saving|paused|pausing|fastsaved)/i, 'suspended'],
];

/** What `New-VM` and the manager set where nobody chose a largest memory: no limit that anybody meant. */
const UNLIMITED = 2 ** 40;

export function readVm(fields: Fields, parts: VmParts, networks: SwitchNetworks, report: ImportReport): Vm | undefined {
  const name = fields.text('Name') ?? fields.text('VMName');
  if (name === undefined) {
    report.drop('VMs', 'they have no name');
    return undefined;
  }
  const state = stateOf(fields, report);
  const isRole = fields.flag('IsClustered');
  return {
    name,
    ...optional('id', fields.text('VMId') ?? fields.text('Id')),
    state,
    ...optional('vcpus', fields.count('ProcessorCount')),
    ...memoryOf(fields, report),
    nics: parts.adapters.map((adapter) => nicOf(adapter, networks, report)),
    disks: parts.disks,
    snapshots: [],
    devices: [],
    hotAdd: [],
    measured: measuredOf(fields, state, parts.host, report),
    ...(parts.usesHa && !isRole && { restart: 'never' }),
    ...optional('note', noteOf(fields.text('Notes'), 'notes', report)),
  };
}

function stateOf(fields: Fields, report: ImportReport): Vm['state'] {
  const text = fields.text('State') ?? '';
  const state = STATES.find(([pattern]) => pattern.test(text))?.[1];
  if (state === undefined) {
    report.problem(
      'warning',
      `no state that is known (${text.slice(0, 20) || 'empty'}); taken as on`,
      fields.where,
      'VMs without a state that is known, taken as on',
    );
  }
  return state ?? 'on';
}

function memoryOf(fields: Fields, report: ImportReport): Pick<Vm, 'memory' | 'dynamic'> {
  const startup = fields.positive('MemoryStartup');
  const assigned = fields.positive('MemoryAssigned');
  const least = fields.positive('MemoryMinimum');
  const most = fields.positive('MemoryMaximum');
  if (!fields.flag('DynamicMemoryEnabled')) return optional('memory', startup ?? assigned);
  const isUnlimited = most === undefined || most >= UNLIMITED;
  if (isUnlimited)
    report.drop('largest dynamic memory of 1 TiB', 'the default, which nobody chose; what is assigned now is taken');
  const upper = isUnlimited ? Math.max(startup ?? 0, assigned ?? 0) || undefined : most;
  if (upper === undefined || least === undefined || least >= upper) return optional('memory', upper);
  return { memory: upper, dynamic: { least, ...optional('startup', startup) } };
}

function nicOf(adapter: Fields, networks: SwitchNetworks, report: ImportReport): VirtualNic {
  const on = adapter.text('SwitchName');
  const mode = adapter.text('OperationMode');
  const isAccess = mode === undefined || /^(?:access|1)$/i.test(mode);
  if (!isAccess && !/^(?:untagged|0)$/i.test(mode))
    report.drop('network cards with several VLANs', 'a card is in one VLAN');
  const vlan = isAccess ? vlanIdOf(adapter.number('AccessVlanId')) : undefined;
  const isKnown = mode !== undefined || Object.hasOwn(adapter.record, 'AccessVlanId');
  const ips = adapter.value('IPAddresses');
  const addresses = (Array.isArray(ips) ? ips : String(ips ?? '').split(/[\s;,]+/))
    .map((one) => (typeof one === 'string' ? addressOf(one) : undefined))
    .filter((one) => one !== undefined);
  if (addresses.length > 1)
    report.drop('further addresses of network cards', 'a card has one address in a design', addresses.length - 1);
  const mac = adapter.text('MacAddress');
  return {
    ...optional('network', on === undefined ? undefined : networks.nameOf(on, vlan ?? (isKnown ? 0 : undefined))),
    ...optional('address', addresses[0]),
    ...optional('mac', mac === undefined || /^0+$/.test(mac) ? undefined : macOf(separated(mac))),
    ...(adapter.flag('IsLegacy') && { adapter: 'legacy' }),
  };
}

/** `00155D010203` as `00:15:5D:01:02:03`. */
function separated(mac: string): string {
  return /^[0-9a-f]{12}$/i.test(mac) ? (mac.match(/../g) ?? []).join(':') : mac;
}

/** `CPUUsage` is a whole percentage of all logical processors of the host. */
function measuredOf(fields: Fields, state: Vm['state'], host: ReadHost | undefined, report: ImportReport): MeasuredVm {
  const usage = fields.positive('CPUUsage');
  const demand = fields.positive('MemoryDemand');
  const assigned = fields.positive('MemoryAssigned');
  if (state !== 'on') return {};
  const capacity = host?.capacity;
  if (usage !== undefined && capacity === undefined)
    report.drop('CPU use of VMs', 'it is a share of the host, whose cores or clock are not known');
  return {
    ...optional(
      'cpu',
      usage === undefined || usage > 100 || capacity === undefined
        ? undefined
        : Math.round((usage * capacity) / 1e8) * 1e6,
    ),
    ...optional('active', demand),
    ...optional('consumed', assigned),
  };
}
