import { derive } from '../../base/reactive.ts';
import { arrayCables, type Cable, hostCables, switchTrunks, trunkUses } from '../../capacity/cables.ts';
import { arrayOf } from '../../capacity/storage.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { named } from '../../design/layers.ts';
import { datastoresOf, propsOf, standsOn } from '../../design/things.ts';
import type { Gauge, Link, MissingPath, Side } from '../graph.ts';
import { cableGauge, trunkGauge, wanGauge } from './link-loads.ts';
import { indexesOf, ownerOf } from './networks.ts';
import { outlookOf } from './outlook.ts';
import { endsOf, missingPaths, withOnlyPaths } from './redundancy.ts';
import { poolOf } from './storage.ts';

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
    if (!array) {
      const pool = poolOf(store);
      if (pool !== undefined) found.add(pool);
    } else if (standsOn(array) !== host) found.add(array);
  }
  return found;
});

/** A mount that no path says how it is reached. */
const UNSTATED: Omit<Cable, 'from' | 'to'> = {
  kind: 'mount',
  count: 1,
  speed: 0,
  ports: [],
  by: [],
  networks: [],
  lacking: [],
};

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
  const add = (cable: Cable, side: Side, gauge: Gauge | undefined): void => {
    const from = entityId(cable.from);
    const to = entityId(cable.to);
    const { kind, count, speed } = cable;
    const carries = indexesOf(cable.networks);
    const lacks = indexesOf(cable.lacking);
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
    const places = { uplink: 0, fabric: 0, mount: 0 };
    const cabled = new Set<Entity>();
    const direct = new Set<Entity>();
    for (const cable of hostCables(host)) {
      const group = cable.kind === 'fabric' ? 'fabric' : cable.kind === 'mount' ? 'mount' : 'uplink';
      const gauge = cableGauge(cable);
      add(cable, sideOf(cable.to, places[group]), gauge);
      places[group] += 1;
      if (cable.kind === 'mount') direct.add(cable.to);
      else use(cable.to, cable.count, gauge);
      if (cable.kind !== 'mount') cabled.add(cable.to);
    }
    // What is mounted without a path that says how it is reached.
    for (const mount of mountsOf(host)) {
      if (typeof mount !== 'string') {
        if (direct.has(mount) || [...(frontOf.get(mount) ?? [])].some((front) => cabled.has(front))) continue;
        add({ ...UNSTATED, from: host, to: mount }, 'a', undefined);
        continue;
      }
      const from = entityId(host);
      links.push({ id: `${from}>${mount}`, kind: 'mount', from, to: mount, side: 'a', count: 1, speed: 0 });
    }
  }
  for (const array of arrays) {
    arrayCables(array).forEach((cable, i) => {
      add(cable, sideOf(cable.from, i), cableGauge(cable));
      use(cable.from, cable.count, undefined);
    });
  }
  const uses = trunkUses(design);
  for (const device of design.members('switch')) {
    for (const cable of switchTrunks(device)) {
      const gauge = trunkGauge(uses.get(cable));
      add(cable, sideOf(cable.from, 0), gauge);
      use(cable.to, cable.count, gauge);
      for (let i = 0; i < Math.min(cable.count, 512); i += 1) portsOfSwitch(cable.from).push(gauge ? gauge.share : -1);
    }
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
    const owner = ownerOf(wan);
    const { cost } = outlookOf(wan);
    for (let i = 0; i + 1 < sites.length; i += 1) {
      for (let k = i + 1; k < sites.length; k += 1) {
        const from = sites[i];
        const to = sites[k];
        if (!from || !to) continue;
        const id = sites.length === 2 ? entityId(wan) : `${entityId(wan)}#${from.name}-${to.name}`;
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
          ...(cost === undefined ? {} : { cost }),
          ...(owner === undefined ? {} : { owner }),
        });
      }
    }
  }
  return links;
}
