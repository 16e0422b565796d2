import { type Address, formatAddress, formatPrefix, prefixHolds, prefixOf } from '../base/addresses.ts';
import { derive } from '../base/reactive.ts';
import { isUsableAddress, nextFreeAddresses, overlappingPrefixes } from '../capacity/models/subnet.ts';
import {
  type AddressUse,
  addressUses,
  type StatedSubnet,
  type SubnetUse,
  subnetsIn,
  subnetsOf,
} from '../capacity/subnets.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { replaceAt } from '../design/edits.ts';
import { inTextOrder } from '../design/order.ts';
import { partOf } from '../design/props.ts';
import { propsOf, sitesOf } from '../design/things.ts';
import { defineRule, type Fix, type Related, type Severity } from './rule.ts';
import { type Anchor, clauseIn, subjectOf } from './shared/anchor.ts';
import { namesOf, oneOf } from './shared/wording.ts';

interface Conflict {
  readonly severity?: Severity;
  readonly message: string;
  readonly anchor: Anchor;
  readonly related: readonly Related[];
  readonly fixes: () => readonly Fix[];
}

export const addressConflict = defineRule<Conflict>({
  id: 'address-conflict',
  title: 'Addresses that contradict each other',
  painPoint: 'resource-starvation',
  owners: ['network', 'server'],
  benefit: 'Each machine is reached at its address, on the first day',
  why: 'Two machines with one address knock each other off the network, a machine with an address outside its subnet reaches nobody, and one behind a gateway outside the subnet reaches nothing beyond it. Subnets that overlap in one routing table make a part of both unreachable; where they may, because each is routed apart, say so with `vrf`. Two networks of a site with subnets of their own and one VLAN are a warning: on one set of switches they are one network.',
  formula:
    'an address given twice; an address or gateway that its subnet does not hold, or keeps for itself; two subnets of one VRF that overlap; one VLAN for two networks of a site and VRF that state subnets',
  inputs: ['network.subnet', 'network.vlan', 'network.vrf', 'vm.nic', 'app.vip', 'host.service'],
  severity: 'error',
  source: { text: 'how IP works; other analysers of inventories report double addresses, too', evidence: 'verified' },
  covers: ['RS12'],
  of: 'network',
  examples: {
    fires: {
      text: `network web { subnet 10.1.10.0/24 gateway 10.1.10.1 }
vm web-1 { nic web address 10.1.10.11 }
vm web-2 { nic web address 10.1.10.11 }`,
    },
    silent: {
      text: `network web { subnet 10.1.10.0/24 gateway 10.1.10.1 }
vm web-[1..2] { nic web address each 10.1.10.[11..12] }`,
    },
  },
  find: (network) => [
    ...gatewayConflicts(network),
    ...overlaps(network),
    ...sharedVlans(network),
    ...addressConflicts(network),
  ],
  say: ({ severity = 'error', message, anchor, related }) => ({
    severity,
    message,
    ...anchor,
    related: related.slice(0, 8),
  }),
  fix: ({ fixes }) => fixes(),
});

function gatewayConflicts(network: Entity): Conflict[] {
  return subnetsOf(network).flatMap(({ subnet, by }) =>
    subnet.gateways
      .filter((gateway) => !isUsableAddress(subnet.prefix, gateway))
      .map((gateway) => {
        const value = by.sentence.clauses.get('gateway')?.value;
        const part = partOf(value, 0, by.index);
        const items = part?.type === 'list' ? part.items : part ? [part] : [];
        const wrong = items.find((item) => item.type === 'address' && item.address.value === gateway.value);
        return {
          message: `The gateway ${formatAddress(gateway)} ${whyNot(subnet.prefix, gateway)}, so machines of ${network.name} reach nothing beyond ${formatPrefix(subnet.prefix)}. State an address of the subnet.`,
          anchor: wrong ? { at: by, span: wrong } : clauseIn(by, 'gateway'),
          related: [],
          fixes: () => {
            const [free] = nextFreeAddresses(subnet, usedIn(network), 1);
            if (!free || !wrong || value?.each) return [];
            return [readdress(`Use ${formatAddress(free)}`, { at: by, span: wrong }, free)];
          },
        };
      }),
  );
}

