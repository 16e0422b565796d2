import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, type Stated } from '../design/props.ts';
import { referred } from '../design/things.ts';
import { homeOf } from './contents.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { runningOn, shareOf } from './load.ts';
import { serviceOf } from './migration.ts';
import { fastestUplink } from './models/network-uplinks.ts';
import { isOverIp } from './san.ts';
import { switchesOf, type VirtualSwitch } from './uplinks.ts';
import { vmFacts } from './vm.ts';

/** A virtual switch that storage shares with VMs or with migration. */
export interface SharedWire {
  readonly virtualSwitch: VirtualSwitch;
  readonly storage: Stated;
  /** The migration service, if it is on the same uplinks, and what it may take of them, bit/s. */
  readonly migration: { readonly by: Stated; readonly rate: number } | undefined;
  /** All that may be asked of the uplinks at once, as a share of them. */
  readonly share: Figure | undefined;
}

/** The network of a service of a host, and the virtual switch that carries it. */
function wireOf(host: Entity, name: string) {
  const by = serviceOf(host, name);
  const [network] = by ? referred(by, ['network'], 'on') : [];
  const virtualSwitch = network && switchesOf(host).find(({ networks }) => networks.includes(network));
  return by && network && virtualSwitch ? { by, network, virtualSwitch } : undefined;
}

/** The storage service of a host with its network; undefined if it is not stated or not carried. */
export const storageWire = derive((host: Entity) => wireOf(host, 'storage'));

/** What shares uplinks with storage; undefined where nothing does. */
export const sharedWire = derive((host: Entity): SharedWire | undefined => {
  const storage = storageWire(host);
  if (!storage) return undefined;
  const { virtualSwitch } = storage;
  const { uplinks, teaming, capacity, tx, rx, vms } = virtualSwitch;
  const moves = wireOf(host, 'migration');
  const isShared = moves?.virtualSwitch === virtualSwitch;
  if (!isShared && vms.length === 0) return undefined;
  const fastest = fastestUplink(uplinks, teaming);
  const limit = isShared ? clauseNumber(moves.by, 'limit')?.value : undefined;
  const migration =
    isShared && fastest !== undefined ? { by: moves.by, rate: Math.min(fastest, limit ?? fastest) } : undefined;
  const traffic = tx && rx ? (tx.value >= rx.value ? tx : rx) : (tx ?? rx);
  const disks = diskTraffic(host);
  const parts: Figure[] = [...(traffic ? [traffic] : []), ...(disks ? [disks] : [])];
  // Migration takes what it is given: alone it says nothing of the wire.
  if (parts.length === 0) return { virtualSwitch, storage: storage.by, migration, share: undefined };
  if (migration)
    parts.push({ label: 'one migration', unit: 'rate', value: migration.rate, origin: 'derived', isAtLeast: false });
  const value = parts.reduce((sum, part) => sum + part.value, 0);
  const all = derivedFigure('asked of the uplinks', 'rate', value, 'VM traffic + disk traffic + one migration', parts, {
    isAtLeast: parts.some((part) => part.isAtLeast),
  });
  return { virtualSwitch, storage: storage.by, migration, share: shareOf('shared uplinks', all, capacity) };
});

/** What VMs of a host read and write over its network, bit/s. */
function diskTraffic(host: Entity): Figure | undefined {
  const vms = runningOn(host).filter((vm) => {
    const datastore = homeOf(vm);
    return datastore !== undefined && isOverIp(datastore);
  });
  const rates = vms.map((vm) => vmFacts(vm).throughput);
  const known = rates.filter((rate) => rate !== undefined);
  if (known.length === 0) return undefined;
  const value = known.reduce((sum, rate) => sum + rate, 0);
  return derivedFigure('disk traffic', 'rate', value, `Σ throughput of ${known.length} of ${rates.length} VMs`, [], {
    isAtLeast: known.length < rates.length,
  });
}
