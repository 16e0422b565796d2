import type { Network } from '../inventory/inventory.ts';
import { SwitchNetworks, vlanIdOf } from '../inventory/switch-networks.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { HostSource } from './sources.ts';
import { wholeOf } from './values.ts';

/** What network cards are attached to: bridges, networks of libvirt, cards of the host. */
export class Attachments {
  readonly #networks: SwitchNetworks;

  constructor(hosts: readonly HostSource[]) {
    const names = hosts.flatMap(({ domains }) =>
      domains.flatMap((domain) =>
        (domain.find('devices')?.all('interface') ?? []).flatMap((nic) => placeOf(nic) ?? []),
      ),
    );
    this.#networks = new SwitchNetworks(names);
  }

  /** @param vlan that the card itself is in; else its port group may say it */
  networkOf(nic: XmlElement, vlan: number | undefined, source: HostSource): string | undefined {
    const place = placeOf(nic);
    if (place === undefined) return undefined;
    const network = source.networks.find((one) => one.find('name')?.text === place);
    const group = nic.find('source')?.attribute('portgroup');
    const said = network?.all('portgroup').find((one) => one.attribute('name') === group) ?? network;
    const tags = said?.find('vlan')?.all('tag') ?? [];
    const tag = vlan ?? (tags.length === 1 ? vlanIdOf(wholeOf(tags[0]?.attribute('id'))) : undefined);
    // Of a network that is not defined in the export nobody knows what it is attached to.
    const isKnown = network !== undefined || nic.attribute('type') !== 'network';
    const bridge = network?.find('forward')?.attribute('mode') === 'bridge' ? network.find('bridge') : undefined;
    return this.#networks.nameOf(bridge?.attribute('name') ?? place, tag ?? (isKnown ? 0 : undefined));
  }

  all(): readonly Network[] {
    return this.#networks.all();
  }
}

function placeOf(nic: XmlElement): string | undefined {
  const source = nic.find('source');
  const type = nic.attribute('type');
  if (type === 'network') return source?.attribute('network');
  if (type === 'bridge') return source?.attribute('bridge');
  return type === 'direct' ? source?.attribute('dev') : undefined;
}
