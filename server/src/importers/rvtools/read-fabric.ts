import type { Host, PhysicalNic, Service, VirtualSwitch } from '../inventory/inventory.ts';
import { compareNames } from '../inventory/unique-names.ts';
import { addressOf, optional, splitList, times } from '../inventory/values.ts';
import type { ImportReport } from '../report.ts';
import { isUplinkGroup, type NetworkNames } from './read-networks.ts';
import { type Row, type Tab, type Tabs, whereOf } from './tabs.ts';

type Fabric = Pick<Host, 'nics' | 'hbas' | 'vswitches' | 'services'>;

/** Cards, virtual switches and VMkernel services of a host, by its name in the design. */
export function hostFabric(
  tabs: Tabs,
  networks: NetworkNames,
  nameOf: (host: string) => string,
  report: ImportReport,
): (host: string) => Fabric {
  const nics = byHost(tabs.vNIC, nameOf);
  const hbas = byHost(tabs.vHBA, nameOf);
  const switches = byHost(tabs.vSwitch, nameOf);
  const ports = byHost(tabs.vPort, nameOf);
  const kernels = byHost(tabs.vSC_VMK, nameOf);
  const siteOf = siteFinder(tabs, nameOf);
  const distributed = readDistributed(tabs, networks, nameOf);
  return (host) => {
    const site = siteOf(host);
    const nicRows = nics.get(host) ?? [];
    const own = (name: string): string => networks.nameOf(name, site);
    const standard = readSwitches(tabs, switches.get(host) ?? [], ports.get(host) ?? [], nicRows, own);
    const uplinks = standard.flatMap((vswitch) => vswitch.uplinks);
    return {
      nics: nicRows.length > 0 ? readNics(tabs.vNIC, nicRows) : uplinks.map((name) => ({ name })),
      hbas: readHbas(tabs.vHBA, hbas.get(host) ?? [], report),
      vswitches: [...standard, ...distributed(host, nicRows)],
      services: readServices(tabs.vSC_VMK, kernels.get(host) ?? [], own, report),
    };
  };
}

type HostTab = Tab<'vNIC'> | Tab<'vHBA'> | Tab<'vSwitch'> | Tab<'vPort'> | Tab<'vSC_VMK'>;

function byHost(tab: HostTab, nameOf: (host: string) => string): ReadonlyMap<string, readonly Row[]> {
  const rows = new Map<string, Row[]>();
  for (const row of tab.rows) {
    const host = tab.text(row, 'host');
    if (host === undefined) continue;
    const own = rows.get(nameOf(host));
    if (own) own.push(row);
    else rows.set(nameOf(host), [row]);
  }
  return rows;
}

function siteFinder(tabs: Tabs, nameOf: (host: string) => string): (host: string) => string | undefined {
  const sites = new Map<string, string>();
  for (const tab of [tabs.vInfo, tabs.vHost] as const) {
    for (const row of tab.rows) {
      const host = tab.text(row, 'host');
      const site = tab.text(row, 'datacenter');
      if (host !== undefined && site !== undefined) sites.set(nameOf(host), site);
    }
  }
  return (host) => sites.get(host);
}

function readNics(vNIC: Tab<'vNIC'>, rows: readonly Row[]): readonly PhysicalNic[] {
  const cards = new Map<string, number>();
  return rows
    .flatMap((row) => {
      const name = vNIC.text(row, 'device');
      return name === undefined ? [] : [{ row, name }];
    })
    .sort((a, b) => compareNames(a.name, b.name))
    .map(({ row, name }) => {
      const bus = /^(?:[0-9a-f]{4}:)?([0-9a-f]{2}:[0-9a-f]{2})\.\d/i.exec(vNIC.text(row, 'pci') ?? '')?.[1];
      if (bus !== undefined && !cards.has(bus)) cards.set(bus, cards.size + 1);
      const speed = times(vNIC.number(row, 'speed'), 1e6);
      return {
        name,
        ...optional('speed', speed || undefined),
        ...optional('card', bus === undefined ? undefined : cards.get(bus)),
      };
    });
}

/** Adapters to storage outside the host; controllers of its own disks are none. */
function readHbas(vHBA: Tab<'vHBA'>, rows: readonly Row[], report: ImportReport): readonly string[] {
  return rows.flatMap((row) => {
    const device = vHBA.text(row, 'device');
    if (device === undefined) return [];
    const type = vHBA.text(row, 'type');
    if (type === undefined || /fibre|fc|iscsi|nvme over|rdma/i.test(type)) return [device];
    report.drop('disk controllers in vHBA', 'an hba leads to storage outside the host');
    return [];
  });
}

const TEAMING: readonly (readonly [RegExp, string])[] = [
  [/loadbased/i, 'load-based'],
  [/srcid/i, 'port-id'],
  [/srcmac/i, 'mac-hash'],
  [/_ip$|iphash|ip hash/i, 'ip-hash'],
  [/failover_explicit|explicit/i, 'failover'],
];

function teamingOf(policy: string | undefined): string | undefined {
  return TEAMING.find(([pattern]) => pattern.test(policy ?? ''))?.[1];
}

/** 1500 is what the language takes for granted. */
function mtuOf(value: number | undefined): number | undefined {
  return value === 1500 || value === 0 ? undefined : value;
}

