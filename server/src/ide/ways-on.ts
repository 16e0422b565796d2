import { switchTrunks } from '../capacity/cables.ts';
import { carriesLoad } from '../capacity/host.ts';
import { runningOn } from '../capacity/load.ts';
import { arrayPorts, isOverIp, storagePaths } from '../capacity/san.ts';
import { storageWire } from '../capacity/shared-wire.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import { vmFacts } from '../capacity/vm.ts';
import { type Entity, entityId, linkId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { clusterOfHost, hostsOf } from '../design/placement.ts';
import { datastoresIn, datastoresOf, propsOf, referred } from '../design/things.ts';
import { listed } from '../rules/shared/wording.ts';
import type { LostNote } from '../topology/graph.ts';

/**
 * What switches reach of each other over their trunks, with and without what has failed. It is what the text says: a switch that states no
 * `uplink` leads nowhere that could be lost.
 */
export class Wiring {
  readonly #failed: ReadonlySet<string>;
  readonly #up = new Map<Entity, Entity[]>();
  readonly #near = new Map<Entity, Entity[]>();
  readonly #parts = { before: new Map<Entity, Entity>(), after: new Map<Entity, Entity>() };
  readonly #on = { before: new Map<Entity, boolean>(), after: new Map<Entity, boolean>() };

  constructor(design: Design, failed: ReadonlySet<string>) {
    this.#failed = failed;
    const add = (map: Map<Entity, Entity[]>, from: Entity, to: Entity): unknown =>
      map.set(from, [...(map.get(from) ?? []), to]);
    for (const device of design.members('switch')) {
      for (const { to } of switchTrunks(device)) {
        add(this.#up, device, to);
        add(this.#near, device, to);
        add(this.#near, to, device);
      }
    }
    for (const time of ['before', 'after'] as const)
      for (const device of design.members('switch')) this.#spread(device, time);
  }

  isUp(device: Entity): boolean {
    return !this.#failed.has(entityId(device));
  }

  /** Whether a cable between two things carries anything, either end being the nearer. */
  isOpen(a: Entity, b: Entity): boolean {
    return this.isUp(a) && this.isUp(b) && !this.#failed.has(linkId(a, b)) && !this.#failed.has(linkId(b, a));
  }

  /** Whether two switches reach each other, over others if need be. */
  reaches(a: Entity, b: Entity, time: 'before' | 'after'): boolean {
    const parts = this.#parts[time];
    const part = parts.get(a);
    return part !== undefined && part === parts.get(b);
  }

  /** Whether a switch leads up to one that leads no farther. Of switches in a circle that is not known: no. */
  hasWayOn(device: Entity, time: 'before' | 'after', seen: ReadonlySet<Entity> = new Set()): boolean {
    const known = this.#on[time].get(device);
    if (known !== undefined) return known;
    const isThere = time === 'before' || this.isUp(device);
    const up = this.#up.get(device);
    const around = new Set(seen).add(device);
    const found =
      isThere &&
      (!up ||
        up.some(
          (next) =>
            !around.has(next) && (time === 'before' || this.isOpen(device, next)) && this.hasWayOn(next, time, around),
        ));
    // What was cut short by a circle holds for this way alone.
    if (seen.size === 0 || found) this.#on[time].set(device, found);
    return found;
  }

  /** What stands between a switch and the end of its ways on: the first that has failed on each. */
  blocksAbove(device: Entity, seen: Set<Entity> = new Set()): readonly string[] {
    if (seen.has(device)) return [];
    seen.add(device);
    return (this.#up.get(device) ?? []).flatMap((next) => {
      if (!this.isUp(next)) return [next.name];
      return this.isOpen(device, next)
        ? this.blocksAbove(next, seen)
        : [`the trunk from ${device.name} to ${next.name}`];
    });
  }

  #spread(from: Entity, time: 'before' | 'after'): void {
    const parts = this.#parts[time];
    if (parts.has(from) || (time === 'after' && !this.isUp(from))) return;
    const open = [from];
    parts.set(from, from);
    for (let device = open.pop(); device; device = open.pop()) {
      for (const next of this.#near.get(device) ?? []) {
        if (parts.has(next) || (time === 'after' && !this.isOpen(device, next))) continue;
        parts.set(next, from);
        open.push(next);
      }
    }
  }
}

/** Hosts that are cut off for one reason, with the VMs there. */
interface CutGroup {
  readonly hosts: Entity[];
  readonly vms: Set<Entity>;
  /** VMs placed on their clusters as a whole, which may run there. */
  readonly pools: Map<Entity, Set<Entity>>;
  readonly words: (who: string, isOne: boolean) => string;
}

/** Networks and VMs cut off, with the VMs themselves, so that none is counted twice. */
export interface CutOff {
  readonly notes: readonly LostNote[];
  readonly vms: ReadonlySet<Entity>;
  /** VMs placed on a cluster as a whole, some of whose hosts are cut off. */
  readonly perhaps: ReadonlySet<Entity>;
}

const are = (isOne: boolean): string => (isOne ? 'is' : 'are');
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * VMs that go on running and are cut off: all uplinks of their virtual switch are gone, or the switches behind them lead nowhere any more, or
 * whoever routes their network is out of reach.
 */
export function cutOff(hosts: readonly Entity[], failed: ReadonlySet<string>, wiring: Wiring): CutOff {
  const groups = new Map<string, CutGroup>();
  const pooledOf = (host: Entity, networks: readonly Entity[]): readonly [Entity, readonly Entity[]] | undefined => {
    const cluster = clusterOfHost(host);
    const pool = cluster ? runningOn(cluster).filter((vm) => networks.some((network) => isIn(vm, network))) : [];
    return cluster && pool.length > 0 ? [cluster, pool] : undefined;
  };
  const add = (
    key: string,
    host: Entity,
    vms: readonly Entity[],
    networks: readonly Entity[],
    words: CutGroup['words'],
  ): void => {
    const pooled = pooledOf(host, networks);
    const group: CutGroup = groups.get(key) ?? { hosts: [], vms: new Set(), pools: new Map(), words };
    groups.set(key, group);
    group.hosts.push(host);
    for (const vm of vms) group.vms.add(vm);
    if (pooled) {
      const known = group.pools.get(pooled[0]) ?? new Set<Entity>();
      group.pools.set(pooled[0], known);
      for (const vm of pooled[1]) known.add(vm);
    }
  };
  for (const host of hosts) {
    if (failed.has(entityId(host))) continue;
    for (const { name, uplinks, vms, networks } of switchesOf(host)) {
      const ends = uplinks.map(({ physicalSwitch }) => physicalSwitch);
      if (ends.length === 0 || ends.some((end) => end === undefined)) continue;
      const all = [...new Set(ends.filter((end) => end !== undefined))];
      const left = all.filter((end) => wiring.isOpen(host, end));
      if (left.length === 0) {
        const to = all.map((end) => end.name).join(', ');
        const words: CutGroup['words'] = (who, isOne) =>
          `${who} ${are(isOne)} cut off: every uplink of ${name} leads to ${to}`;
        add(`${name} ${to}`, host, vms, networks, words);
        continue;
      }
      if (vms.length === 0 && !pooledOf(host, networks)) continue;
      const had = all.some((end) => wiring.hasWayOn(end, 'before'));
      if (had && !left.some((end) => wiring.hasWayOn(end, 'after'))) {
        const behind = listed(left.map((end) => end.name));
        const over = listed([...new Set(left.flatMap((end) => wiring.blocksAbove(end)))]);
        const words: CutGroup['words'] = (who, isOne) =>
          `${who} ${are(isOne)} cut off from all beyond ${behind}: the only way on was ${over}`;
        add(`${behind} ${over}`, host, vms, networks, words);
        continue;
      }
      for (const network of networks) {
        const routers = routersOf(network);
        const own = vms.filter((vm) => isIn(vm, network));
        if (routers.length === 0 || (own.length === 0 && !pooledOf(host, [network]))) continue;
        const reached = (from: readonly Entity[], time: 'before' | 'after'): boolean =>
          from.some((end) => routers.some((router) => end === router || wiring.reaches(end, router, time)));
        if (!reached(all, 'before') || reached(left, 'after')) continue;
        const by = listed(routers.map((router) => router.name));
        const routes = routers.length === 1 ? 'routes' : 'route';
        const words: CutGroup['words'] = (who, isOne) =>
          `${who} ${isOne ? 'has' : 'have'} no gateway in ${network.name}: ${by}, which ${routes} it, ${are(routers.length === 1)} out of reach`;
        add(`${network.name} ${by}`, host, own, [network], words);
      }
    }
  }
  const vms = new Set<Entity>();
  const perhaps = new Set<Entity>();
  const notes = [...groups.values()].map((group) => noteOf(group, failed, vms, perhaps));
  for (const vm of vms) perhaps.delete(vm);
  return { notes, vms, perhaps };
}

/** What is told of a group; adds its VMs to those that are cut off, and to those that may be. */
function noteOf(group: CutGroup, failed: ReadonlySet<string>, all: Set<Entity>, perhaps: Set<Entity>): LostNote {
  const { hosts, words } = group;
  const vms = new Set(group.vms);
  const unsure: string[] = [];
  for (const [cluster, pool] of group.pools) {
    const left = hostsOf(cluster).filter((host) => carriesLoad(host) && !failed.has(entityId(host)));
    // Where every host is cut off, so is whatever runs on one of them.
    const isAll = left.every((host) => hosts.includes(host));
    const [first] = pool;
    if (!isAll)
      unsure.push(
        pool.size === 1
          ? `${first?.name}, which is placed on ${cluster.name} as a whole, if it runs`
          : `those of the ${pool.size} VMs placed on ${cluster.name} as a whole that run`,
      );
    for (const vm of pool) (isAll ? vms : perhaps).add(vm);
  }
  for (const vm of vms) all.add(vm);
  const where = hosts.length === 1 ? (hosts[0]?.name ?? '') : `${hosts.length} hosts`;
  const known = vms.size > 0 || unsure.length === 0 ? [`${counted(vms.size, 'VM')} on ${where}`] : [];
  const rest = unsure.map((some) => `${some} ${known.length > 0 ? 'there' : `on ${where}`}`);
  const isOne = known.length + unsure.length === 1 && (vms.size === 1 || [...group.pools.values()][0]?.size === 1);
  return {
    kind: 'network',
    what: hosts.map(entityId),
    vms: vms.size,
    why: words(listed([...known, ...rest]), isOne),
  };
}

/** Switches that a network is routed by. */
const routersOf = (network: Entity): readonly Entity[] =>
  propsOf(network)
    .list('routed-by')
    .flatMap((by) => referred(by, ['switch']));

const isIn = (vm: Entity, network: Entity): boolean => vmFacts(vm).nics.some((nic) => nic.network === network);

/**
 * Arrays that a host reached, over its paths or over the network that its storage service is on, and does not any more. Where no cables
 * say how it reaches one, nothing is known to be lost.
 */
export function pathlessArrays(
  host: Entity,
  failed: ReadonlySet<string>,
  wiring: Wiring,
): ReadonlySet<Entity | undefined> {
  const found = new Set<Entity | undefined>();
  if (failed.has(entityId(host)) || !mayCutPaths(failed)) return found;
  const paths = (storagePaths(host) ?? []).map(({ to }) => to);
  const wire = storageWire(host);
  const uplinks = wire?.virtualSwitch.uplinks.flatMap(({ physicalSwitch }) => physicalSwitch ?? []) ?? [];
  const mounted = datastoresOf(host);
  for (const array of host.design.members('array')) {
    if (failed.has(entityId(array))) continue;
    const own = datastoresIn(array);
    const isIp = own.some((store) => isOverIp(store) && mounted.includes(store));
    const starts = [...paths, ...(isIp ? uplinks : [])];
    const fronts = arrayPorts(array).flatMap(({ to }) => to ?? []);
    const leads = (start: Entity, time: 'before' | 'after'): boolean => {
      const isOpen = time === 'before' || wiring.isOpen(host, start);
      if (start === array) return isOpen;
      return (
        isOpen &&
        fronts.some(
          (front) =>
            (time === 'before' || wiring.isOpen(front, array)) &&
            (start === front || wiring.reaches(start, front, time)),
        )
      );
    };
    if (starts.some((start) => leads(start, 'before')) && !starts.some((start) => leads(start, 'after')))
      found.add(array);
  }
  return found;
}

const mayCutPaths = (failed: ReadonlySet<string>): boolean => {
  for (const id of failed) if (id.startsWith('switch:') || id.includes('>')) return true;
  return false;
};
