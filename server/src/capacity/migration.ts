import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { clauseNumber, partOf, type Stated } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
import { affinitiesOf } from './affinity.ts';
import { liveHosts } from './cluster.ts';
import { featuresOf } from './features.ts';
import { hostSupply } from './host.ts';
import { type Migration, preCopyMigration } from './models/live-migration.ts';
import { fastestUplink } from './models/network-uplinks.ts';
import { slowsWriters } from './platforms/index.ts';
import { switchesOf, type VirtualSwitch } from './uplinks.ts';
import { isRunning, vmFacts } from './vm.ts';

/** Services of a host (VMkernel adapters, host vNICs), the nearest statement of each. */
export const servicesOf = derive((host: Entity): readonly Stated[] =>
  propsOf(host).keyed('service', (sentence) => {
    const name = sentence.subject?.parts[0];
    return name?.type === 'word' ? name.text : '';
  }),
);

/** The service of a host that has this name, `migration` for one. */
export function serviceOf(host: Entity, name: string): Stated | undefined {
  return servicesOf(host).find((stated) => {
    const part = partOf(stated.sentence.subject, 0, stated.index);
    return part?.type === 'word' && part.text === name;
  });
}

/** The way by which VMs leave and enter a host while they run. */
export interface MigrationPath {
  readonly service: Stated;
  readonly network: Entity | undefined;
  readonly virtualSwitch: VirtualSwitch | undefined;
  /** The most that one migration reaches, bit/s: one uplink, or the limit of the service. */
  readonly rate: number | undefined;
}

export const migrationPath = derive((host: Entity): MigrationPath | undefined => {
  const service = serviceOf(host, 'migration');
  if (!service) return undefined;
  const [network] = referred(service, ['network'], 'on');
  const virtualSwitch = network && switchesOf(host).find((one) => one.networks.includes(network));
  const link = virtualSwitch && fastestUplink(virtualSwitch.uplinks, virtualSwitch.teaming);
  const limit = clauseNumber(service, 'limit')?.value;
  const rate = link === undefined ? undefined : Math.min(link, limit ?? link);
  return { service, network, virtualSwitch, rate };
});

/** How a live migration of a VM away from its host would go, if it has the link to itself. Undefined if an input is not stated. */
export function liveMigrationOf(vm: Entity, host: Entity): Migration | undefined {
  return migrationWith(vm, migrationPath(host)?.rate);
}

/** The same at a rate of copying, bit/s. */
export function migrationWith(vm: Entity, rate: number | undefined): Migration | undefined {
  const { memory, dirtyRate, workingSet } = vmFacts(vm);
  return preCopyMigration({ memory, rate, dirtyRate, workingSet });
}

/** A live migration as rules judge it: of a running VM that its cluster may move away from its host. */
export interface JudgedMigration {
  readonly host: Entity;
  readonly rate: number;
  readonly dirtyRate: number;
  readonly migration: Migration;
  /** Whether the hypervisor slows down a VM that writes faster than it is copied; undefined where that is not known. */
  readonly isSlowed: boolean | undefined;
}

/** Undefined if an input is not stated, if the cluster moves nothing, or if a rule keeps the VM on its host. */
export function judgedMigration(vm: Entity): JudgedMigration | undefined {
  const { dirtyRate } = vmFacts(vm);
  if (dirtyRate === undefined || !isRunning(vm)) return undefined;
  const { host, cluster } = placementOf(vm);
  const rate = host && migrationPath(host)?.rate;
  if (!host || !cluster || !rate || !featuresOf(cluster).has('live-migration')) return undefined;
  if (liveHosts(cluster).length < 2) return undefined;
  if (affinitiesOf(vm).some(({ kind, on }) => kind === 'keep' && on.length === 1)) return undefined;
  const migration = migrationWith(vm, rate);
  return migration && { host, rate, dirtyRate, migration, isSlowed: slowsWriters(hostSupply(host)) };
}
