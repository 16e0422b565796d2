import { failoverResult, lossOfOneHost, movesToMakeRoom, type RoomMove } from '../../capacity/absorption.ts';
import { failoverDemand, liveHosts } from '../../capacity/cluster.ts';
import { exists } from '../../capacity/exists.ts';
import { carriesLoad } from '../../capacity/host.ts';
import { hostsMissing } from '../../capacity/missing-hosts.ts';
import { isRunning } from '../../capacity/vm.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { clusterOfHost, hostsOf, isVacated, placementOf, vmsOn } from '../../design/placement.ts';
import {
  balancing,
  consolidating,
  emptying,
  limited,
  placing,
  type Strictness,
  seating,
  withstanding,
} from '../../planner/aims.ts';
import { type Estate, estateOf, peersOf, type Scope } from '../../planner/from-design/estate.ts';
import type { Problem } from '../../planner/problem.ts';
import { entityCalled } from '../links.ts';
import { spreadTask } from './finding-tasks.ts';
import { PLAN_LIMITS } from './limits.ts';
import type { Task, Tasked, TaskOptions } from './tasks.ts';
import type { PlanWish } from './wish.ts';

/**
 * What a move has to take off the unevenness of all measures together, each of which counts 1 at the start; among many hosts, a part
 * of what one of them adds to it on average, as one VM changes less there. Ours.
 */
const WORTH_OF_MOVE = 0.01;
const PART_OF_HOST = 0.25;

/** Moves that a reviewer reads through: a tenth of the VMs, at least ten. Ours. */
const SHARE_MOVED = 0.1;
const FEW_MOVES = 10;

/** What has to be survived where a cluster does not say. */
const ONE_HOST = { kind: 'hosts', count: 1 } as const;

/** What a wish asks of a design; wishes for new VMs are in `fit.ts`, for waves in `migrate.ts`. */
export function taskFor(
  design: Design,
  wish: Exclude<PlanWish, { readonly kind: 'fit' | 'migrate' }>,
  options: TaskOptions,
): Tasked {
  const id = wish.kind === 'evacuate' ? wish.host : wish.cluster;
  const thing = entityCalled(design, id);
  if (!thing) return { reason: `${id.slice(id.indexOf(':') + 1)} is not in the design any more` };
  switch (wish.kind) {
    case 'rebalance':
      return rebalance(thing, options);
    case 'evacuate':
      return evacuate(thing, options.strictness);
    case 'failover':
      return failover(thing, options.strictness);
    case 'spread':
      return spreadTask(thing, options.tightness);
    case 'place':
      return place(thing, wish.poolOnly === true, options.strictness);
    case 'consolidate':
      return consolidate(thing, options.strictness);
  }
}

function rebalance(cluster: Entity, { strictness, mostMoves }: TaskOptions): Tasked {
  const made = clusterEstate(cluster, strictness);
  if ('reason' in made) return made;
  const few = Math.max(FEW_MOVES, Math.round(made.problem.units.count * SHARE_MOVED));
  const most = mostMoves === 'any' ? undefined : (mostMoves ?? few);
  const worth = Math.min(WORTH_OF_MOVE, PART_OF_HOST / made.estate.hosts.length);
  return {
    ...taskOf(cluster, made.estate, balancing(made.problem, worth, most)),
    aim: `balance ${cluster.name} better`,
    isDone: () => true,
  };
}

function evacuate(host: Entity, strictness: Strictness): Tasked {
  const vms = vmsOn(host).filter(exists);
  if (vms.length === 0) return { nothing: `nothing runs on ${host.name}` };
  const hosts = peersOf(host);
  if (hosts.length < 2) return { reason: `there is no other host that the VMs of ${host.name} could move to` };
  const cluster = clusterOfHost(host);
  const estate = estateOf({ hosts, anchors: [host], emptied: [host], cluster }, PLAN_LIMITS);
  const index = estate.hosts.indexOf(host);
  const reasons = [...estate.problem.reasons, 'is to be emptied'];
  const problem = limited({ ...estate.problem, reasons }, estate.gauges, strictness);
  const id = entityId(host);
  return {
    ...taskOf(host, estate, { ...emptying(problem, [index], reasons.length), model: index }),
    like: host,
    aim: `empty ${host.name}`,
    isDone: (design) => {
      const now = entityCalled(design, id);
      return now !== undefined && vmsOn(now).filter(exists).length === 0;
    },
  };
}

function failover(cluster: Entity, strictness: Strictness): Tasked {
  const before = lossOf(cluster);
  const demand = failoverDemand(cluster);
  if (demand?.kind === 'none') return { nothing: `${cluster.name} states failover none: nothing has to be taken in` };
  if (before.outcome === 'holds') return { nothing: `${cluster.name} can take in the loss already` };
  if (before.outcome === 'unknown') return { reason: `nothing can be said of a loss: ${before.unknown}` };
  const made = clusterEstate(cluster, strictness, { losesOneHost: true });
  if ('reason' in made) return made;
  if (made.problem.reserves.length === 0) {
    const hosts = hostsMissing(cluster, before, demand);
    const reason = `${cluster.name} as a whole has too little, which no move changes`;
    return { reason, addition: hosts === undefined ? undefined : { cluster, hosts } };
  }
  const id = entityId(cluster);
  const seats = before.isScattered ? seatsIn(made.estate, movesToMakeRoom(cluster, demand ?? ONE_HOST)) : undefined;
  const problem = seats
    ? seating(made.problem, seats, 'that free room comes together on one host')
    : withstanding(made.problem);
  return {
    ...taskOf(cluster, made.estate, problem),
    aim: `make room for ${made.problem.reserves[0]?.label ?? 'a loss'}`,
    isDone: (design) => {
      const now = entityCalled(design, id);
      return now !== undefined && lossOf(now).outcome === 'holds';
    },
  };
}

