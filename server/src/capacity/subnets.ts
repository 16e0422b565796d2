import { type Address, bitsOf, formatPrefix, prefixHolds, prefixOf, rangeOf, rangeSize } from '../base/addresses.ts';
import type { Group } from '../base/bag.ts';
import { derive } from '../base/reactive.ts';
import type { Span } from '../base/span.ts';
import type { Entity, Located } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
import { exists } from './exists.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { growthOf, vmGrowth } from './growth.ts';
import { type GrowingPart, type Growth, sumAfter } from './models/growth.ts';
import { type Subnet, type SubnetCapacity, subnetCapacity } from './models/subnet.ts';
import { monthsAhead } from './time.ts';
import { nicStatement, type VmNic, vmFacts } from './vm.ts';

/** Somebody who has, or needs, an address of a network. */
export interface AddressUse {
  readonly entity: Entity;
  /** Undefined: any free one. */
  readonly address: Address | undefined;
  /** How the number of such VMs grows; undefined for what does not grow. */
  readonly growth?: Growth | undefined;
  /** The statement that says so, and the span of the address in it. */
  stated(): { readonly located: Located; readonly span: Span } | undefined;
}

/** A network adapter of a VM. There are as many as VMs and more, so it has no closures. */
class NicUse implements AddressUse {
  readonly entity: Entity;
  readonly growth: Growth | undefined;
  private readonly nic: VmNic;

  constructor(entity: Entity, nic: VmNic, growth: Growth | undefined) {
    this.entity = entity;
    this.nic = nic;
    this.growth = growth;
  }

  get address(): Address | undefined {
    return this.nic.address;
  }

  stated() {
    return nicPlace(this.entity, this.nic);
  }
}

/** Network adapters of VMs by network. Templates have none; a VM that is off keeps its address. */
export const nicsByNetwork = derive((group: Group<Entity>): ReadonlyMap<Entity, readonly AddressUse[]> => {
  const found = new Map<Entity, AddressUse[]>();
  for (const vm of group.members()) {
    const facts = vmFacts(vm);
    if (facts.state === 'template' || facts.nics.length === 0 || !exists(vm)) continue;
    const growth = vmGrowth(vm, 'vms', facts.statesGrowth);
    for (const nic of facts.nics) {
      const network = nic.network ?? (nic.address && !nic.isNamed ? networkHolding(vm.design, nic.address) : undefined);
      if (!network) continue;
      const uses = found.get(network) ?? [];
      uses.push(new NicUse(vm, nic, growth));
      found.set(network, uses);
    }
  }
  return found;
}, sameUses);

function sameUses(
  a: ReadonlyMap<Entity, readonly AddressUse[]>,
  b: ReadonlyMap<Entity, readonly AddressUse[]>,
): boolean {
  if (a.size !== b.size) return false;
  for (const [network, uses] of a) {
    const others = b.get(network);
    if (others?.length !== uses.length) return false;
    for (const [index, use] of uses.entries()) {
      const other = others[index];
      if (use.entity !== other?.entity || use.address?.value !== other?.address?.value) return false;
      if (use.growth?.kind !== other?.growth?.kind || use.growth?.perMonth !== other?.growth?.perMonth) return false;
    }
  }
  return true;
}

/** Everybody who has or needs an address of a network: adapters of VMs, virtual addresses of applications, services of hosts. */
export const addressUses = derive((network: Entity): readonly AddressUse[] => {
  const { names } = network.design;
  const uses: AddressUse[] = [];
  for (const group of names.groups('vm')) uses.push(...(nicsByNetwork(group).get(network) ?? []));
  for (const app of names.members('app')) {
    for (const stated of propsOf(app).list('vip'))
      if (referred(stated, ['network'], 'on')[0] === network)
        uses.push(...useOf(app, stated, stated.sentence.subject, 0));
  }
  for (const group of names.groups('host')) uses.push(...(servicesByNetwork(group).get(network) ?? []));
  return uses;
});

/** Services of hosts by network. Those of a host with one address, or without one of their own, share an adapter in a network. */
const servicesByNetwork = derive((group: Group<Entity>): ReadonlyMap<Entity, readonly AddressUse[]> => {
  const found = new Map<Entity, AddressUse[]>();
  for (const host of group.members()) {
    const addresses = new Map<Entity, Set<number | bigint>>();
    for (const stated of propsOf(host).list('service')) {
      const [network] = referred(stated, ['network'], 'on');
      const [use] = network ? useOf(host, stated, stated.sentence.clauses.get('address')?.value, 0) : [];
      if (!network || !use) continue;
      const known = addresses.get(network);
      if (use.address ? known?.has(use.address.value) : known) continue;
      addresses.set(network, new Set(known).add(use.address?.value ?? -1));
      found.set(network, [...(found.get(network) ?? []), use]);
    }
  }
  return found;
}, bothEmpty);

