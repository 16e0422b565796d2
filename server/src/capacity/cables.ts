import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { partOf, type Stated } from '../design/props.ts';
import { isCut } from '../design/supposed.ts';
import { propsOf, referred } from '../design/things.ts';
import { exists } from './exists.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { portsOf } from './host.ts';
import { shareOf } from './load.ts';
import { pathCapacity } from './models/storage-paths.ts';
import { arrayPortCapacity, pathTraffic, storagePaths } from './san.ts';
import { arrayUse } from './storage.ts';
import { trunkGapsOf } from './trunks.ts';
import { switchesOf, uplinkNames } from './uplinks.ts';

export type CableKind = 'uplink' | 'fabric' | 'mount' | 'trunk';

/** One of the ports that a bundle of cables runs over. */
export interface CablePort {
  readonly name: string;
  /** bit/s; undefined where it is not stated. */
  readonly rate: number | undefined;
  /** The statement that says where it leads. */
  readonly by: Stated;
  /** The virtual switch that uses it; undefined for a storage path. */
  readonly vswitch?: string;
  readonly isStandby?: boolean;
}

/** All cables between two things, which share one fate and one load. `from` is the nearer to the VMs. */
export interface Cable {
  readonly kind: CableKind;
  readonly from: Entity;
  readonly to: Entity;
  readonly count: number;
  /** bit/s of one of them; 0 where it is not stated. */
  readonly speed: number;
  /** By name, as far as ports of a host have one. */
  readonly ports: readonly CablePort[];
  /** The statements that make it. */
  readonly by: readonly Stated[];
  /** What an uplink carries, and what of it the switch behind does not let through. */
  readonly networks: readonly Entity[];
  readonly lacking: readonly Entity[];
  /** Load over what it carries, with both as inputs; undefined where that is not known. */
  readonly use?: Figure | undefined;
}

export const isFabric = (device: Entity): boolean => propsOf(device).word('type') === 'fc';

/** Cables of a host: the uplinks of its virtual switches, and its storage paths; those to one device together. */
export const hostCables = derive((host: Entity): readonly Cable[] => {
  const found = new Map<
    Entity,
    {
      kind: CableKind;
      count: number;
      speed: number;
      networks: Set<Entity>;
      ports: CablePort[];
      loads: Figure[];
      rates: Figure[];
    }
  >();
  const at = (to: Entity, kind: CableKind, speed: number) => {
    const known = found.get(to) ?? { kind, count: 0, speed, networks: new Set(), ports: [], loads: [], rates: [] };
    found.set(to, known);
    return known;
  };
  for (const vswitch of switchesOf(host)) {
    const active = vswitch.uplinks.filter((uplink) => !uplink.isStandby);
    const [load] = vswitch.use?.inputs ?? [];
    for (const { name, rate, physicalSwitch, isStandby, by } of vswitch.uplinks) {
      if (!physicalSwitch) continue;
      const cable = at(physicalSwitch, isFabric(physicalSwitch) ? 'fabric' : 'uplink', rate ?? 0);
      cable.count++;
      cable.ports.push({ name, rate, by, vswitch: vswitch.name, ...(isStandby ? { isStandby } : {}) });
      for (const network of vswitch.networks) cable.networks.add(network);
      if (!vswitch.use || !load || active.length === 0 || !rate) continue;
      // What a virtual switch carries is spread over its active uplinks; one that stands by carries nothing.
      const value = isStandby ? 0 : vswitch.use.value * rate;
      const how = isStandby
        ? 'stands by'
        : `${load.label} × its rate ÷ ${vswitch.use.inputs?.[1]?.label ?? 'capacity'}`;
      cable.loads.push(derivedFigure(`over ${name}`, 'rate', value, how, [load], { isAtLeast: vswitch.use.isAtLeast }));
      cable.rates.push({ label: name, unit: 'rate', value: rate, origin: 'stated', isAtLeast: false, by });
    }
  }
  const rates = new Map([...portsOf(host, 'hba'), ...portsOf(host, 'nic')].map((port) => [port.name, port.rate]));
  for (const path of propsOf(host).list('path')) {
    const [to] = referred(path, ['switch', 'array'], 'to');
    if (!to) continue;
    const names = uplinkNames(path);
    const speed = names.map((name) => rates.get(name)).find((rate) => rate !== undefined) ?? 0;
    const kind = to.kind === 'array' ? 'mount' : isFabric(to) ? 'fabric' : 'uplink';
    const cable = at(to, kind, speed);
    cable.count += Math.max(1, names.length);
    for (const name of names) cable.ports.push({ name, rate: rates.get(name), by: path });
    const use = pathUse(host, to, names);
    const [load, capacity] = use?.inputs ?? [];
    if (load && capacity) {
      cable.loads.push(load);
      cable.rates.push(capacity);
    }
  }
  if (found.size === 0) return [];
  const gaps = trunkGapsOf(host);
  return [...found].map(([to, { kind, count, speed, networks, ports, loads, rates: whole }]): Cable => {
    const lacking = gaps.filter(({ physicalSwitch }) => physicalSwitch === to).map(({ network }) => network);
    const use = whole.length === 0 ? undefined : shareOf('load', sum('load', loads), sum('rate', whole));
    return { kind, from: host, to, count, speed, ports, by: statements(ports), networks: [...networks], lacking, use };
  });
});