/** Hosts of units by index; undefined where a host is none of the estate. */
function seatsIn({ hosts, vmsOf }: Estate, moves: readonly RoomMove[] = []): ReadonlyMap<number, number> | undefined {
  const unitOf = new Map(vmsOf.flatMap((vms, unit) => vms.map((vm) => [vm, unit] as const)));
  const seats = new Map<number, number>();
  for (const { vms, to } of moves) {
    const host = hosts.indexOf(to);
    const unit = vms[0] && unitOf.get(vms[0]);
    if (host < 0 || unit === undefined) return undefined;
    seats.set(unit, host);
  }
  return seats.size > 0 ? seats : undefined;
}

function lossOf(cluster: Entity) {
  return failoverResult(cluster) ?? lossOfOneHost(cluster);
}

function place(cluster: Entity, poolOnly: boolean, strictness: Strictness): Tasked {
  if (isVacated(cluster)) return { nothing: `an amendment says that ${cluster.name} runs none` };
  const newcomers = poolOnly ? pooledIn(cluster) : newcomersOf(cluster);
  if (newcomers.length === 0) {
    const homeless = homelessOf(cluster.design).length;
    if (homeless === 0) return { nothing: `every VM that could run on ${cluster.name} has its host` };
    const [run, them] = homeless === 1 ? ['1 VM runs', 'it'] : [`${homeless} VMs run`, 'them'];
    return { reason: `${run} nowhere, and nothing says which cluster is to take ${them}: name it` };
  }
  const made = clusterEstate(cluster, strictness, { newcomers });
  if ('reason' in made) return made;
  const ids = newcomers.map(entityId);
  return {
    ...taskOf(cluster, made.estate, placing(made.problem)),
    aim: `place all ${newcomers.length} VMs on ${cluster.name}`,
    isDone: (design) =>
      ids.every((id) => {
        const vm = entityCalled(design, id);
        return vm !== undefined && placementOf(vm).host !== undefined;
      }),
  };
}

/** Running VMs of the pool of a cluster, and those that run nowhere: whoever names the cluster means it for them. */
export function newcomersOf(cluster: Entity): readonly Entity[] {
  return isVacated(cluster) ? [] : [...pooledIn(cluster), ...homelessOf(cluster.design)];
}

function pooledIn(cluster: Entity): readonly Entity[] {
  return vmsOn(cluster).filter(isRunning);
}

/** Running VMs that nothing places. */
function homelessOf(design: Design): readonly Entity[] {
  return [...design.members('vm')].filter((vm) => {
    const { host, cluster, conflicts } = placementOf(vm);
    return !host && !cluster && conflicts.length === 0 && isRunning(vm);
  });
}

/** Clusters that could take VMs which run nowhere. */
export function openClusters(design: Design): readonly Entity[] {
  return [...design.members('cluster')].filter(
    (cluster) => !isVacated(cluster) && hostsOf(cluster).some((host) => carriesLoad(host)),
  );
}

function consolidate(cluster: Entity, strictness: Strictness): Tasked {
  const made = clusterEstate(cluster, strictness);
  if ('reason' in made) return made;
  const busy = emptyHosts(cluster);
  const id = entityId(cluster);
  return {
    ...taskOf(cluster, made.estate, consolidating(made.problem)),
    aim: `free a host of ${cluster.name}`,
    isDone: (design) => {
      const now = entityCalled(design, id);
      return now !== undefined && emptyHosts(now) > busy;
    },
  };
}

/** Hosts that carry load and have no VM. */
function emptyHosts(cluster: Entity): number {
  return liveHosts(cluster).filter((host) => vmsOn(host).filter(exists).length === 0).length;
}

function clusterEstate(
  cluster: Entity,
  strictness: Strictness,
  more: Pick<Scope, 'newcomers' | 'losesOneHost'> = {},
): { readonly estate: Estate; readonly problem: Problem } | { readonly reason: string } {
  const hosts = hostsOf(cluster);
  const live = hosts.filter(carriesLoad);
  if (live.length < (more.newcomers ? 1 : 2))
    return { reason: `${cluster.name} has ${live.length === 0 ? 'no host' : 'one host'} that carries load` };
  const estate = estateOf({ hosts, anchors: [], cluster, ...more }, PLAN_LIMITS);
  return { estate, problem: limited(estate.problem, estate.gauges, strictness) };
}

function taskOf(subject: Entity, estate: Estate, problem: Problem): Omit<Task, 'aim' | 'isDone'> {
  // Another host is taken to be like the last one, as for its price.
  const like = estate.hosts.filter(carriesLoad).at(-1);
  const model = problem.model ?? (like ? estate.hosts.indexOf(like) : undefined);
  return { estate, problem: { ...problem, model }, subject: subject.name, like, canTighten: false };
}