/** Hosts that have no services tell nothing new when something else of them changes. */
function bothEmpty(a: ReadonlyMap<Entity, unknown>, b: ReadonlyMap<Entity, unknown>): boolean {
  return a.size + b.size === 0;
}

function nicPlace(vm: Entity, nic: VmNic): { readonly located: Located; readonly span: Span } | undefined {
  const stated = nicStatement(vm, nic);
  if (!stated) return undefined;
  const part = partOf(stated.sentence.clauses.get('address')?.value, 0, stated.index);
  return { located: stated, span: part ?? stated.sentence.wordSpan };
}

function useOf(entity: Entity, stated: Stated, value: Parameters<typeof partOf>[0], slot: number): AddressUse[] {
  const part = partOf(value, slot, stated.index);
  const address = part?.type === 'address' ? part.address : undefined;
  const span = address && part ? part : stated.sentence.wordSpan;
  return [{ entity, address, stated: () => ({ located: stated, span }) }];
}

/** A subnet as it is stated. */
export interface StatedSubnet {
  readonly network: Entity;
  readonly subnet: Subnet;
  readonly by: Stated;
  /** The routing table that it belongs to; empty for the one of all that state none. */
  readonly vrf: string;
}

/** Every subnet of a design. */
export const subnetsIn = derive((design: Design): readonly StatedSubnet[] =>
  [...design.members('network')].flatMap(statedSubnets),
);

/** Subnets of a network as they are stated. */
export const statedSubnets = derive((network: Entity): readonly StatedSubnet[] => {
  const props = propsOf(network);
  const vrf = props.word('vrf') ?? '';
  return props
    .keyed('subnet', (sentence) => String(sentence.statement.from))
    .flatMap((by) => {
      const subnet = subnetIn(by);
      return subnet ? [{ network, subnet, by, vrf }] : [];
    });
});

const networksByPrefix = derive((design: Design) => {
  const lengths = new Map<number, Map<number | bigint, readonly Entity[]>>();
  for (const { network, subnet } of subnetsIn(design)) {
    const { length, network: first } = subnet.prefix;
    const known = lengths.get(length) ?? new Map<number | bigint, readonly Entity[]>();
    known.set(first.value, [...(known.get(first.value) ?? []), network]);
    lengths.set(length, known);
  }
  return lengths;
});

