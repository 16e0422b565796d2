import { formatAddress, formatPrefix } from '../../base/addresses.ts';
import { derive, sameList } from '../../base/reactive.ts';
import { subnetsOf } from '../../capacity/subnets.ts';
import type { VmFacts } from '../../capacity/vm.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { inTextOrder } from '../../design/order.ts';
import { partOf } from '../../design/props.ts';
import { appOf, ownersOf, propsOf, referred } from '../../design/things.ts';
import type { AppNode, NetworkNode, VmCell } from '../graph.ts';
import { gaugeFrom, unknownGauge } from './gauges.ts';
import { limitsAt } from './limits.ts';
import { outlookOf } from './outlook.ts';

/** Things of a kind in text order; `VmCell` names them by their index. */
const listOf = (kind: string) =>
  derive((design: Design): readonly Entity[] => inTextOrder([...design.members(kind)]), sameList);
const indexOf = (list: (design: Design) => readonly Entity[]) =>
  derive((design: Design): ReadonlyMap<Entity, number> => new Map(list(design).map((thing, index) => [thing, index])));

/** Teams in the order in which they are declared; the colours of owners follow it. */
export const teamsOf = derive((design: Design): readonly Entity[] => [...design.members('team')], sameList);
export const networksIn = listOf('network');
export const appsIn = listOf('app');
const storesIn = listOf('datastore');
const networkIndex = indexOf(networksIn);
const appIndex = indexOf(appsIn);
const storeIndex = indexOf(storesIn);

export function ownerOf(entity: Entity): number | undefined {
  const teams = teamsOf(entity.design);
  if (teams.length === 0) return undefined;
  const [first] = ownersOf(entity);
  const at = first ? teams.indexOf(first) : -1;
  return at < 0 ? undefined : at;
}

/** What a VM is connected to, by index: only what it has. */
export function tiesOf(
  vm: Entity,
  { home, disks, nics }: VmFacts,
): Pick<VmCell, 'app' | 'networks' | 'stores' | 'addresses'> {
  const { design } = vm;
  const own = appOf(vm);
  const app = own && appIndex(design).get(own);
  const networks = [
    ...new Set(nics.flatMap(({ network }) => (network ? (networkIndex(design).get(network) ?? []) : []))),
  ];
  const stores = [
    ...new Set(
      [home, ...disks.map((disk) => disk.datastore)].flatMap((store) =>
        store ? (storeIndex(design).get(store) ?? []) : [],
      ),
    ),
  ];
  const addresses = nics.flatMap(({ address }) => (address ? formatAddress(address) : []));
  return {
    ...(app === undefined ? {} : { app }),
    ...(networks.length > 0 ? { networks } : {}),
    ...(stores.length > 0 ? { stores } : {}),
    ...(addresses.length > 0 ? { addresses } : {}),
  };
}

/** Indexes of networks, each once, in text order. */
export function indexesOf(networks: Iterable<Entity>): readonly number[] {
  const found = new Set<number>();
  for (const network of networks) {
    const index = networkIndex(network.design).get(network);
    if (index !== undefined) found.add(index);
  }
  return [...found].sort((a, b) => a - b);
}

/** A network without its findings. */
export const networkNode = derive((network: Entity): NetworkNode => {
  const owner = ownerOf(network);
  const vlan = propsOf(network).number('vlan')?.value;
  const limits = limitsAt(network).addresses;
  return {
    id: entityId(network),
    name: network.name,
    ...outlookOf(network),
    ...(vlan === undefined ? {} : { vlan }),
    subnets: subnetsOf(network).map(({ subnet, share, available }) => ({
      prefix: formatPrefix(subnet.prefix),
      gauge: gaugeFrom(share, limits) ?? unknownGauge(available.value),
    })),
    ...(owner === undefined ? {} : { owner }),
  };
});

/** An application without its findings. */
export const appNode = derive((app: Entity): AppNode => {
  const owner = ownerOf(app);
  const props = propsOf(app);
  const tier = props.word('tier');
  return {
    id: entityId(app),
    name: app.name,
    ...(tier === undefined ? {} : { tier }),
    vips: props.list('vip').flatMap((stated) => {
      const part = partOf(stated.sentence.subject, 0, stated.index);
      const [on] = referred(stated, ['network'], 'on');
      const network = on && networkIndex(app.design).get(on);
      return part?.type === 'address'
        ? [{ address: formatAddress(part.address), ...(network === undefined ? {} : { network }) }]
        : [];
    }),
    ...(owner === undefined ? {} : { owner }),
  };
});

/** Ids of all datastores, as `VmCell.stores` counts them. */
export const storeIds = derive((design: Design): readonly string[] => storesIn(design).map(entityId));