function readSwitches(
  tabs: Tabs,
  switches: readonly Row[],
  ports: readonly Row[],
  nics: readonly Row[],
  nameOf: (network: string) => string,
): readonly VirtualSwitch[] {
  const { vSwitch, vPort, vNIC } = tabs;
  const names = new Set<string>();
  for (const row of switches) names.add(vSwitch.text(row, 'vswitch') ?? '');
  names.delete('');
  return [...names].sort(compareNames).map((name) => {
    const own = switches.filter((row) => vSwitch.text(row, 'vswitch') === name);
    const first = own[0];
    const groups = [
      ...own.map((row) => vSwitch.text(row, 'portGroup')),
      ...ports.filter((row) => vPort.text(row, 'vswitch') === name).map((row) => vPort.text(row, 'portGroup')),
    ].filter((group) => group !== undefined);
    const uplinks = splitList(first && vSwitch.text(first, 'uplinks'));
    const cabled = nics.filter((row) => vNIC.text(row, 'vswitch') === name).map((row) => vNIC.text(row, 'device'));
    return {
      name,
      uplinks: (uplinks.length > 0 ? [...uplinks] : cabled.filter((nic) => nic !== undefined)).sort(compareNames),
      carries: [...new Set(groups.map(nameOf))].sort(compareNames),
      ...optional('teaming', teamingOf(first && vSwitch.text(first, 'policy'))),
      ...optional('mtu', mtuOf(first && vSwitch.number(first, 'mtu'))),
    };
  });
}

function readDistributed(
  tabs: Tabs,
  networks: NetworkNames,
  nameOf: (host: string) => string,
): (host: string, nics: readonly Row[]) => readonly VirtualSwitch[] {
  const { dvSwitch, dvPort, vNIC } = tabs;
  const switches = new Map<string, { row: Row; hosts: Set<string>; groups: Set<string>; policy?: string }>();
  for (const row of dvSwitch.rows) {
    const name = dvSwitch.text(row, 'vswitch');
    if (name === undefined) continue;
    const known = switches.get(name) ?? { row, hosts: new Set<string>(), groups: new Set<string>() };
    for (const host of splitList(dvSwitch.text(row, 'hosts'))) known.hosts.add(nameOf(host));
    const group = dvSwitch.text(row, 'portGroup');
    if (group !== undefined) known.groups.add(networks.nameOf(group, dvSwitch.text(row, 'datacenter')));
    switches.set(name, known);
  }
  for (const row of dvPort.rows) {
    const known = switches.get(dvPort.text(row, 'vswitch') ?? '');
    const group = dvPort.text(row, 'portGroup');
    if (!known || group === undefined || isUplinkGroup(group, dvPort.text(row, 'vlan'))) continue;
    known.groups.add(networks.nameOf(group, dvSwitch.text(known.row, 'datacenter')));
    known.policy ??= dvPort.text(row, 'policy');
  }
  return (host, nics) =>
    [...switches].flatMap(([name, known]) => {
      const uplinks = nics
        .filter((row) => vNIC.text(row, 'vswitch') === name)
        .flatMap((row) => vNIC.text(row, 'device') ?? []);
      if (!known.hosts.has(host) && uplinks.length === 0) return [];
      return [
        {
          name,
          type: 'distributed',
          uplinks: uplinks.sort(compareNames),
          carries: [...known.groups].sort(compareNames),
          ...optional('teaming', teamingOf(known.policy)),
          ...optional('mtu', mtuOf(dvSwitch.number(known.row, 'mtu'))),
        },
      ];
    });
}

/** What a VMkernel adapter does, by its services or else by the name of its port group. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/vmotion/i, 'migration'],
  [/fault ?tolerance|\bft\b/i, 'ft'],
  [/replication/i, 'replication'],
  [/backup/i, 'backup'],
  [/vsan|iscsi|nfs|storage/i, 'storage'],
  [/management/i, 'management'],
];

function readServices(
  vmk: Tab<'vSC_VMK'>,
  rows: readonly Row[],
  nameOf: (network: string) => string,
  report: ImportReport,
): readonly Service[] {
  const services: Service[] = [];
  for (const row of rows) {
    const group = vmk.text(row, 'portGroup');
    const stated = vmk.text(row, 'services');
    const types = SERVICES.filter(([pattern]) => pattern.test(stated ?? group ?? '')).map(([, type]) => type);
    if (group === undefined || types.length === 0) {
      report.drop('VMkernel adapters', 'neither their services nor their port group say what they are for');
      continue;
    }
    if (stated === undefined) {
      report.problem(
        'info',
        `${group} was taken for ${types[0] ?? ''}, by its name`,
        whereOf(row),
        'services taken from the name of a port group',
      );
    }
    for (const type of stated === undefined ? types.slice(0, 1) : types) {
      if (services.some((service) => service.type === type)) {
        report.drop('further VMkernel adapters of one service', 'a host states each service once');
        continue;
      }
      services.push({
        type,
        network: nameOf(group),
        ...optional('address', addressOf(vmk.text(row, 'ip'))),
        ...optional('mtu', mtuOf(vmk.number(row, 'mtu'))),
      });
    }
  }
  return services;
}