const overlapsByNetwork = derive(
  (design: Design): ReadonlyMap<Entity, readonly (readonly [StatedSubnet, StatedSubnet])[]> => {
    const found = new Map<Entity, (readonly [StatedSubnet, StatedSubnet])[]>();
    const tables = new Map<string, StatedSubnet[]>();
    for (const subnet of subnetsIn(design)) tables.set(subnet.vrf, [...(tables.get(subnet.vrf) ?? []), subnet]);
    for (const subnets of tables.values()) {
      for (const [first, second] of overlappingPrefixes(subnets.map(({ subnet }) => subnet.prefix))) {
        const [earlier, later] = [subnets[first], subnets[second]];
        if (earlier && later) found.set(later.network, [...(found.get(later.network) ?? []), [earlier, later]]);
      }
    }
    return found;
  },
);

function overlaps(network: Entity): Conflict[] {
  const pairs = overlapsByNetwork(network.design).get(network) ?? [];
  return pairs.map(([earlier, later]) => ({
    message: `${formatPrefix(later.subnet.prefix)} of ${network.name} overlaps ${formatPrefix(earlier.subnet.prefix)} of ${earlier.network.name}: addresses in both lead to one of them only. Renumber one, or state vrf if they are routed apart.`,
    anchor: subjectOf(later.by),
    related: [{ ...subjectOf(earlier.by), message: `${earlier.network.name} has it, too` }],
    fixes: () => [],
  }));
}

/** Networks by site and VLAN, those that have a subnet. 0 and 4095 are no VLAN of their own. */
const networksByVlan = derive((design: Design): ReadonlyMap<string, readonly Entity[]> => {
  const found = new Map<string, Entity[]>();
  for (const network of design.members('network')) {
    const props = propsOf(network);
    const vlan = props.number('vlan')?.value;
    if (!vlan || vlan >= 4095 || !props.has('subnet')) continue;
    for (const site of sitesOf(network)) {
      const key = vlanKey(site, vlan, props.word('vrf'));
      found.set(key, [...(found.get(key) ?? []), network]);
    }
  }
  return found;
});

function vlanKey(site: Entity, vlan: number, vrf = ''): string {
  return `${entityId(site)} ${vlan} ${vrf}`;
}

/** One VLAN for two networks of a site: they are one, and machines hear the other's broadcasts and DHCP servers. */
function sharedVlans(network: Entity): Conflict[] {
  const props = propsOf(network);
  const by = props.one('vlan');
  const vlan = props.number('vlan')?.value;
  if (!by || !vlan) return [];
  for (const site of sitesOf(network)) {
    const all = networksByVlan(network.design).get(vlanKey(site, vlan, props.word('vrf'))) ?? [];
    const [first] = all;
    if (!first || first === network || !all.includes(network)) continue;
    const other = propsOf(first).one('vlan');
    return [
      {
        severity: 'warning',
        message: `${network.name} and ${first.name} are both VLAN ${vlan} at ${site.name}, with subnets of their own: what is meant as two networks is one. Give one another VLAN, or state vrf if their switches are apart.`,
        anchor: subjectOf(by),
        related: other ? [{ ...subjectOf(other), message: `${first.name} has it, too` }] : [],
        fixes: () => [],
      },
    ];
  }
  return [];
}

function addressConflicts(network: Entity): Conflict[] {
  const found: Conflict[] = [];
  const subnets = subnetsOf(network);
  const byAddress = new Map<number | bigint, AddressUse | AddressUse[]>();
  for (const use of addressUses(network)) {
    if (!use.address) continue;
    const { value } = use.address;
    const known = byAddress.get(value);
    // Most addresses have one user; a list for each of them would be garbage.
    if (!known) byAddress.set(value, use);
    else if (Array.isArray(known)) known.push(use);
    else byAddress.set(value, [known, use]);
  }
  for (const uses of byAddress.values()) {
    const conflict = conflictAt(network, subnets, Array.isArray(uses) ? inOrder(uses) : [uses]);
    if (conflict) found.push(conflict);
  }
  return found;
}

