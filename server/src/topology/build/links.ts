import { derive } from '../../base/reactive.ts';
import { portsOf } from '../../capacity/host.ts';
import { trunkGapsOf } from '../../capacity/trunks.ts';
import { switchesOf, uplinkNames } from '../../capacity/uplinks.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { named } from '../../design/layers.ts';
import { partOf } from '../../design/props.ts';
import { datastoresOf, propsOf, referred, standsOn } from '../../design/things.ts';
import { type Gauge, gaugeOf, type Link, type LinkKind, type MissingPath, type Side } from '../graph.ts';
import { limitsAt } from './limits.ts';
import { frontGauge, pathGauge, trunkGauges, wanGauge } from './link-loads.ts';
import { indexesOf } from './networks.ts';
import { endsOf, missingPaths, withOnlyPaths } from './redundancy.ts';
import { poolOf } from './storage.ts';

/** A cable or a bundle of them, before sides are given out. */
interface Cable {
  readonly from: Entity;
  readonly to: Entity;
  readonly kind: LinkKind;
  readonly count: number;
  readonly speed: number;
  readonly gauge?: Gauge;
  /** What it carries, and what of it the other end does not let through. */
  readonly networks?: readonly Entity[];
  readonly lacking?: readonly Entity[];
}

export const isFabric = (device: Entity): boolean => propsOf(device).word('type') === 'fc';

/** Array that a datastore lies on, through a pool if need be. */
export function arrayOf(store: Entity): Entity | undefined {
  const under = standsOn(store);
  return under?.kind === 'pool' ? (under.parent ?? undefined) : under;
}

/** Physical cables of a host: uplinks of its virtual switches, and its storage paths. */
const cablesOf = derive((host: Entity): readonly Cable[] => {
  const cables: Cable[] = [];
  const found = new Map<string, { cable: Cable; gauges: Gauge[] }>();
  const gaps = trunkGapsOf(host);
  const add = (cable: Cable): void => {
    const key = entityId(cable.to);
    const known = found.get(key);
    const gauges = [...(known?.gauges ?? []), ...(cable.gauge ? [cable.gauge] : [])];
    const networks = [...(known?.cable.networks ?? []), ...(cable.networks ?? [])];
    const count = (known?.cable.count ?? 0) + cable.count;
    found.set(key, { cable: { ...(known?.cable ?? cable), count, networks }, gauges });
  };
  for (const vswitch of switchesOf(host)) {
    const active = vswitch.uplinks.filter((u) => !u.isStandby);
    for (const uplink of vswitch.uplinks) {
      const to = uplink.physicalSwitch;
      if (!to) continue;
      const speed = uplink.rate ?? 0;
      // What a virtual switch carries is spread over its active uplinks; one that stands by carries nothing.
      const share = vswitch.use && active.length > 0 ? (uplink.isStandby ? 0 : vswitch.use.value) : undefined;
      const state = vswitch.use?.isAtLeast ? 'atLeast' : 'stated';
      const gauge =
        share !== undefined && speed > 0 ? gaugeOf(share * speed, speed, limitsAt(host).network, state) : undefined;
      add({
        from: host,
        to,
        kind: isFabric(to) ? 'fabric' : 'uplink',
        count: 1,
        speed,
        networks: vswitch.networks,
        ...(gauge ? { gauge } : {}),
      });
    }
  }
  const rates = new Map([...portsOf(host, 'hba'), ...portsOf(host, 'nic')].map((p) => [p.name, p.rate]));
  for (const path of propsOf(host).list('path')) {
    const [to] = referred(path, ['switch', 'array'], 'to');
    if (!to) continue;
    const names = uplinkNames(path);
    const speed = names.map((n) => rates.get(n)).find((r) => r !== undefined) ?? 0;
    const kind: LinkKind = to.kind === 'array' ? 'mount' : isFabric(to) ? 'fabric' : 'uplink';
    const gauge = pathGauge(host, to, names);
    add({ from: host, to, kind, count: Math.max(1, names.length), speed, ...(gauge ? { gauge } : {}) });
  }
  for (const { cable, gauges } of found.values()) {
    const capacity = gauges.reduce((s, g) => s + g.capacity, 0);
    const value = gauges.reduce((s, g) => s + g.value, 0);
    const limits = cable.kind === 'uplink' ? limitsAt(host).network : limitsAt(host).storage;
    const gauge = capacity > 0 ? gaugeOf(value, capacity, limits, gauges[0]?.state) : undefined;
    const { gauge: _, ...plain } = cable;
    const lacking = gaps.filter(({ physicalSwitch }) => physicalSwitch === cable.to).map(({ network }) => network);
    cables.push({ ...plain, lacking, ...(gauge ? { gauge } : {}) });
  }
  return cables;
});

