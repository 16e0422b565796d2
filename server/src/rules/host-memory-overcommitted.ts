import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { hostLoad, hostUse } from '../capacity/load.ts';
import type { Entity } from '../design/declaration.ts';
import { type Anchor, largestOf, nameOf } from './anchor.ts';
import { defineRule, grade } from './rule.ts';
import { counted } from './wording.ts';

interface Overcommitted {
  readonly share: Figure;
  readonly active: Figure | undefined;
  readonly vms: readonly Entity[];
  readonly anchor: Anchor;
}

export const hostMemoryOvercommitted = defineRule<Overcommitted>({
  id: 'host-memory-overcommitted',
  title: 'Host has promised more memory than it has',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'No VM is ballooned or swapped when all of them use what they were given',
  why: 'As long as VMs leave memory unused, more can be promised than is there. The day they use it, the hypervisor takes it back by ballooning and then by swapping to disk, and the whole host slows down. Where figures of active memory are known, `host-memory-active-high` says how near that day is.',
  formula: 'Σ (memory of running VMs + overhead per VM on ESXi) ÷ (installed − system memory − what ESXi keeps free)',
  inputs: ['vm.memory', 'vm.vcpu', 'vm.state', 'host.memory', 'host.system-memory', 'host.hypervisor'],
  limitOf: "share of the host's usable memory",
  limitUnit: 'share',
  limits: { warning: 1, error: 1.25 },
  source: {
    text: 'OpenStack Nova promises memory once by default; 125 % as the error is ours',
    evidence: 'verified',
  },
  covers: ['RS04'],
  remedy: 'plan',
  of: 'host',
  examples: {
    fires: {
      text: `host esx-01 { memory 64 GiB; runs db-[1..4] }
vm db-[1..4] { memory 16 GiB }`,
      note: '4 GiB are left to the hypervisor',
    },
    silent: {
      text: `host esx-01 { memory 64 GiB; runs db-[1..3] }
vm db-[1..3] { memory 16 GiB }`,
    },
  },
  find: (host, limits) => {
    const anchor = nameOf(host);
    if (!anchor || !carriesLoad(host)) return [];
    const { memory: share, activeMemory: active } = hostUse(host);
    if (!share || !grade(share.value, limits)) return [];
    return [{ share, active, vms: hostLoad(host).vms, anchor }];
  },
  say: ({ share, active, vms, anchor }, limits, host) => {
    const [load, supply] = share.inputs ?? [];
    const amounts =
      load && supply ? `${formatFigure(load)} to ${counted(vms.length, 'VM')}, of ${formatFigure(supply)} usable` : '';
    const now = active ? ` ${formatFigure(active)} is in use now.` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${host.name} has promised ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} of its memory: ${amounts}.${now} If they use it, VMs swap to disk; move some, or give them less.`,
      ...anchor,
      figures: [share],
      related: largestOf(load, vms),
    };
  },
});
