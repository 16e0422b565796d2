import type { Network } from '../inventory/inventory.ts';
import { compareNames, UniqueNames } from '../inventory/unique-names.ts';
import { optional } from '../inventory/values.ts';
import type { ImportReport } from '../report.ts';
import { type Tabs, whereOf } from './tabs.ts';

export interface NetworkNames {
  readonly networks: readonly Network[];
  /** What the network of that name at that site is called in the design. */
  readonly nameOf: (name: string, site: string | undefined) => string;
}

interface Sighting {
  readonly name: string;
  readonly site: string | undefined;
  readonly vlan: string | undefined;
  readonly where: string;
}

/**
 * Port groups become networks. One name at several sites is one network for each site, since nothing says that the
 * VLAN reaches from one to the other.
 */
export function readNetworks(tabs: Tabs, report: ImportReport): NetworkNames {
  const sightings = collect(tabs);
  const sitesOf = new Map<string, Set<string>>();
  const seenAs = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const { name, site } = sighting;
    const sites = sitesOf.get(name) ?? new Set();
    if (site !== undefined) sites.add(site);
    sitesOf.set(name, sites);
    const seen = seenAs.get(name);
    if (seen) seen.push(sighting);
    else seenAs.set(name, [sighting]);
  }
  const unique = new UniqueNames([...sitesOf].filter(([, sites]) => sites.size < 2).map(([name]) => name));
  const networks: Network[] = [];
  const names = new Map<string, string>();
  for (const name of [...sitesOf.keys()].sort(compareNames)) {
    const sites = [...(sitesOf.get(name) ?? [])].sort(compareNames);
    if (sites.length < 2) {
      const vlan = vlanOf(name, seenAs.get(name) ?? [], report);
      networks.push({ name, sites, ...optional('vlan', vlan) });
      names.set(name, name);
      continue;
    }
    for (const site of sites) {
      const own = unique.take(`${name}-${site}`);
      const vlan = vlanOf(
        own,
        (seenAs.get(name) ?? []).filter((one) => one.site === site),
        report,
      );
      networks.push({ name: own, sites: [site], ...optional('vlan', vlan) });
      names.set(`${name}\n${site}`, own);
    }
  }
  const anySite = (name: string): string | undefined =>
    names.get(`${name}\n${[...(sitesOf.get(name) ?? [])].sort(compareNames)[0] ?? ''}`);
  return {
    networks,
    nameOf: (name, site) => names.get(`${name}\n${site ?? ''}`) ?? names.get(name) ?? anySite(name) ?? name,
  };
}

function collect(tabs: Tabs): readonly Sighting[] {
  const { vInfo, vNetwork, vPort, vSwitch, dvSwitch, dvPort, vSC_VMK } = tabs;
  const siteOfHost = new Map<string, string>();
  for (const row of tabs.vHost.rows) {
    const host = tabs.vHost.text(row, 'host');
    const site = tabs.vHost.text(row, 'datacenter');
    if (host !== undefined && site !== undefined) siteOfHost.set(host, site);
  }
  const siteOfVm = new Map<string, string>();
  for (const row of vInfo.rows) {
    const vm = vInfo.text(row, 'vm');
    const site = vInfo.text(row, 'datacenter');
    if (vm !== undefined && site !== undefined) siteOfVm.set(vm, site);
  }
  const siteOfSwitch = new Map<string, string>();
  for (const row of dvSwitch.rows) {
    const vswitch = dvSwitch.text(row, 'vswitch');
    const site = dvSwitch.text(row, 'datacenter');
    if (vswitch !== undefined && site !== undefined) siteOfSwitch.set(vswitch, site);
  }
  const seen: Sighting[] = [];
  const add = (name: string | undefined, site: string | undefined, vlan: string | undefined, where: string): void => {
    if (name !== undefined) seen.push({ name, site, vlan, where });
  };
  for (const tab of [vPort, vSwitch] as const) {
    for (const row of tab.rows) {
      const site = tab.text(row, 'datacenter') ?? siteOfHost.get(tab.text(row, 'host') ?? '');
      add(tab.text(row, 'portGroup'), site, tab.text(row, 'vlan'), whereOf(row));
    }
  }
  for (const row of vSC_VMK.rows) {
    const site = vSC_VMK.text(row, 'datacenter') ?? siteOfHost.get(vSC_VMK.text(row, 'host') ?? '');
    add(vSC_VMK.text(row, 'portGroup'), site, undefined, whereOf(row));
  }
  for (const row of dvSwitch.rows) {
    add(dvSwitch.text(row, 'portGroup'), dvSwitch.text(row, 'datacenter'), dvSwitch.text(row, 'vlan'), whereOf(row));
  }
  for (const row of dvPort.rows) {
    if (isUplinkGroup(dvPort.text(row, 'portGroup'), dvPort.text(row, 'vlan'))) continue;
    add(
      dvPort.text(row, 'portGroup'),
      siteOfSwitch.get(dvPort.text(row, 'vswitch') ?? ''),
      dvPort.text(row, 'vlan'),
      whereOf(row),
    );
  }
  for (const row of vNetwork.rows) {
    add(vNetwork.text(row, 'network'), siteOfVm.get(vNetwork.text(row, 'vm') ?? ''), undefined, whereOf(row));
  }
  for (const row of vInfo.rows) {
    for (const column of [
      'network1',
      'network2',
      'network3',
      'network4',
      'network5',
      'network6',
      'network7',
      'network8',
    ] as const) {
      add(vInfo.text(row, column), vInfo.text(row, 'datacenter'), undefined, whereOf(row));
    }
  }
  return seen;
}

/** The port group that holds the uplinks of a distributed switch is no network that anything is attached to. */
export function isUplinkGroup(name: string | undefined, vlan: string | undefined): boolean {
  return /uplink/i.test(name ?? '') && (vlan === undefined || /-/.test(vlan));
}

/** The VLAN that most sightings name; a trunk of all VLANs is 4095. */
function vlanOf(name: string, sightings: readonly Sighting[], report: ImportReport): number | undefined {
  const counts = new Map<number, number>();
  for (const { vlan, where } of sightings) {
    if (vlan === undefined) continue;
    const id = /^0\s*-\s*409[45]$/.test(vlan) ? 4095 : Number(vlan);
    if (Number.isInteger(id) && id >= 0 && id <= 4095) counts.set(id, (counts.get(id) ?? 0) + 1);
    else {
      report.drop('port groups with a list of VLANs', 'a network has one VLAN');
      report.problem(
        'info',
        `the port group ${name} has the VLANs ${vlan}; its network has none stated`,
        where,
        'port groups with a list of VLANs',
      );
    }
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (ranked.length > 1) {
    const all = ranked.map(([id]) => id).join(', ');
    report.problem(
      'warning',
      `the port group ${name} has different VLANs on different hosts (${all}); the most frequent is stated`,
      sightings[0]?.where ?? '',
    );
  }
  return ranked[0]?.[0];
}