const statements = (ports: readonly CablePort[]): readonly Stated[] => [...new Set(ports.map(({ by }) => by))];

function sum(label: string, parts: readonly Figure[]): Figure {
  const [first] = parts;
  if (first && parts.length === 1) return { ...first, label };
  const value = parts.reduce((total, part) => total + part.value, 0);
  return derivedFigure(label, 'rate', value, label === 'rate' ? 'Σ rates' : 'Σ over its ports', parts);
}

/** Disk traffic of a host on some of its storage ports: it is spread evenly over all paths, as the rules reckon it. */
function pathUse(host: Entity, to: Entity, ports: readonly string[]): Figure | undefined {
  const all = storagePaths(host);
  const traffic = pathTraffic(host);
  const own = (all ?? []).filter((path) => path.to === to && ports.includes(path.port));
  return partOfTraffic(traffic, all && pathCapacity(all), pathCapacity(own), 'all paths', own[0]?.by);
}

function partOfTraffic(
  traffic: Figure | undefined,
  whole: number | undefined,
  own: number | undefined,
  of: string,
  by: Stated | undefined,
): Figure | undefined {
  if (!traffic || !whole || !own) return undefined;
  const how = `${traffic.label} × its rate ÷ rate of ${of}`;
  const load = derivedFigure('load', 'rate', (traffic.value / whole) * own, how, [traffic]);
  const capacity = derivedFigure('rate', 'rate', own, 'Σ rate × payload', [], {
    source: 'payload: 0.8 of Fibre Channel, 0.9 of Ethernet, recalled',
  });
  return shareOf('load', load, { ...capacity, by });
}

/** `ports N x RATE to SWITCH` of an array: from the switch down to it. */
export const arrayCables = derive((array: Entity): readonly Cable[] =>
  joined(propsOf(array).list('ports'), ['switch'], (to, by, count, speed): Cable => {
    const whole = arrayPortCapacity(array)?.value;
    const own = pathCapacity([{ rate: count * speed, kind: isFabric(to) ? 'fibre-channel' : 'ethernet' }]);
    const use = partOfTraffic(arrayUse(array).throughput, whole, own, 'all its ports', by[0]);
    return { ...PLAIN, kind: 'fabric', from: to, to: array, count, speed, by, use };
  }),
);

const PLAIN: Pick<Cable, 'ports' | 'networks' | 'lacking'> = { ports: [], networks: [], lacking: [] };

/** `N x RATE to …` statements as cables, those to one thing together. */
function joined(
  stated: readonly Stated[],
  kinds: readonly string[],
  cable: (to: Entity, by: readonly Stated[], count: number, speed: number) => Cable,
): readonly Cable[] {
  const found = new Map<Entity, { readonly by: Stated[]; count: number; rate: number }>();
  for (const by of stated) {
    const [count, rate] = [0, 1].map((slot) => partOf(by.sentence.subject, slot, by.index));
    const many = count?.type === 'number' ? count.value : 1;
    for (const to of referred(by, kinds, 'to')) {
      const known = found.get(to) ?? { by: [], count: 0, rate: 0 };
      known.by.push(by);
      known.count += many;
      known.rate += rate?.type === 'quantity' ? many * rate.value : 0;
      found.set(to, known);
    }
  }
  return [...found].map(([to, { by, count, rate }]) => cable(to, by, count, count > 0 ? rate / count : 0));
}

