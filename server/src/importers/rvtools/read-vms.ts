import { guestOsOf } from '../inventory/guest-os.ts';
import type { MeasuredVm, Snapshot, VirtualDisk, VirtualNic, Vm } from '../inventory/inventory.ts';
import { UniqueNames } from '../inventory/unique-names.ts';
import { addressOf, macOf, mib, noteOf, optional, positive, splitAddresses, times } from '../inventory/values.ts';
import type { ImportReport } from '../report.ts';
import { datastoreOfPath } from './paths.ts';
import type { NetworkNames } from './read-networks.ts';
import { type Row, type Tab, type Tabs, whereOf } from './tabs.ts';
import { type VmEntry, VmIndex } from './vm-index.ts';

/** A VM and where the export places it, under the names of the export. */
export interface PlacedVm {
  readonly vm: Vm;
  readonly site?: string;
  readonly cluster?: string;
  readonly host?: string;
}

/** Finds what a datastore of the export is called in the design. */
export type DatastoreNames = (name: string, host: string | undefined) => string;

export function readVms(
  tabs: Tabs,
  networks: NetworkNames,
  datastores: DatastoreNames,
  report: ImportReport,
): readonly PlacedVm[] {
  const { vInfo } = tabs;
  const entries = nameVms(vInfo, report);
  const index = new VmIndex(entries, vInfo, report);
  const rows = {
    vCPU: index.rowsOf(tabs.vCPU),
    vMemory: index.rowsOf(tabs.vMemory),
    vDisk: index.rowsOf(tabs.vDisk),
    vNetwork: index.rowsOf(tabs.vNetwork),
    vSnapshot: index.rowsOf(tabs.vSnapshot),
    vCD: index.rowsOf(tabs.vCD),
    vUSB: index.rowsOf(tabs.vUSB),
  };
  return entries.map((entry) => {
    const { row } = entry;
    const site = vInfo.text(row, 'datacenter');
    const cluster = vInfo.text(row, 'cluster');
    const host = vInfo.text(row, 'host');
    const state = stateOf(vInfo, row, report);
    const cpu = rows.vCPU.get(entry)?.[0];
    const memory = rows.vMemory.get(entry)?.[0];
    const home = datastoreOfPath(vInfo.text(row, 'path'));
    const os = readOs(vInfo, row, report);
    const disks = readDisks(tabs.vDisk, rows.vDisk.get(entry) ?? [], (name) => datastores(name, host), report);
    const vm: Vm = {
      name: entry.name,
      ...(entry.sharedName !== undefined && { sharedName: entry.sharedName }),
      ...optional('id', vInfo.text(row, 'id')),
      state,
      ...(os && { os }),
      ...optional('vcpus', vInfo.number(row, 'cpus') ?? (cpu && tabs.vCPU.number(cpu, 'cpus'))),
      ...optional('sockets', cpu && tabs.vCPU.number(cpu, 'sockets')),
      ...optional('memory', mib(vInfo.number(row, 'memory') ?? (memory && tabs.vMemory.number(memory, 'size')))),
      ...optional('provisioned', mib(vInfo.number(row, 'provisioned'))),
      ...optional('used', mib(vInfo.number(row, 'used'))),
      ...optional('datastore', home === undefined ? undefined : datastores(home, host)),
      nics: readNics(tabs, row, rows.vNetwork.get(entry) ?? [], networks, site, report),
      disks,
      snapshots: readSnapshots(tabs.vSnapshot, rows.vSnapshot.get(entry) ?? [], report),
      devices: [
        ...(isConnected(tabs.vCD, rows.vCD.get(entry)) ? ['cd'] : []),
        ...(isConnected(tabs.vUSB, rows.vUSB.get(entry)) ? ['usb'] : []),
      ],
      hotAdd: [
        ...(cpu && tabs.vCPU.flag(cpu, 'hotAdd') ? ['cpu'] : []),
        ...(memory && tabs.vMemory.flag(memory, 'hotAdd') ? ['memory'] : []),
      ],
      ...optional('reservedCpu', positive(times(cpu && tabs.vCPU.number(cpu, 'reservation'), 1e6))),
      ...optional('reservedMemory', positive(mib(memory && tabs.vMemory.number(memory, 'reservation')))),
      measured: readMeasured(tabs, row, cpu, memory, state, report),
      ...optional('restart', restartOf(vInfo.text(row, 'restart'))),
      faultTolerant: /running|enabled|starting/i.test(vInfo.text(row, 'faultTolerance') ?? ''),
      ...(vInfo.flag(row, 'placeholder') && { tags: ['srm-placeholder'] }),
      ...optional('note', noteOf(vInfo.text(row, 'annotation'), 'annotations', report)),
    };
    return { vm, ...optional('site', site), ...optional('cluster', cluster), ...optional('host', host) };
  });
}

