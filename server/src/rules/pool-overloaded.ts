import { clusterPeak, clusterUse } from '../capacity/cluster.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { hostSupply } from '../capacity/host.ts';
import { hostsFor } from '../capacity/missing-hosts.ts';
import type { Entity } from '../design/declaration.ts';
import { moreHosts } from './fixes/next-host.ts';
import { defineRule, grade, leastLimit, type Severity } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Overloaded {
  readonly what: 'CPU' | 'memory';
  /** The window that is meant, in the sentence. */
  readonly when: string;
  readonly share: Figure;
  readonly severity: Severity;
  /** The share from which it is too much. */
  readonly most: number;
  readonly vms: number;
  readonly hosts: number;
  readonly anchor: Anchor;
}

/** The same as those of a single host. */
const MEMORY_LIMITS = { warning: 1, error: 1.25 };

export const poolOverloaded = defineRule<Overloaded>({
  id: 'pool-overloaded',
  title: 'Cluster has less than the VMs of its pool ask for',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'VMs that the cluster places itself find room',
  why: 'VMs that run in a cluster without a host of their own are spread by the cluster. However well it spreads them, it cannot give more than its hosts have together. The busiest window counts that VMs state with `demand … during`. Where each VM has a host, the rules of hosts speak instead.',
  formula: 'Σ CPU demand ÷ Σ usable CPU of hosts; Σ (memory + overhead) ÷ Σ usable memory of hosts',
  inputs: ['cluster.runs', 'vm.demand', 'vm.memory', 'host.cpu', 'host.memory'],
  limitOf: 'share of the CPU of all hosts; memory is held to 100 and 125 %',
  limitUnit: 'share',
  limits: { warning: 0.75, error: 0.9 },
  source: { text: 'the limits of a single host, taken for all of them', evidence: 'ours' },
  covers: ['RS02', 'RS04'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  host esx-[1..2] { memory 64 GiB }
  failover none
  runs db-[1..8]
}
vm db-[1..8] { memory 16 GiB }`,
    },
    silent: {
      text: `cluster prod {
  host esx-[1..2] { memory 64 GiB }
  failover none
  runs db-[1..7]
}
vm db-[1..7] { memory 16 GiB }`,
    },
  },
  find: (cluster, limits) => {
    const { pooled, cpuShare, memoryShare, vms, hosts } = clusterUse(cluster);
    const anchor = nameOf(cluster);
    if (pooled.length === 0 || !anchor) return [];
    const found: Overloaded[] = [];
    const peak = clusterPeak(cluster);
    const isPeak = peak !== undefined && peak.cpu.value > (cpuShare?.value ?? 0);
    const cpu = isPeak ? peak.cpu : cpuShare;
    const add = (
      what: Overloaded['what'],
      share: Figure | undefined,
      severity: Severity | undefined,
      most?: number,
    ) => {
      if (share && severity && most)
        found.push({
          what,
          when: what === 'CPU' && isPeak ? ` ${peak.window}` : '',
          share,
          severity,
          most,
          vms: vms.length,
          hosts: hosts.length,
          anchor,
        });
    };
    add('CPU', cpu, grade(cpu?.value, limits), leastLimit(limits));
    add('memory', memoryShare, grade(memoryShare?.value, MEMORY_LIMITS), MEMORY_LIMITS.warning);
    return found;
  },
  say: ({ what, when, share, severity, vms, hosts, anchor }, _, cluster) => {
    const [load, supply] = share.inputs ?? [];
    const amounts = load && supply ? `${formatFigure(load)} of ${formatFigure(supply)}` : '';
    return {
      severity,
      message: `${counted(vms, 'VM')} ask ${cluster.name} for ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} of the ${what} of its ${counted(hosts, 'host')}${when}: ${amounts}. No spread gives them more; add a host, or give VMs less.`,
      ...anchor,
      figures: [share],
    };
  },
  fix: ({ what, share, most }, cluster) => {
    const [load, supply] = share.inputs ?? [];
    if (!load || !supply) return [];
    const each = (host: Entity) => {
      const { cpu, memory } = hostSupply(host);
      return (what === 'CPU' ? cpu : memory)?.value;
    };
    const count = hostsFor(cluster, load.value / most - supply.value, each);
    return count === undefined ? [] : moreHosts(cluster, count);
  },
});