/** `uplink N x RATE to SWITCH` of a switch, as far as it stands after a failure. Without a load: that is `trunkUses`. */
export const switchTrunks = derive((device: Entity): readonly Cable[] =>
  joined(propsOf(device).list('uplink'), ['switch'], (to, by, count, speed) => ({
    ...PLAIN,
    kind: 'trunk',
    from: device,
    to,
    count,
    speed,
    by,
  })).filter(({ to }) => to !== device && !isCut(device, to)),
);

/** Hosts that are there on the day of the design. */
const hostsThere = derive((design: Design): readonly Entity[] => [...design.members('host')].filter(exists), sameList);

/** Cables that lead to a switch from hosts that are there. */
const cablesFromHosts = derive((design: Design): ReadonlyMap<Entity, readonly Cable[]> => {
  const found = new Map<Entity, Cable[]>();
  for (const host of hostsThere(design)) {
    for (const cable of hostCables(host)) {
      const known = found.get(cable.to);
      if (known) known.push(cable);
      else found.set(cable.to, [cable]);
    }
  }
  return found;
});

/** Cables from hosts that end at a device. */
export const cablesTo = (device: Entity): readonly Cable[] => cablesFromHosts(device.design).get(device) ?? [];

const ALL_UP = 'all that comes from below goes up, nothing of it stays';

/**
 * Load of trunks: everything that comes into a switch from below is assumed to leave it upward, spread over its trunks by their rate. What
 * stays below is not known, so it is no more than this, and judged by nothing. Of switches in a circle none is known.
 */
export const trunkUses = derive((design: Design): ReadonlyMap<Cable, Figure> => {
  const trunks = [...design.members('switch')].flatMap(switchTrunks);
  const downward = new Map<Entity, Cable[]>();
  for (const trunk of trunks) downward.set(trunk.to, [...(downward.get(trunk.to) ?? []), trunk]);
  const rateOf = ({ count, speed }: Cable): number => count * speed;
  const sums = new Map<Entity, readonly Figure[] | undefined>();
  const loadOf = (trunk: Cable): Figure | undefined => {
    const all = switchTrunks(trunk.from);
    const rate = all.reduce((total, one) => total + rateOf(one), 0);
    const parts = all.every((one) => rateOf(one) > 0) ? below(trunk.from) : undefined;
    const whole = parts?.reduce((total, { value }) => total + value, 0);
    return parts && whole !== undefined && parts.length > 0
      ? {
          label: 'load',
          unit: 'rate',
          value: (whole * rateOf(trunk)) / rate,
          origin: 'assumed',
          assumption: ALL_UP,
          formula:
            all.length > 1
              ? 'Σ load from below × its rate ÷ rate of all trunks, if nothing stays below'
              : 'Σ load from below, if nothing stays there',
          isAtLeast: false,
          inputs: parts,
        }
      : undefined;
  };
  const below = (device: Entity): readonly Figure[] => {
    const known = sums.get(device);
    if (known) return known;
    sums.set(device, []);
    const own = cablesTo(device).flatMap(({ from, use }) => {
      const [load] = use?.inputs ?? [];
      return load ? [{ ...load, label: `from ${from.name}` }] : [];
    });
    const parts = [
      ...own,
      ...(downward.get(device) ?? []).flatMap((trunk) => {
        const load = loadOf(trunk);
        return load ? [{ ...load, label: `from ${trunk.from.name}` }] : [];
      }),
    ];
    sums.set(device, parts);
    return parts;
  };
  const found = new Map<Cable, Figure>();
  for (const trunk of trunks) {
    const [by] = trunk.by;
    const capacity: Figure = {
      label: 'rate',
      unit: 'rate',
      value: rateOf(trunk),
      origin: 'stated',
      isAtLeast: false,
      by,
    };
    const use = shareOf('load', loadOf(trunk), capacity);
    if (use) found.set(trunk, use);
  }
  return found;
});