/** Gives each VM the name it has, and numbers those that share one in the order of vCenter, VM ID and row. */
function nameVms(vInfo: Tab<'vInfo'>, report: ImportReport): readonly VmEntry[] {
  const named = vInfo.rows.flatMap((row, order) => {
    const name = vInfo.text(row, 'vm');
    if (name === undefined) report.drop('rows of vInfo', 'they name no VM');
    return name === undefined ? [] : [{ row, name, order }];
  });
  const byName = new Map<string, { row: Row; order: number }[]>();
  for (const one of named) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const unique = new UniqueNames(byName.keys());
  const final = new Map<number, { name: string; shared: boolean }>();
  for (const [name, alike] of byName) {
    const key = (row: Row): string => `${vInfo.text(row, 'server') ?? ''}\n${vInfo.text(row, 'id') ?? ''}`;
    const sorted = [...alike].sort((a, b) =>
      key(a.row) < key(b.row) ? -1 : key(a.row) > key(b.row) ? 1 : a.order - b.order,
    );
    sorted.forEach((one, index) => {
      final.set(one.order, { name: index === 0 ? name : unique.take(name), shared: alike.length > 1 });
    });
    if (alike.length > 1) {
      const names = sorted.map((one) => final.get(one.order)?.name).join(', ');
      report.problem(
        'warning',
        `${alike.length} VMs are called ${name}; in the design they are ${names}`,
        sorted[1] ? whereOf(sorted[1].row) : '',
        'VMs of one name',
      );
    }
  }
  return named.map(({ row, name, order }) => {
    const given = final.get(order);
    return { row, name: given?.name ?? name, ...(given?.shared && { sharedName: name }) };
  });
}

function stateOf(vInfo: Tab<'vInfo'>, row: Row, report: ImportReport): Vm['state'] {
  if (vInfo.flag(row, 'template')) return 'template';
  const power =
    vInfo
      .text(row, 'powerstate')
      ?.toLowerCase()
      .replace(/[\s_-]/g, '') ?? '';
  if (power === 'poweredoff' || power === 'off') return 'off';
  if (power === 'suspended') return 'suspended';
  if (power !== 'poweredon' && power !== 'on') {
    report.problem(
      'warning',
      `no power state that is known (${power || 'empty'}); taken as on`,
      whereOf(row),
      'VMs without a power state, taken as on',
    );
  }
  return 'on';
}

function readOs(vInfo: Tab<'vInfo'>, row: Row, report: ImportReport): Vm['os'] {
  const running = vInfo.text(row, 'osTools');
  const configured = vInfo.text(row, 'osConfig');
  const text = running ?? configured;
  if (text === undefined) return undefined;
  const os = guestOsOf(text);
  if (running !== undefined && configured !== undefined && guestOsOf(configured).word !== os.word) {
    report.drop('guest systems as configured', 'the guest reports another one, which is the one that runs');
  }
  if (os.word !== undefined && /Standard|Enterprise|Datacenter|Professional|32-bit/i.test(text)) {
    report.drop('edition or word length of guest systems', 'the name of a guest system holds its version alone');
  }
  return os;
}

function readMeasured(
  tabs: Tabs,
  row: Row,
  cpu: Row | undefined,
  memory: Row | undefined,
  state: Vm['state'],
  report: ImportReport,
): MeasuredVm {
  const { vInfo, vCPU, vMemory } = tabs;
  const overall = positive(times(cpu && vCPU.number(cpu, 'overall'), 1e6));
  const figures: MeasuredVm = {
    ...optional('cpu', overall),
    ...optional('cpuShare', overall === undefined ? positive(times(vInfo.number(row, 'cpuUsage'), 0.01)) : undefined),
    ...optional('ready', positive(times((cpu && vCPU.number(cpu, 'ready')) ?? vInfo.number(row, 'ready'), 0.01))),
    ...optional('active', positive(mib((memory && vMemory.number(memory, 'active')) ?? vInfo.number(row, 'active')))),
    ...optional('consumed', positive(mib(memory && vMemory.number(memory, 'consumed')))),
    ...optional('ballooned', positive(mib(memory && vMemory.number(memory, 'ballooned')))),
    ...optional('swapped', positive(mib(memory && vMemory.number(memory, 'swapped')))),
  };
  if (state === 'on' || Object.keys(figures).length === 0) return figures;
  report.drop('measured figures of VMs that are off', 'they are left over from when the VM ran');
  return {};
}

