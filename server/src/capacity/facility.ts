import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf, rackOf, referred, sitesOf } from '../design/things.ts';
import { exists } from './exists.ts';
import { assumedFigure, derivedFigure, type Figure, statedFigure } from './figure.ts';
import { portsOf } from './host.ts';
import { DEFAULT_RACK_HEIGHT, knownSum, shareTaken } from './models/rack.ts';
import { arrayPorts } from './san.ts';
import { switchesOf, uplinkNames } from './uplinks.ts';

/** Kinds of things that stand in racks and draw power. */
const MOUNTED = ['host', 'switch', 'array', 'server'] as const;

/** What stands in a rack or site takes of it, as a share, with those that take most first. */
export interface FacilityUse {
  readonly share: Figure;
  /** Where the limit is stated; undefined for an assumed one. */
  readonly by: Stated | undefined;
  readonly things: readonly { readonly entity: Entity; readonly amount: number }[];
  /** Things of which the amount is not stated. */
  readonly unknown: number;
}

/** Things by the rack and by the site that they stand in. */
const standing = derive((design: Design): ReadonlyMap<Entity, readonly Entity[]> => {
  const found = new Map<Entity, Entity[]>();
  for (const kind of MOUNTED) {
    for (const thing of design.members(kind)) {
      if (!exists(thing)) continue;
      for (const place of new Set([rackOf(thing), sitesOf(thing)[0]])) {
        if (!place) continue;
        const known = found.get(place);
        if (known) known.push(thing);
        else found.set(place, [thing]);
      }
    }
  }
  return found;
});

const standingIn = derive((place: Entity): readonly Entity[] => standing(place.design).get(place) ?? [], sameList);

/** Power that a thing draws at full load, watts; undefined if it is not stated. */
function fullPower(entity: Entity): number | undefined {
  const by = propsOf(entity).one('power');
  const span = by && partOf(by.sentence.subject, 0, by.index);
  const high = span?.type === 'span' ? span.high : span;
  return high?.type === 'quantity' ? high.value : undefined;
}

/** Rack units that are taken of a rack; undefined while nothing in it states its height. */
export const rackHeight = derive((rack: Entity): FacilityUse | undefined => {
  const stated = propsOf(rack).number('height');
  const limit = stated
    ? statedFigure('height', 'count', stated)
    : assumedFigure('height', 'count', DEFAULT_RACK_HEIGHT, 'our default for `height`, the usual cabinet');
  return useOf(standingIn(rack), (thing) => propsOf(thing).number('height')?.value, 'rack units', 'count', limit);
});

/** Power at full load of what stands in a rack or site, of its `feed`; undefined while one of both is not stated. */
export const feedUse = derive((place: Entity): FacilityUse | undefined => {
  const stated = propsOf(place).number('feed');
  if (!stated) return undefined;
  return useOf(standingIn(place), fullPower, 'power at full load', 'power', statedFigure('feed', 'power', stated));
});

function useOf(
  things: readonly Entity[],
  amountOf: (thing: Entity) => number | undefined,
  label: string,
  unit: Figure['unit'],
  limit: Figure,
): FacilityUse | undefined {
  const amounts = things.map((entity) => ({ entity, amount: amountOf(entity) }));
  const sum = knownSum(amounts.map(({ amount }) => amount));
  const share = shareTaken(sum, limit.value);
  if (!sum || share === undefined) return undefined;
  const isAtLeast = sum.unknown > 0;
  const known = amounts.flatMap(({ entity, amount }) => (amount === undefined ? [] : [{ entity, amount }]));
  const load: Figure = { label, unit, value: sum.value, origin: 'derived', isAtLeast, formula: `Σ ${label}` };
  return {
    share: derivedFigure(label, 'share', share, `Σ ${label} ÷ ${limit.label}`, [load, limit], { isAtLeast }),
    by: limit.by,
    things: known.sort((a, b) => b.amount - a.amount),
    unknown: sum.unknown,
  };
}

/** Cables that end at a switch, by what they come from. */
export interface PortUse {
  readonly ports: number;
  readonly cables: readonly { readonly entity: Entity; readonly count: number }[];
  readonly needed: number;
  /** The first statement of its ports, and how many there are. */
  readonly by: Stated;
  readonly statements: number;
}

type Cables = ReadonlyMap<Entity, number>;

/** Ports of a host that are cabled to each switch: a port that carries both a virtual switch and a path is one cable. */
const hostCables = derive((host: Entity): Cables => {
  const ends = new Map<Entity, Set<string>>();
  const add = (to: Entity | undefined, port: string) => {
    if (to?.kind !== 'switch') return;
    const known = ends.get(to);
    if (known) known.add(port);
    else ends.set(to, new Set([port]));
  };
  const ports = new Set([...portsOf(host, 'nic'), ...portsOf(host, 'hba')].map(({ name }) => name));
  for (const { uplinks } of switchesOf(host))
    for (const { name, physicalSwitch } of uplinks) if (ports.has(name)) add(physicalSwitch, name);
  for (const path of propsOf(host).keyed('path', (sentence) => JSON.stringify(sentence.subject?.parts[0]))) {
    const [to] = referred(path, ['switch'], 'to');
    for (const name of uplinkNames(path)) if (ports.has(name)) add(to, name);
  }
  return new Map([...ends].map(([to, names]) => [to, names.size]));
}, sameCables);

function sameCables(a: Cables, b: Cables): boolean {
  return a.size === b.size && [...a].every(([to, count]) => b.get(to) === count);
}

const arrayCables = derive((array: Entity): Cables => {
  const counts = new Map<Entity, number>();
  for (const { to, count } of arrayPorts(array)) if (to) counts.set(to, (counts.get(to) ?? 0) + count);
  return counts;
}, sameCables);

/** Uplinks that other switches have to each switch. */
const switchCables = derive((one: Entity): Cables => {
  const counts = new Map<Entity, number>();
  for (const by of propsOf(one).list('uplink')) {
    const count = partOf(by.sentence.subject, 0, by.index);
    const [to] = referred(by, ['switch'], 'to');
    if (to && count?.type === 'number') counts.set(to, (counts.get(to) ?? 0) + count.value);
  }
  return counts;
}, sameCables);

const CABLED = [
  ['host', hostCables],
  ['array', arrayCables],
  ['switch', switchCables],
] as const;

const cablesByEnd = derive((design: Design): ReadonlyMap<Entity, PortUse['cables']> => {
  const found = new Map<Entity, { entity: Entity; count: number }[]>();
  for (const [kind, cables] of CABLED)
    for (const entity of design.members(kind))
      if (exists(entity))
        for (const [to, count] of cables(entity)) {
          const known = found.get(to);
          if (known) known.push({ entity, count });
          else found.set(to, [{ entity, count }]);
        }
  return found;
});

/**
 * Ports of a switch beside the cables that the design draws to it. Any port is taken to fit any cable, and its own uplinks are taken to be
 * beside its ports, which is the best case. Undefined if it states no ports.
 */
export const portUse = derive((one: Entity): PortUse | undefined => {
  const list = propsOf(one).list('ports');
  const [by] = list;
  const counts = list.map((stated) => partOf(stated.sentence.subject, 0, stated.index));
  if (!by || counts.some((count) => count?.type !== 'number')) return undefined;
  const cables = cablesByEnd(one.design).get(one) ?? [];
  return {
    ports: counts.reduce((sum, count) => sum + (count?.type === 'number' ? count.value : 0), 0),
    cables: [...cables].sort((a, b) => b.count - a.count),
    needed: cables.reduce((sum, { count }) => sum + count, 0),
    by,
    statements: list.length,
  };
});
