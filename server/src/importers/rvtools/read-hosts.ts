import { cpuModelOf } from '../inventory/cpu-model.ts';
import type { Hardware, Host, Hypervisor, Vm } from '../inventory/inventory.ts';
import { compareNames } from '../inventory/unique-names.ts';
import { mib, optional, times } from '../inventory/values.ts';
import type { ImportReport } from '../report.ts';
import type { HostNameJoin } from './header.ts';
import { joinHostNames, type NamedHost } from './host-names.ts';
import { hostFabric } from './read-fabric.ts';
import type { NetworkNames } from './read-networks.ts';
import type { Storage } from './read-storage.ts';
import type { PlacedVm } from './read-vms.ts';
import { type Row, type Tab, type Tabs, whereOf } from './tabs.ts';

/** A host and the cluster that the export puts it in. */
export interface PlacedHost {
  readonly host: Host;
  readonly cluster?: string;
}

export interface Hosts {
  readonly hosts: readonly PlacedHost[];
  readonly joins: readonly HostNameJoin[];
}

/** A measured clock this near to the one in the processor's name is that clock. */
const SAME_CLOCK = 0.01;

export function readHosts(
  tabs: Tabs,
  vms: readonly PlacedVm[],
  storage: Storage,
  networks: NetworkNames,
  report: ImportReport,
): Hosts {
  const { vHost } = tabs;
  const rows = new Map<string, Row>();
  for (const row of vHost.rows) {
    const name = vHost.text(row, 'host');
    if (name === undefined) report.drop('rows of vHost', 'they name no host');
    else if (rows.has(name)) {
      report.drop('rows of vHost', 'another row has the same host');
      report.problem('error', `the host ${name} is listed twice; the first row counts`, whereOf(row));
    } else rows.set(name, row);
  }
  const listed = [...rows].map(([name, row]) => ({ name, cluster: vHost.text(row, 'cluster') }));
  const others = namedElsewhere(tabs, vms, storage);
  const { joined, ambiguous } = joinHostNames(listed, others);
  for (const [name, hosts] of ambiguous) {
    report.problem('warning', `the host ${name} could be ${hosts.join(' or ')} of vHost; they were left apart`, '');
  }
  const nameOf = (name: string): string => joined.get(name) ?? name;

  const vmsByHost = new Map<string, Vm[]>();
  for (const { vm, host } of vms) {
    if (host === undefined) continue;
    const name = nameOf(host);
    vmsByHost.set(name, [...(vmsByHost.get(name) ?? []), vm]);
  }
  const clusterOf = new Map<string, string>();
  const siteOf = new Map<string, string>();
  for (const { name, cluster } of others) if (cluster !== undefined) clusterOf.set(nameOf(name), cluster);
  for (const { host, site } of vms) if (host !== undefined && site !== undefined) siteOf.set(nameOf(host), site);
  const fabric = hostFabric(tabs, networks, nameOf, report);
  const mounts = new Map<string, string[]>();
  for (const [host, datastores] of storage.mounts) {
    mounts.set(nameOf(host), [...(mounts.get(nameOf(host)) ?? []), ...datastores]);
  }
  const common = (name: string) => ({
    name,
    aliases: [...joined].filter(([, known]) => known === name).map(([other]) => other),
    ...fabric(name),
    mounts: mounts.get(name) ?? [],
    vms: (vmsByHost.get(name) ?? []).sort((a, b) => compareNames(a.name, b.name)),
  });
  const known = listed.map(({ name, cluster }): PlacedHost => {
    const row = rows.get(name);
    const host = { ...common(name), ...(row ? describe(vHost, row) : UNLISTED) };
    return {
      host: { ...optional('site', siteOf.get(name)), ...host },
      ...optional('cluster', cluster ?? clusterOf.get(name)),
    };
  });
  const unlisted = others.filter((other) => !rows.has(other.name) && !joined.has(other.name));
  const unknown = unlisted.map(({ name, cluster }): PlacedHost => {
    return {
      host: { ...common(name), ...UNLISTED, ...optional('site', siteOf.get(name)) },
      ...optional('cluster', cluster),
    };
  });
  return {
    hosts: [...known, ...unknown],
    joins: [...joined]
      .map(([other, name]) => ({ listed: name, other }))
      .sort((a, b) => compareNames(a.listed, b.listed)),
  };
}

const UNLISTED = { listed: false, hardware: {}, features: [] } as const;

