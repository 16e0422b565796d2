import type { Network } from './inventory.ts';
import { compareNames, UniqueNames } from './unique-names.ts';
import { optional } from './values.ts';

type Subnet = NonNullable<Network['subnet']>;

interface SwitchNetwork {
  readonly name: string;
  readonly on: string;
  vlan?: number;
  subnet?: Subnet;
}

/**
 * Networks that follow from what is attached to virtual switches: the switch as a whole, and each VLAN on it. A name
 * stands for one switch on all hosts, as moving VMs between them asks for.
 */
export class SwitchNetworks {
  readonly #unique: UniqueNames;
  readonly #networks = new Map<string, SwitchNetwork>();
  readonly #ownVlans: ReadonlyMap<string, number>;

  /**
   * @param switches names of all switches, which VLANs on others may not take
   * @param ownVlans VLANs that switches are in as a whole, 0 for none
   */
  constructor(switches: Iterable<string>, ownVlans: ReadonlyMap<string, number> = new Map()) {
    this.#unique = new UniqueNames(switches);
    this.#ownVlans = ownVlans;
  }

  /** The network of a switch, or of a VLAN on it. @param vlan 1 to 4094; 0 is a card without a tag; nothing if not known */
  nameOf(on: string, vlan: number | undefined): string {
    return this.#networkOf(on, vlan).name;
  }

  /** Takes note of a subnet of a network; gives the one that is known already where it is another. */
  learnSubnet(on: string, vlan: number | undefined, subnet: Subnet): Subnet | undefined {
    const network = this.#networkOf(on, vlan);
    if (network.subnet !== undefined && network.subnet.prefix !== subnet.prefix) return network.subnet;
    if (network.subnet?.gateway === undefined) network.subnet = subnet;
    return undefined;
  }

  #networkOf(on: string, vlan: number | undefined): SwitchNetwork {
    const tag = vlan === 0 ? undefined : vlan;
    const key = `${on}\n${tag ?? ''}`;
    const known = this.#networks.get(key);
    if (known) {
      if (vlan !== undefined) known.vlan ??= vlan;
      return known;
    }
    const name = tag === undefined ? on : this.#unique.take(`${on}-${tag}`);
    const network: SwitchNetwork = { name, on, ...optional('vlan', vlan ?? this.#ownVlans.get(on)) };
    this.#networks.set(key, network);
    return network;
  }

  /** Names of the networks on some switches. */
  carriedBy(isOn: (on: string) => boolean): readonly string[] {
    return [...this.#networks.values()]
      .filter(({ on }) => isOn(on))
      .map(({ name }) => name)
      .sort(compareNames);
  }

  all(): readonly Network[] {
    return [...this.#networks.values()].map(({ name, vlan, subnet }) => ({
      name,
      sites: [],
      ...optional('vlan', vlan),
      ...optional('subnet', subnet),
    }));
  }
}

/** The number of a VLAN that a card can be in, or nothing. */
export function vlanIdOf(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 4094 ? value : undefined;
}