/** `ports N x RATE to SWITCH` of an array. */
const arrayCables = derive((array: Entity): readonly Cable[] =>
  propsOf(array)
    .list('ports')
    .flatMap((stated) => {
      const count = partOf(stated.sentence.subject, 0, stated.index);
      const rate = partOf(stated.sentence.subject, 1, stated.index);
      return referred(stated, ['switch'], 'to').map(
        (to): Cable => ({
          from: to,
          to: array,
          kind: 'fabric',
          count: count?.type === 'number' ? count.value : 1,
          speed: rate?.type === 'quantity' ? rate.value : 0,
        }),
      );
    }),
);

/** `uplink N x RATE to SWITCH` of a switch. */
const trunkCables = derive((device: Entity): readonly Cable[] =>
  propsOf(device)
    .list('uplink')
    .flatMap((stated) => {
      const count = partOf(stated.sentence.subject, 0, stated.index);
      const rate = partOf(stated.sentence.subject, 1, stated.index);
      return referred(stated, ['switch'], 'to')
        .filter((to) => to !== device)
        .map(
          (to): Cable => ({
            from: device,
            to,
            kind: 'trunk',
            count: count?.type === 'number' ? count.value : 1,
            speed: rate?.type === 'quantity' ? rate.value : 0,
          }),
        );
    }),
);

export interface Cabling {
  readonly links: readonly Link[];
  readonly missing: readonly MissingPath[];
  /** Load of what hangs on a switch or fabric, by its id: one entry per port in use, -1 where it is not known. */
  readonly ports: ReadonlyMap<string, readonly number[]>;
  readonly loads: ReadonlyMap<string, readonly Gauge[]>;
}

/** Arrays that a host mounts datastores of, and pools of datastores without one, each once. Disks inside the host need no cable. */
const mountsOf = derive((host: Entity): ReadonlySet<Entity | string> => {
  const found = new Set<Entity | string>();
  for (const store of datastoresOf(host)) {
    const array = arrayOf(store);
    if (array?.kind !== 'array') {
      const pool = poolOf(store);
      if (pool !== undefined) found.add(pool);
    } else if (standsOn(array) !== host) found.add(array);
  }
  return found;
});

