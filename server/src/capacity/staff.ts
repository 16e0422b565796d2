import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost, vmsOn } from '../design/placement.ts';
import { clauseNumber, type StatedNumber } from '../design/props.ts';
import { ownersOf, propsOf, vmsOfApp } from '../design/things.ts';
import { exists } from './exists.ts';
import { roleOf } from './ownership.ts';

/** What a team looks after, beside what its people can. */
export interface StaffLoad {
  readonly what: 'hosts' | 'VMs';
  readonly count: number;
  /** Administrators, as stated. */
  readonly staff: StatedNumber;
  /** What one of them can look after, as stated. */
  readonly ratio: StatedNumber;
  readonly share: number;
}

/**
 * Hosts and VMs of a team for each of its administrators, against its `ratio`. Hosts are those it owns; VMs those on its hosts, else those
 * of its applications. A team that owns nothing stands for its role: the server team for all hosts, where no host has an owner.
 */
export const staffLoadOf = derive((team: Entity): readonly StaffLoad[] => {
  const props = propsOf(team);
  const staff = props.number('staff');
  const ratio = props.one('ratio');
  if (!staff || staff.value <= 0 || !ratio) return [];
  const hosts = hostsOf(team);
  const counts = { hosts: hosts.length, VMs: vmsOf(team, hosts) };
  return (['hosts', 'VMs'] as const).flatMap((what) => {
    const perHead = clauseNumber(ratio, what === 'hosts' ? 'hosts' : 'vms');
    const count = counts[what];
    if (!perHead || perHead.value <= 0 || count === 0) return [];
    return [{ what, count, staff, ratio: perHead, share: count / (staff.value * perHead.value) }];
  });
});

function hostsOf(team: Entity): readonly Entity[] {
  const all = [...team.design.members('host')].filter(exists);
  const owned = all.filter((host) => ownersOf(host).includes(team));
  if (owned.length > 0 || roleOf(team) !== 'server') return owned;
  return all.some((host) => ownersOf(host).length > 0) ? [] : all;
}

function vmsOf(team: Entity, hosts: readonly Entity[]): number {
  if (hosts.length > 0) return hosts.reduce((sum, host) => sum + vmsOn(host).filter(exists).length, 0) + pooled(hosts);
  const apps = [...team.design.members('app')].filter((app) => ownersOf(app).includes(team));
  return new Set(apps.flatMap((app) => vmsOfApp(app).filter(exists))).size;
}

/** VMs in the pools of the clusters of some hosts. */
function pooled(hosts: readonly Entity[]): number {
  const clusters = new Set(hosts.flatMap((host) => clusterOfHost(host) ?? []));
  return [...clusters].reduce((sum, cluster) => sum + vmsOn(cluster).filter(exists).length, 0);
}
