import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { clauseNumber, partOf, type Stated } from '../design/props.ts';
import { isCut } from '../design/supposed.ts';
import { datastoresIn, datastoresOf, isComplete, propsOf, referred } from '../design/things.ts';
import { homeOf } from './contents.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { carriesLoad, portsOf } from './host.ts';
import { runningOn } from './load.ts';
import {
  DEFAULT_LUN_QUEUE,
  DEFAULT_PORT_QUEUE,
  type PathKind,
  type PathPort,
  pathCapacity,
} from './models/storage-paths.ts';
import { arrayOf } from './storage.ts';
import { uplinkNames } from './uplinks.ts';
import { vmFacts } from './vm.ts';

/** A port by which a host reaches its storage. */
export interface StoragePath extends PathPort {
  readonly port: string;
  /** The switch or array that it is cabled to. */
  readonly to: Entity;
  readonly fate: string;
  readonly by: Stated;
}

/** What `path` states of a host; undefined while one of its statements names something unknown. */
export const storagePaths = derive((host: Entity): readonly StoragePath[] | undefined => {
  const stated = propsOf(host).keyed('path', (sentence) => JSON.stringify(sentence.subject?.parts[0]));
  if (stated.length === 0) return [];
  const rates = new Map([...portsOf(host, 'nic'), ...portsOf(host, 'hba')].map(({ name, rate }) => [name, rate]));
  const paths: StoragePath[] = [];
  for (const by of stated) {
    const [to] = referred(by, ['switch', 'array'], 'to');
    if (!to || !isComplete(by, ['switch', 'array'], 'to')) return undefined;
    if (isCut(host, to)) continue;
    for (const port of uplinkNames(by)) {
      const fate = to.kind === 'switch' ? to.name : port;
      paths.push({ port, rate: rates.get(port), to, kind: kindOf(to), fate, by });
    }
  }
  return paths;
});

const FIBRE_PROTOCOLS: ReadonlySet<string | undefined> = new Set(['fc', 'sas']);

function kindOf(to: Entity): PathKind {
  const isFibre =
    to.kind === 'switch' ? propsOf(to).word('type') === 'fc' : FIBRE_PROTOCOLS.has(propsOf(to).word('protocol'));
  return isFibre ? 'fibre-channel' : 'ethernet';
}

/** Front-end ports of an array that one statement names. */
export interface ArrayPorts {
  readonly count: number;
  readonly rate: number;
  /** Their fabric, if it is stated. */
  readonly to: Entity | undefined;
  readonly kind: PathKind;
  readonly by: Stated;
}

export const arrayPorts = derive((array: Entity): readonly ArrayPorts[] =>
  propsOf(array)
    .list('ports')
    .flatMap((by) => {
      const count = partOf(by.sentence.subject, 0, by.index);
      const rate = partOf(by.sentence.subject, 1, by.index);
      if (count?.type !== 'number' || rate?.type !== 'quantity') return [];
      const [to] = referred(by, ['switch'], 'to');
      if (to && isCut(to, array)) return [];
      return [{ count: count.value, rate: rate.value, to, kind: kindOf(to ?? array), by }];
    }),
);

/** What the ports of an array carry; undefined if none are stated. */
export function arrayPortCapacity(array: Entity): Figure | undefined {
  const ports = arrayPorts(array);
  if (ports.length === 0) return undefined;
  const capacity = pathCapacity(ports.map(({ count, rate, kind }) => ({ rate: count * rate, kind })));
  const inputs: Figure[] = ports.map(({ count, rate, to, by }) => ({
    label: to ? `ports to ${to.name}` : 'ports',
    unit: 'rate',
    value: count * rate,
    origin: 'stated',
    isAtLeast: false,
    by,
  }));
  return derivedFigure('array ports', 'rate', capacity ?? 0, 'Σ ports × rate × payload', inputs, {
    source: 'payload: 0.8 of Fibre Channel, 0.9 of Ethernet, recalled',
  });
}

const hostsOfDesign = derive((design: Design): readonly Entity[] => [...design.members('host')], sameList);