/** The one network whose subnet holds an address. */
function networkHolding(design: Design, address: Address): Entity | undefined {
  const found = new Set<Entity>();
  for (const [length, networks] of networksByPrefix(design)) {
    if (length > bitsOf(address.version)) continue;
    for (const network of networks.get(prefixOf(address, length).network.value) ?? []) found.add(network);
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

/** A subnet of a network and how full it is. */
export interface SubnetUse extends StatedSubnet {
  readonly capacity: SubnetCapacity;
  readonly available: Figure;
  readonly needed: Figure;
  readonly share: Figure | undefined;
  /** Machines without an address of their own, and what the DHCP range holds for them; undefined without one. */
  readonly dhcp:
    | { readonly needed: number; readonly size: number; readonly neededAfter: NeedAfter | undefined }
    | undefined;
  readonly uses: readonly AddressUse[];
  /** Undefined without growth. */
  readonly neededAfter: NeedAfter | undefined;
}

/** Addresses needed some months after the `as-of`. */
export type NeedAfter = (months: number) => number;

const ROUNDING = 1e-6;

/**
 * Addresses that some users need a number of months after the `as-of`. VMs grow in number by the growth that the network states, else
 * by the one that holds for each VM. An amount of the network goes to one of its subnets, `takesAmount`. Nobody has half an address.
 */
function growingNeed(network: Entity, uses: readonly AddressUse[], takesAmount: boolean): NeedAfter | undefined {
  const stated = growthOf(network, 'vms');
  const own = stated?.isOwn ? stated.growth : undefined;
  const parts: GrowingPart[] = [];
  const counts = new Map<string, { readonly growth: Growth; base: number }>();
  let fixed = 0;
  let vms = 0;
  for (const { entity, growth: ofVm } of uses) {
    const growth = own?.kind === 'linear' ? undefined : (own ?? ofVm);
    if (entity.kind === 'vm') vms++;
    if (entity.kind !== 'vm' || !growth) fixed++;
    else {
      const key = `${growth.kind} ${growth.perMonth}`;
      const known = counts.get(key);
      if (known) known.base++;
      else counts.set(key, { growth, base: 1 });
    }
  }
  if (own?.kind === 'linear' && takesAmount) parts.push({ base: vms, each: own, count: undefined });
  else if (own?.kind === 'linear') return undefined;
  for (const { growth, base } of counts.values()) parts.push({ base, each: undefined, count: growth });
  if (parts.length === 0) return undefined;
  if (own?.kind === 'linear') fixed -= vms;
  return (months) => fixed + Math.ceil(sumAfter(parts, months) - ROUNDING);
}

/** Subnets of a network. Machines without an address draw on the DHCP range of the first subnet that has one, else on its first subnet. */
export const subnetsOf = derive((network: Entity): readonly SubnetUse[] => {
  const uses = addressUses(network);
  const subnets = statedSubnets(network);
  const dynamic = uses.filter((use) => use.address === undefined);
  const home = subnets.find(({ subnet }) => subnet.dhcp) ?? subnets[0];
  return subnets.map((stated) => {
    const { by, subnet } = stated;
    const own = uses.filter((use) => use.address && prefixHolds(subnet.prefix, use.address));
    const isHome = home?.by === by;
    const draws = isHome && !subnet.dhcp ? dynamic : [];
    const all = [...own, ...draws];
    const capacity = subnetCapacity(subnet);
    const prefix = formatPrefix(subnet.prefix);
    const available = derivedFigure(
      `addresses of ${prefix}`,
      'addresses',
      Number(capacity.available),
      'usable − gateways − DHCP range − reserve',
      [
        count('usable', capacity.usable),
        count('gateways', capacity.gateways),
        count('DHCP range', capacity.dhcp),
        count('reserve', capacity.reserve),
      ],
    );
    const ahead = monthsAhead(network.design);
    const neededAfter = growingNeed(network, all, isHome && !subnet.dhcp);
    const rangeAfter = isHome && subnet.dhcp ? growingNeed(network, dynamic, true) : undefined;
    const grown = (now: number, after: NeedAfter | undefined) => (ahead > 0 && after ? after(ahead) : now);
    const needed = derivedFigure(
      `addresses needed in ${prefix}`,
      'addresses',
      grown(all.length, neededAfter),
      'adapters of VMs + virtual addresses + services of hosts',
      [],
    );
    const share = derivedFigure(
      'addresses',
      'share',
      available.value > 0 ? needed.value / available.value : needed.value > 0 ? Number.POSITIVE_INFINITY : 0,
      `${needed.label} ÷ ${available.label}`,
      [needed, available],
    );
    const dhcp =
      isHome && subnet.dhcp
        ? { needed: grown(dynamic.length, rangeAfter), size: Number(rangeSize(subnet.dhcp)), neededAfter: rangeAfter }
        : undefined;
    return { ...stated, capacity, available, needed, share, dhcp, uses: all, neededAfter };
  });
});

function count(label: string, value: bigint): Figure {
  return { label, unit: 'addresses', value: Number(value), origin: 'stated', isAtLeast: false };
}

/** The subnet that a `subnet` statement means. */
function subnetIn(by: Stated): Subnet | undefined {
  const prefix = partOf(by.sentence.subject, 0, by.index);
  if (prefix?.type !== 'prefix') return undefined;
  const { clauses } = by.sentence;
  const gateway = clauses.get('gateway')?.value;
  const part = partOf(gateway, 0, by.index);
  const gateways = (part?.type === 'list' ? part.items : part ? [part] : []).flatMap((item) =>
    item.type === 'address' ? [item.address] : [],
  );
  const reserve = partOf(clauses.get('reserve')?.value, 0, by.index);
  const dhcp = partOf(clauses.get('dhcp')?.value, 0, by.index);
  const range =
    dhcp?.type === 'span' && dhcp.low.type === 'address' && dhcp.high.type === 'address'
      ? rangeOf(dhcp.low.address, dhcp.high.address)
      : undefined;
  return {
    prefix: prefix.prefix,
    gateways,
    reserve: reserve?.type === 'number' ? reserve.value : 0,
    ...(range && 'value' in range ? { dhcp: range.value } : {}),
  };
}
