import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { clauseNumber, clauseText, type Stated } from '../design/props.ts';
import { evaluationDay } from '../design/supposed.ts';
import { inherited, propsOf, vmsOfApp } from '../design/things.ts';
import { liveHosts } from './cluster.ts';
import { featuresOf } from './features.ts';
import { sessionGrowth } from './growth.ts';
import { liveMigrationOf } from './migration.ts';
import { valueAfter } from './models/growth.ts';
import type { Migration } from './models/live-migration.ts';
import { monthsAhead } from './time.ts';
import { trunkGapsOf } from './trunks.ts';
import { isRunning, vmFacts } from './vm.ts';

/** Users of an application and where their sessions are kept. */
export interface AppSessions {
  readonly by: Stated;
  readonly count: number;
  readonly isServerLocal: boolean;
  /** Seconds that a client waits. */
  readonly timeout: number | undefined;
  /** VMs that keep them: the running ones of the application, or the pool of its virtual address. */
  readonly members: readonly Entity[];
  /** Sessions in one VM; an even spread is assumed. */
  readonly perMember: number;
  /** Requests per second to one VM. */
  readonly requests: number | undefined;
}

export const sessionsOf = derive((app: Entity): AppSessions | undefined => {
  const props = propsOf(app);
  const count = props.number('sessions');
  if (!count) return undefined;
  const members = runningMembers(app);
  const growth = evaluationDay(app.design) && sessionGrowth(app);
  const users = growth ? (valueAfter(count.value, growth, monthsAhead(app.design)) ?? count.value) : count.value;
  const requests = props.number('requests')?.value;
  return {
    by: count.by,
    count: Math.round(users),
    isServerLocal: clauseText(count.by, 'state') === 'server-local',
    timeout: clauseNumber(count.by, 'timeout')?.value,
    members,
    perMember: users / Math.max(1, members.length),
    requests: requests === undefined ? undefined : requests / Math.max(1, members.length),
  };
});

/** VMs of an application that are there and run. */
export const runningMembers = derive((app: Entity): readonly Entity[] => vmsOfApp(app).filter(isRunning));

export type Tier = 'critical' | 'high' | 'normal' | 'low';

/** How much the loss of something matters; `normal` if nothing says so. */
export function tierOf(entity: Entity): Tier {
  const [stated] = inherited(entity, 'tier');
  const part = stated?.sentence.subject?.parts[0];
  const tier = part?.type === 'word' ? part.text : 'normal';
  return tier === 'critical' || tier === 'high' || tier === 'low' ? tier : 'normal';
}

export function isImportant(entity: Entity): boolean {
  const tier = tierOf(entity);
  return tier === 'critical' || tier === 'high';
}

/** The members of an application by the host that they run on; those of which no host is stated are left out. */
export function membersByHost(members: readonly Entity[]): ReadonlyMap<Entity, readonly Entity[]> {
  const byHost = new Map<Entity, Entity[]>();
  for (const vm of members) {
    const { host } = placementOf(vm);
    if (host) byHost.set(host, [...(byHost.get(host) ?? []), vm]);
  }
  return byHost;
}

/** What may go wrong for the sessions in a VM when it moves while it runs. */
export interface MoveRisk {
  readonly vm: Entity;
  readonly kind: 'unreachable' | 'not-convergent' | 'too-long' | 'none';
  readonly migration: Migration | undefined;
  /** Host on which its network would be cut off. */
  readonly target?: Entity;
}

/** What live migration within its cluster means for a VM; undefined where it is not used, or the VM runs on no stated host. */
export function moveRiskOf(vm: Entity, timeout: number | undefined): MoveRisk | undefined {
  const { host, cluster } = placementOf(vm);
  if (!host || !cluster || !featuresOf(cluster).has('live-migration')) return undefined;
  const migration = liveMigrationOf(vm, host);
  const cutHere = new Set(trunkGapsOf(host).map((gap) => gap.network));
  const networks = new Set(
    vmFacts(vm).nics.flatMap(({ network }) => (network && !cutHere.has(network) ? [network] : [])),
  );
  const target = liveHosts(cluster).find(
    (other) => other !== host && trunkGapsOf(other).some((gap) => networks.has(gap.network)),
  );
  if (target) return { vm, kind: 'unreachable', migration, target };
  if (!migration) return { vm, kind: 'none', migration };
  if (timeout !== undefined && migration.downtime > timeout * (1 + 1e-9))
    return { vm, kind: migration.isConvergent ? 'too-long' : 'not-convergent', migration };
  return { vm, kind: 'none', migration };
}

/** Whether a second VM mirrors it, so that it outlives its host. */
export function isFaultTolerant(vm: Entity): boolean {
  return propsOf(vm).has('ft');
}