/** VMs, then applications, then hosts, each in the order of the text: which of two has the address first does not depend on which was read first. */
function inOrder(uses: readonly AddressUse[]): readonly AddressUse[] {
  if (uses.length < 2) return uses;
  const order = new Map(inTextOrder([...new Set(uses.map(({ entity }) => entity))]).map((entity, at) => [entity, at]));
  const rank = ({ entity }: AddressUse) => ['vm', 'app', 'host'].indexOf(entity.kind);
  return [...uses].sort((a, b) => rank(a) - rank(b) || (order.get(a.entity) ?? 0) - (order.get(b.entity) ?? 0));
}

function conflictAt(network: Entity, subnets: readonly SubnetUse[], uses: readonly AddressUse[]): Conflict | undefined {
  const last = uses.at(-1);
  const address = last?.address;
  if (!last || !address) return undefined;
  const gateway = subnets.find(({ subnet }) => subnet.gateways.some(({ value }) => value === address.value));
  const isRight = subnets.length === 0 || subnets.some(({ subnet }) => isUsableAddress(subnet.prefix, address));
  // Most addresses are right; looking up where they stand would read every VM again.
  const anchor = uses.length > 1 || gateway || !isRight ? anchorOf(last) : undefined;
  if (!anchor) return undefined;
  const text = formatAddress(address);
  const { name } = last.entity;
  const fixes = () => freeAddressFix(network, last, anchor);
  if (uses.length > 1) {
    return {
      message: `${text} is given to ${namesOf(uses.map(({ entity }) => entity))}: whoever answers first wins. Give ${name} an address of its own.`,
      anchor,
      related: uses.slice(0, 8).flatMap((use) => {
        const at = use === last ? undefined : anchorOf(use);
        return at ? [{ ...at, message: `${use.entity.name} has it` }] : [];
      }),
      fixes,
    };
  }
  if (gateway) {
    return {
      message: `${text} of ${name} is the gateway of ${formatPrefix(gateway.subnet.prefix)}: with both on it, ${network.name} loses its way out. Give ${name} another address.`,
      anchor,
      related: [{ ...clauseIn(gateway.by, 'gateway'), message: 'stated as gateway here' }],
      fixes,
    };
  }
  if (isRight) return undefined;
  const near = subnets.find(({ subnet }) => prefixHolds(subnet.prefix, address));
  const names = oneOf(subnets.map(({ subnet }) => formatPrefix(subnet.prefix)));
  const wrong = near ? whyNot(near.subnet.prefix, address) : `is not in ${names}`;
  return {
    message: `${text} of ${name} ${wrong}, so ${name} reaches nobody on ${network.name}. Give it an address of the subnet, or put it on the right network.`,
    anchor,
    related: subnets.slice(0, 4).map(({ by }) => ({ ...subjectOf(by), message: `${network.name} is here` })),
    fixes,
  };
}

function anchorOf(use: AddressUse): Anchor | undefined {
  const stated = use.stated();
  return stated && { at: stated.located, span: stated.span };
}

function whyNot(prefix: Parameters<typeof prefixHolds>[0], address: Address): string {
  if (!prefixHolds(prefix, address)) return `is not in ${formatPrefix(prefix)}`;
  const isFirst = prefixOf(address, prefix.length).network.value === address.value;
  return isFirst
    ? `is the name of the network ${formatPrefix(prefix)} itself`
    : `is the broadcast address of ${formatPrefix(prefix)}`;
}

function usedIn(network: Entity): Set<number | bigint> {
  return new Set(addressUses(network).flatMap(({ address }) => address?.value ?? []));
}

/** The next address that nobody has. One that a range shares by `each` cannot be changed for one member. */
function freeAddressFix(network: Entity, { entity }: AddressUse, anchor: Anchor): Fix[] {
  const { sentence } = anchor.at;
  const values = [sentence.subject, ...[...sentence.clauses.values()].map(({ value }) => value)];
  if (values.some((value) => value?.each) || entity.declaration.entities.length > 1) return [];
  const used = usedIn(network);
  for (const { subnet } of subnetsOf(network)) {
    const [free] = nextFreeAddresses(subnet, used, 1);
    if (free) return [readdress(`Give ${entity.name} ${formatAddress(free)}`, anchor, free)];
  }
  return [];
}

function readdress(title: string, { at, span }: Anchor, address: Address): Fix {
  return { title, edits: replaceAt(at.place, span, formatAddress(address)), isPreferred: true };
}
