import { formatDuration, formatQuantity } from '../base/units.ts';
import { liveHosts } from '../capacity/cluster.ts';
import { carriesLoad, hostSupply } from '../capacity/host.ts';
import { runningOn } from '../capacity/load.ts';
import { type MigrationPath, migrationPath } from '../capacity/migration.ts';
import { evacuationTime } from '../capacity/models/live-migration.ts';
import { fastestUplink } from '../capacity/models/network-uplinks.ts';
import { concurrencyOf } from '../capacity/platforms/concurrency.ts';
import { vmFacts } from '../capacity/vm.ts';
import { removeClause } from '../design/edits.ts';
import { clusterOfHost } from '../design/placement.ts';
import { fasterPorts } from './fixes/link-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Slow {
  readonly time: number;
  readonly memory: number;
  readonly count: number;
  readonly isAtLeast: boolean;
  readonly rate: number;
  /** VMs that the platform moves at once. */
  readonly atOnce: number | undefined;
  readonly path: MigrationPath;
}

export const evacuationSlow = defineRule<Slow>({
  id: 'evacuation-slow',
  title: 'Emptying a host takes long',
  painPoint: 'congested-storage-network',
  owners: ['server', 'network'],
  benefit: 'Hosts are updated one after the other in one night, and a failing one is empty in time',
  why: 'Before a host is updated, its memory is copied away over the migration network. One gigabit moves some 400 GiB an hour at best: with half a terabyte in use, a cluster of ten hosts takes more than a night. VMs that move side by side share the link, so how many move at once does not matter here. Memory in use counts, and all of it for VMs that do not state what is in use; what is written meanwhile comes on top.',
  formula: 'Σ memory in use of running VMs × 8 ÷ rate of the uplink that carries the migration network',
  inputs: [
    'vm.memory',
    'vm.demand',
    'vm.measured',
    'host.runs',
    'host.service',
    'vswitch.uplink',
    'vswitch.carries',
    'host.nic',
    'host.hypervisor',
  ],
  limitOf: 'time to empty a host',
  limitUnit: 'time',
  limits: { warning: 3_600 },
  source: {
    text: '60 minutes are ours; 4 moves at once on 1 Gbps and 8 on 10 Gbps: documentation of vSphere 6.5 and 6.7',
    evidence: 'ours',
  },
  covers: ['CS09'],
  of: 'host',
  examples: {
    fires: {
      text: `network vmotion
cluster prod {
  failover none
  vswitch vs0 { uplink nic1; carries vmotion }
  service migration on vmotion
  host esx-[1..2] { nic nic[1..2] 1 Gbps }
  runs db-[1..4] on esx-1
}
vm db-[1..4] { memory 128 GiB }`,
    },
    silent: {
      text: `network vmotion
cluster prod {
  failover none
  vswitch vs0 { uplink nic1; carries vmotion }
  service migration on vmotion
  host esx-[1..2] { nic nic[1..2] 10 Gbps }
  runs db-[1..4] on esx-1
}
vm db-[1..4] { memory 128 GiB }`,
    },
  },
  find: (host, limits) => {
    const cluster = clusterOfHost(host);
    const path = carriesLoad(host) ? migrationPath(host) : undefined;
    // Alone, it has nowhere to move them.
    if (!path?.rate || !cluster || liveHosts(cluster).length < 2) return [];
    const vms = runningOn(host);
    const sizes = vms.map((vm) => vmFacts(vm).activeMemory ?? vmFacts(vm).memory);
    const known = sizes.filter((size) => size !== undefined);
    const time = evacuationTime(known, path.rate);
    if (time === undefined || !grade(time, limits)) return [];
    const memory = known.reduce((sum, size) => sum + size, 0);
    const atOnce = concurrencyOf(hostSupply(host).hypervisor)?.live(path.rate);
    const isAtLeast = known.length < sizes.length;
    return [{ time, memory, count: vms.length, isAtLeast, rate: path.rate, atOnce, path }];
  },
  say: ({ time, memory, count, isAtLeast, rate, atOnce, path }, limits, host) => {
    const together = atOnce !== undefined && atOnce < count ? `, ${atOnce} at once` : '';
    return {
      severity: grade(time, limits) ?? 'warning',
      message: `Emptying ${host.name} takes at least ${formatDuration(time)}: ${isAtLeast ? 'more than ' : ''}${formatQuantity(memory, 'size')} of ${counted(count, 'VM')} at ${formatQuantity(rate, 'rate')}${together}. An update of all hosts takes that long for each. Put migration on a faster port.`,
      ...subjectOf(path.service),
      related: (path.virtualSwitch?.uplinks ?? [])
        .slice(0, 1)
        .map(({ by }) => ({ ...subjectOf(by), message: 'the way it takes' })),
    };
  },
  fix: ({ time, rate, path }, host, limits) => {
    if (!path.virtualSwitch) return [];
    const { uplinks, teaming } = path.virtualSwitch;
    const needed = (rate * time) / (leastLimit(limits) ?? time);
    const fastest = fastestUplink(uplinks, teaming);
    if (fastest !== undefined && fastest > rate) {
      if (fastest < needed) return [];
      const edits = removeClause(path.service, 'limit');
      return edits.length > 0 ? [{ title: 'Remove the limit of the migration service', edits, isPreferred: true }] : [];
    }
    const names = uplinks.map(({ name }) => name);
    return teaming === 'lacp' ? [] : fasterPorts(host, 'nic', names, needed);
  },
});
