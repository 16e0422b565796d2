import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { hostsOf, placementOf } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { isComplete, propsOf, referred } from '../design/things.ts';
import { affinitiesOf } from './affinity.ts';
import { liveHosts } from './cluster.ts';
import { featuresOf } from './features.ts';
import { hostsOfLicence } from './licences.ts';
import { runningMembers } from './sessions.ts';

/** Hosts on which a licence may be used: those that state it and those it names; undefined if neither does. */
const hostsLicensed = derive((licence: Entity): ReadonlySet<Entity> | undefined => {
  const on = propsOf(licence).list('on');
  if (!on.every((by) => isComplete(by, ['host', 'cluster']))) return undefined;
  const named = on.flatMap((by) => referred(by, ['host', 'cluster']));
  const hosts = new Set(named.flatMap((target) => (target.kind === 'cluster' ? hostsOf(target) : [target])));
  for (const host of hostsOfLicence(licence)) hosts.add(host);
  return hosts.size > 0 ? hosts : undefined;
});

/** A licence that an application needs where it runs, and where it may come to run without it. */
export interface LicenceReach {
  readonly licence: Entity;
  readonly by: Stated;
  readonly licensed: ReadonlySet<Entity>;
  /** VMs on hosts without the licence. */
  readonly outside: readonly Entity[];
  /** VMs that may move to a host without it, and such a host. */
  readonly free: readonly { readonly vm: Entity; readonly cluster: Entity; readonly target: Entity }[];
}

export const licenceReachOf = derive((app: Entity): readonly LicenceReach[] =>
  propsOf(app)
    .list('licences')
    .flatMap((by) =>
      referred(by, ['licence']).flatMap((licence): LicenceReach[] => {
        const licensed = hostsLicensed(licence);
        if (!licensed) return [];
        const outside: Entity[] = [];
        const free: LicenceReach['free'][number][] = [];
        for (const vm of runningMembers(app)) {
          const { host, cluster } = placementOf(vm);
          if (host && !licensed.has(host)) outside.push(vm);
          else if (cluster && moves(cluster, host === undefined)) {
            const target = targetsOf(vm, cluster).find((other) => !licensed.has(other));
            if (target) free.push({ vm, cluster, target });
          }
        }
        return [{ licence, by, licensed, outside, free }];
      }),
    ),
);

/** Whether VMs of a cluster change their hosts; those in its pool have none yet. */
function moves(cluster: Entity, isPooled: boolean): boolean {
  const features = featuresOf(cluster);
  return isPooled || ['ha', 'drs', 'live-migration'].some((feature) => features.has(feature));
}

/** Whether a cluster moves VMs by itself. */
export function movesByItself(cluster: Entity): boolean {
  const drs = propsOf(cluster).word('drs');
  return featuresOf(cluster).has('ha') || drs === 'partial' || drs === 'full';
}

/** Hosts of a cluster that no rule bars a VM from. */
function targetsOf(vm: Entity, cluster: Entity): readonly Entity[] {
  const rules = affinitiesOf(vm).filter(({ kind, isMust }) => kind === 'keep' && isMust);
  return liveHosts(cluster).filter((host) =>
    rules.every(({ on, off }) => (on.length === 0 || on.includes(host)) && !off.includes(host)),
  );
}
