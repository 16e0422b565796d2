import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { clauseText } from '../design/props.ts';
import { datastoresOf, propsOf, vmsOfApp } from '../design/things.ts';
import { failoverResult } from './absorption.ts';
import { failoverDemand, liveHosts } from './cluster.ts';
import { sees, sightOf, toolsFor, toolsOf } from './coverage.ts';
import { exists } from './exists.ts';
import { featuresOf } from './features.ts';
import { hostSupply } from './host.ts';
import { type DimensionScore, stepsTaken } from './models/maturity.ts';
import { OWNED_KINDS, ownOwners, unownedOf } from './ownership.ts';
import { networkUsers } from './reach.ts';
import { isImportant } from './sessions.ts';
import { arrayUse } from './storage.ts';
import { trunkGapsOf, trunksTo } from './trunks.ts';
import { switchesOf } from './uplinks.ts';

/** One dimension of maturity with its four steps; what is said of each is what holds once it is taken. */
interface Dimension {
  readonly name: string;
  readonly isCore: boolean;
  readonly steps: readonly { readonly says: string; readonly holds: (parts: Parts) => boolean }[];
}

interface Parts {
  readonly design: Design;
  readonly hosts: readonly Entity[];
  /** Those of two hosts and more. */
  readonly clusters: readonly Entity[];
  readonly apps: readonly Entity[];
}

/** How far a dimension has come, and the step that it misses. */
export interface DimensionState extends DimensionScore {
  readonly next: string | undefined;
}

/** States of all dimensions; undefined for a design without hosts. */
export const dimensionsOf = derive((design: Design): readonly DimensionState[] | undefined => {
  const hosts = [...design.members('host')].filter(exists);
  if (hosts.length === 0) return undefined;
  const parts: Parts = {
    design,
    hosts,
    clusters: [...design.members('cluster')].filter((cluster) => exists(cluster) && liveHosts(cluster).length > 1),
    apps: [...design.members('app')].filter(exists),
  };
  return DIMENSIONS.map(({ name, isCore, steps }) => {
    const score = stepsTaken(steps.map(({ holds }) => holds(parts)));
    return { name, isCore, score, next: steps[score]?.says };
  });
});

/** All of some things, of which there are any. */
function all<T>(things: readonly T[], holds: (thing: T) => boolean): boolean {
  return things.length > 0 && things.every(holds);
}

