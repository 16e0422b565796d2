import type { Network, PhysicalNic, Service, VirtualSwitch } from '../inventory/inventory.ts';
import { SwitchNetworks, vlanIdOf } from '../inventory/switch-networks.ts';
import { addressOf, optional, subnetOf } from '../inventory/values.ts';
import { type Fields, isRecord } from '../json/fields.ts';
import type { ImportReport } from '../report.ts';
import type { Answers } from './answers.ts';
import { parseOptions } from './options.ts';

/** Bridges and VLANs that VMs and hosts are attached to, collected while those are read. */
export class Networks {
  readonly #answers: Answers;
  readonly #report: ImportReport;
  readonly #networks: SwitchNetworks;

  constructor(answers: Answers, report: ImportReport) {
    this.#answers = answers;
    this.#report = report;
    const bridges = new Set<string>();
    const vlans = new Map<string, number>();
    for (const interfaces of answers.networks.values()) {
      const own = byName(interfaces);
      for (const fields of interfaces) {
        const bridge = fields.text('iface');
        if (bridge === undefined || !isBridge(fields)) continue;
        bridges.add(bridge);
        if (!vlans.has(bridge)) vlans.set(bridge, vlanOfPorts(fields, own));
      }
    }
    for (const vnet of answers.vnets) {
      const name = vnet.text('vnet');
      if (name === undefined) continue;
      bridges.add(name);
      const tag = vlanIdOf(vnet.number('tag'));
      if (tag !== undefined) vlans.set(name, tag);
      else vlans.delete(name);
    }
    this.#networks = new SwitchNetworks(bridges, vlans);
  }

  /** The network of a bridge, or of a VLAN on it. */
  nameOf(bridge: string, tag: number | undefined): string {
    return this.#networks.nameOf(bridge, tag);
  }

  /** The network that an address of a host is in: on a bridge, or on a VLAN of one. */
  #networkOf(fields: Fields, interfaces: ReadonlyMap<string, Fields>): { bridge: string; tag?: number } | undefined {
    const name = fields.text('iface') ?? '';
    if (isBridge(fields)) return { bridge: name };
    const vlan = vlanOf(fields);
    const raw = interfaces.get(vlan?.device ?? '');
    return vlan && raw && isBridge(raw) ? { bridge: vlan.device, tag: vlan.id } : undefined;
  }

  /**
   * Where a node is managed from and moves its guests over, and the subnets that this tells of. Guests move over the
   * network of the cluster unless its options name another.
   * @param ip address in `/cluster/status`
   */
  servicesOf(node: string, ip: string | undefined): readonly Service[] {
    const list = this.#answers.networks.get(node) ?? [];
    const interfaces = byName(list);
    const migration = migrationPrefixOf(this.#answers.options);
    const found: Service[] = [];
    for (const fields of list) {
      const cidr = fields.text('cidr');
      const address = addressOf(fields.text('address') ?? cidr?.replace(/\/.*$/, ''));
      if (address === undefined) continue;
      const at = this.#networkOf(fields, interfaces);
      const gateway = addressOf(fields.text('gateway'));
      if (at) this.#learnSubnet(at, cidr, gateway);
      const isMain = ip === undefined ? gateway !== undefined : address === ip;
      const prefix = subnetOf(cidr, undefined)?.prefix;
      const types = [
        ...(isMain ? ['management'] : []),
        ...((migration === undefined ? isMain : prefix === migration) ? ['migration'] : []),
      ];
      if (types.length === 0) this.#report.drop('further addresses of nodes', 'what they are for is not said');
      else if (!at) this.#report.drop('addresses of nodes on cards and bonds', 'a service of a host is on a network');
      // One interface for both has one address, which is said once.
      if (at)
        types.forEach((type, index) => {
          const network = this.nameOf(at.bridge, at.tag);
          found.push({ type, network, ...(index === 0 && { address }) });
        });
    }
    return found.filter((one, index) => found.findIndex(({ type }) => type === one.type) === index);
  }

  #learnSubnet(at: { bridge: string; tag?: number }, cidr: string | undefined, gateway: string | undefined): void {
    const subnet = subnetOf(cidr, gateway);
    if (subnet === undefined) return;
    if (this.#networks.learnSubnet(at.bridge, at.tag, subnet))
      this.#report.problem(
        'warning',
        `nodes have addresses of different subnets on ${this.nameOf(at.bridge, at.tag)}; one is stated`,
        '',
      );
  }

  nicsOf(node: string): readonly PhysicalNic[] {
    const interfaces = this.#answers.networks.get(node) ?? [];
    return interfaces.flatMap((fields) => {
      const name = fields.text('iface');
      return fields.value('type') === 'eth' && name !== undefined ? [{ name }] : [];
    });
  }

  /** To be asked when all networks are known. */
  vswitchesOf(node: string): readonly VirtualSwitch[] {
    const list = this.#answers.networks.get(node) ?? [];
    const interfaces = byName(list);
    const switches = list.filter(isBridge).map((fields): VirtualSwitch => {
      const name = fields.text('iface') ?? '';
      const { uplinks, teaming } = this.#uplinksOf(fields, interfaces);
      const mtu = fields.count('mtu');
      return {
        name,
        type: 'bridge',
        uplinks,
        carries: this.#networks.carriedBy((on) => this.#bridgeBelow(on) === name),
        ...optional('teaming', teaming),
        ...optional('mtu', mtu),
      };
    });
    const own = new Set(switches.map(({ name }) => name));
    const loose = this.#answers.vnets.flatMap((vnet): readonly VirtualSwitch[] => {
      const name = vnet.text('vnet') ?? '';
      const carries = this.#networks.carriedBy((on) => on === name);
      if (list.length === 0 || own.has(name) || carries.length === 0 || this.#bridgeBelow(name) !== name) return [];
      return [{ name, type: 'bridge', uplinks: [], carries }];
    });
    return [...switches, ...loose];
  }

  /** A vnet of a zone of VLANs lies on the bridge of the zone. */
  #bridgeBelow(bridge: string): string {
    const vnet = this.#answers.vnets.find((one) => one.text('vnet') === bridge);
    const zone = this.#answers.zones.find((one) => one.text('zone') === vnet?.text('zone'));
    return zone?.text('bridge') ?? bridge;
  }

  #uplinksOf(
    bridge: Fields,
    interfaces: ReadonlyMap<string, Fields>,
  ): { uplinks: readonly string[]; teaming?: string } {
    const uplinks: string[] = [];
    let teaming: string | undefined;
    const visit = (name: string, depth: number): void => {
      const port = interfaces.get(name);
      const type = port?.text('type');
      if (depth > 4 || port === undefined) return;
      if (type === 'eth') uplinks.push(name);
      else if (type === 'bond' || type === 'OVSBond') {
        teaming = this.#teamingOf(port);
        for (const slave of wordsOf(port.text('slaves') ?? port.text('ovs_bonds'))) visit(slave, depth + 1);
      } else {
        const vlan = vlanOf(port);
        if (vlan) visit(vlan.device, depth + 1);
      }
    };
    for (const port of wordsOf(bridge.text('bridge_ports') ?? bridge.text('ovs_ports'))) visit(port, 0);
    return { uplinks: [...new Set(uplinks)], ...optional('teaming', teaming) };
  }

  #teamingOf(bond: Fields): string | undefined {
    const mode = bond.text('bond_mode');
    const byAddress = /layer(?:2\+3|3\+4)|encap3/.test(bond.text('bond_xmit_hash_policy') ?? '');
    const teaming = mode === 'balance-xor' && byAddress ? 'ip-hash' : TEAMING.get(mode ?? '');
    if (mode !== undefined && teaming === undefined)
      this.#report.drop(`bond mode ${mode}`, 'the language has no word for it');
    return teaming;
  }

  all(): readonly Network[] {
    return this.#networks.all();
  }
}

