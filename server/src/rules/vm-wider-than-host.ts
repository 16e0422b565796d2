import { derive } from '../base/reactive.ts';
import { formatNumber, formatQuantity } from '../base/units.ts';
import { liveHosts } from '../capacity/cluster.ts';
import { exists } from '../capacity/exists.ts';
import { hostSupply } from '../capacity/host.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';
import { withVcpus } from './fixes/right-sizing.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';

interface TooLarge {
  readonly what: 'vcpu' | 'memory';
  readonly needed: number;
  readonly largest: number;
  readonly place: Entity;
  readonly isPool: boolean;
  readonly anchor: Anchor;
}

export const vmWiderThanHost = defineRule<TooLarge>({
  id: 'vm-wider-than-host',
  title: 'VM is larger than the host it runs on',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'Each VM can be started, and runs with all it was given',
  why: 'A VM with more vCPUs than its host has cores never gets them all at once, and with more than twice as many it cannot be started. A VM with more memory than its host has installed lives from swap, where it starts at all. In a pool the largest host decides.',
  formula: 'vCPU > cores of the host; memory of the VM > memory of the host; in a pool: of the largest host',
  inputs: ['vm.vcpu', 'vm.memory', 'vm.state', 'host.cpu', 'host.memory', 'host.runs', 'cluster.runs'],
  limitOf: 'vCPUs as a multiple of the cores of the host',
  limits: { warning: 1, error: 2 },
  source: {
    text: 'a VM may have as many vCPUs as the host has threads, two to a core, where vSphere is asked; the rest follows',
    evidence: 'recalled',
  },
  covers: ['RS14', 'RS21'],
  of: 'vm',
  examples: {
    fires: {
      text: `host esx-01 { cpu 1 x 8 cores; memory 64 GiB; runs db }
vm db { vcpu 12; memory 32 GiB }`,
    },
    silent: {
      text: `host esx-01 { cpu 1 x 16 cores; memory 64 GiB; runs db }
vm db { vcpu 12; memory 32 GiB }`,
    },
  },
  find: (vm, limits) => {
    const { host, cluster } = placementOf(vm);
    const place = host ?? cluster;
    const { vcpus, memory, state } = vmFacts(vm);
    if (!place || state === 'template' || !exists(vm)) return [];
    const largest = host ? sizeOf(host) : largestIn(place);
    const found: TooLarge[] = [];
    const at = (word: string) => {
      const stated = propsOf(vm).one(word);
      return stated ? subjectOf(stated) : nameOf(vm);
    };
    const base = { place, isPool: !host };
    if (vcpus !== undefined && largest.cores !== undefined && vcpus > largest.cores * (limits.warning ?? 1)) {
      const anchor = at('vcpu');
      if (anchor) found.push({ ...base, what: 'vcpu', needed: vcpus, largest: largest.cores, anchor });
    }
    if (memory !== undefined && largest.memory !== undefined && memory > largest.memory) {
      const anchor = at('memory');
      if (anchor) found.push({ ...base, what: 'memory', needed: memory, largest: largest.memory, anchor });
    }
    return found;
  },
  say: ({ what, needed, largest, place, isPool, anchor }, limits, vm) => {
    const where = isPool ? `the largest host of ${place.name}` : place.name;
    const head = nameOf(place);
    const related = head ? [{ ...head, message: `${vm.name} runs here` }] : [];
    if (what === 'memory') {
      return {
        severity: 'error',
        message: `${vm.name} has ${formatQuantity(needed, 'size')} of memory, ${where} only ${formatQuantity(largest, 'size')}: it does not fit. Give it less, or a larger host.`,
        ...anchor,
        related,
      };
    }
    const isError = needed > largest * (limits.error ?? Number.POSITIVE_INFINITY);
    const effect = isError ? 'it cannot be started' : 'they never run all at once';
    return {
      severity: isError ? 'error' : 'warning',
      message: `${vm.name} has ${formatNumber(needed)} vCPUs, ${where} only ${formatNumber(largest)} cores: ${effect}. Give it at most ${formatNumber(largest)}, or a host with more cores.`,
      ...anchor,
      related,
    };
  },
  fix: ({ what, largest }, vm) => {
    const edits = what === 'vcpu' ? withVcpus(vm, largest) : undefined;
    return edits ? [{ title: `Give ${vm.name} ${formatNumber(largest)} vCPUs, one for each core`, edits }] : [];
  },
});

function sizeOf(host: Entity): { readonly cores: number | undefined; readonly memory: number | undefined } {
  const { cores, installedMemory } = hostSupply(host);
  return { cores, memory: installedMemory };
}

/** The most cores and the most memory that one host of a cluster has; undefined while one does not state it. */
const largestIn = derive((cluster: Entity) => {
  const sizes = liveHosts(cluster).map(sizeOf);
  const most = (values: readonly (number | undefined)[]) => {
    let largest: number | undefined;
    for (const value of values) {
      if (value === undefined) return undefined;
      largest = Math.max(largest ?? 0, value);
    }
    return largest;
  };
  return { cores: most(sizes.map(({ cores }) => cores)), memory: most(sizes.map(({ memory }) => memory)) };
});