const DIMENSIONS: readonly Dimension[] = [
  {
    name: 'servers',
    isCore: true,
    steps: [
      { says: 'hosts form clusters of two and more', holds: ({ clusters }) => clusters.length > 0 },
      {
        says: 'high availability is on in every cluster',
        holds: ({ clusters }) => all(clusters, (cluster) => featuresOf(cluster).has('ha')),
      },
      {
        says: 'every cluster states what may fail, and holds it',
        holds: ({ clusters }) => all(clusters, holdsFailure),
      },
      {
        says: 'VMs are moved live and balanced in every cluster',
        holds: ({ clusters }) =>
          all(clusters, (cluster) => ['live-migration', 'drs'].every((feature) => featuresOf(cluster).has(feature))),
      },
    ],
  },
  {
    name: 'network',
    isCore: true,
    steps: [
      {
        says: 'every network states its VLAN',
        holds: ({ design }) => all([...design.members('network')], (network) => propsOf(network).has('vlan')),
      },
      {
        says: 'every virtual switch has two uplinks',
        holds: ({ hosts }) =>
          all(
            hosts.flatMap((host) => switchesOf(host).filter(({ networks }) => networks.length > 0)),
            ({ uplinks }) => uplinks.length > 1,
          ),
      },
      {
        says: 'trunks are stated for every host, and let through what it carries',
        holds: ({ hosts }) => all(hosts, isTrunked),
      },
      {
        says: 'every network that VMs use states its subnet',
        holds: ({ clusters }) =>
          all(
            clusters.flatMap((cluster) => [...networkUsers(cluster).keys()]),
            (network) => propsOf(network).has('subnet'),
          ),
      },
    ],
  },
  {
    name: 'storage',
    isCore: true,
    steps: [
      { says: 'hosts of every cluster share datastores', holds: ({ clusters }) => all(clusters, sharesDatastores) },
      {
        says: 'every array states its capacity and its IOPS, or its disks',
        holds: ({ design }) => all([...design.members('array')], (array) => isSized(array)),
      },
      { says: 'growth of disks is stated', holds: ({ design }) => growsStated(design) },
      {
        says: 'disks move while VMs run, or arrays are replicated',
        holds: ({ design, clusters }) =>
          all(clusters, (cluster) =>
            ['storage-migration', 'shared-nothing'].some((feature) => featuresOf(cluster).has(feature)),
          ) || all([...design.members('array')], (array) => propsOf(array).has('replicates')),
      },
    ],
  },
  {
    name: 'management',
    isCore: true,
    steps: [
      {
        says: 'a tool watches every host',
        holds: ({ design, hosts }) => hosts.every((host) => toolsOf(design).some((tool) => sees(tool, host))),
      },
      { says: 'everything has one owner', holds: ({ design }) => isOwned(design) },
      {
        says: 'alarms reach a team, those of important applications too',
        holds: ({ design, apps }) =>
          toolsOf(design).some(({ alerts }) => alerts.length > 0) &&
          apps.every((app) => !isImportant(app) || toolsFor(app).some(({ alerts }) => alerts.length > 0)),
      },
      {
        says: 'tools see 80 % of the components',
        holds: ({ design }) => (sightOf(design)?.coverage ?? 0) >= 0.8 - 1e-9,
      },
    ],
  },
  {
    name: 'applications',
    isCore: false,
    steps: [
      {
        says: 'applications are stated with their VMs',
        holds: ({ apps }) => apps.some((app) => vmsOfApp(app).length > 0),
      },
      {
        says: 'every important application states a service level',
        holds: ({ apps }) => apps.every((app) => !isImportant(app) || propsOf(app).has('slo')),
      },
      {
        says: 'no important application keeps its sessions in one VM',
        holds: ({ apps }) =>
          apps.every((app) => {
            const sessions = propsOf(app).one('sessions');
            return !isImportant(app) || !sessions || clauseText(sessions, 'state') !== 'server-local';
          }),
      },
      { says: 'applications state their peaks or what they depend on', holds: ({ apps }) => all(apps, isPlanned) },
    ],
  },
  {
    name: 'services',
    isCore: false,
    steps: [
      { says: 'an application is reached by a virtual address', holds: ({ apps }) => vipsOf(apps).length > 0 },
      {
        says: 'every virtual address has its controller',
        holds: ({ apps }) => all(vipsOf(apps), ({ sentence }) => sentence.clauses.has('via')),
      },
      {
        says: 'every virtual address states its pool',
        holds: ({ apps }) => all(vipsOf(apps), ({ sentence }) => sentence.clauses.has('pool')),
      },
      {
        says: 'every virtual address is monitored',
        holds: ({ apps }) => all(vipsOf(apps), ({ sentence }) => sentence.clauses.has('monitor')),
      },
    ],
  },
  {
    name: 'hardware',
    isCore: false,
    steps: [
      {
        says: 'every host states its CPU and memory',
        holds: ({ hosts }) => hosts.every((host) => hostSupply(host).cpu && hostSupply(host).memory),
      },
      {
        says: 'every host states what it runs',
        holds: ({ hosts }) => hosts.every((host) => hostSupply(host).hypervisor),
      },
      { says: 'every host states its price', holds: ({ hosts }) => hosts.every((host) => propsOf(host).has('cost')) },
      { says: 'every host states its power', holds: ({ hosts }) => hosts.every((host) => propsOf(host).has('power')) },
    ],
  },
];

function holdsFailure(cluster: Entity): boolean {
  const demand = failoverDemand(cluster);
  return demand !== undefined && demand.kind !== 'none' && failoverResult(cluster)?.outcome !== 'fails';
}

function isTrunked(host: Entity): boolean {
  const behind = switchesOf(host).flatMap(({ uplinks }) => uplinks.map(({ physicalSwitch }) => physicalSwitch));
  return all(behind, (one) => one !== undefined && trunksTo(one, host).length > 0) && trunkGapsOf(host).length === 0;
}

function sharesDatastores(cluster: Entity): boolean {
  const [first, ...rest] = liveHosts(cluster).map((host) => datastoresOf(host));
  return (first ?? []).some((datastore) => rest.some((others) => others.includes(datastore)));
}

/** Whether an array, or one of its pools, says how much it holds and how many operations it takes. */
function isSized(array: Entity): boolean {
  const pools = [...array.design.members('pool')].filter((pool) => pool.parent === array);
  return [array].concat(pools).some((holder) => {
    const props = propsOf(holder);
    const works = props.has('iops') || props.list('disks').some(({ sentence }) => sentence.clauses.has('iops'));
    return works && arrayUse(holder).usable !== undefined;
  });
}

function growsStated(design: Design): boolean {
  const plan = design.plan();
  const holders = [...(plan ? [plan] : []), ...design.members('datastore')];
  return holders.some((holder) => propsOf(holder).withClause('growth', 'disk') !== undefined);
}

function isOwned(design: Design): boolean {
  return OWNED_KINDS.every(
    (kind) =>
      unownedOf(design, kind).length === 0 &&
      [...design.members(kind)].every((thing) => ownOwners(thing).teams.length < 2),
  );
}

function isPlanned(app: Entity): boolean {
  const props = propsOf(app);
  return props.has('peak') || props.has('depends-on');
}

function vipsOf(apps: readonly Entity[]) {
  return apps.flatMap((app) => propsOf(app).list('vip'));
}