/** Every link of a design. */
export function cabling(design: Design, hosts: readonly Entity[]): Cabling {
  const sides = new Map<Entity, Side>();
  const sideOf = (device: Entity, place: number): Side => {
    const known = sides.get(device);
    if (known) return known;
    const side: Side = place % 2 === 0 ? 'a' : 'b';
    sides.set(device, side);
    return side;
  };
  const links: Link[] = [];
  const ports = new Map<string, number[]>();
  const loads = new Map<string, Gauge[]>();
  const add = (cable: Cable, side: Side): void => {
    const from = entityId(cable.from);
    const to = entityId(cable.to);
    const { kind, count, speed, gauge } = cable;
    const carries = indexesOf(cable.networks ?? []);
    const lacks = indexesOf(cable.lacking ?? []);
    links.push({
      id: `${from}>${to}`,
      kind,
      from,
      to,
      side,
      count,
      speed,
      ...(gauge ? { gauge } : {}),
      ...(carries.length > 0 ? { carries } : {}),
      ...(lacks.length > 0 ? { lacks } : {}),
    });
  };
  const portsOfSwitch = (device: Entity): number[] => {
    const id = entityId(device);
    const list = ports.get(id) ?? [];
    ports.set(id, list);
    return list;
  };
  const use = (device: Entity, count: number, gauge: Gauge | undefined): void => {
    const id = entityId(device);
    const list = portsOfSwitch(device);
    for (let i = 0; i < Math.min(count, 512); i += 1) list.push(gauge && gauge.state !== 'unknown' ? gauge.share : -1);
    if (gauge) loads.set(id, [...(loads.get(id) ?? []), gauge]);
  };
  const arrays = [...design.members('array')];
  const frontOf = new Map(arrays.map((a) => [a, new Set(arrayCables(a).map((c) => c.from))]));
  for (const host of hosts) {
    const cables = cablesOf(host);
    const places = { uplink: 0, fabric: 0, mount: 0 };
    const cabled = new Set<Entity>();
    const direct = new Set<Entity>();
    for (const cable of cables) {
      const group = cable.kind === 'fabric' ? 'fabric' : cable.kind === 'mount' ? 'mount' : 'uplink';
      add(cable, sideOf(cable.to, places[group]));
      places[group] += 1;
      if (cable.kind === 'mount') direct.add(cable.to);
      else use(cable.to, cable.count, cable.gauge);
      if (cable.kind !== 'mount') cabled.add(cable.to);
    }
    // What is mounted without a path that says how it is reached.
    for (const mount of mountsOf(host)) {
      if (typeof mount !== 'string') {
        if (direct.has(mount) || [...(frontOf.get(mount) ?? [])].some((front) => cabled.has(front))) continue;
        add({ from: host, to: mount, kind: 'mount', count: 1, speed: 0 }, 'a');
        continue;
      }
      const from = entityId(host);
      links.push({ id: `${from}>${mount}`, kind: 'mount', from, to: mount, side: 'a', count: 1, speed: 0 });
    }
  }
  for (const array of arrays) {
    arrayCables(array).forEach((cable, i) => {
      const gauge = frontGauge(array, cable.from, cable.count * cable.speed);
      add(gauge ? { ...cable, gauge } : cable, sideOf(cable.from, i));
      use(cable.from, cable.count, undefined);
    });
  }
  const trunks = [...design.members('switch')]
    .flatMap(trunkCables)
    .map((cable) => ({ cable, from: cable.from, to: cable.to, rate: cable.count * cable.speed }));
  const trunkLoads = trunkGauges(trunks, (device) => loads.get(entityId(device)) ?? []);
  const upward = trunks.map((trunk) => ({ ...trunk, gauge: trunkLoads.get(trunk) }));
  for (const { cable, gauge } of upward) {
    add(gauge ? { ...cable, gauge } : cable, sideOf(cable.from, 0));
    use(cable.to, cable.count, gauge);
    for (let i = 0; i < Math.min(cable.count, 512); i += 1) portsOfSwitch(cable.from).push(gauge ? gauge.share : -1);
  }
  links.push(...wans(design));
  return { links: withOnlyPaths(links, endsOf(design)), missing: missingPaths(links), ports, loads };
}

function wans(design: Design): Link[] {
  const links: Link[] = [];
  for (const wan of design.members('wan')) {
    const sites = named(wan, 'between', ['site']);
    const props = propsOf(wan);
    const speed = props.number('speed')?.value ?? 0;
    const rtt = props.number('rtt')?.value;
    const gauge = sites.length === 2 ? wanGauge(wan) : undefined;
    for (let i = 0; i + 1 < sites.length; i += 1) {
      for (let k = i + 1; k < sites.length; k += 1) {
        const from = sites[i];
        const to = sites[k];
        if (!from || !to) continue;
        const id = sites.length === 2 ? entityId(wan) : `${entityId(wan)}/${from.name}-${to.name}`;
        links.push({
          id,
          kind: 'wan',
          from: entityId(from),
          to: entityId(to),
          side: 'a',
          count: 1,
          speed,
          name: wan.name,
          ...(rtt === undefined ? {} : { rtt }),
          ...(gauge ? { gauge } : {}),
        });
      }
    }
  }
  return links;
}
