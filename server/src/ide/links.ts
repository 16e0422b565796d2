import { arrayCables, type Cable, hostCables, switchTrunks, trunkUses } from '../capacity/cables.ts';
import { exists } from '../capacity/exists.ts';
import type { Figure } from '../capacity/figure.ts';
import { type Entity, entityId, type Located, linkId, statementKey } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { clusterOfHost, hostsOf } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
import { siteOf } from '../topology/build/storage.ts';

/** The two ends of a link, or of a bundle of links, as its id names them. */
export function endsOf(id: string): readonly [from: string, to: string] | undefined {
  const [from, to, ...more] = id.split('>');
  return from && to && more.length === 0 ? [from, to] : undefined;
}

/** The thing of an id; undefined if the text no longer has it. */
export function entityCalled(design: Design, id: string): Entity | undefined {
  const kind = id.slice(0, id.indexOf(':'));
  for (const entity of design.members(kind)) if (entityId(entity) === id) return entity;
  return undefined;
}

/** A cluster as a picture calls it: one that is stretched over sites stands in each, `cluster:prod@site:a`. */
const clusterAt = (id: string): readonly [cluster: string, site: string | undefined] => {
  const at = id.indexOf('@');
  return at < 0 ? [id, undefined] : [id.slice(0, at), id.slice(at + 1)];
};

/** Hosts that a bundle of links starts from: of a cluster, of those in none (`cluster:@site:a`), or of a site. */
function hostsAt(design: Design, from: string): readonly Entity[] {
  const hosts = [...design.members('host')].filter(exists);
  if (from.startsWith('site:')) return hosts.filter((host) => siteOf(host) === from);
  const [cluster, site] = clusterAt(from);
  return hosts.filter((host) => {
    const own = clusterOfHost(host);
    return (own ? entityId(own) === cluster : cluster === 'cluster:') && (site === undefined || siteOf(host) === site);
  });
}

/** The cables behind the id of a link or of a bundle of links; none where the design has no such. */
export function cablesCalled(design: Design, id: string): readonly Cable[] {
  const ends = endsOf(id);
  const to = ends && entityCalled(design, ends[1]);
  if (!to) return [];
  const [from] = ends;
  if (from.startsWith('cluster:') || from.startsWith('site:'))
    return hostsAt(design, from).flatMap((host) => hostCables(host).filter((cable) => cable.to === to));
  const start = entityCalled(design, from);
  if (!start) return [];
  const own = start.kind === 'host' ? hostCables(start) : to.kind === 'array' ? arrayCables(to) : switchTrunks(start);
  return own.filter((cable) => cable.from === start && cable.to === to);
}

/** Ids of the links that fail with a link or a bundle of links. */
export function linksOfBundle(design: Design, id: string): readonly string[] {
  const [from = ''] = endsOf(id) ?? [];
  if (!from.startsWith('cluster:') && !from.startsWith('site:')) return [id];
  return cablesCalled(design, id).map(({ from: host, to }) => linkId(host, to));
}

/** Load over capacity of a cable. */
export const cableUse = (cable: Cable): Figure | undefined =>
  cable.kind === 'trunk' ? trunkUses(cable.from.design).get(cable) : cable.use;

const isStatedBy = (key: string) => (by: Stated) => statementKey(by) === key;

/**
 * The link that a statement makes, by what the block around it declares: of an `uplink`, `path` or `ports` the cable, or the bundle of a whole
 * cluster; of a `trunk` the cables that it lets through. Undefined for other statements.
 */
export function linkStatedAt(around: Entity, statement: Located): string | undefined {
  const { word } = statement.sentence;
  const isIt = isStatedBy(statementKey(statement));
  if (word === 'trunk') {
    const trunk = around.kind === 'switch' ? propsOf(around).list('trunk').find(isIt) : undefined;
    return trunk && trunkedBy(around, trunk);
  }
  if (word !== 'uplink' && word !== 'path' && word !== 'ports') return undefined;
  const made = (cables: readonly Cable[]): Cable | undefined => cables.find(({ by }) => by.some(isIt));
  const holder = around.kind === 'vswitch' ? around.parent : around;
  switch (holder?.kind) {
    case 'cluster': {
      for (const host of hostsOf(holder)) {
        const cable = made(hostCables(host));
        if (cable) return `${entityId(holder)}>${entityId(cable.to)}`;
      }
      return undefined;
    }
    case 'host':
      return idOf(made(hostCables(holder)));
    case 'array':
      return idOf(made(arrayCables(holder)));
    case 'switch':
      return idOf(made(switchTrunks(holder)));
    default:
      return undefined;
  }
}

const idOf = (cable: Cable | undefined): string | undefined => cable && linkId(cable.from, cable.to);

/** The cables of the neighbour that a `trunk` names; without one, all that come to the switch from its site. */
function trunkedBy(device: Entity, trunk: Stated): string | undefined {
  if (!trunk.sentence.clauses.has('to')) return `${siteOf(device)}>${entityId(device)}`;
  const [near] = referred(trunk, ['cluster', 'host', 'array', 'switch'], 'to');
  if (!near) return undefined;
  // Of two switches the one that states the uplink is the nearer to the VMs.
  const isAbove =
    near.kind === 'array' || (near.kind === 'switch' && !switchTrunks(near).some(({ to }) => to === device));
  return isAbove ? linkId(device, near) : linkId(near, device);
}

/** The first statement that makes a link. */
export const statementOf = (design: Design, id: string): Stated | undefined =>
  cablesCalled(design, id).flatMap(({ by }) => by)[0];