/** Hosts whose paths lead to an array: over a switch that it has ports on, or straight to it. Unknown if one states no path. */
export const hostsReaching = derive((array: Entity): readonly Entity[] => {
  const fabrics = new Set(arrayPorts(array).flatMap(({ to }) => to ?? []));
  return hostsOfDesign(array.design).filter(
    (host) => carriesLoad(host) && pathEnds(host).some((to) => to === array || fabrics.has(to)),
  );
}, sameList);

/** What the paths of a host lead to. */
const pathEnds = derive((host: Entity): readonly Entity[] => (storagePaths(host) ?? []).map(({ to }) => to), sameList);

/** Paths of a host that lead to an array. */
export function pathsTo(array: Entity, host: Entity): readonly StoragePath[] {
  const fabrics = new Set(arrayPorts(array).flatMap(({ to }) => to ?? []));
  return (storagePaths(host) ?? []).filter(({ to }) => to === array || fabrics.has(to));
}

/** Whether the disks of a VM are on an array that its host reaches over paths. */
export function usesPaths(vm: Entity): boolean {
  const datastore = homeOf(vm);
  const array = datastore && arrayOf(datastore);
  const protocol = array && propsOf(array).word('protocol');
  return array !== undefined && protocol !== 'local' && protocol !== 'hci';
}

/** Disk traffic of the VMs on a host that goes over its paths, bit/s; nothing for disks inside the host. */
export const pathTraffic = derive((host: Entity): Figure | undefined => {
  const vms = runningOn(host).filter(usesPaths);
  const inputs = vms.flatMap((vm): Figure[] => {
    const { throughput, isIoAssumed } = vmFacts(vm);
    const origin = isIoAssumed ? 'assumed' : 'stated';
    return throughput === undefined
      ? []
      : [{ label: vm.name, unit: 'rate', value: throughput, origin, isAtLeast: false }];
  });
  if (inputs.length === 0) return undefined;
  const value = inputs.reduce((sum, input) => sum + input.value, 0);
  return derivedFigure('disk traffic', 'rate', value, `Σ throughput of ${inputs.length} of ${vms.length} VMs`, inputs, {
    isAtLeast: inputs.length < vms.length,
  });
});

/** Commands that hosts may have outstanding at an array. */
export interface QueueUse {
  readonly hosts: readonly { readonly host: Entity; readonly luns: number; readonly queue: number }[];
  readonly ports: number;
  readonly portQueue: number;
  /** Whether the depth of a LUN's queue is stated for every host, and that of a port. */
  readonly isHostQueueStated: boolean;
  readonly isPortQueueStated: boolean;
}

export const queueUse = derive((array: Entity): QueueUse | undefined => {
  const ports = arrayPorts(array).reduce((sum, { count }) => sum + count, 0);
  const own = new Set(datastoresIn(array));
  if (ports === 0 || own.size === 0) return undefined;
  const stated = propsOf(array).number('queue')?.value;
  let isHostQueueStated = true;
  const hosts = hostsReaching(array).flatMap((host) => {
    const luns = datastoresOf(host).filter((datastore) => own.has(datastore)).length;
    const queue = lunQueueOf(host);
    if (queue === undefined && luns > 0) isHostQueueStated = false;
    return luns > 0 ? [{ host, luns, queue: queue ?? DEFAULT_LUN_QUEUE }] : [];
  });
  return {
    hosts,
    ports,
    portQueue: stated ?? DEFAULT_PORT_QUEUE,
    isHostQueueStated,
    isPortQueueStated: stated !== undefined,
  };
});

/** Queue of one LUN as the mount states it, else the adapter. */
function lunQueueOf(host: Entity): number | undefined {
  const props = propsOf(host);
  for (const by of [...props.list('mount'), ...props.list('hba')]) {
    const queue = clauseNumber(by, 'queue')?.value;
    if (queue !== undefined) return queue;
  }
  return undefined;
}

const IP_PROTOCOLS: ReadonlySet<string | undefined> = new Set(['nfs', 'smb', 'iscsi', 'hci']);

/** Whether a datastore is reached over the network of its hosts. */
export function isOverIp(datastore: Entity): boolean {
  const array = arrayOf(datastore);
  return array !== undefined && IP_PROTOCOLS.has(propsOf(array).word('protocol'));
}
