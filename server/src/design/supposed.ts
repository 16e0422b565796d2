import { derive } from '../base/reactive.ts';
import { type Entity, entityId } from './declaration.ts';
import type { Design } from './design.ts';

/**
 * What is taken for true beside what the texts say: a failure, and where VMs run after it. Like another day, it makes
 * another design of the same texts.
 */
export interface Supposed {
  /** Ids of hosts, switches, arrays and datastores that do nothing any more, and of links, `host:esx-01>switch:tor-a`, that are cut. */
  readonly failed: ReadonlySet<string>;
  /** Host, by id, that a VM runs on instead, by its id; undefined: it runs nowhere. */
  readonly placed: ReadonlyMap<string, string | undefined>;
}

/** Whether a thing is supposed to have failed. */
export function hasFailed(thing: Entity): boolean {
  const { supposed } = thing.design;
  return supposed ? supposed.failed.has(entityId(thing)) : false;
}

/** Whether the cables between two things are of no use: one of them has failed, or they are cut. `from` is the nearer to the VMs. */
export function isCut(from: Entity, to: Entity): boolean {
  const failed = from.design.supposed?.failed;
  if (!failed) return false;
  const [near, far] = [entityId(from), entityId(to)];
  return failed.has(near) || failed.has(far) || failed.has(`${near}>${far}`);
}

/** Whether a VM is supposed to run nowhere. */
export function isDown(vm: Entity): boolean {
  const placed = vm.design.supposed?.placed;
  if (!placed) return false;
  const id = entityId(vm);
  return placed.has(id) && placed.get(id) === undefined;
}

/** The host that a VM is supposed to run on; undefined where the text says where it runs. */
export function supposedHost(vm: Entity): Entity | undefined {
  return supposedPlaces(vm.design).hosts.get(vm);
}

/** VMs that are supposed to run on a host, in the order of the design. */
export function arrivalsOn(host: Entity): readonly Entity[] {
  return supposedPlaces(host.design).vms.get(host) ?? [];
}

const supposedPlaces = derive((design: Design) => {
  const hosts = new Map<Entity, Entity>();
  const vms = new Map<Entity, Entity[]>();
  const placed = design.supposed?.placed;
  if (!placed || placed.size === 0) return { hosts, vms };
  const byId = new Map([...design.members('host')].map((host) => [entityId(host), host]));
  for (const vm of design.members('vm')) {
    const host = byId.get(placed.get(entityId(vm)) ?? '');
    if (!host) continue;
    hosts.set(vm, host);
    const known = vms.get(host);
    if (known) known.push(vm);
    else vms.set(host, [vm]);
  }
  return { hosts, vms };
});
