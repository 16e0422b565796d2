import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, type Props, partOf, type Stated } from '../design/props.ts';
import { datastoresOf, propsOf, referred, standsOn } from '../design/things.ts';
import { servicesOf } from './migration.ts';
import { switchesOf } from './uplinks.ts';

/** What a part of a path sends and takes where it states no `mtu`: Ethernet's own payload. */
const DEFAULT_MTU = 1_500;

/** Something that frames of a service pass, and the largest payload that it takes. */
export interface Hop {
  readonly label: string;
  readonly props: Props;
  readonly mtu: number;
  /** Whether the design states it, or the default holds. */
  readonly isStated: boolean;
}

/** A service that sends larger frames than its way takes. */
export interface MtuGap {
  readonly service: Stated;
  readonly name: string;
  readonly mtu: number;
  readonly narrow: readonly Hop[];
}

export const mtuGapsOf = derive((host: Entity): readonly MtuGap[] =>
  servicesOf(host).flatMap((service) => {
    const mtu = clauseNumber(service, 'mtu')?.value;
    const [network] = referred(service, ['network'], 'on');
    const part = partOf(service.sentence.subject, 0, service.index);
    const name = part?.type === 'word' ? part.text : '';
    if (mtu === undefined || !network) return [];
    const hops = [hopOf(network, `network ${network.name}`), ...switchHops(host, network), ...arrayHops(host, name)];
    const narrow = hops.filter((hop) => hop.mtu < mtu);
    return narrow.length > 0 ? [{ service, name, mtu, narrow }] : [];
  }),
);

function hopOf(entity: Entity, label: string): Hop {
  return hopWith(propsOf(entity), label);
}

function hopWith(props: Props, label: string): Hop {
  const stated = props.number('mtu');
  return { label, props, mtu: stated?.value ?? DEFAULT_MTU, isStated: stated !== undefined };
}

/** The virtual switches that carry a network and the physical ones behind them. */
function switchHops(host: Entity, network: Entity): Hop[] {
  return switchesOf(host)
    .filter(({ networks }) => networks.includes(network))
    .flatMap(({ name, props, uplinks }) => {
      const behind = new Set(uplinks.flatMap(({ physicalSwitch }) => physicalSwitch ?? []));
      return [
        hopWith(props, `virtual switch ${name}`),
        ...[...behind].map((physical) => hopOf(physical, `switch ${physical.name}`)),
      ];
    });
}

const OVER_ETHERNET: ReadonlySet<string> = new Set(['iscsi', 'nfs', 'smb']);

/** Arrays that the host reaches over Ethernet, for its storage service. */
function arrayHops(host: Entity, service: string): Hop[] {
  if (service !== 'storage') return [];
  const arrays = new Set<Entity>();
  for (const datastore of datastoresOf(host)) {
    const holder = standsOn(datastore);
    const array = holder?.kind === 'pool' ? holder.parent : holder;
    if (array?.kind === 'array' && OVER_ETHERNET.has(propsOf(array).word('protocol') ?? '')) arrays.add(array);
  }
  return [...arrays].map((array) => hopOf(array, `array ${array.name}`));
}
