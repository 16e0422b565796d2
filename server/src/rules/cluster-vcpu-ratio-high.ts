import { formatNumber, formatShare } from '../base/units.ts';
import { clusterUse } from '../capacity/cluster.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { hostSupply } from '../capacity/host.ts';
import { hostUse } from '../capacity/load.ts';
import { hostsFor } from '../capacity/missing-hosts.ts';
import type { Entity } from '../design/declaration.ts';
import { policyFor } from '../design/policy.ts';
import { moreHosts } from './fixes/next-host.ts';
import { defineRule, type Severity } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';
import { CALM_USE, CLUSTER_ID, type ClusterRatio, calmRatio, clusterRatioAbove } from './vcpu-ratio-high.ts';

interface Short extends ClusterRatio {
  readonly severity: Severity;
  /** Its hosts by their ratio, the fullest first. */
  readonly fullest: readonly { readonly host: Entity; readonly ratio: Figure }[];
  readonly hosts: readonly Entity[];
  readonly anchor: Anchor;
}

export const clusterVcpuRatioHigh = defineRule<Short>({
  id: CLUSTER_ID,
  title: 'Cluster has promised its cores to too many vCPUs',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'VMs find a free core when they want one, wherever they run',
  why: 'Where a cluster as a whole has more vCPUs for each core than its work usually bears, it does not matter which of its hosts is how full: no move mends that, so it is said once and not for each host. What is usual differs from work to work, and VMware names no common ratio; it is a warning, and a remark where all its hosts are known to be less than half busy and the ratio is at most one and a half times the usual one. A cluster in which only some hosts are above is the matter of `vcpu-ratio-high`.',
  formula:
    'Σ vCPU of running VMs ÷ Σ (cores − reserved cores) of the hosts; for mixed work the limit is Σ vCPU ÷ Σ (vCPU ÷ limit of its work)',
  inputs: [
    'vm.vcpu',
    'vm.workload',
    'vm.state',
    'host.cpu',
    'host.reserved-cores',
    'host.runs',
    'cluster.runs',
    'cluster.workload',
  ],
  limitOf:
    'vCPU per core; the warning is for servers, and 2 where `workload` says critical, 6 for dev, 8 for vdi. A limit of vcpu-ratio-high holds here, too',
  limits: { warning: 4 },
  source: {
    text: 'typical 4:1 from a secondary source and the default of OpenStack Nova; VMware names no common ratio, so the limit is for a policy to set',
    evidence: 'verified',
  },
  covers: ['RS01'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  failover none
  host esx-[1..2] { cpu 1 x 4 cores }
  runs web-[1..9]
}
vm web-[1..9] { vcpu 4 }`,
    },
    silent: {
      text: `cluster prod {
  failover none
  host esx-[1..2] { cpu 1 x 4 cores }
  runs web-[1..8]
}
vm web-[1..8] { vcpu 4 }`,
    },
  },
  find: (cluster) => {
    const anchor = nameOf(cluster);
    const own = policyFor(cluster, CLUSTER_ID).warn?.value;
    const above = clusterRatioAbove(cluster, own);
    if (!above || !anchor) return [];
    const { hosts } = clusterUse(cluster);
    const fullest = hosts
      .flatMap((host) => {
        const ratio = hostUse(host).vcpuRatio;
        return ratio && ratio.value > 0 ? [{ host, ratio }] : [];
      })
      .sort((a, b) => b.ratio.value - a.ratio.value);
    const isCalm =
      own === undefined &&
      above.ratio.value <= calmRatio(above.warning) &&
      hosts.every((host) => (hostUse(host).cpu?.value ?? 1) < CALM_USE);
    return [{ ...above, severity: isCalm ? 'info' : 'warning', fullest, hosts, anchor }];
  },
  say: ({ ratio, warning, workload, severity, fullest, hosts, anchor }, _, cluster) => {
    const [vcpus, cores] = ratio.inputs ?? [];
    const [first] = fullest;
    const few = first ? `; ${first.host.name} has most, ${formatNumber(first.ratio.value, 3)}` : '';
    const missing = Math.ceil((vcpus?.value ?? 0) / warning - (cores?.value ?? 0) - 1e-9);
    const use = hosts.map((host) => hostUse(host).cpu);
    const busiest = use.every((one) => one !== undefined) ? Math.max(...use.map((one) => one?.value ?? 0)) : undefined;
    const calm =
      busiest !== undefined && busiest < CALM_USE
        ? ` With hosts at most ${formatShare(busiest)} busy it shows at peaks.`
        : '';
    return {
      severity,
      message: `${cluster.name} has promised ${formatNumber(ratio.value, 3)} vCPU per core (${formatNumber(vcpus?.value ?? 0)} on ${formatNumber(cores?.value ?? 0)} of ${counted(hosts.length, 'host')}${few}), ${formatNumber(warning, 2)} are usual for ${workload}.${calm} No move mends that: give VMs fewer vCPUs, or add ${counted(missing, 'core')}.`,
      ...anchor,
      figures: [ratio],
      related: fullest.slice(0, 6).flatMap(({ host, ratio: own }) => {
        const at = nameOf(host);
        return at ? [{ ...at, message: `${host.name}: ${formatFigure(own)}` }] : [];
      }),
    };
  },
  fix: ({ ratio, warning }, cluster) => {
    const [vcpus, cores] = ratio.inputs ?? [];
    if (!vcpus || !cores) return [];
    const each = (host: Entity) => {
      const { cores: own, reservedCores } = hostSupply(host);
      return own === undefined ? undefined : own - reservedCores;
    };
    const count = hostsFor(cluster, vcpus.value / warning - cores.value, each);
    return count === undefined ? [] : moreHosts(cluster, count);
  },
});
