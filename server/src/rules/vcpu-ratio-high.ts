import { derive } from '../base/reactive.ts';
import { formatNumber } from '../base/units.ts';
import { clusterUse, liveHosts } from '../capacity/cluster.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad, hostSupply } from '../capacity/host.ts';
import { hostLoad, hostUse, runningResidents } from '../capacity/load.ts';
import { type VmFacts, vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost } from '../design/placement.ts';
import { policyFor } from '../design/policy.ts';
import { propsOf } from '../design/things.ts';
import { fewerVcpus } from './fixes/right-sizing.ts';
import { defineRule, grade, type Limits, type Severity } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

const ID = 'vcpu-ratio-high';
/** Speaks for the hosts of a cluster that has too few cores as a whole. */
export const CLUSTER_ID = 'cluster-vcpu-ratio-high';

/** vCPU per core that a kind of work usually bears: 4 from a secondary source, 8 for desktops as AHV's; 2 and 6 are ours. */
export const USUAL_RATIOS: Readonly<Record<string, number>> = { critical: 2, server: 4, dev: 6, vdi: 8 };

/** Times the usual ratio up to which a host that is less than half busy is only worth a remark; ours. */
const CALM = 1.5;
/** Use of its CPU below which a host is half idle. */
export const CALM_USE = 0.5;

/** The ratio up to which a host that is half idle is only worth a remark. */
export function calmRatio(usual: number): number {
  return usual * CALM;
}