/** The network for moves in the options of the cluster: an object, or a property string before Proxmox VE 7. */
function migrationPrefixOf(options: Fields | undefined): string | undefined {
  const value = options?.value('migration');
  const network = isRecord(value) ? value.network : parseOptions(String(value ?? '')).keys.get('network');
  return typeof network === 'string' ? subnetOf(network, undefined)?.prefix : undefined;
}

const TEAMING: ReadonlyMap<string, string> = new Map([
  ['active-backup', 'failover'],
  ['802.3ad', 'lacp'],
  ['lacp-balance-slb', 'lacp'],
  ['lacp-balance-tcp', 'lacp'],
  ['balance-xor', 'mac-hash'],
  ['balance-slb', 'mac-hash'],
  ['balance-tlb', 'load-based'],
  ['balance-alb', 'load-based'],
]);

function byName(interfaces: readonly Fields[]): ReadonlyMap<string, Fields> {
  return new Map(interfaces.map((fields) => [fields.text('iface') ?? '', fields]));
}

function isBridge(fields: Fields): boolean {
  const type = fields.value('type');
  return (type === 'bridge' || type === 'OVSBridge') && fields.text('iface') !== undefined;
}

/** The VLAN of an interface `eno1.20`, or of one that names its device and number. */
function vlanOf(fields: Fields): { device: string; id: number } | undefined {
  if (fields.value('type') !== 'vlan') return undefined;
  const [, device, number] = /^(.+)\.(\d{1,4})$/.exec(fields.text('iface') ?? '') ?? [];
  const id = vlanIdOf(fields.number('vlan-id') ?? (number === undefined ? undefined : Number(number)));
  const raw = fields.text('vlan-raw-device') ?? device;
  return id !== undefined && raw !== undefined ? { device: raw, id } : undefined;
}

/** The VLAN that a bridge is in as a whole: that of its port, or 0 for none. */
function vlanOfPorts(bridge: Fields, interfaces: ReadonlyMap<string, Fields>): number {
  const ports = wordsOf(bridge.text('bridge_ports') ?? bridge.text('ovs_ports'));
  const vlans = ports.map((port) => {
    const fields = interfaces.get(port);
    return fields && vlanOf(fields)?.id;
  });
  return vlans.find((vlan) => vlan !== undefined) ?? 0;
}

function wordsOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,;]+/).filter((word) => word !== '' && word !== 'none');
}
