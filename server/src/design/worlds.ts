import type { PlanDate } from '../base/dates.ts';
import { World } from '../base/reactive.ts';
import { type Entity, entityId } from './declaration.ts';
import type { Design } from './design.ts';
import { clusterOfHost, placementOf, vmsOn } from './placement.ts';
import { evaluationDay, lossOf } from './supposed.ts';

/** What is taken for true beside what the texts say: a failure, and where VMs run after it. */
export interface Supposed {
  /** Ids of hosts, switches, arrays, datastores and WAN lines that do nothing any more, and of links, `host:esx-01>switch:tor-a`, that are cut. */
  readonly failed: ReadonlySet<string>;
  /** Host that a VM runs on instead; undefined: it runs nowhere. */
  readonly placed: ReadonlyMap<Entity, Entity | undefined>;
}

/** Designs on another day. What does not depend on it is theirs as they are. */
export function onDay(day: PlanDate, ...designs: readonly Design[]): World {
  const world = new World();
  for (const design of designs) world.suppose(evaluationDay, design, day);
  return world;
}

/** A design after a failure, on another day if so asked. What the failure does not touch is the design's as it is. */
export function afterFailure(design: Design, supposed: Supposed, day?: PlanDate): World {
  const world = day ? onDay(day, design) : new World();
  supposeLosses(world, design, supposed.failed);
  supposePlaces(world, supposed.placed);
  return world;
}

function supposeLosses(world: World, design: Design, failed: ReadonlySet<string>): void {
  const cuts = new Map<string, Set<string>>();
  for (const id of failed) {
    const [near = '', far] = id.split('>');
    if (far !== undefined) cuts.set(near, (cuts.get(near) ?? new Set()).add(far));
  }
  for (const kind of ['host', 'switch', 'array', 'datastore', 'wan']) {
    for (const thing of design.members(kind)) {
      const id = entityId(thing);
      const cut = cuts.get(id);
      if (failed.has(id) || cut) world.suppose(lossOf, thing, { isWhole: failed.has(id), cut: cut ?? new Set() });
    }
  }
}

function supposePlaces(world: World, placed: Supposed['placed']): void {
  const moved = new Map<Entity, Entity | undefined>();
  const holders = new Set<Entity>();
  for (const [vm, host] of placed) {
    const stated = placementOf(vm);
    const was = stated.host ?? stated.cluster;
    if (host && host === was) continue;
    moved.set(vm, host);
    if (was) holders.add(was);
    if (host) holders.add(host);
    const place = { host, cluster: host && clusterOfHost(host), isDown: host === undefined };
    world.suppose(placementOf, vm, { ...stated, ...place });
  }
  for (const holder of holders) {
    const stay = vmsOn(holder).filter((vm) => !moved.has(vm));
    const come = [...moved].flatMap(([vm, host]) => (host === holder ? [vm] : []));
    world.suppose(vmsOn, holder, [...stay, ...come]);
  }
}
