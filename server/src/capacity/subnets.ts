import { type Address, formatPrefix, prefixHolds, rangeOf, rangeSize } from '../base/addresses.ts';
import type { Group } from '../base/bag.ts';
import { derive } from '../base/reactive.ts';
import type { Span } from '../base/span.ts';
import type { Entity, Located } from '../design/declaration.ts';
import { hostsOf } from '../design/placement.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { type Subnet, type SubnetCapacity, subnetCapacity } from './models/subnet.ts';
import { exists } from './time.ts';
import { vmFacts } from './vm.ts';

/** Somebody who has, or needs, an address of a network. */
export interface AddressUse {
  readonly entity: Entity;
  /** Undefined: any free one. */
  readonly address: Address | undefined;
  readonly located: Located;
  readonly span: Span;
}

/** Network adapters of VMs by network. Templates have none; a VM that is off keeps its address. */
const nicsByNetwork = derive((group: Group<Entity>): ReadonlyMap<Entity, readonly AddressUse[]> => {
  const found = new Map<Entity, AddressUse[]>();
  for (const vm of group.members()) {
    const facts = vmFacts(vm);
    if (facts.state === 'template' || facts.nics.length === 0 || !exists(vm)) continue;
    for (const nic of facts.nics) {
      if (!nic.network) continue;
      const uses = found.get(nic.network) ?? [];
      uses.push({
        entity: vm,
        address: nic.address,
        located: nic.by,
        span: nic.addressSpan ?? nic.by.sentence.wordSpan,
      });
      found.set(nic.network, uses);
    }
  }
  return found;
});

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
  for (const cluster of names.members('cluster')) {
    for (const stated of propsOf(cluster).list('service')) {
      if (referred(stated, ['network'], 'on')[0] !== network) continue;
      for (const host of hostsOf(cluster))
        uses.push({ entity: host, address: undefined, located: stated, span: stated.sentence.wordSpan });
    }
  }
  for (const host of names.members('host')) {
    for (const stated of propsOf(host).list('service')) {
      if (stated.layer.source === 'cluster' || referred(stated, ['network'], 'on')[0] !== network) continue;
      const address = stated.sentence.clauses.get('address');
      uses.push(...useOf(host, stated, address?.value, 0));
    }
  }
  return uses;
});

function useOf(entity: Entity, stated: Stated, value: Parameters<typeof partOf>[0], slot: number): AddressUse[] {
  const part = partOf(value, slot, stated.index);
  const address = part?.type === 'address' ? part.address : undefined;
  return [{ entity, address, located: stated, span: address && part ? part : stated.sentence.wordSpan }];
}

/** A subnet of a network and how full it is. */
export interface SubnetUse {
  readonly subnet: Subnet;
  readonly by: Stated;
  readonly capacity: SubnetCapacity;
  readonly available: Figure;
  readonly needed: Figure;
  readonly share: Figure | undefined;
  /** Machines without an address of their own, and what the DHCP range holds for them; undefined without one. */
  readonly dhcp: { readonly needed: number; readonly size: number } | undefined;
  readonly uses: readonly AddressUse[];
}

/** Subnets of a network. Machines without an address draw on the DHCP range of the first subnet that has one, else on its first subnet. */
export const subnetsOf = derive((network: Entity): readonly SubnetUse[] => {
  const uses = addressUses(network);
  const statements = propsOf(network).keyed('subnet', (sentence) => String(sentence.statement.from));
  const subnets = statements.flatMap((by) => {
    const subnet = subnetIn(by);
    return subnet ? [{ by, subnet }] : [];
  });
  const dynamic = uses.filter((use) => use.address === undefined);
  const home = subnets.find(({ subnet }) => subnet.dhcp) ?? subnets[0];
  return subnets.map(({ by, subnet }) => {
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
    const needed = derivedFigure(
      `addresses needed in ${prefix}`,
      'addresses',
      all.length,
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
    const dhcp = isHome && subnet.dhcp ? { needed: dynamic.length, size: Number(rangeSize(subnet.dhcp)) } : undefined;
    return { subnet, by, capacity, available, needed, share, dhcp, uses: all };
  });
});

function count(label: string, value: bigint): Figure {
  return { label, unit: 'addresses', value: Number(value), origin: 'stated', isAtLeast: false };
}

/** The subnet that a `subnet` statement means. */
export function subnetIn(by: Stated): Subnet | undefined {
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
