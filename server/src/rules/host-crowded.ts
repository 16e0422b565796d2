import { carriesLoad, hostSupply } from '../capacity/host.ts';
import { hostLoad } from '../capacity/load.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade, type Limits } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Crowded {
  readonly count: number;
  readonly limits: Limits;
  readonly anchor: Anchor;
}

/** Running VMs that one host may have, and the platforms of which that is known; recalled. */
const MAXIMUM = 1_024;
const HELD_BY: ReadonlySet<string | undefined> = new Set(['esxi', 'hyper-v']);

export const hostCrowded = defineRule<Crowded>({
  id: 'host-crowded',
  title: 'More VMs run on a host than should fail with it',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'The failure of a host takes a bearable number of VMs down, and they are back soon',
  why: 'However large a host is, all its VMs stop with it, and start again in a queue. Evacuating it for a patch takes as long as they are many. Desktops are many and small by design, so a host of them (`workload vdi`) is held to the maximum of the platform only. Above that maximum VMs cannot be started.',
  formula: 'running VMs on the host',
  inputs: ['host.runs', 'vm.state', 'vm.workload', 'cluster.workload', 'host.hypervisor'],
  limitOf: 'running VMs on a host; error where the platform is known to allow no more',
  limits: { info: 50, error: MAXIMUM },
  source: {
    text: '50 is the default of max_instances_per_host in OpenStack Nova, read in its documentation; 1024 for ESXi 7 and 8 and for Hyper-V is recalled',
    evidence: 'verified',
  },
  covers: ['RS13'],
  of: 'host',
  unmendable: 'How many VMs may fail together is for their owners to say: a limit in a policy, or moves by hand.',
  examples: {
    fires: {
      text: `host esx-01 { runs web-[01..51] }
vm web-[01..51]`,
    },
    silent: {
      text: `host esx-01 { runs web-[01..50] }
vm web-[01..50]`,
    },
  },
  find: (host, limits) => {
    const anchor = nameOf(host);
    if (!anchor || !carriesLoad(host)) return [];
    const { vms } = hostLoad(host);
    const isHeld = limits.error !== MAXIMUM || HELD_BY.has(hostSupply(host).hypervisor);
    const own: Limits = {
      ...(isDesktops(host, vms) ? {} : limits),
      ...(isHeld && limits.error !== undefined ? { error: limits.error } : { error: Number.POSITIVE_INFINITY }),
    };
    return grade(vms.length, own) ? [{ count: vms.length, limits: own, anchor }] : [];
  },
  say: ({ count, limits, anchor }, _, host) => {
    const severity = grade(count, limits) ?? 'info';
    const limit = limits[severity] ?? 0;
    const why =
      severity === 'error'
        ? `its hypervisor runs ${limit} at most: the others cannot be started`
        : `more than the ${limit} that should fail together: they stop with it and start again one after another`;
    return {
      severity,
      message: `${counted(count, 'VM')} run on ${host.name}, ${why}. Spread them over more hosts, or set the limit that you bear in a policy.`,
      ...anchor,
    };
  },
});

/** Whether desktops make up most of the VMs. */
function isDesktops(host: Entity, vms: readonly Entity[]): boolean {
  const cluster = clusterOfHost(host);
  const common = cluster && propsOf(cluster).word('workload');
  const desktops = vms.filter((vm) => (vmFacts(vm).workload ?? common) === 'vdi').length;
  return desktops * 2 > vms.length;
}