function readNics(
  tabs: Tabs,
  row: Row,
  rows: readonly Row[],
  networks: NetworkNames,
  site: string | undefined,
  report: ImportReport,
): readonly VirtualNic[] {
  const { vInfo, vNetwork } = tabs;
  const nics: VirtualNic[] = rows.map((nic) => {
    const network = vNetwork.text(nic, 'network');
    const addresses = [...splitAddresses(vNetwork.text(nic, 'ipv4')), ...splitAddresses(vNetwork.text(nic, 'ipv6'))];
    const [address, ...more] = addresses.map(addressOf).filter((one) => one !== undefined);
    if (more.length > 0)
      report.drop('further addresses of network cards', 'a card has one address in a design', more.length);
    return {
      ...optional('network', network === undefined ? undefined : networks.nameOf(network, site)),
      ...optional('address', address),
      ...optional('mac', macOf(vNetwork.text(nic, 'mac'))),
      ...optional('adapter', adapterOf(vNetwork.text(nic, 'adapter'))),
    };
  });
  if (nics.length === 0) {
    const named = NETWORK_COLUMNS.map((column) => vInfo.text(row, column)).filter((name) => name !== undefined);
    const [address] = splitAddresses(vInfo.text(row, 'ip')).map(addressOf);
    named.forEach((network, at) => {
      nics.push({ network: networks.nameOf(network, site), ...(at === 0 ? optional('address', address) : {}) });
    });
    if (named.length === 0 && address !== undefined) nics.push({ address });
  }
  const count = Math.min(vInfo.number(row, 'nics') ?? 0, MOST_NICS);
  while (nics.length < count) nics.push({});
  return nics;
}

/** vSphere allows ten cards a VM. */
const MOST_NICS = 10;

const NETWORK_COLUMNS = [
  'network1',
  'network2',
  'network3',
  'network4',
  'network5',
  'network6',
  'network7',
  'network8',
] as const;

const ADAPTERS: readonly (readonly [RegExp, string])[] = [
  [/vmxnet ?3/i, 'vmxnet3'],
  [/e1000e/i, 'e1000e'],
  [/e1000/i, 'e1000'],
  [/sriov|sr-iov/i, 'sriov'],
  [/pcnet|flexible|vlance|vmxnet/i, 'legacy'],
];

function adapterOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : ADAPTERS.find(([pattern]) => pattern.test(text))?.[1];
}

function readDisks(
  vDisk: Tab<'vDisk'>,
  rows: readonly Row[],
  nameOf: (datastore: string) => string,
  report: ImportReport,
): readonly VirtualDisk[] {
  const names = new UniqueNames();
  return rows.flatMap((row) => {
    const size = mib(vDisk.number(row, 'capacity'));
    if (size === undefined) {
      report.drop('rows of vDisk', 'they state no capacity');
      return [];
    }
    const label = vDisk.text(row, 'disk');
    const numbered = /^hard disk (\d+)$/i.exec(label ?? '')?.[1];
    const datastore = datastoreOfPath(vDisk.text(row, 'path'));
    return [
      {
        ...optional('name', label === undefined ? undefined : names.take(numbered ? `disk${numbered}` : label)),
        size,
        ...optional('thin', vDisk.flag(row, 'thin')),
        ...optional('datastore', datastore === undefined ? undefined : nameOf(datastore)),
        ...optional('mode', diskModeOf(vDisk, row)),
      },
    ];
  });
}

function diskModeOf(vDisk: Tab<'vDisk'>, row: Row): string | undefined {
  if (vDisk.flag(row, 'raw')) return /virtual/i.test(vDisk.text(row, 'rawMode') ?? '') ? 'rdm-virtual' : 'rdm-physical';
  if (/multiwriter/i.test(vDisk.text(row, 'sharing') ?? '')) return 'shared';
  return /independent/i.test(vDisk.text(row, 'mode') ?? '') ? 'independent' : undefined;
}

function readSnapshots(vSnapshot: Tab<'vSnapshot'>, rows: readonly Row[], report: ImportReport): readonly Snapshot[] {
  const names = new UniqueNames();
  return rows.flatMap((row, at) => {
    const size = mib(vSnapshot.number(row, 'size'));
    if (size === undefined) {
      report.drop('rows of vSnapshot', 'they state no size');
      return [];
    }
    return [
      {
        name: names.take(vSnapshot.text(row, 'name') ?? `snapshot-${at + 1}`),
        size,
        ...optional('taken', vSnapshot.day(row, 'date')),
      },
    ];
  });
}

function isConnected(tab: Tab<'vCD'> | Tab<'vUSB'>, rows: readonly Row[] | undefined): boolean {
  return rows?.some((row) => tab.flag(row, 'connected')) ?? false;
}

function restartOf(text: string | undefined): string | undefined {
  const priority = text?.toLowerCase().replace(/[^a-z]/g, '');
  if (priority === 'disabled') return 'never';
  return priority !== undefined && ['highest', 'high', 'low', 'lowest'].includes(priority) ? priority : undefined;
}