/** Hosts as every tab but vHost calls them, each once. */
function namedElsewhere(tabs: Tabs, vms: readonly PlacedVm[], storage: Storage): readonly NamedHost[] {
  const found = new Map<string, { name: string; cluster?: string | undefined; tabs: Set<string> }>();
  const add = (tab: string, name: string | undefined, cluster: string | undefined): void => {
    if (name === undefined) return;
    const known = found.get(name) ?? { name, tabs: new Set<string>() };
    known.cluster ??= cluster;
    known.tabs.add(tab);
    found.set(name, known);
  };
  for (const { host, cluster } of vms) add('vInfo', host, cluster);
  for (const tab of [tabs.vNIC, tabs.vHBA, tabs.vSwitch, tabs.vPort, tabs.vSC_VMK] as const) {
    for (const row of tab.rows) add(tab.name, tab.text(row, 'host'), tab.text(row, 'cluster'));
  }
  for (const name of storage.mounts.keys()) add('vDatastore', name, undefined);
  return [...found.values()];
}

function describe(
  vHost: Tab<'vHost'>,
  row: Row,
): Omit<Host, 'name' | 'aliases' | 'nics' | 'hbas' | 'vswitches' | 'services' | 'mounts' | 'vms'> {
  const hardware = readHardware(vHost, row);
  const hypervisor = readHypervisor(vHost, row);
  const cpuCapacity = times(hardware.clock, hardware.cores ?? 0);
  return {
    listed: true,
    hardware,
    ...optional('id', vHost.text(row, 'id')),
    ...optional('site', vHost.text(row, 'datacenter')),
    ...(hypervisor && { hypervisor }),
    ...(vHost.flag(row, 'maintenance') && { state: 'maintenance' as const }),
    ...optional('evc', vHost.text(row, 'evc')?.toLowerCase()),
    features: [
      ...(vHost.flag(row, 'vmotion') ? ['live-migration'] : []),
      ...(vHost.flag(row, 'storageVmotion') ? ['storage-migration'] : []),
    ],
    ...optional(
      'cpuUsage',
      times(vHost.number(row, 'cpuUsage'), 0.01) ?? shareOf(times(vHost.number(row, 'cpuUsageMhz'), 1e6), cpuCapacity),
    ),
    ...optional(
      'memoryUsage',
      times(vHost.number(row, 'memoryUsage'), 0.01) ??
        shareOf(mib(vHost.number(row, 'memoryUsageMib')), hardware.memory),
    ),
    ...optional('nicCount', vHost.number(row, 'nics')),
    ...optional('hbaCount', vHost.number(row, 'hbas')),
  };
}

function shareOf(value: number | undefined, whole: number | undefined): number | undefined {
  return value !== undefined && whole ? Math.round((value / whole) * 100) / 100 : undefined;
}

function readHardware(vHost: Tab<'vHost'>, row: Row): Hardware {
  const cpuModel = vHost.text(row, 'cpuModel');
  const measured = times(vHost.number(row, 'speed'), 1e6);
  const nominal = cpuModel === undefined ? undefined : cpuModelOf(cpuModel).nominal;
  const clock =
    measured === undefined || (nominal !== undefined && Math.abs(nominal - measured) <= nominal * SAME_CLOCK)
      ? (nominal ?? measured)
      : measured;
  const vendor = vHost.text(row, 'vendor');
  const type = vHost.text(row, 'model');
  const sockets = vHost.number(row, 'sockets');
  const coresPerSocket = vHost.number(row, 'coresPerSocket');
  const cores = vHost.number(row, 'cores') ?? (sockets !== undefined ? times(coresPerSocket, sockets) : undefined);
  return {
    ...optional(
      'model',
      type === undefined || vendor === undefined || type.toLowerCase().startsWith(vendor.toLowerCase())
        ? type
        : `${vendor} ${type}`,
    ),
    ...optional('cpuModel', cpuModel),
    ...optional('clock', clock),
    ...(sockets !== undefined &&
      coresPerSocket !== undefined &&
      sockets * coresPerSocket === cores && { sockets, coresPerSocket }),
    ...optional('cores', cores),
    ...optional('memory', mib(vHost.number(row, 'memory'))),
  };
}

const EDITIONS: readonly (readonly [RegExp, string])[] = [
  [/enterprise plus/i, 'enterprise-plus'],
  [/enterprise/i, 'enterprise'],
  [/essentials plus/i, 'essentials-plus'],
  [/essentials/i, 'essentials'],
  [/foundation/i, 'foundation'],
  [/standard/i, 'standard'],
];

/** Reads `VMware ESXi 8.0.2 build-22380479`. */
function readHypervisor(vHost: Tab<'vHost'>, row: Row): Hypervisor | undefined {
  const text = vHost.text(row, 'version');
  if (text === undefined || !/esx/i.test(text)) return undefined;
  const version = /(\d+(?:\.\d+)*)/.exec(text)?.[1];
  const build = /build-?\s*(\d+)/i.exec(text)?.[1];
  const licences = vHost.text(row, 'licences') ?? '';
  const edition = /evaluation/i.test(licences) ? undefined : EDITIONS.find(([pattern]) => pattern.test(licences))?.[1];
  return {
    type: 'esxi',
    ...optional('version', version),
    ...optional('build', build === undefined ? undefined : Number(build)),
    ...optional('edition', edition),
  };
}