interface Crowded {
  readonly ratio: Figure;
  readonly severity: Severity;
  readonly limits: Limits;
  readonly workload: string;
  readonly cores: number;
  readonly cpu: Figure | undefined;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const vcpuRatioHigh = defineRule<Crowded>({
  id: ID,
  title: 'Host has promised its cores to too many vCPUs',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'VMs find a free core when they want one',
  why: 'Each vCPU waits for a core of its own, and a VM with many vCPUs for several at once. Which ratio hurts depends on what the VMs do: there is no ratio that holds for all, so this is a warning, or a remark up to one and a half times the usual ratio where the CPU is known to be less than half busy, and `host-cpu-overloaded`, which looks at demand, carries the error. Above the hard maximum of the platform VMs cannot be started at all. Where the cluster as a whole is above the usual ratio no move mends it, and `cluster-vcpu-ratio-high` says so once for all hosts.',
  formula:
    'Σ vCPU of running VMs ÷ (cores − reserved cores); for mixed work the limit is Σ vCPU ÷ Σ (vCPU ÷ limit of its work)',
  inputs: ['vm.vcpu', 'vm.workload', 'vm.state', 'host.cpu', 'host.reserved-cores', 'cluster.workload'],
  limitOf: 'vCPU per core; the warning is for servers, and 2 where `workload` says critical, 6 for dev, 8 for vdi',
  limits: { warning: 4, error: 32 },
  source: {
    text: 'typical 4:1 from a secondary source and the default of OpenStack Nova; 32 per core is the maximum of vSphere 6.0. VMware names no common ratio, so the limits are for a policy to set',
    evidence: 'verified',
  },
  covers: ['RS01'],
  remedy: 'plan',
  of: 'host',
  examples: {
    fires: {
      text: `host esx-01 { cpu 1 x 4 cores; runs web-[1..5] }
vm web-[1..5] { vcpu 4 }`,
    },
    silent: {
      text: `cluster desktops {
  workload vdi
  host esx-01 { cpu 1 x 4 cores; runs d-[1..8] }
}
vm d-[1..8] { vcpu 4 }`,
      note: 'eight per core are usual for desktops',
    },
  },
  find: (host, limits) => {
    const anchor = nameOf(host);
    if (!anchor || !carriesLoad(host)) return [];
    const { vcpuRatio: ratio, cpu } = hostUse(host);
    const { cores, reservedCores } = hostSupply(host);
    if (!ratio || cores === undefined) return [];
    const { vms } = hostLoad(host);
    const usual = usualRatio([usualOn(host)]);
    const stated = policyFor(host, ID).warn?.value;
    const warning = stated ?? usual.ratio;
    const own = { ...limits, warning };
    if (!grade(ratio.value, own)) return [];
    // Half idle and not far above what is usual: worth knowing, no cause to act.
    const isCalm =
      stated === undefined && cpu !== undefined && cpu.value < CALM_USE && ratio.value <= calmRatio(warning);
    const severity = isCalm ? 'info' : (grade(ratio.value, own) ?? 'warning');
    const cluster = clusterOfHost(host);
    // No host alone is to blame, and no move helps.
    if (severity !== 'error' && cluster && isShortOfCores(cluster)) return [];
    const fact = { ratio, severity, limits: own, workload: usual.workload, cores: cores - reservedCores };
    return [{ ...fact, cpu, vms, anchor }];
  },
  say: ({ ratio, severity, limits, workload, cores, cpu, vms, anchor }, _, host) => {
    const [vcpus] = ratio.inputs ?? [];
    const limit = severity === 'error' ? limits.error : limits.warning;
    const amount = `${formatNumber(ratio.value, 3)} vCPU per core (${formatNumber(vcpus?.value ?? 0)} on ${cores})`;
    const usual = severity === 'error' ? 'the most the platform allows' : `usual for ${workload}`;
    const busy = cpu && cpu.value < CALM_USE ? ` At ${formatFigure(cpu)} CPU use it shows at peaks.` : '';
    return {
      severity,
      message: `${host.name} is oversubscribed: ${amount}, ${formatNumber(limit ?? 0, 2)} are ${usual}.${busy} Give its ${counted(vms.length, 'VM')} fewer vCPUs, or move some to a host with room.`,
      ...anchor,
      figures: [ratio],
      related: widest(vms).flatMap((vm) => {
        const at = nameOf(vm);
        return at ? [{ ...at, message: `${vm.name} has ${vmFacts(vm).vcpus} vCPUs` }] : [];
      }),
    };
  },
  fix: ({ ratio, limits, cores }, host) => {
    const [vcpus] = ratio.inputs ?? [];
    return vcpus && limits.warning !== undefined ? fewerVcpus(host, vcpus.value - limits.warning * cores) : [];
  },
});

/** What work asks for: its vCPUs, and the cores that they usually are on. */
export interface UsualWork {
  readonly vcpus: number;
  readonly cores: number;
  readonly kinds: ReadonlySet<string>;
}

/** Work of VMs; those that state their own kind count by it, the others by that of their cluster. */
function usualWork(vms: readonly VmFacts[], cluster: Entity | undefined): UsualWork {
  const common = (cluster && propsOf(cluster).word('workload')) ?? 'server';
  const kinds = new Set<string>();
  let vcpus = 0;
  let cores = 0;
  for (const { vcpus: own, workload = common } of vms) {
    if (own === undefined) continue;
    kinds.add(workload);
    vcpus += own;
    cores += own / (USUAL_RATIOS[workload] ?? 4);
  }
  return { vcpus, cores, kinds: kinds.size > 0 ? kinds : new Set([common]) };
}

/** Work of the VMs on a host. */
const usualOn = derive((host: Entity): UsualWork => usualWork(runningResidents(host).facts, clusterOfHost(host)));

/** The ratio that work usually bears. */
function usualRatio(parts: readonly UsualWork[]): { readonly ratio: number; readonly workload: string } {
  const kinds = new Set(parts.flatMap((part) => [...part.kinds]));
  const vcpus = parts.reduce((sum, part) => sum + part.vcpus, 0);
  const cores = parts.reduce((sum, part) => sum + part.cores, 0);
  const [only = 'server'] = kinds;
  return { ratio: cores > 0 ? vcpus / cores : 4, workload: kinds.size > 1 ? 'this mix of work' : wordFor(only) };
}

/** The vCPU per core of a cluster, and what is usual for its work or allowed by a policy. */
export interface ClusterRatio {
  readonly ratio: Figure;
  readonly warning: number;
  readonly workload: string;
}

/** Undefined where it is not above; one host alone is asked for itself, and a pool for all of it. */
export function clusterRatioAbove(cluster: Entity, own: number | undefined): ClusterRatio | undefined {
  const { vcpuRatio: ratio, pooled } = clusterUse(cluster);
  const hosts = liveHosts(cluster);
  if (!ratio || (hosts.length < 2 && pooled.length === 0)) return undefined;
  const parts = [...hosts.filter((host) => hostLoad(host).vms.length > 0).map(usualOn)];
  const usual = usualRatio(pooled.length > 0 ? [...parts, usualWork(pooled.map(vmFacts), cluster)] : parts);
  const warning = own ?? policyFor(cluster, ID).warn?.value ?? usual.ratio;
  return grade(ratio.value, { warning }) ? { ratio, warning, workload: usual.workload } : undefined;
}

/** Whether a cluster as a whole is above; a change that does not tip it leaves its hosts alone. */
const isShortOfCores = derive(
  (cluster: Entity) => clusterRatioAbove(cluster, policyFor(cluster, CLUSTER_ID).warn?.value) !== undefined,
  Object.is,
);

function wordFor(workload: string): string {
  return workload === 'vdi'
    ? 'desktops'
    : workload === 'critical'
      ? 'critical work'
      : workload === 'dev'
        ? 'development'
        : 'servers';
}

function widest(vms: readonly Entity[]): Entity[] {
  const width = (vm: Entity) => vmFacts(vm).vcpus ?? 0;
  return [...vms].sort((a, b) => width(b) - width(a)).slice(0, 5);
}
