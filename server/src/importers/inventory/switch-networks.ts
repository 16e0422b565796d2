import type { Network } from './inventory.ts';
import { compareNames, UniqueNames } from './unique-names.ts';
import { optional } from './values.ts';

/**
 * Networks that follow from what is attached to virtual switches: the switch as a whole, and each VLAN on it. A name
 * stands for one switch on all hosts, as moving VMs between them asks for.
 */
export class SwitchNetworks {
  readonly #unique: UniqueNames;
  readonly #networks = new Map<string, { name: string; on: string; vlan?: number }>();

  /** @param switches names of all switches, which VLANs on others may not take */
  constructor(switches: Iterable<string>) {
    this.#unique = new UniqueNames(switches);
  }

  /** The network of a switch, or of a VLAN on it. @param vlan 1 to 4094; 0 is a card without a tag; nothing if not known */
  nameOf(on: string, vlan: number | undefined): string {
    const tag = vlan === 0 ? undefined : vlan;
    const key = `${on}\n${tag ?? ''}`;
    const known = this.#networks.get(key);
    if (known) {
      if (vlan !== undefined) known.vlan ??= vlan;
      return known.name;
    }
    const name = tag === undefined ? on : this.#unique.take(`${on}-${tag}`);
    this.#networks.set(key, { name, on, ...optional('vlan', vlan) });
    return name;
  }

  carriedBy(on: string): readonly string[] {
    return [...this.#networks.values()]
      .filter((network) => network.on === on)
      .map(({ name }) => name)
      .sort(compareNames);
  }

  all(): readonly Network[] {
    return [...this.#networks.values()].map(({ name, vlan }) => ({ name, sites: [], ...optional('vlan', vlan) }));
  }
}

/** The number of a VLAN that a card can be in, or nothing. */
export function vlanIdOf(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 4094 ? value : undefined;
}
