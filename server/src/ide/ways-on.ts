import { switchTrunks } from '../capacity/cables.ts';
import { arrayPorts, isOverIp, storagePaths } from '../capacity/san.ts';
import { storageWire } from '../capacity/shared-wire.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import { vmFacts } from '../capacity/vm.ts';
import { type Entity, entityId, linkId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { datastoresIn, datastoresOf, propsOf, referred } from '../design/things.ts';
import { listed } from '../rules/wording.ts';
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

interface CutGroup {
  readonly hosts: Entity[];
  readonly vms: Set<Entity>;
  readonly words: (hosts: readonly Entity[], vms: number) => string;
}

/** Networks and VMs cut off, with the VMs themselves, so that none is counted twice. */
export interface CutOff {
  readonly notes: readonly LostNote[];
  readonly vms: ReadonlySet<Entity>;
}

const onHosts = (hosts: readonly Entity[]): string =>
  hosts.length === 1 ? (hosts[0]?.name ?? '') : `${hosts.length} hosts`;
const are = (count: number): string => (count === 1 ? 'is' : 'are');
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * VMs that go on running and are cut off: all uplinks of their virtual switch are gone, or the switches behind them lead nowhere any more, or
 * whoever routes their network is out of reach.
 */
export function cutOff(hosts: readonly Entity[], failed: ReadonlySet<string>, wiring: Wiring): CutOff {
  const groups = new Map<string, CutGroup>();
  const add = (key: string, host: Entity, vms: readonly Entity[], words: CutGroup['words']): void => {
    const group = groups.get(key) ?? { hosts: [], vms: new Set(), words };
    groups.set(key, group);
    group.hosts.push(host);
    for (const vm of vms) group.vms.add(vm);
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
        add(
          `${name} ${to}`,
          host,
          vms,
          (own, count) =>
            `${counted(count, 'VM')} on ${onHosts(own)} ${are(count)} cut off: every uplink of ${name} leads to ${to}`,
        );
        continue;
      }
      if (vms.length === 0) continue;
      const had = all.some((end) => wiring.hasWayOn(end, 'before'));
      if (had && !left.some((end) => wiring.hasWayOn(end, 'after'))) {
        const behind = listed(left.map((end) => end.name));
        const over = listed([...new Set(left.flatMap((end) => wiring.blocksAbove(end)))]);
        add(
          `${behind} ${over}`,
          host,
          vms,
          (own, count) =>
            `${counted(count, 'VM')} on ${onHosts(own)} ${are(count)} cut off from all beyond ${behind}: the only way on was ${over}`,
        );
        continue;
      }
      for (const network of networks) {
        const routers = routersOf(network);
        const own = vms.filter((vm) => isIn(vm, network));
        if (routers.length === 0 || own.length === 0) continue;
        const reached = (from: readonly Entity[], time: 'before' | 'after'): boolean =>
          from.some((end) => routers.some((router) => end === router || wiring.reaches(end, router, time)));
        if (!reached(all, 'before') || reached(left, 'after')) continue;
        const by = listed(routers.map((router) => router.name));
        add(
          `${network.name} ${by}`,
          host,
          own,
          (some, count) =>
            `${counted(count, 'VM')} of ${network.name} on ${onHosts(some)} ${count === 1 ? 'has' : 'have'} no gateway: ${by}, which ${routers.length === 1 ? 'routes' : 'route'} it, ${are(routers.length)} out of reach`,
        );
      }
    }
  }
  const notes = [...groups.values()].map(
    ({ hosts: own, vms, words }): LostNote => ({
      kind: 'network',
      what: own.map(entityId),
      vms: vms.size,
      why: words(own, vms.size),
    }),
  );
  return { notes, vms: new Set([...groups.values()].flatMap(({ vms }) => [...vms])) };
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
