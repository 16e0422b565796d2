import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { hostLoad, hostUse } from '../capacity/load.ts';
import type { Entity } from '../design/declaration.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, largestOf, nameOf } from './shared/anchor.ts';

interface Pressed {
  readonly share: Figure;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const hostMemoryActiveHigh = defineRule<Pressed>({
  id: 'host-memory-active-high',
  title: 'Memory in use comes close to what the host has',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'Memory that VMs touch stays in RAM',
  why: 'Memory that VMs really use cannot be overcommitted: what does not fit goes to disk, a thousand times slower. The figure is what the VMs state as active, else what was measured on the host. Configured memory that nobody touches does not count here.',
  formula: 'Σ active memory of running VMs ÷ (installed − system memory − what ESXi keeps free)',
  inputs: ['vm.demand', 'vm.measured', 'vm.state', 'host.memory', 'host.system-memory', 'host.measured'],
  limitOf: "share of the host's usable memory",
  limitUnit: 'share',
  limits: { warning: 0.75, error: 0.9 },
  source: {
    text: 'the older default alarm of vCenter for the memory of a host, as a secondary source gives it; newer versions are said to use 90 and 95 %',
    evidence: 'recalled',
  },
  covers: ['RS05'],
  remedy: 'plan',
  of: 'host',
  examples: {
    fires: {
      text: `host esx-01 { memory 64 GiB; runs db-[1..2] }
vm db-[1..2] { memory 32 GiB; demand active 24 GiB }`,
    },
    silent: {
      text: `host esx-01 { memory 64 GiB; runs db-[1..2] }
vm db-[1..2] { memory 32 GiB; demand active 12 GiB }`,
    },
  },
  find: (host, limits) => {
    const anchor = nameOf(host);
    if (!anchor || !carriesLoad(host)) return [];
    const { activeMemory: share } = hostUse(host);
    return share && grade(share.value, limits) ? [{ share, vms: hostLoad(host).vms, anchor }] : [];
  },
  say: ({ share, vms, anchor }, limits, host) => {
    const [load, supply] = share.inputs ?? [];
    const amounts = load && supply ? `${formatFigure(load)} of ${formatFigure(supply)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${share.isAtLeast ? 'At least ' : ''}${formatFigure(share)} of the memory of ${host.name} is in use: ${amounts}. What does not fit is swapped to disk. Move VMs to a host with free memory, or add RAM.`,
      ...anchor,
      figures: [share],
      related: largestOf(load, vms),
    };
  },
});
